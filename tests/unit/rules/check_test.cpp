#include "rules/check.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace taizhang;
using namespace taizhang::rules;
using model::Condition;
using model::Operator;
using model::Question;
using model::QuestionType;
using model::RuleSet;

namespace {

Question question(std::string id, QuestionType type, std::uint32_t at = 1) {
  Question made;
  made.id = std::move(id);
  made.label = "题";
  made.type = type;
  made.at = {at, at + 1};
  return made;
}

Condition compare(std::string id, model::AnswerValue operand, Operator op = Operator::is) {
  Condition made;
  made.question = std::move(id);
  made.op = op;
  made.operands.push_back(std::move(operand));
  made.at = {100, 101};
  return made;
}

model::Criterion criterion(Condition when) {
  model::Criterion made;
  made.id = "c";
  made.when = std::move(when);
  return made;
}

/// `code@begin` of each finding.
std::string codes(const model::Findings& findings) {
  std::string all;
  for (const auto& finding : findings)
    all += std::string(finding.code) + '@' + std::to_string(finding.record.begin) + ' ';
  return all;
}

std::string fact(const model::Findings& findings, std::string_view name) {
  for (const auto& [key, value] : findings.at(0).facts)
    if (key == name) return value;
  return "(none)";
}

RuleSet every_type() {
  RuleSet rules;
  rules.questions = {
      question("flag", QuestionType::flag),     question("whole", QuestionType::whole),
      question("number", QuestionType::number), question("choice", QuestionType::choice),
      question("date", QuestionType::date),     question("poll", QuestionType::poll)};
  rules.questions[1].min = 1;
  rules.questions[1].max = 3;
  rules.questions[3].choices = {"好", "差"};
  return rules;
}

}  // namespace

TEST_CASE("ids are used once among records of a kind") {
  RuleSet rules;
  rules.questions = {question("a", QuestionType::flag, 1), question("a", QuestionType::flag, 5)};
  rules.criteria = {criterion(compare("a", true))};
  rules.criteria[0].id = "a";
  const auto findings = check_rules(rules);
  CHECK(codes(findings) == "rule-duplicate-id@5 ");
  CHECK(findings[0].other == Span{1, 2});
  CHECK(findings[0].key == "id");
}

TEST_CASE("choices and ranges make sense") {
  RuleSet rules;
  rules.questions = {question("a", QuestionType::choice, 1), question("b", QuestionType::whole, 5)};
  rules.questions[1].min = 3;
  rules.questions[1].max = 2.5;
  const auto findings = check_rules(rules);
  CHECK(codes(findings) == "rule-choices-missing@1 rule-range-empty@5 ");
  CHECK(findings[1].facts.at(2).second == "2.5");
}

TEST_CASE("conditions ask for questions that are there") {
  RuleSet rules = every_type();
  rules.criteria = {criterion(compare("falg", true))};
  auto findings = check_rules(rules);
  CHECK(codes(findings) == "rule-unknown-question@100 ");
  CHECK(fact(findings, "nearest") == "flag");
  Condition any;
  any.kind = Condition::Kind::any;
  any.parts = {compare("zzzzzzzz", true)};
  rules.criteria.clear();
  rules.questions[0].applies_when = any;
  findings = check_rules(rules);
  CHECK(codes(findings) == "rule-unknown-question@100 ");
  CHECK(fact(findings, "nearest").empty());
}

TEST_CASE("a comparison suits its question") {
  const auto wrong = [](Condition when) {
    RuleSet rules = every_type();
    rules.criteria = {criterion(std::move(when))};
    return codes(check_rules(rules)) == "rule-wrong-operand@100 ";
  };
  CHECK(!wrong(compare("flag", false)));
  CHECK(wrong(compare("flag", std::int64_t{1})));
  CHECK(wrong(compare("flag", true, Operator::at_least)));
  CHECK(!wrong(compare("whole", std::int64_t{3}, Operator::at_least)));
  CHECK(wrong(compare("whole", std::int64_t{4})));
  CHECK(wrong(compare("whole", 2.5, Operator::above)));
  CHECK(!wrong(compare("number", std::int64_t{4}, Operator::below)));
  CHECK(!wrong(compare("choice", std::string{"好"})));
  CHECK(wrong(compare("choice", std::string{"很好"})));
  CHECK(wrong(compare("poll", std::int64_t{60}, Operator::at_least)));
  Condition one_of = compare("choice", std::string{"好"}, Operator::one_of);
  CHECK(!wrong(one_of));
  one_of.operands.emplace_back(std::string{"中"});
  CHECK(wrong(one_of));
}

