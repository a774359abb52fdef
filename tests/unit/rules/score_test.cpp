#include "rules/score.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <random>

#include "rules/make.hpp"

using namespace taizhang;
using namespace taizhang::rules;
using model::Effect;

namespace {

/// Five aspects of 20 points; from 80 green, from 61 yellow (watched), below red (listed).
model::RuleSet hundred() {
  model::RuleSet set;
  set.scores.push_back({"total", "百分制", {}, {}});
  for (int i = 0; i < 5; ++i) {
    const std::string id = "a" + std::to_string(i);
    set.questions.push_back(number_question(id, 0, 20));
    set.items.push_back({"total", "", id, {}, {}, {}});
  }
  set.bands = {{"yellow", "total", "黄", 61, Effect::watch, {}},
               {"red", "total", "红", {}, Effect::list, {}},
               {"green", "total", "绿", 80, {}, {}}};
  return set;
}

Sheet aspects(const std::vector<std::optional<double>>& points) {
  Sheet sheet;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (points[i]) sheet.answer("a" + std::to_string(i), *points[i]);
  return sheet;
}

ScoreResult evaluate(const model::RuleSet& set, const Sheet& sheet) {
  const Rules rules{set, today};
  return evaluate_score(rules, sheet.values(rules), set.scores.front());
}

std::string bands(const model::RuleSet& set, const Sheet& sheet) {
  std::string all;
  for (const auto* band : evaluate(set, sheet).bands) all += band->id + " ";
  return all;
}

Screening screen_aspects(const std::vector<std::optional<double>>& points) {
  static const model::RuleSet set = hundred();
  return aspects(points).screen(set);
}

}  // namespace

TEST_CASE("the sum decides the band, at its bound exactly") {
  const auto set = hundred();
  CHECK(bands(set, aspects({16, 16, 16, 16, 16})) == "green ");
  CHECK(bands(set, aspects({16, 16, 16, 16, 15.99})) == "yellow ");
  CHECK(bands(set, aspects({12.2, 12.2, 12.2, 12.2, 12.2})) == "yellow ");  // 61 in tenths
  CHECK(bands(set, aspects({12.2, 12.2, 12.2, 12.2, 12.1})) == "red ");
}

TEST_CASE("red lists, yellow is watched, green is neither") {
  CHECK(screen_aspects({10, 10, 10, 10, 10}).verdict == Verdict::listed);
  const auto yellow = screen_aspects({14, 14, 14, 14, 14});
  CHECK(yellow.verdict == Verdict::not_listed);
  CHECK(yellow.judgements.at(1).effect == Effect::watch);
  CHECK(yellow.judgements.at(1).truth == Truth::yes);
  CHECK(yellow.judgements.at(1).label() == "百分制 黄");
  CHECK(screen_aspects({20, 20, 20, 20, 20}).judgements.at(1).truth == Truth::no);
}

TEST_CASE("an unknown aspect leaves the verdict open unless it cannot matter") {
  CHECK(screen_aspects({10, 10, 10, 10, {}}).verdict == Verdict::listed);      // at most 60
  CHECK(screen_aspects({11, 10, 10, 10, {}}).verdict == Verdict::undecided);   // up to 61
  CHECK(screen_aspects({16, 15, 15, 15, {}}).verdict == Verdict::not_listed);  // at least 61
  const auto open = screen_aspects({15, 15, 15, 15, {}});
  CHECK(open.verdict == Verdict::undecided);
  REQUIRE(open.missing().size() == 1);
  CHECK(open.missing()[0]->id == "a4");
  CHECK(screen_aspects({20, 20, 20, 20, {}}).judgements.at(1).truth == Truth::no);  // surely green
}

TEST_CASE("a score says exactly what every way to fill it up says") {
  std::mt19937 random{1};
  const auto set = hundred();
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::optional<double>> points(5);
    for (auto& each : points)
      if (random() % 3 > 0) each = static_cast<double>(random() % 41) / 2;
    double low = 0;
    double high = 0;
    for (const auto& each : points) {
      low += each.value_or(0);
      high += each.value_or(20);
    }
    std::string expected;
    if (high >= 80) expected += "green ";
    if (high >= 61 && low < 80) expected += "yellow ";
    if (low < 61) expected += "red ";
    CAPTURE(round);
    REQUIRE(bands(set, aspects(points)) == expected);
  }
}

TEST_CASE(
    "a knock-out gives the lowest band whatever the points, and keeps the rest open while "
    "unknown") {
  auto set = hundred();
  set.questions.push_back(question("fraud"));
  set.knockouts.push_back({"total", "弄虚作假", compare("fraud"), {}});
  Sheet best = aspects({20, 20, 20, 20, 20});
  CHECK(bands(set, best) == "green red ");
  CHECK(best.screen(set).verdict == Verdict::undecided);
  best.answer("fraud", true);
  const auto out = evaluate(set, best);
  CHECK(out.band()->id == "red");
  REQUIRE(out.knocked_out);
  CHECK(out.knocked_out->label == "弄虚作假");
  CHECK(best.screen(set).verdict == Verdict::listed);
  Sheet clean = aspects({20, 20, 20, 20, 20});
  clean.answer("fraud", false);
  CHECK(bands(set, clean) == "green ");
}

TEST_CASE("fixed points are given when their condition holds, from the base on") {
  model::RuleSet set;
  set.questions = {question("late"), question("reported")};
  set.questions[1].applies_when = compare("late");
  set.scores.push_back({"total", "得分", 100, {}});
  set.items = {{"total", "迟报", "", compare("late"), -5, {}},
               {"total", "补报", "", compare("reported"), 2, {}}};
  set.bands = {{"all", "total", "全部", {}, {}, {}}};
  const auto total = [&](const Sheet& sheet) {
    const Reach reach = evaluate(set, sheet).total;
    return std::to_string(reach.low / one_point) + ".." + std::to_string(reach.high / one_point);
  };
  CHECK(total({}) == "95..102");
  CHECK(total({{"late", false}}) == "100..100");
  CHECK(total({{"late", true}}) == "95..97");
  CHECK(total({{"late", true}, {"reported", true}}) == "97..97");
}

TEST_CASE("an aspect that does not arise gives no points") {
  auto set = hundred();
  set.questions.push_back(question("has_business"));
  set.questions[4].applies_when = compare("has_business");
  Sheet sheet = aspects({16, 16, 16, 16, {}});
  sheet.answer("has_business", false);
  CHECK(evaluate(set, sheet).total.high == 64 * one_point);
}

TEST_CASE("points without a range are open without bounds") {
  model::RuleSet set = hundred();
  set.questions[0].max.reset();
  CHECK(bands(set, aspects({{}, 0, 0, 0, 0})) == "green yellow red ");
  CHECK(to_points(1e300) == boundless);
  CHECK(to_points(-1e300) == -boundless);
}
