#pragma once

#include <optional>
#include <string_view>

#include "document/value.hpp"

namespace taizhang::document {

/// What toml++ reads in a text, without spans; nothing when it refuses it. It shares nothing with our
/// reader and so bears witness for it. It must not see a text that `guard` refuses: some crash it.
std::optional<Table> witness(std::string_view text);

}  // namespace taizhang::document
