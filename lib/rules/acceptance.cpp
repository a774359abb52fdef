#include "rules/acceptance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace taizhang::rules {

using model::Acceptance;
using model::Findings;
using model::Question;
using model::RuleSet;

namespace {

/// Scores and votes as answers to the sheet's questions.
std::vector<model::Answer> answers_of(const Acceptance& step) {
  std::vector<model::Answer> answers = step.scores;
  if (!step.votes.empty()) answers.push_back({std::string{votes_question}, step.votes, {}, {}});
  return answers;
}

Values values_of(const Rules& rules, const std::vector<model::Answer>& answers) {
  AnswerSheet sheet;
  for (const model::Answer& answer : answers) sheet[answer.question] = {&answer, nullptr, false};
  return rules.values(sheet);
}

std::string bound(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : std::string{};
}

class StepChecker {
 public:
  StepChecker(const RuleSet& sheet, const Acceptance& step) : sheet_(sheet), step_(step) {}

  Findings check() {
    if (!sheet_score(sheet_)) {
      refuse("acceptance-sheet-unfit", step_.at, "sheet", {});
      return std::move(findings_);
    }
    for (const model::Answer& answer : answers_of(step_)) check_answer(answer);
    const SheetVerdict verdict = judge_acceptance(sheet_, step_, step_.date.value_or(Date{}));
    for (const Question* question : verdict.missing) {
      const bool unfit = std::ranges::find(unfit_, question->id) != unfit_.end();
      if (!unfit)
        refuse("acceptance-score-missing", step_.at, "sheet",
               {{"item", question->id}, {"label", question->label}});
    }
    if (verdict.result && step_.result && *verdict.result != *step_.result)
      refuse("acceptance-result-differs", step_.at, "result",
             {{"result", std::string{term(*step_.result)}},
              {"given", std::string{term(*verdict.result)}},
              {"why", why(verdict)}});
    return std::move(findings_);
  }

 private:
  void refuse(std::string_view code, Span at, std::string_view key, Facts facts) {
    facts.emplace_back("sheet", sheet_.info.id);
    findings_.push_back({Severity::error, code, at, key, std::move(facts)});
  }

  void check_answer(const model::Answer& answer) {
    const bool vote = answer.at == Span{};
    const Span at = vote ? step_.at : answer.at;
    const std::string_view key = vote ? "votes" : "";
    const Question* question = find_question(sheet_, answer.question);
    if (!question) {
      std::vector<std::string_view> ids;
      for (const Question& each : sheet_.questions) ids.push_back(each.id);
      refuse("acceptance-item-unknown", vote ? step_.at : answer.key_at, key,
             {{"item", answer.question},
              {"nearest", std::string{nearest(answer.question, ids).value_or("")}}});
    } else if (question->type && !fits(*question, answer.value)) {
      unfit_.emplace_back(question->id);
      refuse("acceptance-score-unfit", at, key,
             {{"item", question->id},
              {"label", question->label},
              {"type", std::string{term(*question->type)}},
              {"min", bound(question->min)},
              {"max", bound(question->max)},
              {"choices", fmt::format("{}", fmt::join(question->choices, " "))}});
    }
  }

  static std::string why(const SheetVerdict& verdict) {
    if (verdict.knocked_out) return verdict.knocked_out->label;
    return fmt::format("{}",
                       static_cast<double>(verdict.total.low) / static_cast<double>(one_point));
  }

  const RuleSet& sheet_;
  const Acceptance& step_;
  Findings findings_;
  std::vector<std::string> unfit_;
};

}  // namespace

const model::Score* sheet_score(const RuleSet& rules) {
  const auto band =
      std::ranges::find_if(rules.bands, [](const auto& each) { return each.result.has_value(); });
  if (band == rules.bands.end()) return nullptr;
  const auto score = std::ranges::find(rules.scores, band->score, &model::Score::id);
  return score == rules.scores.end() ? nullptr : &*score;
}

SheetVerdict judge_acceptance(const RuleSet& sheet, const Acceptance& step, Date day) {
  const Rules rules{sheet, day};
  const auto answers = answers_of(step);
  const Values values = values_of(rules, answers);
  const ScoreResult score = evaluate_score(rules, values, *sheet_score(sheet));
  SheetVerdict verdict{std::nullopt, score.total, score.knocked_out, {}};
  for (std::size_t i = 0; i < sheet.questions.size(); ++i) {
    Evaluation evaluation{rules, values};
    const auto asked = evaluation.ask(i);
    if (!asked.value && asked.arises != Truth::no) verdict.missing.push_back(&sheet.questions[i]);
  }
  for (const Question* open : score.missing)
    if (std::ranges::find(verdict.missing, open) == verdict.missing.end())
      verdict.missing.push_back(open);
  if (verdict.missing.empty() && score.band()) verdict.result = score.band()->result;
  return verdict;
}

Findings check_acceptance(const RuleSet& sheet, const Acceptance& step) {
  return StepChecker{sheet, step}.check();
}

}  // namespace taizhang::rules