TEST_CASE("a question without a type, already reported, stops nothing") {
  RuleSet rules = every_type();
  rules.questions[0].type.reset();
  rules.criteria = {criterion(compare("flag", true))};
  CHECK(codes(check_rules(rules)).empty());
}

TEST_CASE("questions that depend on themselves are found") {
  RuleSet rules;
  rules.questions = {question("a", QuestionType::flag, 1), question("b", QuestionType::flag, 5),
                     question("c", QuestionType::flag, 9), question("d", QuestionType::flag, 13)};
  rules.questions[0].applies_when = compare("b", true);
  Condition any;
  any.kind = Condition::Kind::any;
  any.parts = {compare("c", true), compare("a", true)};
  rules.questions[1].applies_when = any;
  rules.questions[3].applies_when = compare("a", true);  // leads into the circle, is not of it
  const auto findings = check_rules(rules);
  CHECK(codes(findings) == "rule-circular@1 rule-circular@5 ");
  CHECK(findings[0].key == "applies_when");
}

TEST_CASE("answers are judged by the rule set that their survey names") {
  const RuleSet rules = [] {
    RuleSet made = every_type();
    made.info.id = "own";
    return made;
  }();
  model::VillageLedger village;
  village.surveys.resize(3);
  village.surveys[0].rules = "own";
  village.surveys[0].answers = {{"flag", true, {1, 2}},
                                {"whole", std::int64_t{9}, {3, 4}},
                                {"choise", std::string{"好"}, {15, 16}, {5, 6}}};
  village.surveys[1].rules = "other";
  village.surveys[1].answers = {{"zzz", true, {7, 8}}};
  village.surveys[2].answers = {{"choice", true, {9, 10}}};

  auto findings = check_answers(village, rules);
  CHECK(codes(findings) == "answer-does-not-fit@3 answer-unknown-question@5 ");
  CHECK(findings[1].severity == Severity::warning);
  CHECK(fact(findings, "type") == "type.whole");
  CHECK(fact(findings, "min") == "1");
  CHECK(fact(findings, "max") == "3");
  CHECK(fact(findings, "choices").empty());

  findings = check_answers(village, rules, true);
  REQUIRE(findings.size() == 3);
  CHECK(findings[2].code == "answer-does-not-fit");
  CHECK(findings[2].record == Span{9, 10});
  CHECK(findings[2].facts.at(5).second == "好 差");
}

TEST_CASE("a type of problem that is nearly one of the rule set is likely a slip") {
  RuleSet rules;
  rules.problem_types = {{"a", "村容村貌差", {}, {}}, {"b", "班子不团结内耗", {}, {}}};
  model::VillageLedger village;
  village.problems.resize(3);
  village.problems[0].type = "村容村貌差";
  village.problems[1].type = "班子不团接内耗";
  village.problems[2].type = "发展思路不清";
  const auto findings = check_problem_types(village, rules);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == "problem-type-misspelt");
  CHECK(fact(findings, "nearest") == "班子不团结内耗");
}

TEST_CASE("an answer that does not fit says what would") {
  RuleSet rules = every_type();
  model::VillageLedger village;
  village.surveys.resize(1);
  for (const Question& each : rules.questions) {
    const model::AnswerValue wrong = each.type == QuestionType::flag
                                         ? model::AnswerValue{std::int64_t{1}}
                                         : model::AnswerValue{true};
    village.surveys[0].answers = {{each.id, wrong, {1, 2}}};
    const auto findings = check_answers(village, rules, true);
    CAPTURE(each.id);
    REQUIRE(codes(findings) == "answer-does-not-fit@1 ");
    CHECK(fact(findings, "type") == (each.id == "choice" ? "type.text" : "type." + each.id));
  }
}
