#include "base/typed.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace taizhang {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string half_width(std::string_view text) {
  constexpr std::int32_t first = 0xFF01, last = 0xFF5E, wide_space = 0x3000, shift = 0xFEE0;
  std::string made;
  while (!text.empty()) {
    const auto [code, length] = utf8::step(text);
    if (code >= first && code <= last) made += static_cast<char>(code - shift);
    else if (code == wide_space) made += ' ';
    else made += text.substr(0, length);
    text.remove_prefix(length);
  }
  return made;
}

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

std::optional<Date> typed_date(std::string_view text) {
  const std::string word = half_width(trim(text));
  std::vector<std::string> numbers;
  std::string between;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!is_digit(word[i])) between += word[i];
    else if (i == 0 || !is_digit(word[i - 1])) numbers.emplace_back(1, word[i]);
    else numbers.back() += word[i];
  }
  if (numbers.size() == 1 && between.empty() && word.size() == 8)
    numbers = {word.substr(0, 4), word.substr(4, 2), word.substr(6)};
  else if (constexpr std::array<std::string_view, 6> ways{"--", "//", "..", "年月日", "年月号",
                                                          "年月"};
           numbers.size() != 3 || std::ranges::find(ways, between) == ways.end() ||
           !is_digit(word.front()))
    return std::nullopt;
  std::string date = numbers[0];
  for (const std::string* part : {&numbers[1], &numbers[2]})
    date += (part->size() == 1 ? "-0" : "-") + *part;
  return parse_date(date);
}

}  // namespace taizhang
