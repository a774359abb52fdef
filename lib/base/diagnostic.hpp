#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/location.hpp"

namespace taizhang {

enum class Severity { note, warning, error };

/// Named values that a message's placeholders take, e.g. {"key", "onwer"}.
using Facts = std::vector<std::pair<std::string_view, std::string>>;

/// Something wrong with content or usage: what and where, in no language. The prose that belongs to
/// `code` (zh and en, with the remedy) stands in data/messages; `render` puts the two together.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string_view code;  ///< kebab-case and stable; always a literal
  Place place;
  Facts facts;
};

using Diagnostics = std::vector<Diagnostic>;

/// By path, line, column, code: the order in which a person works through them.
void sort_by_place(Diagnostics& diagnostics);

}  // namespace taizhang
