#include "rules/ranking.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>

#include "rules/make.hpp"

using namespace taizhang;
using namespace taizhang::rules;
using model::Ranking;
using model::Rounding;
using model::WorseEnd;

namespace {

/// Last year's grade (a larger one is worse), then collective income (less is worse).
model::RuleSet by_grade_and_income(std::int64_t count) {
  model::RuleSet set;
  set.questions = {question("grade", model::QuestionType::whole), number_question("income", 0, 9)};
  set.questions[0].min = 1;
  set.questions[0].max = 3;
  set.rankings.push_back({"bottom", "倒排", model::Effect::list, count, {}, {}, {}, {}});
  set.keys = {{"bottom", "grade", "", WorseEnd::large, {}},
              {"bottom", "income", "", WorseEnd::small, {}}};
  return set;
}

struct Village {
  std::optional<std::int64_t> grade;
  std::optional<double> income;
};

class Contest {
 public:
  Contest(const model::RuleSet& set, const std::vector<Village>& villages,
          const std::map<std::string_view, std::size_t>& unread = {})
      : rules_(set, today) {
    std::vector<Contestant> contestants;
    for (const Village& village : villages) {
      Sheet& sheet = sheets_.emplace_back();
      if (village.grade) sheet.answer("grade", *village.grade);
      if (village.income) sheet.answer("income", *village.income);
      contestants.push_back({"", sheet.values(rules_)});
    }
    standings = rank(rules_, set.rankings.front(), contestants, unread);
  }
  /// One letter for each village: + hit, - not, o open.
  std::string hits() const {
    std::string all;
    for (const Standing& each : standings)
      all += each.hit == Truth::yes ? '+' : each.hit == Truth::no ? '-' : 'o';
    return all;
  }
  std::vector<Standing> standings;

 private:
  Rules rules_;
  std::vector<Sheet> sheets_;
};

std::string hits(std::int64_t count, const std::vector<Village>& villages) {
  return Contest{by_grade_and_income(count), villages}.hits();
}

}  // namespace

TEST_CASE("the first key decides, then the next, each from its worse end") {
  const std::vector<Village> villages{{3, 5.0}, {2, 0.0}, {3, 4.0}, {1, 0.0}};
  CHECK(hits(1, villages) == "--+-");
  CHECK(hits(2, villages) == "+-+-");
  CHECK(hits(3, villages) == "+++-");
  CHECK(hits(0, villages) == "----");
  CHECK(hits(9, villages) == "++++");
}

TEST_CASE("equal villages are hit together and share a rank") {
  const std::vector<Village> villages{{3, 5.0}, {3, 5.0}, {3, 4.0}, {3, 5.0}, {1, 1.0}};
  CHECK(hits(2, villages) == "++++-");
  const Contest contest{by_grade_and_income(2), villages};
  CHECK(contest.standings[0].worst == 2);
  CHECK(contest.standings[0].best == 2);
  CHECK(contest.standings[4].worst == 5);
}

TEST_CASE("an unknown key leaves open whom it could affect, and nobody else") {
  // the first has grade 3 and an unknown income: worst or second worst
  CHECK(hits(1, {{3, {}}, {3, 5.0}, {2, 0.0}}) == "oo-");
  CHECK(hits(2, {{3, {}}, {3, 5.0}, {2, 0.0}}) == "++-");
  CHECK(hits(1, {{3, {}}, {3, 0.0}, {2, 0.0}}) == "o+-");  // nothing is below no income
  CHECK(hits(1, {{{}, {}}, {2, 5.0}}) == "oo");
}

TEST_CASE("hits, misses and open ones are those of all ways to fill in what is unknown") {
  std::mt19937 random{7};
  for (int round = 0; round < 400; ++round) {
    std::vector<Village> villages(2 + random() % 4);
    for (Village& village : villages) {
      if (random() % 4 > 0) village.grade = 1 + static_cast<std::int64_t>(random() % 3);
      village.income = static_cast<double>(random() % 3);
    }
    const auto count = static_cast<std::int64_t>(1 + random() % villages.size());
    std::vector<std::string> outcomes{""};
    std::vector<std::vector<Village>> ways{villages};
    for (std::size_t i = 0; i < villages.size(); ++i) {
      if (villages[i].grade) continue;
      std::vector<std::vector<Village>> more;
      for (const auto& way : ways)
        for (std::int64_t grade = 1; grade <= 3; ++grade) {
          more.push_back(way);
          more.back()[i].grade = grade;
        }
      ways = std::move(more);
    }
    std::string expected(villages.size(), ' ');
    for (const auto& way : ways) {
      const std::string one = hits(count, way);
      for (std::size_t i = 0; i < one.size(); ++i)
        expected[i] = expected[i] == ' ' || expected[i] == one[i] ? one[i] : 'o';
    }
    CAPTURE(round);
    REQUIRE(hits(count, villages) == expected);
  }
}

TEST_CASE("a village that could not be read may be worse than any") {
  const std::vector<Village> villages{{3, 1.0}, {2, 1.0}};
  CHECK(Contest(by_grade_and_income(1), villages, {{"", 1}}).hits() == "o-");
  CHECK(Contest(by_grade_and_income(2), villages, {{"", 1}}).hits() == "+o");
}

TEST_CASE("a share of the villages is rounded as the rule set says") {
  const auto cut = [](double share, Rounding rounding, std::size_t among) {
    Ranking ranking;
    ranking.share = share;
    ranking.rounding = rounding;
    return cut_of(ranking, among);
  };
  CHECK(cut(0.1, Rounding::up, 104) == 11);
  CHECK(cut(0.1, Rounding::down, 104) == 10);
  CHECK(cut(0.1, Rounding::nearest, 104) == 10);
  CHECK(cut(0.1, Rounding::nearest, 105) == 11);
  for (std::size_t among = 0; among <= 1000; among += 10)
    for (const Rounding rounding : {Rounding::up, Rounding::down, Rounding::nearest})
      CHECK(cut(0.1, rounding, among) == among / 10);
  CHECK(cut(0.05, Rounding::down, 100) == 5);
  Ranking ranking;
  CHECK(cut_of(ranking, 10) == 0);
  ranking.count = 3;
  CHECK(cut_of(ranking, 2) == 2);
}

TEST_CASE("only villages of one group are compared") {
  const auto set = by_grade_and_income(1);
  const Rules rules{set, today};
  const std::vector<Sheet> sheets = [] {
    std::vector<Sheet> made;
    for (const std::int64_t grade : {3, 2, 1, 2})
      made.push_back({{"grade", grade}, {"income", 1.0}});
    return made;
  }();
  std::vector<Contestant> contestants;
  const std::array<std::string_view, 4> groups{"东", "东", "西", "西"};
  for (std::size_t i = 0; i < groups.size(); ++i)
    contestants.push_back({groups[i], sheets[i].values(rules)});
  const auto standings = rank(rules, set.rankings[0], contestants);
  CHECK(standings[0].hit == Truth::yes);
  CHECK(standings[1].hit == Truth::no);
  CHECK(standings[2].hit == Truth::no);
  CHECK(standings[3].hit == Truth::yes);
  CHECK(standings[0].among == 2);
}

TEST_CASE("points rank too, fewer being worse") {
  auto set = by_grade_and_income(1);
  set.scores.push_back({"total", "得分", {}, {}});
  set.items = {{"total", "", "income", {}, {}, {}}};
  set.keys = {{"bottom", "", "total", WorseEnd::small, {}}};
  CHECK(Contest(set, {{1, 5.0}, {1, 4.0}, {1, {}}}).hits() == "-oo");
}
