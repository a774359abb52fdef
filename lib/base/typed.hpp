#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace taizhang {

/// `KEY=VALUE` at its first `=`; nothing when either side is empty.
std::optional<std::pair<std::string, std::string>> split_pair(std::string_view word);

/// A whole number, nothing for any other text.
std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace taizhang
