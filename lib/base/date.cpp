#include "base/date.hpp"

#include <fmt/format.h>

#include <charconv>

namespace taizhang {

using std::chrono::sys_days;

namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year{*year}, std::chrono::month(static_cast<unsigned>(*month)),
                  std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

namespace {

/// The last digits of a number, zeros in front.
void put_digits(char* at, int digits, unsigned number) {
  for (; digits > 0; number /= 10) at[--digits] = static_cast<char>('0' + number % 10);
}

}  // namespace

std::string format_date(Date date) {
  const auto year = static_cast<int>(date.year());
  const auto month = static_cast<unsigned>(date.month());
  const auto day = static_cast<unsigned>(date.day());
  if (year < 0 || year > 9999) return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  std::string text = "0000-00-00";  // tables and hashes have many
  put_digits(text.data(), 4, static_cast<unsigned>(year));
  put_digits(text.data() + 5, 2, month);
  put_digits(text.data() + 8, 2, day);
  return text;
}

Date add_days(Date date, int days) { return Date{sys_days{date} + std::chrono::days{days}}; }

int days_between(Date from, Date to) {
  return static_cast<int>((sys_days{to} - sys_days{from}).count());
}

Date day_in_china(std::chrono::system_clock::time_point moment) {
  using namespace std::chrono_literals;
  return Date{std::chrono::floor<std::chrono::days>(moment + 8h)};
}

std::string clock_in_china(std::chrono::system_clock::time_point moment) {
  using namespace std::chrono_literals;
  const auto local = std::chrono::floor<std::chrono::seconds>(moment + 8h);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss time{local - day};
  return fmt::format("{} {:02}:{:02}:{:02}", format_date(Date{day}), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

}  // namespace taizhang
