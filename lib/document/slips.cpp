#include "document/slips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/date.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace taizhang::document {

namespace {

/// The ASCII character to use instead; 0 when there is none.
char half_width(std::int32_t code) {
  // What these mean in a ledger counts, not their look: TOML knows no parentheses or semicolons.
  constexpr std::array<std::pair<std::int32_t, char>, 14> meanings{{{0xFF08, '['},
                                                                    {0xFF09, ']'},
                                                                    {0xFF1A, '='},
                                                                    {0xFF1B, ','},
                                                                    {0x3001, ','},
                                                                    {0x3002, '.'},
                                                                    {0x3010, '['},
                                                                    {0x3011, ']'},
                                                                    {0x3014, '['},
                                                                    {0x3015, ']'},
                                                                    {0x2010, '-'},
                                                                    {0x2013, '-'},
                                                                    {0x2014, '-'},
                                                                    {0x2212, '-'}}};
  const auto found = std::ranges::find(meanings, code, &std::pair<std::int32_t, char>::first);
  if (found != meanings.end()) return found->second;
  if (code >= 0xFF01 && code <= 0xFF5E) return static_cast<char>(code - 0xFEE0);
  return '\0';
}

Script script_of(std::int32_t code) {
  if (code >= 0 && code < 0x80) return Script::ascii;
  if (half_width(code) != '\0') return Script::wide;
  if (code >= 0 && utf8proc_category(code) == UTF8PROC_CATEGORY_ZS) return Script::space;
  if (code >= 0 && utf8proc_category(code) == UTF8PROC_CATEGORY_CF) return Script::hidden;
  return Script::foreign;
}

/// Takes up to `most` digits off the front.
std::optional<int> take_number(std::string_view& rest, std::size_t most) {
  int number = 0;
  std::size_t count = 0;
  while (count < most && count < rest.size() && rest[count] >= '0' && rest[count] <= '9')
    number = number * 10 + (rest[count++] - '0');
  if (count == 0) return std::nullopt;
  rest.remove_prefix(count);
  return number;
}

bool take_any(std::string_view& rest, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words) {
    if (!rest.starts_with(word)) continue;
    rest.remove_prefix(word.size());
    return true;
  }
  return false;
}

/// ASCII for what has an ASCII form, the rest as it is.
std::pair<std::string, bool> narrowed(std::string_view text) {
  std::string result;
  bool complete = true;
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = utf8::step(text.substr(at));
    if (const char half = half_width(code)) {
      result += half;
    } else {
      complete = complete && script_of(code) == Script::ascii;
      result += text.substr(at, length);
    }
    at += length;
  }
  return {result, complete};
}

}  // namespace

bool is_odd_space(std::string_view text) {
  constexpr std::array<std::int32_t, 3> line_ends{0x85, 0x2028, 0x2029};
  if (text.empty()) return false;
  const auto code = utf8::step(text).code;
  const Script script = script_of(code);
  return script == Script::space || script == Script::hidden ||
         std::ranges::find(line_ends, code) != line_ends.end();
}

std::vector<Run> runs(std::string_view text, std::uint32_t offset) {
  std::vector<Run> all;
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = utf8::step(text.substr(at));
    const Script script = script_of(code);
    const auto begin = static_cast<std::uint32_t>(offset + at);
    if (all.empty() || all.back().script != script) all.push_back({script, {begin, begin}});
    at += length;
    all.back().span.end = static_cast<std::uint32_t>(offset + at);
  }
  return all;
}

std::optional<std::string> narrow(std::string_view text) {
  auto [result, complete] = narrowed(text);
  if (!complete) return std::nullopt;
  return std::move(result);
}

std::uint32_t line_end(std::string_view text, std::uint32_t at) {
  std::size_t end = std::min(text.find('\n', at), text.size());
  if (end > at && end < text.size() && text[end - 1] == '\r') --end;
  return static_cast<std::uint32_t>(end);
}

Span plain_run(std::string_view text, std::uint32_t begin, bool in_brackets) {
  const std::uint32_t limit = line_end(text, begin);
  std::uint32_t end = begin;
  while (end < limit) {
    const std::string_view rest = text.substr(end, limit - end);
    if (rest.front() == '#') {
      const std::string_view before = text.substr(begin, end - begin);
      if (before.empty() || trim(before).size() < before.size()) break;
    }
    if (in_brackets && starts_with_any(rest, {",", "]", "}", "，", "、", "】", "｝"})) break;
    end += static_cast<std::uint32_t>(utf8::step(rest).length);
  }
  const std::string_view run = text.substr(begin, end - begin);
  const std::string_view kept = trim(run);
  if (kept.empty()) return {begin, begin};
  const auto lead = static_cast<std::uint32_t>(kept.data() - run.data());
  return {begin + lead, begin + lead + static_cast<std::uint32_t>(kept.size())};
}

std::string brief(std::string_view text) { return cut(visible(text), 40); }

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> heads) {
  return std::ranges::any_of(heads, [&](std::string_view head) { return text.starts_with(head); });
}

std::optional<MeantDate> meant_date(std::string_view text) {
  const std::string plain = narrowed(text).first;
  std::string_view rest = trim(plain);
  const auto take_separator = [&](std::string_view chinese) {
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    const bool taken = take_any(rest, {"-", "/", ".", chinese});
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    return taken;
  };
  const std::size_t before = rest.size();
  const auto year = take_number(rest, 4);
  if (!year || before - rest.size() != 4 || !take_separator("年")) return std::nullopt;
  const auto month = take_number(rest, 2);
  if (!month || !take_separator("月")) return std::nullopt;
  const auto day = take_number(rest, 2);
  if (!day) return std::nullopt;
  take_any(rest, {"日", "号"});
  if (!rest.empty()) return std::nullopt;
  MeantDate date{fmt::format("{:04}-{:02}-{:02}", *year, *month, *day), false};
  date.possible = parse_date(date.text).has_value();
  return date;
}

std::optional<std::string_view> meant_boolean(std::string_view text) {
  constexpr std::array<std::string_view, 12> yes{"是",  "真",  "对", "True", "TRUE", "yes",
                                                 "Yes", "YES", "on", "On",   "ON",   "√"};
  constexpr std::array<std::string_view, 12> no{"否", "假", "错",  "False", "FALSE", "no",
                                                "No", "NO", "off", "Off",   "OFF",   "×"};
  if (std::ranges::find(yes, text) != yes.end()) return "true";
  if (std::ranges::find(no, text) != no.end()) return "false";
  return std::nullopt;
}

}  // namespace taizhang::document
