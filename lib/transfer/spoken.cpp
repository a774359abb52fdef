#include "transfer/spoken.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"
#include "base/typed.hpp"

namespace taizhang::transfer {

namespace {

using Words = std::vector<std::string_view>;

bool is_one_of(std::string_view text, const Words& words) {
  return std::ranges::find(words, text) != words.end();
}

bool has_one_of(std::string_view text, const Words& words) {
  return std::ranges::any_of(words, [&](auto each) { return text.find(each) != text.npos; });
}

/// Half-width, small letters, no spaces around.
std::string plain(std::string_view text) {
  std::string made = half_width(text);
  for (char& c : made)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return std::string{trim(made)};
}

constexpr std::array<std::string_view, 9> han_digits{"一", "二", "三", "四", "五",
                                                     "六", "七", "八", "九"};

/// With every Han digit as an Arabic one.
std::string with_digits(std::string_view text) {
  std::string made = plain(text);
  for (std::size_t digit = 0; digit < han_digits.size(); ++digit)
    for (std::size_t at = 0; (at = made.find(han_digits[digit], at)) != made.npos;)
      made.replace(at, han_digits[digit].size(), std::to_string(digit + 1));
  return made;
}

/// What a column with such a counting word is called; "" for words that count anything but people
/// and households.
Words labels_of(std::string_view unit) {
  if (unit == "户") return {"户"};
  if (unit == "人" || unit == "名") return {"人", "员", "口", "名", "干部"};
  if (is_one_of(unit, {"类", "级", "档"})) return {"类", "级", "档", "等次"};
  if (unit == "天") return {"天", "日"};
  if (is_one_of(unit, {"个", "次", "项", "件", "起", "处", "条"})) return {""};
  return {};
}

}  // namespace

std::optional<bool> spoken_flag(std::string_view text, std::string_view label) {
  const std::string word = plain(text);
  if (is_one_of(word, {"是", "√", "✓", "✔", "y", "yes", "true"})) return true;
  if (is_one_of(word, {"否", "×", "✗", "✘", "n", "no", "false"})) return false;
  if (is_two_edged(word, label)) return std::nullopt;
  if (word == "有") return true;
  if (is_one_of(word, {"无", "没有"})) return false;
  return std::nullopt;
}

bool is_two_edged(std::string_view text, std::string_view label) {
  if (!is_one_of(plain(text), {"有", "无", "没有"})) return false;
  std::string asked{label};  // "有无" and "有没有" ask, and deny nothing
  for (const std::string_view asking : {"有没有", "有无"})
    if (const auto at = asked.find(asking); at != asked.npos) asked.erase(at, asking.size());
  return has_one_of(asked, {"无", "没", "不", "未", "缺", "非"});
}

std::optional<std::int64_t> spoken_count(std::string_view text, std::string_view label) {
  if (const auto whole = whole_number(text)) return whole;
  const std::string word = with_digits(text);
  const std::size_t end = word.find_first_not_of("0123456789");
  if (end == 0 || end == word.npos) return std::nullopt;
  const std::string_view unit = trim(std::string_view{word}.substr(end));
  const Words labels = labels_of(unit);
  const bool counts_anything = is_one_of("", labels);
  const bool fits = counts_anything ? !has_one_of(label, {"户", "人"}) : has_one_of(label, labels);
  // Several Han digits in a row are no way to write a number.
  if (!fits || (word.size() != plain(text).size() && end > 1)) return std::nullopt;
  return whole_number(std::string_view{word}.substr(0, end));
}

std::optional<std::string> spoken_choice(std::string_view text,
                                         std::span<const std::string> choices) {
  const std::string word = with_digits(text);
  std::optional<std::string> found;
  for (const std::string& choice : choices) {
    if (with_digits(choice) != word) continue;
    if (found) return std::nullopt;
    found = choice;
  }
  return found;
}

}  // namespace taizhang::transfer
