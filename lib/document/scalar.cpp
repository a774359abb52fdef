#include "document/scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "document/characters.hpp"

namespace taizhang::document {

namespace {

// TOML sets no limits here, but toml++ does, to 64 digits of a fraction and 126 characters of a number.
constexpr std::size_t longest_time = 64;
constexpr std::size_t longest_number = 120;

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

/// Exactly that many digits at the front; -1 when there are fewer.
int take_number(std::string_view& rest, std::size_t length) {
  if (rest.size() < length) return -1;
  int number = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (!is(rest[i], digit)) return -1;
    number = number * 10 + (rest[i] - '0');
  }
  rest.remove_prefix(length);
  return number;
}

// ---- Dates and times

/// `YYYY-MM-DD` at the front, if the calendar has that day.
bool take_date(std::string_view& rest, Date& date) {
  const int year = take_number(rest, 4);
  if (year < 0 || !take(rest, '-')) return false;
  const int month = take_number(rest, 2);
  if (month < 0 || !take(rest, '-')) return false;
  const int day = take_number(rest, 2);
  if (day < 0) return false;
  date = Date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
              std::chrono::day{static_cast<unsigned>(day)}};
  return date.ok();
}

/// `HH:MM` at the front.
bool take_hours(std::string_view& rest) {
  const int hour = take_number(rest, 2);
  if (hour < 0 || hour > 23 || !take(rest, ':')) return false;
  const int minute = take_number(rest, 2);
  return minute >= 0 && minute <= 59;
}

/// `HH:MM:SS` with or without a fraction.
bool take_time(std::string_view& rest) {
  if (!take_hours(rest) || !take(rest, ':')) return false;
  const int second = take_number(rest, 2);
  if (second < 0 || second > 59) return false;
  if (!take(rest, '.')) return true;
  std::size_t digits = 0;
  while (digits < rest.size() && is(rest[digits], digit)) ++digits;
  rest.remove_prefix(digits);
  return digits > 0;
}

bool take_zone(std::string_view& rest) {
  if (take(rest, 'Z') || take(rest, 'z')) return true;
  return (take(rest, '+') || take(rest, '-')) && take_hours(rest);
}

bool read_date_or_time(std::string_view text, Value& value) {
  std::string_view rest = text;
  if (text[2] == ':') {
    if (!take_time(rest) || !rest.empty()) return false;
    value.data = TimeText{Text::lent(text)};
    return true;
  }
  Date date;
  if (!take_date(rest, date)) return false;
  if (rest.empty()) {
    value.data = date;
    return true;
  }
  if (!take(rest, 'T') && !take(rest, 't') && !take(rest, ' ')) return false;
  if (!take_time(rest) || (!rest.empty() && !take_zone(rest)) || !rest.empty()) return false;
  value.data = TimeText{Text::lent(text)};
  return true;
}

/// A date and nothing else, as nearly all values without quotes are; false when it is none.
bool read_day(std::string_view text, Value& value) {
  Date date;
  if (text.size() != 10 || text[4] != '-' || !take_date(text, date)) return false;
  value.data = date;
  return true;
}

// ---- Numbers

/// Copies digits without the `_` between them; the number of digits, or 0 when that is wrong.
std::size_t take_digits(std::string_view& rest, Characters kind, std::string& digits) {
  const std::size_t before = digits.size();
  while (!rest.empty() && is(rest.front(), kind)) {
    digits += rest.front();
    rest.remove_prefix(1);
    if (rest.size() >= 2 && rest.front() == '_' && is(rest[1], kind)) rest.remove_prefix(1);
  }
  return digits.size() - before;
}

std::string_view to_integer(const std::string& digits, int base, Value& value) {
  std::int64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [after, error] = std::from_chars(digits.data(), end, number, base);
  if (error == std::errc::result_out_of_range) return "number-too-large";
  if (error != std::errc{} || after != end) return "number-form";
  value.data = number;
  return {};
}

/// `0x`, `0o` and `0b`.
std::string_view read_based(std::string_view text, Value& value) {
  const int base = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 2;
  std::string digits;
  text.remove_prefix(2);
  if (take_digits(text, hexadecimal, digits) == 0 || !text.empty()) return "number-form";
  return to_integer(digits, base, value);
}

/// Digits only, few enough to need no look at their size; false when it is something else.
bool read_small_number(std::string_view text, Value& value) {
  constexpr std::size_t most_digits = 18;
  if (text.empty() || text.size() > most_digits || (text[0] == '0' && text.size() > 1))
    return false;
  std::int64_t number = 0;
  for (const char c : text) {
    if (!is(c, digit)) return false;
    number = number * 10 + (c - '0');
  }
  value.data = number;
  return true;
}

std::string_view read_number(std::string_view text, Value& value) {
  std::string_view rest = text;
  std::string plain;
  if (take(rest, '-')) plain = "-";
  else take(rest, '+');
  const bool negative = !plain.empty();
  if (rest == "inf") {
    value.data = negative ? -std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::infinity();
    return {};
  }
  if (rest == "nan") {
    value.data = std::numeric_limits<double>::quiet_NaN();
    return {};
  }
  const bool zero = rest.starts_with('0');
  const std::size_t whole = take_digits(rest, digit, plain);
  if (whole == 0) return "toml-syntax";
  if (zero && whole > 1) return "number-form";
  if (rest.empty()) return to_integer(plain, 10, value);

  if (take(rest, '.')) {
    plain += '.';
    if (take_digits(rest, digit, plain) == 0) return "number-form";
  }
  if (take(rest, 'e') || take(rest, 'E')) {
    plain += 'e';
    if (take(rest, '-')) plain += '-';
    else take(rest, '+');
    if (take_digits(rest, digit, plain) == 0) return "number-form";
  }
  if (!rest.empty()) return "number-form";
  double number = 0;
  const auto [after, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  if (error != std::errc{})
    number = std::strtod(plain.c_str(), nullptr);  // tells too small from too large
  if (std::isinf(number)) return "number-too-large";
  value.data = number;
  return {};
}

}  // namespace

std::string_view read_scalar(std::string_view text, Value& value) {
  if (read_day(text, value) || read_small_number(text, value)) return {};
  if (text == "true" || text == "false") {
    value.data = text == "true";
    return {};
  }
  if (text.size() > 4 && is(text[0], digit) && is(text[1], digit) &&
      (text[2] == ':' || (is(text[2], digit) && is(text[3], digit) && text[4] == '-')))
    return text.size() <= longest_time && read_date_or_time(text, value) ? std::string_view{}
                                                                         : "time-form";
  if (text.size() > longest_number) return "number-form";
  if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b'))
    return read_based(text, value);
  return read_number(text, value);
}

bool append_code_point(std::uint32_t code, std::string& text) {
  const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | code >> 6);
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    if (code >= 0xD800 && code <= 0xDFFF) return false;
    add(0xE0 | code >> 12);
    add(0x80 | (code >> 6 & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    if (code > 0x10FFFF) return false;
    add(0xF0 | code >> 18);
    add(0x80 | (code >> 12 & 0x3F));
    add(0x80 | (code >> 6 & 0x3F));
    add(0x80 | (code & 0x3F));
  }
  return true;
}

}  // namespace taizhang::document
