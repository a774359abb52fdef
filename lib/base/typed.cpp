#include "base/typed.hpp"

#include <charconv>

namespace taizhang {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

std::optional<std::pair<std::string, std::string>> split_pair(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == 0 || equals == std::string_view::npos || equals + 1 == word.size())
    return std::nullopt;
  return {{std::string{word.substr(0, equals)}, std::string{word.substr(equals + 1)}}};
}

}  // namespace taizhang
