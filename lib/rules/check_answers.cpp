#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "rules/check.hpp"
#include "rules/condition.hpp"

namespace taizhang::rules {

using model::Findings;
using model::Question;
using model::QuestionType;
using model::RuleSet;

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

Findings check_problem_types(const model::VillageLedger& village, const RuleSet& rules) {
  Findings findings;
  std::vector<std::string_view> labels;
  for (const model::ProblemType& type : rules.problem_types) labels.push_back(type.label);
  for (const model::Problem& problem : village.problems) {
    if (problem.type.empty() || std::ranges::find(labels, problem.type) != labels.end()) continue;
    if (const auto near = nearest(problem.type, labels))
      findings.push_back(
          {Severity::warning,
           "problem-type-misspelt",
           problem.at,
           "type",
           {{"type", problem.type}, {"rules", rules.info.id}, {"nearest", std::string{*near}}}});
  }
  return findings;
}

}  // namespace taizhang::rules
