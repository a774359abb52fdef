#include "rules/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "rules/screen.hpp"

namespace taizhang::rules {

using model::Condition;
using model::Findings;
using model::Operator;
using model::Question;
using model::QuestionType;
using model::RuleSet;

namespace {

class RuleChecker {
 public:
  explicit RuleChecker(const RuleSet& rules) : rules_(rules) {}

  Findings check() {
    unique(rules_.questions, "question");
    unique(rules_.criteria, "criterion");
    unique(rules_.problem_types, "problem_type");
    for (const Question& question : rules_.questions) {
      check_question(question);
      if (!question.applies_when) continue;
      check_condition(*question.applies_when);
      if (std::set<const Question*> seen; leads_to(question, *question.applies_when, seen))
        refuse(question.at, "rule-circular", "applies_when", {{"question", question.id}});
    }
    for (const model::Criterion& criterion : rules_.criteria)
      if (criterion.when) check_condition(*criterion.when);
    return std::move(findings_);
  }

 private:
  void refuse(Span at, std::string_view code, std::string_view key, Facts facts) {
    findings_.push_back({Severity::error, code, at, key, std::move(facts)});
  }

  template <class Record>
  void unique(const std::vector<Record>& records, std::string_view kind) {
    std::map<std::string_view, const Record*> seen;
    for (const Record& record : records)
      if (!seen.emplace(record.id, &record).second)
        findings_.push_back({Severity::error,
                             "rule-duplicate-id",
                             record.at,
                             "id",
                             {{"id", record.id}, {"record", std::string{kind}}},
                             seen[record.id]->at});
  }

  void check_question(const Question& question) {
    if (question.type == QuestionType::choice && question.choices.empty())
      refuse(question.at, "rule-choices-missing", "type", {{"id", question.id}});
    if (question.min && question.max && *question.min > *question.max)
      refuse(question.at, "rule-range-empty", "min",
             {{"id", question.id},
              {"min", fmt::format("{}", *question.min)},
              {"max", fmt::format("{}", *question.max)}});
  }

  void check_condition(const Condition& condition) {
    for (const Condition& part : condition.parts) check_condition(part);
    if (condition.kind != Condition::Kind::compare) return;
    const Question* question = find_question(rules_, condition.question);
    if (!question) return unknown_question(condition);
    if (!question->type) return;  // reported when it was read
    const bool ordered = condition.op != Operator::is && condition.op != Operator::one_of;
    const bool numeric =
        question->type == QuestionType::whole || question->type == QuestionType::number;
    const bool fitting = std::ranges::all_of(
        condition.operands, [&](const auto& operand) { return fits(*question, operand); });
    if ((ordered && !numeric) || !fitting)
      refuse(condition.at, "rule-wrong-operand", "",
             {{"question", question->id}, {"type", std::string{term(*question->type)}}});
  }

  /// Whether the condition asks for `end`, directly or through what other questions depend on.
  bool leads_to(const Question& end, const Condition& condition,
                std::set<const Question*>& seen) const {
    if (condition.kind != Condition::Kind::compare)
      return std::ranges::any_of(condition.parts,
                                 [&](const Condition& part) { return leads_to(end, part, seen); });
    const Question* question = find_question(rules_, condition.question);
    if (question == &end) return true;
    return question && question->applies_when && seen.insert(question).second &&
           leads_to(end, *question->applies_when, seen);
  }

  void unknown_question(const Condition& condition) {
    std::vector<std::string_view> ids;
    for (const Question& question : rules_.questions) ids.push_back(question.id);
    const auto near = nearest(condition.question, ids);
    refuse(condition.at, "rule-unknown-question", "",
           {{"question", condition.question}, {"nearest", std::string{near.value_or("")}}});
  }

  const RuleSet& rules_;
  Findings findings_;
};

}  // namespace

namespace {

/// What an answer of that type looks like, as a message id.
std::string_view wanted(QuestionType type) {
  switch (type) {
    case QuestionType::flag:
      return "type.flag";
    case QuestionType::whole:
      return "type.whole";
    case QuestionType::number:
      return "type.number";
    case QuestionType::choice:
      return "type.text";
    case QuestionType::date:
      return "type.date";
    case QuestionType::poll:
      break;
  }
  return "type.poll";
}

std::string bound(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : std::string{};
}

}  // namespace

Findings check_rules(const RuleSet& rules) { return RuleChecker{rules}.check(); }

Findings check_answers(const model::VillageLedger& village, const RuleSet& rules, bool is_default) {
  Findings findings;
  std::vector<std::string_view> ids;
  for (const Question& question : rules.questions) ids.push_back(question.id);
  for (const model::Survey& survey : village.surveys) {
    const bool named = survey.rules == rules.info.id;
    if (!named && !(is_default && survey.rules.empty())) continue;
    for (const model::Answer& answer : survey.answers) {
      const Question* question = find_question(rules, answer.question);
      if (!question) {
        const auto near = nearest(answer.question, ids);
        findings.push_back({Severity::warning,
                            "answer-unknown-question",
                            answer.key_at,
                            "",
                            {{"question", answer.question},
                             {"rules", rules.info.id},
                             {"nearest", std::string{near.value_or("")}}}});
      } else if (question->type && !fits(*question, answer.value)) {
        findings.push_back({Severity::error,
                            "answer-does-not-fit",
                            answer.at,
                            "",
                            {{"question", answer.question},
                             {"label", question->label},
                             {"type", std::string{wanted(*question->type)}},
                             {"min", bound(question->min)},
                             {"max", bound(question->max)},
                             {"choices", fmt::format("{}", fmt::join(question->choices, " "))}}});
      }
    }
  }
  return findings;
}

}  // namespace taizhang::rules
