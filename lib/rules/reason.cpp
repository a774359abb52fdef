#include "rules/reason.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <utility>

#include "rules/domain.hpp"

namespace taizhang::rules {

using model::AnswerValue;
using model::Question;
using model::QuestionType;

namespace {

/// Positions of the answers that the verdict of the case rests on.
std::vector<std::size_t> ground_positions(Case village) {
  const Verdict verdict = village.verdict();
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < village.values.size(); ++i) {
    const AnswerValue* held = std::exchange(village.values[i], nullptr);
    if (!held || village.verdict() == verdict) continue;
    village.values[i] = held;
    kept.push_back(i);
  }
  return kept;
}

/// Looks for the changes that lead from one case to a verdict.
class Turner {
 public:
  Turner(const Case& village, Verdict to, long budget)
      : village_(village),
        rules_(village.rules),
        to_(to),
        from_(village.verdict()),
        tries_(answers_to_try(village.rules, village.values)),
        search_(village.rules, tries_, budget) {
    const Screening screening = screen(rules_, village.values, village.standings);
    relevant_.resize(village.values.size());
    for (const Judgement& each : screening.judgements) {
      if (each.ranking) continue;
      for (const auto* list : {&each.seen, &each.missing})
        for (const Question* question : *list) relevant_[rules_.position.at(question->id)] = true;
    }
    Case blank{rules_, Values(village.values.size(), nullptr), village.standings};
    for (const Judgement& each : screen(rules_, blank.values, blank.standings).judgements)
      for (const Question* question : each.missing)
        if (!each.ranking) relevant_[rules_.position.at(question->id)] = true;
    if (from_ == Verdict::undecided)  // what was answered stays
      for (std::size_t i = 0; i < relevant_.size(); ++i)
        if (village.values[i]) relevant_[i] = false;
  }

  Turn find() {
    Turn turn{to_, {}, true};
    Values found = village_.values;
    if (!few(found)) {
      turn.smallest = false;
      if (!all(found)) return turn;
    }
    std::vector<Change> changes;
    for (std::size_t i = 0; i < found.size(); ++i)
      if (found[i] != village_.values[i]) changes.push_back(tightened(found, i));
    restore(found);  // something may have been needed for a larger change only
    for (Change& change : changes) {
      const std::size_t at = rules_.position.at(change.question->id);
      if (found[at] != village_.values[at]) turn.changes.push_back(std::move(change));
    }
    return turn;
  }

 private:
  using Set = std::vector<std::size_t>;  ///< sorted positions of questions

  Judged judge(const Values& values) const {
    const Screening result = screen(rules_, values, village_.standings);
    if (result.verdict == to_) return {Truth::yes};
    if (result.verdict != Verdict::undecided) return {Truth::no};
    return {Truth::unknown, result.missing()};
  }

  Values without(const Set& changed) const {
    Values values = village_.values;
    for (const std::size_t each : changed) values[each] = nullptr;
    return values;
  }

  bool assign(const Set& changed, Values& found) {
    std::vector<bool> may(village_.values.size());
    for (const std::size_t each : changed) may[each] = true;
    Values values = without(changed);
    if (search_.reach(
            values, [this](const Values& each) { return judge(each); }, may) != Outcome::found)
      return false;
    restore(values);
    found = std::move(values);
    return true;
  }

