#include "base/similarity.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace taizhang {

namespace {

bool is_letter(std::int32_t code) {
  if (utf8::is_common_han(code)) return true;
  if (code < 0) return false;
  const auto category = utf8proc_category(code);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A number of at most `most` digits at the front of the text, which it takes away.
std::optional<unsigned> take_number(std::string_view& text, std::size_t most) {
  std::size_t digits = 0;
  unsigned value = 0;
  while (digits < text.size() && digits < most && is_digit(text[digits]))
    value = value * 10 + static_cast<unsigned>(text[digits++] - '0');
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool take_mark(std::string_view& text, std::string_view mark) {
  if (!text.starts_with(mark)) return false;
  text.remove_prefix(mark.size());
  return true;
}

std::optional<Date> valid(int year, unsigned month, unsigned day) {
  const Date date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  if (!date.ok() || year < 1990 || year > 2100) return std::nullopt;
  return date;
}

/// The date that begins with the four digits at the front of the text.
std::optional<Date> date_at(std::string_view text) {
  const auto year = take_number(text, 4);
  for (const auto& [first, second] : {std::pair{"-", "-"}, {"/", "/"}, {".", "."}, {"年", "月"}}) {
    std::string_view rest = text;
    if (!take_mark(rest, first)) continue;
    const auto month = take_number(rest, 2);
    if (!month || !take_mark(rest, second)) return std::nullopt;
    const auto day = take_number(rest, 2);
    if (!day || (!rest.empty() && is_digit(rest.front()))) return std::nullopt;
    return valid(static_cast<int>(*year), *month, *day);
  }
  const auto eight = std::ranges::find_if_not(text, is_digit) - text.begin();
  if (eight != 4) return std::nullopt;
  const auto month = take_number(text, 2);
  const auto day = take_number(text, 2);
  return valid(static_cast<int>(*year), *month, *day);
}

}  // namespace

LetterPairs letter_pairs(std::string_view utf8) {
  LetterPairs made;
  const std::string text = nfc(utf8);
  std::uint64_t last = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const auto step = utf8::step(rest);
    rest.remove_prefix(step.length);
    if (!is_letter(step.code)) continue;
    const auto code = static_cast<std::uint64_t>(step.code);
    constexpr unsigned half = 32;
    if (made.letters > 0) made.pairs.push_back((last << half) | code);
    last = code;
    ++made.letters;
  }
  std::ranges::sort(made.pairs);
  return made;
}

double likeness(const LetterPairs& a, const LetterPairs& b) {
  const std::size_t all = a.pairs.size() + b.pairs.size();
  if (all == 0) return 0;
  std::size_t common = 0;
  for (auto left = a.pairs.begin(), right = b.pairs.begin();
       left != a.pairs.end() && right != b.pairs.end();) {
    if (*left == *right) {
      ++common;
      ++left;
      ++right;
    } else if (*left < *right) {
      ++left;
    } else {
      ++right;
    }
  }
  return 2.0 * static_cast<double>(common) / static_cast<double>(all);
}

std::vector<Date> dates_in(std::string_view text) {
  std::vector<Date> found;
  for (std::size_t i = 0; i < text.size();) {
    const auto end =
        std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(), is_digit);
    const std::size_t digits = static_cast<std::size_t>(end - text.begin()) - i;
    if (digits == 4 || digits == 8)
      if (const auto date = date_at(text.substr(i))) found.push_back(*date);
    i += std::max<std::size_t>(digits, 1);
  }
  return found;
}

}  // namespace taizhang
