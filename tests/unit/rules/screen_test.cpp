#include "rules/screen.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <random>

#include "rules/make.hpp"

using namespace taizhang;
using namespace taizhang::rules;
using model::AnswerValue;
using model::Condition;
using model::Effect;
using model::Operator;
using model::Question;
using model::QuestionType;
using model::RuleSet;
using Kind = Condition::Kind;

namespace {

constexpr int most_questions = 4;

/// Answers to q0, q1, …; nothing for a question left open.
using Answered = std::array<std::optional<bool>, most_questions>;

Screening screen_flags(const RuleSet& rules, const Answered& answered) {
  Sheet sheet;
  for (std::size_t i = 0; i < answered.size(); ++i)
    if (answered[i]) sheet.answer("q" + std::to_string(i), *answered[i]);
  return sheet.screen(rules);
}

Truth truth_of(const RuleSet& rules, const Answered& answered) {
  return screen_flags(rules, answered).judgements.at(0).truth;
}

RuleSet flags(Condition when) {
  RuleSet rules;
  for (int i = 0; i < most_questions; ++i)
    rules.questions.push_back(question("q" + std::to_string(i)));
  rules.criteria.push_back(criterion(std::move(when)));
  return rules;
}

/// Calls take for every way to answer all questions yes, no or not at all.
template <class Take>
void each_answered(Take take) {
  for (int code = 0; code < 81; ++code) {
    Answered answered;
    for (int i = 0, rest = code; i < most_questions; ++i, rest /= 3)
      if (rest % 3 > 0) answered[static_cast<std::size_t>(i)] = rest % 3 == 1;
    take(answered);
  }
}

/// Calls take for every way to answer what is left open.
template <class Take>
void each_completion(const Answered& answered, Take take) {
  for (unsigned bits = 0; bits < 1u << most_questions; ++bits) {
    Answered full = answered;
    bool fresh = true;  // each completion once
    for (std::size_t i = 0; i < full.size(); ++i) {
      const bool bit = (bits >> i & 1u) != 0;
      if (full[i]) fresh = fresh && !bit;
      else full[i] = bit;
    }
    if (fresh) take(full);
  }
}

Condition random_condition(std::mt19937& random, int depth) {
  const auto below = [&](unsigned n) { return random() % n; };
  if (depth == 0 || below(4) == 0)
    return compare("q" + std::to_string(below(most_questions)), below(2) == 0);
  std::vector<Condition> parts;
  for (auto left = 1 + below(3); left > 0; --left)
    parts.push_back(random_condition(random, depth - 1));
  const auto count = static_cast<unsigned>(parts.size());
  constexpr std::array kinds{Kind::any, Kind::all, Kind::none, Kind::at_least};
  return group(kinds[below(4)], std::move(parts), 1 + static_cast<std::int64_t>(below(count)));
}

}  // namespace

TEST_CASE("groups agree with counting the completions, for every answer to three questions") {
  // Each question stands in one part only: here "unknown" is exactly "the completions differ".
  const std::vector<Condition> parts{compare("q0"), compare("q1"), compare("q2")};
  std::vector<Condition> groups{group(Kind::any, parts), group(Kind::all, parts),
                                group(Kind::none, parts)};
  for (int least = 1; least <= 3; ++least) groups.push_back(group(Kind::at_least, parts, least));
  for (const Condition& each : groups) {
    const RuleSet rules = flags(each);
    each_answered([&](const Answered& answered) {
      int yes = 0;
      int no = 0;
      each_completion(answered, [&](const Answered& full) {
        const int held = *full[0] + *full[1] + *full[2];
        bool holds = held >= each.least;
        if (each.kind == Kind::any) holds = held > 0;
        if (each.kind == Kind::all) holds = held == 3;
        if (each.kind == Kind::none) holds = held == 0;
        ++(holds ? yes : no);
      });
      const Truth wanted = no == 0 ? Truth::yes : yes == 0 ? Truth::no : Truth::unknown;
      CHECK(truth_of(rules, answered) == wanted);
    });
  }
}

TEST_CASE("a firm verdict stays whatever the missing answers turn out to be") {
  std::mt19937 random(20230602);
  for (int round = 0; round < 150; ++round) {
    RuleSet rules = flags(random_condition(random, 3));
    if (round % 2 == 1) rules.questions[1].applies_when = compare("q0");
    if (round % 4 == 3) rules.questions[2].applies_when = compare("q1", false);
    each_answered([&](const Answered& answered) {
      const Screening screening = screen_flags(rules, answered);
      const Truth truth = screening.judgements.at(0).truth;
      REQUIRE((truth == Truth::unknown) == (screening.verdict == Verdict::undecided));
      REQUIRE((truth == Truth::unknown) != screening.missing().empty());
      for (const Question* missing : screening.missing())
        REQUIRE(!answered[static_cast<std::size_t>(missing - rules.questions.data())]);
      each_completion(answered, [&](const Answered& full) {
        const Truth complete = truth_of(rules, full);
        REQUIRE(complete != Truth::unknown);
        if (truth != Truth::unknown) REQUIRE(complete == truth);
      });
    });
  }
}

