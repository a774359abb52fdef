#include "rules/answers.hpp"

#include <algorithm>

namespace taizhang::rules {

using model::Survey;
using model::SurveyKind;

namespace {

bool counts(const Survey& survey, std::int64_t round, Date as_of) {
  return survey.round == round && survey.kind && survey.date && *survey.date <= as_of;
}

/// A later answer beats an earlier one, any other beats a 自查; of one day the later written wins.
bool replaces(const AnswerInForce& fresh, const AnswerInForce& held) {
  if (fresh.self_check != held.self_check) return held.self_check;
  return *fresh.survey->date >= *held.survey->date;
}

}  // namespace

AnswerSheet answers_in_force(const model::VillageLedger& village, std::int64_t round, Date as_of) {
  AnswerSheet sheet;
  for (const Survey& survey : village.surveys) {
    if (!counts(survey, round, as_of)) continue;
    for (const model::Answer& answer : survey.answers) {
      const AnswerInForce fresh{&answer, &survey, survey.kind == SurveyKind::self_check};
      const auto [held, added] = sheet.emplace(answer.question, fresh);
      if (!added && replaces(fresh, held->second)) held->second = fresh;
    }
  }
  return sheet;
}

bool is_visited(const model::VillageLedger& village, std::int64_t round, Date as_of) {
  return std::ranges::any_of(village.surveys, [&](const Survey& survey) {
    return counts(survey, round, as_of) &&
           (survey.kind == SurveyKind::visit || survey.kind == SurveyKind::return_visit);
  });
}

}  // namespace taizhang::rules
