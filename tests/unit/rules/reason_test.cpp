#include "rules/reason.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>

#include "rules/domain.hpp"
#include "rules/make.hpp"

using namespace taizhang;
using namespace taizhang::rules;
using model::AnswerValue;
using model::Condition;
using model::Effect;
using model::Operator;
using model::QuestionType;
using model::RuleSet;
using Kind = Condition::Kind;

namespace {

std::string ids(const std::vector<const model::Question*>& questions) {
  std::string all;
  for (const auto* each : questions) all += each->id + " ";
  return all;
}

std::string said(const AnswerValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* date = std::get_if<Date>(&value)) return format_date(*date);
  if (const auto* counts = std::get_if<model::Counts>(&value)) {
    std::string all;
    for (const auto& [name, votes] : *counts) all += name + "=" + std::to_string(votes) + ",";
    return all;
  }
  std::string digits = std::to_string(*as_number(value));
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits.ends_with('.') ? digits.substr(0, digits.size() - 1) : digits;
}

std::string said(const Turn& turn) {
  std::string all;
  for (const Change& each : turn.changes)
    all += each.question->id +
           (each.bound == Change::Bound::at_least  ? ">="
            : each.bound == Change::Bound::at_most ? "<="
                                                   : "=") +
           said(each.value) + " ";
  return all;
}

std::string turns_of(const RuleSet& set, const Sheet& sheet) {
  const Rules rules{set, today};
  std::string all;
  for (const Turn& turn : turns({rules, sheet.values(rules)})) all += said(turn) + "| ";
  return all;
}

std::string grounds_of(const RuleSet& set, const Sheet& sheet) {
  const Rules rules{set, today};
  return ids(grounds({rules, sheet.values(rules)}));
}

RuleSet flags(std::vector<Condition> lists) {
  RuleSet set;
  for (int i = 0; i < 6; ++i) set.questions.push_back(question("q" + std::to_string(i)));
  for (Condition& when : lists) set.criteria.push_back(criterion(std::move(when)));
  return set;
}

