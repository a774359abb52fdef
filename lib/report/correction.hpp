#pragma once

#include <functional>
#include <string>
#include <vector>

#include "report/table.hpp"

namespace taizhang::report {

/// The words for a content in the language of the document.
using Words = std::function<std::string(const Content& content)>;

/// What a report said and what it says now, figure by figure (更正单). `was` and `now` are figure_lines
/// of the two makings; headings are taken from `report`, the one made now. No rows: nothing changed.
Table correction_table(const std::vector<std::string>& was, const std::vector<std::string>& now,
                       const Report& report, const Words& words);

}  // namespace taizhang::report
