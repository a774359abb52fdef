#include "base/date.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace std::chrono_literals;

TEST_CASE("only the ten characters YYYY-MM-DD are a date") {
  CHECK(parse_date("2023-06-15") == Date{2023y / 6 / 15});
  CHECK(parse_date("0001-01-01") == Date{1y / 1 / 1});
  for (const auto* text :
       {"", "2023-6-15", "2023-06-5", "2023/06/15", "20230615", "2023-06-15 ", " 2023-06-15",
        "2023-06-1x", "２０２３-06-15", "+023-06-15", "2023-06", "-023-06-15", "2023-06-150"})
    CHECK_MESSAGE(!parse_date(text), text);
}

TEST_CASE("days that no calendar has are refused") {
  for (const auto* text : {"2023-00-10", "2023-13-01", "2023-01-00", "2023-01-32", "2023-02-29",
                           "2023-04-31", "2100-02-29", "1900-02-29"})
    CHECK_MESSAGE(!parse_date(text), text);
  CHECK(parse_date("2024-02-29"));
  CHECK(parse_date("2000-02-29"));
}

TEST_CASE("a date is written as it is read") {
  CHECK(format_date(2023y / 6 / 5) == "2023-06-05");
  CHECK(format_date(33y / 12 / 31) == "0033-12-31");
  CHECK(format_date(10000y / 1 / 2) == "10000-01-02");
  CHECK(format_date(-(1y) / 1 / 2) == "-001-01-02");
  for (Date day = 2000y / 1 / 1; day <= Date{2100y / 12 / 31}; day = add_days(day, 1)) {
    if (parse_date(format_date(day)) != day) FAIL_CHECK(format_date(day));
  }
}

TEST_CASE("days are counted across month ends, leap days and years") {
  CHECK(add_days(2024y / 2 / 28, 1) == Date{2024y / 2 / 29});
  CHECK(add_days(2023y / 2 / 28, 1) == Date{2023y / 3 / 1});
  CHECK(add_days(2024y / 1 / 1, -1) == Date{2023y / 12 / 31});
  CHECK(days_between(2024y / 2 / 1, 2024y / 3 / 1) == 29);
  CHECK(days_between(2024y / 3 / 1, 2024y / 2 / 1) == -29);
  CHECK(days_between(2023y / 6 / 15, 2023y / 6 / 15) == 0);
}

TEST_CASE("the day changes at midnight in China, not in Greenwich") {
  const auto midnight = std::chrono::sys_days{2023y / 6 / 15};
  CHECK(day_in_china(midnight + 15h + 59min + 59s) == Date{2023y / 6 / 15});
  CHECK(day_in_china(midnight + 16h) == Date{2023y / 6 / 16});
}
