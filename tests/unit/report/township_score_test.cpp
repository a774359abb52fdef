#include "report/township_score.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace taizhang::model;
using namespace taizhang::report;

namespace {

RankTerm term_of(RankBasis basis, double points, std::optional<double> cap = {}) {
  RankTerm term;
  term.id = "t";
  term.basis = basis;
  term.points = points;
  term.cap = cap;
  return term;
}

TermCount progress(const RankTerm& term, std::int64_t part, std::int64_t whole, double percent) {
  TermCount count;
  count.term = &term;
  count.part = part;
  count.whole = whole;
  count.percent = percent;
  return count;
}

TermCount times(const RankTerm& term, std::int64_t number, std::int64_t possible = 0) {
  TermCount count;
  count.term = &term;
  count.times = number;
  count.possible = possible;
  return count;
}

}  // namespace

TEST_CASE("Progress is pro rata to the quota and never more than full marks") {
  const RankTerm term = term_of(RankBasis::progress, 80);
  CHECK(points_of(progress(term, 0, 11, 30)) == 0);
  CHECK(points_of(progress(term, 1, 11, 30)) == 2424);  // 80 x (1/11) / 0.30 = 24.242
  CHECK(points_of(progress(term, 3, 10, 30)) == 8000);
  CHECK(points_of(progress(term, 10, 10, 30)) == 8000);
  CHECK(points_of(progress(term, 0, 0, 30)) == 0);
}

TEST_CASE("Each time counts, up to the cap on either side") {
  const RankTerm reports = term_of(RankBasis::on_time, 2.5, 5);
  CHECK(points_of(times(reports, 1)) == 250);
  CHECK(points_of(times(reports, 3)) == 500);
  const RankTerm late = term_of(RankBasis::overdue, -1.005, 2);
  CHECK(points_of(times(late, 1)) == -101);  // halves away from zero
  CHECK(points_of(times(late, 7)) == -200);
}

TEST_CASE("Townships whose order a weight or a report turns are in one group") {
  const RankTerm done = term_of(RankBasis::progress, 80),
                 reports = term_of(RankBasis::on_time, 2.5);
  const auto score = [&](std::int64_t part, std::int64_t on_time) {
    return TownshipScore{"", {progress(done, part, 100, 100), times(reports, on_time, 2)}};
  };
  // far apart: 80.0, 40.0
  CHECK(stability({score(100, 0), score(50, 0)}).groups == std::vector<std::size_t>{0, 1});
  // 41.6 before 39.3: one report more turns it
  CHECK(stability({score(52, 0), score(46, 1)}).groups == std::vector<std::size_t>{0, 0});
  // three, of which only the last two can turn
  CHECK(stability({score(100, 2), score(52, 0), score(46, 1)}).groups ==
        std::vector<std::size_t>{0, 1, 1});
  // equal ones are one group, whatever else
  CHECK(stability({score(50, 1), score(50, 1)}).groups == std::vector<std::size_t>{0, 0});
  CHECK(stability({}).stands);
  CHECK(stability({score(100, 0), score(50, 0)}).stands);
  CHECK(!stability({score(52, 0), score(46, 1)}).stands);
  // one report more would part the two
  CHECK(!stability({score(50, 1), score(50, 1)}).stands);
}

TEST_CASE("The total is the sum of the printed terms") {
  const RankTerm done = term_of(RankBasis::progress, 80), quality = term_of(RankBasis::quality, 10);
  const TownshipScore score{"", {progress(done, 1, 3, 70), progress(quality, 2, 3, 100)}};
  CHECK(score.total() == points_of(score.terms[0]) + points_of(score.terms[1]));
  CHECK(score.total() == 3810 + 667);
}

TEST_CASE("Quotas of another year say nothing of this one") {
  RuleSet rules;
  const auto add = [&](const char* period, double percent) {
    Quota quota;
    quota.term = "t";
    quota.period = period;
    quota.percent = percent;
    rules.quotas.push_back(quota);
  };
  add("2023-06", 30);
  add("2023-12", 100);
  using namespace std::chrono_literals;
  Occasion occasion;
  occasion.round = 2023;
  occasion.as_of = 2023y / 7 / 1;
  CHECK(quota_on(rules, "t", occasion) == 30);
  occasion.dates = Round{};
  occasion.dates->from = 2024y / 1 / 1;
  occasion.dates->to = 2024y / 12 / 31;
  occasion.round = 2024;
  occasion.as_of = 2024y / 3 / 31;
  CHECK(quota_on(rules, "t", occasion) < 30);
  add("2024-03", 20);
  CHECK(quota_on(rules, "t", occasion) == 20);
}
