#pragma once

#include <string_view>

#include "document/value.hpp"

namespace taizhang::document {

/// Reads a number, date, time or boolean without anything around it; a time is lent the text. Empty when `value` was set, else
/// why not: toml-syntax, number-too-large, number-form, time-form.
std::string_view read_scalar(std::string_view text, Value& value);

/// Appends a code point as UTF-8; false when there is no such character.
bool append_code_point(std::uint32_t code, std::string& text);

}  // namespace taizhang::document
