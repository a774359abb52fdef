#include "base/period.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace taizhang {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

namespace {

/// Takes a number of `least` to `most` ASCII digits off the front.
std::optional<int> take_number(std::string_view& rest, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  int value = 0;
  while (count < most && count < rest.size() && rest[count] >= '0' && rest[count] <= '9') {
    value = value * 10 + (rest[count] - '0');
    ++count;
  }
  if (count < least) return std::nullopt;
  rest.remove_prefix(count);
  return value;
}

bool take(std::string_view& rest, std::string_view word) {
  if (!rest.starts_with(word)) return false;
  rest.remove_prefix(word.size());
  return true;
}

/// Which half of the month the rest names: 1 or 2.
std::optional<int> half_of(std::string_view rest) {
  constexpr std::array<std::pair<std::string_view, int>, 8> names{{{"-H1", 1},
                                                                   {"-H2", 2},
                                                                   {"-h1", 1},
                                                                   {"-h2", 2},
                                                                   {"上", 1},
                                                                   {"下", 2},
                                                                   {"上半月", 1},
                                                                   {"下半月", 2}}};
  for (const auto& [name, half] : names)
    if (rest == name) return half;
  return std::nullopt;
}

std::optional<int> quarter_of(std::string_view rest) {
  take(rest, "第");
  constexpr std::array<std::string_view, 4> numerals{"一", "二", "三", "四"};
  int quarter = 0;
  for (std::size_t i = 0; i < numerals.size(); ++i)
    if (take(rest, numerals[i])) quarter = static_cast<int>(i) + 1;
  if (quarter == 0) quarter = take_number(rest, 1, 1).value_or(0);
  if (quarter < 1 || quarter > 4 || (rest != "季度" && rest != "季")) return std::nullopt;
  return quarter;
}

Date last_day(year y, month m) { return Date{y / m / std::chrono::last}; }

Period half_month(year y, month m, int half) {
  if (half == 1) return {PeriodKind::half_month, y / m / day{1}, y / m / day{15}};
  return {PeriodKind::half_month, y / m / day{16}, last_day(y, m)};
}

Period whole_month(year y, month m) { return {PeriodKind::month, y / m / day{1}, last_day(y, m)}; }

Period quarter_period(year y, int quarter) {
  const auto last = month{static_cast<unsigned>(quarter) * 3};
  return {PeriodKind::quarter, y / (last - std::chrono::months{2}) / day{1}, last_day(y, last)};
}

Period whole_year(year y) {
  return {PeriodKind::year, y / std::chrono::January / day{1}, y / std::chrono::December / day{31}};
}

}  // namespace

std::optional<Period> parse_period(std::string_view text) {
  std::string_view rest = text;
  const auto year_number = take_number(rest, 4, 4);
  if (!year_number || *year_number == 0) return std::nullopt;
  const year y{*year_number};

  const bool chinese = take(rest, "年");
  if (rest.empty()) return whole_year(y);
  if (chinese) {
    if (const auto quarter = quarter_of(rest)) return quarter_period(y, *quarter);
  } else {
    if (!take(rest, "-")) return std::nullopt;
    if (take(rest, "Q") || take(rest, "q")) {
      const auto quarter = take_number(rest, 1, 1);
      if (!quarter || *quarter < 1 || *quarter > 4 || !rest.empty()) return std::nullopt;
      return quarter_period(y, *quarter);
    }
  }

  const auto month_number = take_number(rest, chinese ? 1 : 2, 2);
  if (!month_number || *month_number < 1 || *month_number > 12) return std::nullopt;
  const month m{static_cast<unsigned>(*month_number)};
  if (chinese && !take(rest, "月")) return std::nullopt;
  if (rest.empty()) return whole_month(y, m);
  if (const auto half = half_of(rest)) return half_month(y, m, *half);
  return std::nullopt;
}

std::string period_name(const Period& period) {
  const int y = static_cast<int>(period.first.year());
  const unsigned m = static_cast<unsigned>(period.first.month());
  switch (period.kind) {
    case PeriodKind::half_month:
      return fmt::format("{:04}-{:02}-H{}", y, m, period.first.day() == day{1} ? 1 : 2);
    case PeriodKind::month:
      return fmt::format("{:04}-{:02}", y, m);
    case PeriodKind::quarter:
      return fmt::format("{:04}-Q{}", y, (m + 2) / 3);
    case PeriodKind::year:
      break;
  }
  return fmt::format("{:04}", y);
}

Period period_of(Date date, PeriodKind kind) {
  switch (kind) {
    case PeriodKind::half_month:
      return half_month(date.year(), date.month(), date.day() <= day{15} ? 1 : 2);
    case PeriodKind::month:
      return whole_month(date.year(), date.month());
    case PeriodKind::quarter:
      return quarter_period(date.year(),
                            static_cast<int>((static_cast<unsigned>(date.month()) + 2) / 3));
    case PeriodKind::year:
      break;
  }
  return whole_year(date.year());
}

Period next_period(const Period& period) {
  return period_of(add_days(period.last, 1), period.kind);
}

Period previous_period(const Period& period) {
  return period_of(add_days(period.first, -1), period.kind);
}

}  // namespace taizhang