/// Rule sets of all kinds of questions, conditions, scores and knock-outs, and answers to them.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

  RuleSet rules() {
    RuleSet set;
    set.questions = {question("f0"),
                     question("f1"),
                     question("f2"),
                     question("w", QuestionType::whole),
                     number_question("n", 0, 20),
                     question("c", QuestionType::choice),
                     question("d", QuestionType::date),
                     question("p", QuestionType::poll)};
    set.questions[3].min = 0;
    set.questions[3].max = 10;
    set.questions[5].choices = {"好", "中", "差"};
    set.questions[7].choices = {"yes", "no"};
    if (below(3) == 0) set.questions[1].applies_when = compare("f0", below(2) == 0);
    if (below(4) == 0) set.questions[4].applies_when = comparison();
    if (set.questions[4].applies_when && set.questions[4].applies_when->question == "n")
      set.questions[4].applies_when.reset();
    for (auto left = 1 + below(3); left > 0; --left)
      set.criteria.push_back(criterion(condition(2), below(5) == 0 ? Effect::watch : Effect::list));
    if (below(2) == 0) score(set);
    return set;
  }

  AnswerValue value(const model::Question& asked) {
    switch (*asked.type) {
      case QuestionType::flag:
        return below(2) == 0;
      case QuestionType::whole:
        return std::int64_t{below(11)};
      case QuestionType::number:
        return static_cast<double>(below(81)) / 4;
      case QuestionType::choice:
        return asked.choices[below(3)];
      case QuestionType::date:
        return add_days(today, -static_cast<int>(below(200)));
      case QuestionType::poll:
        break;
    }
    const std::int64_t yes = below(21);
    return model::Counts{{"valid", 20}, {"yes", yes}, {"no", below(2) == 0 ? 0 : 20 - yes}};
  }

  Sheet sheet(const RuleSet& set, unsigned answered_of_ten) {
    Sheet made;
    for (const auto& asked : set.questions)
      if (below(10) < answered_of_ten) made.answer(asked.id, value(asked));
    return made;
  }

 private:
  Condition comparison() {
    constexpr std::array ordered{Operator::at_least, Operator::at_most, Operator::above,
                                 Operator::below};
    switch (below(8)) {
      case 0:
        return compare("w", std::int64_t{below(11)}, ordered[below(4)]);
      case 1:
        return compare("n", static_cast<double>(below(20)) + 0.5, ordered[below(4)]);
      case 2:
        return compare("c", std::string{below(2) == 0 ? "好" : "差"});
      case 3:
        return older("d", 1 + below(5));
      case 4:
        return share("p", {below(2) == 0 ? "yes" : "no"}, ordered[below(4)],
                     static_cast<double>(1 + below(9)) / 10);
      default:
        return compare("f" + std::to_string(below(3)), below(2) == 0);
    }
  }

  Condition condition(int depth) {
    if (depth == 0 || below(3) == 0) return comparison();
    std::vector<Condition> parts;
    for (auto left = 1 + below(3); left > 0; --left) parts.push_back(condition(depth - 1));
    const auto count = static_cast<unsigned>(parts.size());
    constexpr std::array kinds{Kind::any, Kind::all, Kind::none, Kind::at_least};
    return group(kinds[below(4)], std::move(parts), 1 + below(count));
  }

  void score(RuleSet& set) {
    set.scores.push_back({"s", "s", {}, {}});
    set.items = {{"s", "", "n", {}, {}, {}}, {"s", "", "w", {}, {}, {}}};
    if (below(2) == 0) set.items.push_back({"s", "", "", comparison(), -4, {}});
    if (below(2) == 0) set.knockouts.push_back({"s", "x", comparison(), {}});
    set.bands = {{"good", "s", "good", 20, {}, {}},
                 {"fair", "s", "fair", 10, Effect::watch, {}},
                 {"bad", "s", "bad", {}, Effect::list, {}}};
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("grounds of a listing are one hit, of none the answer to every criterion") {
  const RuleSet set = flags({compare("q0"), group(Kind::all, {compare("q1"), compare("q2")})});
  CHECK(grounds_of(set, {{"q0", true}, {"q1", false}}) == "q0 ");
  CHECK(grounds_of(set, {{"q0", false}, {"q1", true}, {"q2", true}}) == "q1 q2 ");
  CHECK(grounds_of(set, {{"q0", false}, {"q1", false}, {"q2", true}}) == "q0 q1 ");
  CHECK(grounds_of(set, {{"q1", false}}).empty());
}

TEST_CASE("the fewest answers that turn a verdict are found") {
  const RuleSet set =
      flags({compare("q0"), group(Kind::all, {compare("q1"), compare("q2")}),
             group(Kind::at_least, {compare("q3"), compare("q4"), compare("q5")}, 2)});
  const Sheet none{{"q0", false}, {"q1", false}, {"q2", false},
                   {"q3", false}, {"q4", false}, {"q5", false}};
  CHECK(turns_of(set, none) == "q0=yes | ");
  const Sheet two{{"q0", true}, {"q1", true}, {"q2", true},
                  {"q3", true}, {"q4", true}, {"q5", false}};
  const std::string turned = turns_of(set, two);
  CHECK(std::ranges::count(turned, '=') == 3);  // q0, one of q1 q2, one of q3 q4
  CHECK(turned.starts_with("q0=no "));
}

TEST_CASE("an open verdict turns each way by what is missing") {
  const RuleSet set = flags({compare("q0"), group(Kind::all, {compare("q1"), compare("q2")})});
  CHECK(turns_of(set, {{"q0", false}}) == "q1=yes q2=yes | q1=no | ");
  CHECK(turns_of(set, {{"q1", true}}) == "q0=yes | q0=no q2=no | ");
}

TEST_CASE("numbers turn at their threshold, polls at the vote that makes the difference") {
  RuleSet set;
  set.questions = {number_question("income", 0, 100), question("poll", QuestionType::poll),
                   question("since", QuestionType::date)};
  set.criteria = {criterion(compare("income", 5.0, Operator::below))};
  CHECK(turns_of(set, {{"income", 3.2}}) == "income>=5 | ");
  CHECK(turns_of(set, {{"income", 50.0}}) == "income<=4.99 | ");
  CHECK(turns_of(set, {}) == "income<=4.99 | income>=5 | ");
  set.criteria = {criterion(share("poll", {"satisfied"}, Operator::below, 0.6))};
  CHECK(turns_of(set, {{"poll", model::Counts{{"valid", 58}, {"satisfied", 34}}}}) ==
        "poll=valid=58,satisfied=35, | ");
  set.criteria = {criterion(older("since", 3))};
  CHECK(turns_of(set, {{"since", add_days(today, -1)}}) == "since=2023-03-14 | ");
  CHECK(turns_of(set, {{"since", add_days(today, -200)}}) == "since=2023-03-15 | ");
}

TEST_CASE("a score turns by the points that are short") {
  RuleSet set;
  for (int i = 0; i < 5; ++i) {
    const std::string id = "a" + std::to_string(i);
    set.questions.push_back(number_question(id, 0, 20));
    set.items.push_back({"s", "", id, {}, {}, {}});
  }
  set.scores.push_back({"s", "s", {}, {}});
  set.bands = {{"ok", "s", "ok", 61, {}, {}}, {"red", "s", "red", {}, Effect::list, {}}};
  const Sheet red{{"a0", 10.0}, {"a1", 12.0}, {"a2", 12.0}, {"a3", 12.0}, {"a4", 12.0}};
  CHECK(turns_of(set, red) == "a0>=13 | ");
  const Sheet poor{{"a0", 0.0}, {"a1", 0.0}, {"a2", 0.0}, {"a3", 2.0}, {"a4", 2.0}};
  CHECK(std::ranges::count(turns_of(set, poor), 'a') == 3);
}

TEST_CASE("what no answer can turn is not said to turn") {
  const RuleSet always = flags({group(Kind::any, {compare("q0"), compare("q0", false)})});
  CHECK(turns_of(always, {{"q0", true}}) == "| ");
  RuleSet nothing = flags({});
  CHECK(turns_of(nothing, {}) == "| | ");
}

TEST_CASE("a verdict that a ranking gives rests on no answer and is not turned by one") {
  RuleSet set = flags({compare("q0")});
  set.rankings.push_back({"r", "r", Effect::list, 1, {}, {}, {}, {}});
  const Rules rules{set, today};
  Standing last;
  last.hit = Truth::yes;
  const Sheet sheet{{"q0", false}};
  const Case village{rules, sheet.values(rules), {last}};
  CHECK(village.verdict() == Verdict::listed);
  CHECK(grounds(village).empty());
  CHECK(turns(village).at(0).changes.empty());
}

TEST_CASE("grounds are enough and none of them is too much, in 6000 random cases") {
  Dice dice{11};
  int firm = 0;
  for (int round = 0; round < 6000; ++round) {
    const RuleSet set = dice.rules();
    const Sheet sheet = dice.sheet(set, 8);
    const Rules rules{set, today};
    const Case village{rules, sheet.values(rules)};
    const Verdict verdict = village.verdict();
    if (verdict == Verdict::undecided) continue;
    ++firm;
    Case alone{rules, Values(village.values.size(), nullptr)};
    const auto why = grounds(village);
    for (const auto* each : why)
      alone.values[rules.position.at(each->id)] = village.values[rules.position.at(each->id)];
    CAPTURE(round);
    REQUIRE(alone.verdict() == verdict);
    for (const auto* each : why) {
      Case less = alone;
      less.values[rules.position.at(each->id)] = nullptr;
      REQUIRE(less.verdict() == Verdict::undecided);
    }
  }
  CHECK(firm > 3000);
}

TEST_CASE("another answer never turns a firm verdict, in 6000 random cases") {
  Dice dice{12};
  for (int round = 0; round < 6000; ++round) {
    const RuleSet set = dice.rules();
    Sheet sheet = dice.sheet(set, dice.below(10));
    const Rules rules{set, today};
    Case village{rules, sheet.values(rules)};
    const Verdict verdict = village.verdict();
    std::vector<AnswerValue> more;
    more.reserve(set.questions.size());
    for (std::size_t i = 0; i < set.questions.size(); ++i) {
      if (village.values[i]) continue;
      more.push_back(dice.value(set.questions[i]));
      village.values[i] = &more.back();
      if (verdict == Verdict::undecided) continue;
      CAPTURE(round);
      REQUIRE(village.verdict() == verdict);
    }
  }
}

TEST_CASE("a turn turns the verdict, and no part of it does, in 3000 random cases") {
  Dice dice{13};
  int found = 0;
  for (int round = 0; round < 3000; ++round) {
    const RuleSet set = dice.rules();
    const Sheet sheet = dice.sheet(set, 4 + dice.below(7));
    const Rules rules{set, today};
    const Case village{rules, sheet.values(rules)};
    for (const Turn& turn : turns(village)) {
      if (turn.changes.empty()) continue;
      ++found;
      CAPTURE(round);
      REQUIRE(turn.to != village.verdict());
      for (unsigned part = 0; part < 1u << turn.changes.size(); ++part) {
        Case changed = village;
        for (std::size_t i = 0; i < turn.changes.size(); ++i)
          if ((part >> i & 1u) != 0)
            changed.values[rules.position.at(turn.changes[i].question->id)] =
                &turn.changes[i].value;
        const bool whole = part + 1 == 1u << turn.changes.size();
        REQUIRE((changed.verdict() == turn.to) == whole);
      }
    }
  }
  CHECK(found > 2000);
}

TEST_CASE("no smaller set of answers turns the verdict, in 1500 random cases of yes and no") {
  std::mt19937 random{14};
  for (int round = 0; round < 1500; ++round) {
    std::vector<Condition> lists;
    for (auto left = 1 + random() % 4; left > 0; --left) {
      std::vector<Condition> parts;
      for (auto more = 1 + random() % 3; more > 0; --more)
        parts.push_back(compare("q" + std::to_string(random() % 6), random() % 3 > 0));
      const auto count = static_cast<std::int64_t>(parts.size());
      lists.push_back(
          group(Kind::at_least, std::move(parts), 1 + static_cast<std::int64_t>(random()) % count));
    }
    const RuleSet set = flags(std::move(lists));
    const Rules rules{set, today};
    Sheet sheet;
    for (int i = 0; i < 6; ++i) sheet.answer("q" + std::to_string(i), random() % 2 == 0);
    const Case village{rules, sheet.values(rules)};
    const AnswerValue yes = true;
    const AnswerValue no = false;
    std::size_t fewest = 7;
    for (unsigned flipped = 1; flipped < 64; ++flipped) {
      Case changed = village;
      std::size_t size = 0;
      for (std::size_t i = 0; i < 6; ++i)
        if ((flipped >> i & 1u) != 0) {
          ++size;
          changed.values[i] = std::get<bool>(*village.values[i]) ? &no : &yes;
        }
      if (changed.verdict() != village.verdict()) fewest = std::min(fewest, size);
    }
    CAPTURE(round);
    const auto found = turns(village).at(0);
    REQUIRE(found.changes.size() == (fewest == 7 ? 0 : fewest));
    REQUIRE((found.smallest || fewest == 7));
  }
}
