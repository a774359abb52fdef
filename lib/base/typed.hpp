#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/date.hpp"

namespace taizhang {

/// With full-width ASCII and the wide space in their usual width.
std::string half_width(std::string_view text);

/// `KEY=VALUE` at its first `=`; nothing when either side is empty.
std::optional<std::pair<std::string, std::string>> split_pair(std::string_view word);

/// A whole number, nothing for any other text.
std::optional<std::int64_t> whole_number(std::string_view text);

/// A day as people type it: 2023-06-20, 2023-6-20, 2023/6/20, 2023.6.20, 2023年6月20日, 20230620, in
/// either width. The year comes first and has four digits; nothing else is guessed.
std::optional<Date> typed_date(std::string_view text);

}  // namespace taizhang