TEST_CASE("one more answer never takes a firm verdict back") {
  std::mt19937 random(11);
  for (int round = 0; round < 100; ++round) {
    RuleSet rules = flags(random_condition(random, 3));
    if (round % 2 == 1) rules.questions[3].applies_when = random_condition(random, 1);
    each_answered([&](const Answered& answered) {
      const Truth truth = truth_of(rules, answered);
      if (truth == Truth::unknown) return;
      for (std::size_t i = 0; i < answered.size(); ++i) {
        if (answered[i]) continue;
        for (const bool value : {true, false}) {
          Answered more = answered;
          more[i] = value;
          REQUIRE(truth_of(rules, more) == truth);
        }
      }
    });
  }
}

TEST_CASE("missing are the answers that keep the verdict open, and no others") {
  // q0 cannot matter: the part it stands in has failed.
  const RuleSet rules =
      flags(group(Kind::any, {group(Kind::all, {compare("q0"), compare("q1")}), compare("q2")}));
  Answered answered;
  answered[1] = false;
  const auto missing = screen_flags(rules, answered).missing();
  REQUIRE(missing.size() == 1);
  CHECK(missing[0]->id == "q2");
}

TEST_CASE("a question that does not arise hits nothing and is not missing") {
  RuleSet rules = flags(compare("q1"));
  rules.questions[1].applies_when = compare("q0");
  Answered answered;
  CHECK(screen_flags(rules, answered).missing().at(0)->id == "q0");
  answered[0] = false;
  CHECK(screen_flags(rules, answered).verdict == Verdict::not_listed);
  answered[1] = true;
  CHECK(screen_flags(rules, answered).verdict == Verdict::not_listed);
  answered[0] = true;
  CHECK(screen_flags(rules, answered).verdict == Verdict::listed);
  answered[0].reset();
  CHECK(screen_flags(rules, answered).verdict == Verdict::undecided);
  answered[1] = false;
  CHECK(screen_flags(rules, answered).verdict == Verdict::not_listed);
}

TEST_CASE("what keeps a condition open is named each time it is asked for") {
  RuleSet rules =
      flags(group(Kind::any, {group(Kind::all, {compare("q1"), compare("q2")}), compare("q1")}));
  rules.questions[1].applies_when = compare("q0");
  Answered answered;
  answered[2] = false;
  const auto missing = screen_flags(rules, answered).missing();
  REQUIRE(missing.size() == 1);
  CHECK(missing[0]->id == "q0");
}

TEST_CASE("questions that depend on themselves end, and stay open") {
  RuleSet rules = flags(compare("q0"));
  const std::vector<Condition> wide(20, compare("q1"));
  rules.questions[0].applies_when = group(Kind::any, wide);
  rules.questions[1].applies_when = group(Kind::all, std::vector<Condition>(20, compare("q0")));
  rules.questions[2].applies_when = compare("q2");
  Answered answered;
  answered.fill(true);
  CHECK(truth_of(rules, answered) == Truth::unknown);
}

TEST_CASE("a chain of questions is judged in time that grows with its length") {
  RuleSet rules;
  for (int i = 0; i < 40; ++i) {
    rules.questions.push_back(question("q" + std::to_string(i)));
    if (i > 0)
      rules.questions.back().applies_when =
          group(Kind::all, std::vector<Condition>(8, compare("q" + std::to_string(i - 1))));
  }
  rules.criteria.push_back(criterion(compare("q39")));
  Sheet sheet;
  for (int i = 0; i < 40; ++i) sheet.answer("q" + std::to_string(i), true);
  CHECK(sheet.screen(rules).verdict == Verdict::listed);
}

TEST_CASE("one hit lists, one open criterion leaves the verdict open, watching decides nothing") {
  RuleSet rules = flags(compare("q0"));
  rules.criteria.push_back(criterion(compare("q1")));
  rules.criteria.push_back(criterion(compare("q2"), Effect::watch));
  const auto verdict = [&](std::optional<bool> q0, std::optional<bool> q1, std::optional<bool> q2) {
    return screen_flags(rules, {q0, q1, q2, std::nullopt}).verdict;
  };
  CHECK(verdict(true, std::nullopt, std::nullopt) == Verdict::listed);
  CHECK(verdict(false, std::nullopt, true) == Verdict::undecided);
  CHECK(verdict(false, false, std::nullopt) == Verdict::not_listed);
  CHECK(verdict(false, false, true) == Verdict::not_listed);
  CHECK(term(Verdict::undecided) == "无法判断");
}