  /// Takes back every change that is not needed.
  void restore(Values& values) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == village_.values[i]) continue;
      const AnswerValue* changed = std::exchange(values[i], village_.values[i]);
      if (judge(values).truth != Truth::yes) values[i] = changed;
    }
  }

  /// Sets of questions by their number: as long as the verdict stands without them, one of its
  /// grounds must change as well; once it is open, any question may.
  bool few(Values& found) {
    constexpr std::size_t most_changes = 6;
    std::set<Set> level{Set{}};
    for (std::size_t size = 0; size <= most_changes && !level.empty(); ++size) {
      std::set<Set> next;
      for (const Set& changed : level) {
        if (search_.budget() <= 0) return false;
        Case rest{rules_, without(changed), village_.standings};
        const bool open = rest.verdict() == Verdict::undecided;
        if (open && assign(changed, found)) return true;
        if (!open) {
          for (const std::size_t each : ground_positions(rest)) extend(changed, each, next);
        } else {
          for (std::size_t i = 0; i < relevant_.size(); ++i) extend(changed, i, next);
        }
      }
      if (next.size() > most_sets) return false;
      level = std::move(next);
    }
    return false;
  }

  void extend(Set changed, std::size_t by, std::set<Set>& sets) const {
    if (!relevant_[by] || std::ranges::binary_search(changed, by)) return;
    changed.insert(std::ranges::upper_bound(changed, by), by);
    sets.insert(std::move(changed));
  }

  /// With every question free to change, and then back as far as it goes.
  bool all(Values& found) {
    Set every;
    for (std::size_t i = 0; i < relevant_.size(); ++i)
      if (relevant_[i]) every.push_back(i);
    search_.set_budget(last_budget);
    return assign(every, found);
  }

  /// A number as near as possible to what it was, or to the far end when it was unknown.
  Change tightened(Values& values, std::size_t at) {
    const Question& question = rules_.set->questions[at];
    Change change{&question, *values[at], Change::Bound::exactly};
    const bool whole = question.type == QuestionType::whole;
    if (!whole && question.type != QuestionType::number) return change;
    const auto works = [&](const AnswerValue& value) {
      if (!fits(question, value)) return false;
      Values tried = values;
      tried[at] = &value;
      return judge(tried).truth == Truth::yes;
    };
    const double step = whole ? 1 : 0.01;
    const auto value_of = [&](double steps) {
      return whole ? AnswerValue{static_cast<std::int64_t>(steps)} : AnswerValue{steps / 100};
    };
    const auto steps_of = [&](const AnswerValue& value) {
      return std::round(*as_number(value) / step);
    };
    double good = steps_of(change.value);
    const AnswerValue* before = village_.values[at];
    const auto& ends = tries_[at];
    for (const AnswerValue& end : ends)
      if (!before && !works(end)) before = &end;
    if (!before || !works(value_of(good))) return change;
    double bad = steps_of(*before);
    const bool rises = good > bad;
    while (std::abs(good - bad) > 1) {
      const double middle = std::floor((good + bad) / 2);
      (works(value_of(middle)) ? good : bad) = middle;
    }
    change.value = value_of(good);
    const bool beyond = std::ranges::all_of(ends, [&](const AnswerValue& end) {
      const double steps = steps_of(end);
      return (rises ? steps < good : steps > good) || works(end);
    });
    if (beyond) change.bound = rises ? Change::Bound::at_least : Change::Bound::at_most;
    kept_.push_back(std::make_unique<AnswerValue>(change.value));
    values[at] = kept_.back().get();  // what follows builds on it
    return change;
  }

  static constexpr std::size_t most_sets = 400;
  static constexpr long last_budget = 2000;

  const Case& village_;
  const Rules& rules_;
  Verdict to_;
  Verdict from_;
  std::vector<std::vector<AnswerValue>> tries_;
  Search search_;
  std::vector<bool> relevant_;
  std::vector<std::unique_ptr<AnswerValue>> kept_;
};

}  // namespace

std::vector<const Question*> grounds(const Case& village) {
  std::vector<const Question*> found;
  if (village.verdict() == Verdict::undecided) return found;
  for (const std::size_t each : ground_positions(village))
    found.push_back(&village.rules.set->questions[each]);
  return found;
}

std::vector<const Question*> grounds(const Case& village, const Judgement& judgement) {
  if (judgement.ranking || judgement.truth == Truth::unknown) return judgement.seen;
  const auto truth = [&](const Values& values) {
    if (judgement.score)
      return evaluate_score(village.rules, values, *judgement.score).has(judgement.effect);
    return Evaluation{village.rules, values}.evaluate(*judgement.criterion->when);
  };
  Values values = village.values;
  std::vector<const Question*> kept;
  for (const Question* question : judgement.seen) {
    const std::size_t at = village.rules.position.at(question->id);
    const AnswerValue* held = std::exchange(values[at], nullptr);
    if (truth(values) == judgement.truth) continue;
    values[at] = held;
    kept.push_back(question);
  }
  return kept;
}

std::vector<Turn> turns(const Case& village) {
  constexpr long budget = 4000;
  const auto to = [&](Verdict verdict) { return Turner{village, verdict, budget}.find(); };
  switch (village.verdict()) {
    case Verdict::listed:
      return {to(Verdict::not_listed)};
    case Verdict::not_listed:
      return {to(Verdict::listed)};
    case Verdict::undecided:
      break;
  }
  return {to(Verdict::listed), to(Verdict::not_listed)};
}

}  // namespace taizhang::rules
