#pragma once

#include <string_view>

namespace taizhang {

/// Whether a text, which must be valid UTF-8, has a character that `next_odd_character` finds, other
/// than '\r'. Looks at 32 bytes at once.
bool has_odd_characters(std::string_view valid);

}  // namespace taizhang