TEST_CASE("comparisons take numbers as they are, whole or not") {
  RuleSet rules;
  rules.questions.push_back(question("n", QuestionType::number));
  const auto holds = [&](Operator op, AnswerValue operand, AnswerValue value) {
    rules.criteria.assign(1, criterion(compare("n", std::move(operand), op)));
    Sheet sheet;
    sheet.answer("n", std::move(value));
    return sheet.screen(rules).verdict == Verdict::listed;
  };
  CHECK(holds(Operator::is, std::int64_t{3}, 3.0));
  CHECK(!holds(Operator::is, std::int64_t{3}, 3.5));
  CHECK(holds(Operator::at_least, 2.5, std::int64_t{3}));
  CHECK(holds(Operator::at_least, 2.5, 2.5));
  CHECK(!holds(Operator::above, 2.5, 2.5));
  CHECK(holds(Operator::at_most, 2.5, 2.5));
  CHECK(!holds(Operator::below, 2.5, 2.5));
  CHECK(holds(Operator::below, 2.5, -1.0));
  Condition one_of = compare("n", std::int64_t{1}, Operator::one_of);
  one_of.operands.emplace_back(std::int64_t{3});
  rules.criteria.assign(1, criterion(one_of));
  Sheet sheet;
  sheet.answer("n", 3.0);
  CHECK(sheet.screen(rules).verdict == Verdict::listed);
}

TEST_CASE("an answer of the wrong type is unknown, not no") {
  const RuleSet rules = flags(compare("q0"));
  Sheet sheet;
  sheet.answer("q0", std::int64_t{1});
  const auto screening = sheet.screen(rules);
  CHECK(screening.verdict == Verdict::undecided);
  CHECK(screening.missing().size() == 1);
}

TEST_CASE("an answer fits its question's type, range and choices") {
  const std::vector<AnswerValue> values{
      true,
      std::int64_t{3},
      2.5,
      std::string{"好"},
      Date{std::chrono::year{2023}, std::chrono::month{6}, std::chrono::day{2}},
      model::Counts{{"valid", 58}, {"satisfied", 34}}};
  const auto fitting = [&](QuestionType type) {
    Question each = question("q", type);
    if (type == QuestionType::choice) each.choices = {"好", "中", "差"};
    std::string which;
    for (const AnswerValue& value : values) which += fits(each, value) ? '+' : '-';
    return which;
  };
  CHECK(fitting(QuestionType::flag) == "+-----");
  CHECK(fitting(QuestionType::whole) == "-+----");
  CHECK(fitting(QuestionType::number) == "-++---");
  CHECK(fitting(QuestionType::choice) == "---+--");
  CHECK(fitting(QuestionType::date) == "----+-");
  CHECK(fitting(QuestionType::poll) == "-----+");

  Question ranged = question("q", QuestionType::whole);
  ranged.min = 1;
  ranged.max = 3;
  for (std::int64_t value = -1; value < 6; ++value)
    CHECK(fits(ranged, value) == (value >= 1 && value <= 3));
  CHECK(!fits(question("q", QuestionType::choice), std::string{"好"}));
  CHECK(!fits(question("q", QuestionType::number), std::numeric_limits<double>::quiet_NaN()));
  CHECK(!fits(question("q", QuestionType::number), std::numeric_limits<double>::infinity()));
  const Question poll = question("q", QuestionType::poll);
  CHECK(!fits(poll, model::Counts{}));
  CHECK(!fits(poll, model::Counts{{"satisfied", 3}}));
  CHECK(!fits(poll, model::Counts{{"valid", 3}, {"satisfied", 4}}));
  CHECK(!fits(Question{}, true));
}

TEST_CASE("villages are judged, communities only when the rule set says so") {
  RuleSet rules;
  CHECK(applies_to(rules, model::Settlement::village));
  CHECK(!applies_to(rules, model::Settlement::community));
  rules.info.applies_to = {"社区"};
  CHECK(!applies_to(rules, model::Settlement::village));
  CHECK(applies_to(rules, model::Settlement::community));
}

TEST_CASE("a rule set without a criterion that lists decides nothing") {
  RuleSet rules;
  rules.questions = {question("a")};
  CHECK(Sheet{}.screen(rules).verdict == Verdict::undecided);
}
