#include "rules/condition.hpp"

#include <doctest/doctest.h>

#include "rules/make.hpp"

using namespace taizhang;
using namespace taizhang::rules;
using model::Operator;
using model::QuestionType;

namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

Truth poll_truth(const model::Counts& counts, std::vector<std::string> names, double operand,
                 Operator op = Operator::below) {
  return compare(share("p", std::move(names), op, operand), counts, today);
}

}  // namespace

TEST_CASE("older than three months begins on the day after three months") {
  const model::Age age{3, 0};
  CHECK(!is_older(day("2023-03-15"), age, day("2023-06-15")));
  CHECK(is_older(day("2023-03-15"), age, day("2023-06-16")));
  CHECK(is_older(day("2022-11-30"), age,
                 day("2023-03-01")));  // 30 November and 3 months: 28 February
  CHECK(!is_older(day("2022-11-30"), age, day("2023-02-28")));
  CHECK(!is_older(day("2023-05-16"), {0, 30}, day("2023-06-15")));
  CHECK(is_older(day("2023-05-15"), {0, 30}, day("2023-06-15")));
  CHECK(!is_older(day("2023-07-01"), age, day("2023-06-15")));
}

TEST_CASE("a date is compared with the day; anything else stays unknown") {
  CHECK(compare(older("d", 3), day("2023-01-01"), today) == Truth::yes);
  CHECK(compare(older("d", 3), day("2023-06-01"), today) == Truth::no);
  CHECK(compare(older("d", 3), true, today) == Truth::unknown);
}

TEST_CASE("a share of a poll meets its threshold exactly") {
  for (std::int64_t valid = 1; valid <= 200; ++valid)
    for (std::int64_t votes = 0; votes <= valid; ++votes) {
      const bool below = votes * 10 < valid * 6;  // 60 % in whole numbers
      REQUIRE(poll_truth({{"valid", valid}, {"satisfied", votes}}, {"satisfied"}, 0.6) ==
              (below ? Truth::yes : Truth::no));
      REQUIRE(poll_truth({{"valid", valid}, {"satisfied", votes}}, {"satisfied"}, 0.6,
                         Operator::at_least) == (below ? Truth::no : Truth::yes));
    }
}

TEST_CASE("several counts make one share; without votes or a count it is unknown") {
  const model::Counts counts{{"valid", 10}, {"good", 3}, {"fair", 2}};
  CHECK(poll_truth(counts, {"good", "fair"}, 0.5) == Truth::no);
  CHECK(poll_truth(counts, {"good", "fair"}, 0.51) == Truth::yes);
  CHECK(poll_truth(counts, {"good", "bad"}, 0.5) == Truth::unknown);
  CHECK(poll_truth({{"valid", 0}, {"good", 0}}, {"good"}, 0.5) == Truth::unknown);
  CHECK(compare(share("p", {"good"}, Operator::below, 0.5), true, today) == Truth::unknown);
}

TEST_CASE(
    "a poll that lists its counts takes no others, and together no more than the valid votes") {
  model::Question poll = question("p", QuestionType::poll);
  poll.choices = {"good", "bad"};
  CHECK(fits(poll, model::Counts{{"valid", 10}, {"good", 6}, {"bad", 4}}));
  CHECK(fits(poll, model::Counts{{"valid", 10}, {"good", 6}}));
  CHECK(!fits(poll, model::Counts{{"valid", 10}, {"good", 6}, {"bad", 5}}));
  CHECK(!fits(poll, model::Counts{{"valid", 10}, {"goood", 6}}));
  CHECK(!fits(poll, model::Counts{{"valid", 2'000'000'000'000}}));
}
