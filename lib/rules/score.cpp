#include "rules/score.hpp"

#include <algorithm>
#include <cmath>

namespace taizhang::rules {

using model::Band;
using model::Question;

namespace {

Points sum(Points a, Points b) { return std::clamp(a + b, -boundless, boundless); }

Reach with_nothing(Reach reach) {
  return {std::min<Points>(reach.low, 0), std::max<Points>(reach.high, 0)};
}

void note(std::vector<const Question*>& list, const std::vector<const Question*>& more) {
  for (const Question* each : more)
    if (std::ranges::find(list, each) == list.end()) list.push_back(each);
}

ItemResult evaluate_item(const Rules& rules, Evaluation& evaluation, const model::ScoreItem& item) {
  ItemResult result{&item, nullptr, {}};
  Truth given = item.when ? evaluation.evaluate(*item.when) : Truth::yes;
  if (item.points) {
    result.points = {to_points(*item.points), to_points(*item.points)};
  } else {
    const auto found = rules.position.find(item.question);
    if (found == rules.position.end()) return {&item, nullptr, {-boundless, boundless}};
    result.question = &rules.set->questions[found->second];
    const Evaluation::Asked asked = evaluation.ask(found->second);
    result.points = reach_of(*result.question, asked.value);
    if (asked.arises == Truth::no || given == Truth::no) given = Truth::no;
    else if (asked.arises == Truth::unknown) given = Truth::unknown;
    if (!asked.value && given != Truth::no) note(evaluation.missing, {result.question});
  }
  if (given == Truth::no) result.points = {};
  if (given == Truth::unknown) result.points = with_nothing(result.points);
  return result;
}

}  // namespace

Points to_points(double value) {
  const double points = std::round(value * static_cast<double>(one_point));
  if (!(std::abs(points) < static_cast<double>(boundless)))
    return points < 0 ? -boundless : boundless;
  return static_cast<Points>(points);
}

Reach reach_of(const Question& question, const model::AnswerValue* value) {
  const auto known = value ? as_number(*value) : std::nullopt;
  if (known) return {to_points(*known), to_points(*known)};
  if (question.type == model::QuestionType::flag) return {0, one_point};
  return {question.min ? to_points(*question.min) : -boundless,
          question.max ? to_points(*question.max) : boundless};
}

std::vector<const Band*> bands_of(const model::RuleSet& rules, const model::Score& score) {
  std::vector<const Band*> bands;
  for (const Band& band : rules.bands)
    if (band.score == score.id) bands.push_back(&band);
  std::ranges::stable_sort(bands, [](const Band* a, const Band* b) {
    return a->from && (!b->from || *a->from > *b->from);
  });
  return bands;
}

Truth ScoreResult::has(model::Effect effect) const {
  const auto with =
      std::ranges::count_if(bands, [&](const Band* band) { return band->effect == effect; });
  if (with == 0 && !bands.empty()) return Truth::no;
  return !bands.empty() && static_cast<std::size_t>(with) == bands.size() ? Truth::yes
                                                                          : Truth::unknown;
}

ScoreResult evaluate_score(const Rules& rules, const Values& values, const model::Score& score) {
  ScoreResult result;
  result.score = &score;
  const Points base = to_points(score.base.value_or(0));
  result.total = {base, base};
  for (const model::ScoreItem& item : rules.set->items) {
    if (item.score != score.id) continue;
    Evaluation evaluation{rules, values};
    const ItemResult each = evaluate_item(rules, evaluation, item);
    result.total.low = sum(result.total.low, each.points.low);
    result.total.high = sum(result.total.high, each.points.high);
    note(result.seen, evaluation.seen);
    if (!each.points.known()) note(result.missing, evaluation.missing);
    result.items.push_back(each);
  }
  bool may_be_out = false;
  for (const model::Knockout& knockout : rules.set->knockouts) {
    if (knockout.score != score.id || !knockout.when) continue;
    Evaluation evaluation{rules, values};
    const Truth out = evaluation.evaluate(*knockout.when);
    note(result.seen, evaluation.seen);
    if (out == Truth::yes && !result.knocked_out) result.knocked_out = &knockout;
    if (out != Truth::unknown) continue;
    may_be_out = true;
    note(result.missing, evaluation.missing);
  }
  const auto bands = bands_of(*rules.set, score);
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const bool lowest = i + 1 == bands.size();
    const Points from = bands[i]->from ? to_points(*bands[i]->from) : -boundless;
    const Points until = i > 0 ? to_points(*bands[i - 1]->from) : boundless;
    const bool in_reach =
        !result.knocked_out && result.total.high >= from && (i == 0 || result.total.low < until);
    if (in_reach || (lowest && (result.knocked_out || may_be_out)))
      result.bands.push_back(bands[i]);
  }
  return result;
}

}  // namespace taizhang::rules
