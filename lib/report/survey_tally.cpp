#include "report/survey_tally.hpp"

#include <algorithm>

namespace taizhang::report {

using rules::Verdict;

void SurveyedArea::add(const SurveyedArea& other) {
  villages += other.villages;
  visited += other.visited;
  decided += other.decided;
  for (const auto& [group, sum] : other.heard)
    if (sum.value) heard[group].add(*sum.value);
  for (const auto& [own, more] :
       {std::pair{&households, &other.households}, std::pair{&members, &other.members}})
    if (more->value) own->add(*more->value);
}

SurveyTally::SurveyTally(const Occasion& occasion, const CountyState& state,
                         const rules::CountyScreening& screening)
    : questions(screening.rules().set->questions.size()) {
  for (const VillageState& village : state.villages)
    if (screening.judges(*village.ledger)) take(occasion, village, screening);
}

void SurveyTally::take(const Occasion& occasion, const VillageState& village,
                       const rules::CountyScreening& screening) {
  const auto& ledger = *village.ledger;
  SurveyedArea one;
  one.villages = 1;
  one.visited = rules::is_visited(ledger, occasion.round, occasion.as_of);
  const Verdict verdict = screening.screen(ledger).verdict;
  firm += verdict != Verdict::undecided;
  const bool nominated = std::ranges::any_of(ledger.steps, [&](const model::Step& step) {
    return step.kind == model::StepKind::nomination && step.round == occasion.round &&
           step.result == model::StepResult::listed && workflow::exists_on(step, occasion.as_of);
  });
  const bool candidate = verdict == Verdict::listed || nominated;
  one.decided = village.life.decision || (verdict == Verdict::not_listed && !candidate);
  waiting += candidate && !village.life.decision;
  if (ledger.info.households) one.households.add(*ledger.info.households);
  if (ledger.info.members) one.members.add(*ledger.info.members);
  for (const model::Survey& survey : ledger.surveys) {
    if (survey.round != occasion.round || !survey.kind || !survey.date ||
        *survey.date > occasion.as_of)
      continue;
    for (const auto& [group, count] : survey.heard) {
      const auto known = std::ranges::find(heard_groups, group);
      if (known == heard_groups.end()) continue;
      one.heard[*known].add(count);
      heard[{*known, *survey.kind}].add(count);
    }
  }
  townships[village.township].add(one);
  all.add(one);
  if (one.visited == 0) not_visited.push_back(&village);
  take_answers(ledger, screening);
}

void SurveyTally::take_answers(const model::VillageLedger& ledger,
                               const rules::CountyScreening& screening) {
  const model::RuleSet& set = *screening.rules().set;
  const auto answers = screening.answers(ledger);
  const auto values = screening.rules().values(answers);
  rules::Evaluation evaluation{screening.rules(), values};
  for (std::size_t i = 0; i < set.questions.size(); ++i) {
    const auto asked = evaluation.ask(i);
    if (asked.arises == rules::Truth::no) continue;
    Answered& counts = questions[i];
    if (!values[i]) {
      counts.open += asked.arises == rules::Truth::yes;
      continue;
    }
    const auto& held = answers.at(set.questions[i].id);
    ++counts.given;
    counts.self_check += held.self_check;
    const Date date = *held.survey->date;
    if (!counts.oldest || date < *counts.oldest) counts.oldest = date;
    if (!counts.latest || date > *counts.latest) counts.latest = date;
  }
}

}  // namespace taizhang::report
