#include "base/period.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace taizhang;
using namespace std::chrono_literals;

namespace {

constexpr std::array kinds{PeriodKind::half_month, PeriodKind::month, PeriodKind::quarter,
                           PeriodKind::year};

std::string named(std::string_view text) {
  const auto period = parse_period(text);
  return period ? period_name(*period) : "nothing";
}

}  // namespace

TEST_CASE("half-months end on the 15th and on the last day of the month") {
  CHECK(parse_period("2023-06-H1") ==
        Period{PeriodKind::half_month, 2023y / 6 / 1, 2023y / 6 / 15});
  CHECK(parse_period("2023-06-H2")->last == Date{2023y / 6 / 30});
  CHECK(parse_period("2023-02-H2")->last == Date{2023y / 2 / 28});
  CHECK(parse_period("2024-02-H2")->last == Date{2024y / 2 / 29});
  CHECK(parse_period("2100-02-H2")->last == Date{2100y / 2 / 28});
  CHECK(parse_period("2023-12-H2")->first == Date{2023y / 12 / 16});
  CHECK(period_of(2023y / 6 / 15, PeriodKind::half_month).last == Date{2023y / 6 / 15});
  CHECK(period_of(2023y / 6 / 16, PeriodKind::half_month).first == Date{2023y / 6 / 16});
}

TEST_CASE("every spelling of a period leads to its one name") {
  for (const auto* text : {"2023-06-H1", "2023-06-h1", "2023-06上", "2023-06上半月",
                           "2023年6月上半月", "2023年06月上半月", "2023年6月上"})
    CHECK_MESSAGE(named(text) == "2023-06-H1", text);
  for (const auto* text : {"2023-06-H2", "2023-06下", "2023年6月下半月"})
    CHECK_MESSAGE(named(text) == "2023-06-H2", text);
  for (const auto* text : {"2023-06", "2023年6月", "2023年06月"})
    CHECK_MESSAGE(named(text) == "2023-06", text);
  for (const auto* text : {"2023-Q2", "2023-q2", "2023年第2季度", "2023年二季度", "2023年第二季度",
                           "2023年2季度", "2023年二季"})
    CHECK_MESSAGE(named(text) == "2023-Q2", text);
  for (const auto* text : {"2023", "2023年"}) CHECK_MESSAGE(named(text) == "2023", text);
}

TEST_CASE("what is no period is refused") {
  for (const auto* text : {"",
                           "23",
                           "0000",
                           "20233",
                           "2023-",
                           "2023-6",
                           "2023-00",
                           "2023-13",
                           "2023-06-",
                           "2023-06-H0",
                           "2023-06-H3",
                           "2023-06-H",
                           "2023-06-15",
                           "2023-Q0",
                           "2023-Q5",
                           "2023-Q",
                           "2023-Q22",
                           "2023年月",
                           "2023年0月",
                           "2023年13月",
                           "2023年6",
                           "2023年五季度",
                           "2023年第季度",
                           "2023年0季度",
                           "2023年6月中",
                           "2023-06上下",
                           " 2023",
                           "2023 ",
                           "2023-Q2上",
                           "二〇二三年"})
    CHECK_MESSAGE(named(text) == "nothing", text);
}

TEST_CASE(
    "on every day of a century, each kind of period holds that day and knows its neighbours") {
  for (Date day = 2000y / 1 / 1; day <= Date{2100y / 12 / 31}; day = add_days(day, 1)) {
    for (const PeriodKind kind : kinds) {
      const Period period = period_of(day, kind);
      const Period next = next_period(period);
      const bool right =
          period.kind == kind && period.first.ok() && period.last.ok() && period.first <= day &&
          day <= period.last && days_between(period.last, next.first) == 1 &&
          previous_period(next) == period && next_period(previous_period(period)) == period &&
          parse_period(period_name(period)) == period;
      if (!right) FAIL_CHECK(format_date(day) << " in " << period_name(period));
    }
  }
}

TEST_CASE("a year has 24 half-months, 12 months and 4 quarters") {
  const auto count = [](PeriodKind kind) {
    int n = 0;
    for (Period p = period_of(2024y / 1 / 1, kind); p.first.year() == 2024y; p = next_period(p))
      ++n;
    return n;
  };
  CHECK(count(PeriodKind::half_month) == 24);
  CHECK(count(PeriodKind::month) == 12);
  CHECK(count(PeriodKind::quarter) == 4);
  CHECK(count(PeriodKind::year) == 1);
}
