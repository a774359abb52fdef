#include "report/township_score.hpp"

#include <algorithm>
#include <cmath>

#include "report/period_report.hpp"
#include "report/submissions.hpp"

namespace taizhang::report {

using model::Action;
using model::RankBasis;
using workflow::TaskLife;
using workflow::TaskState;

std::int64_t points_of(const TermCount& count, double weight) {
  const model::RankTerm& term = *count.term;
  double points = *term.points * weight;
  if (term.basis == RankBasis::progress || term.basis == RankBasis::quality) {
    const double wanted = static_cast<double>(count.whole) * count.percent / 100;
    points *= wanted > 0 ? std::min(1.0, static_cast<double>(count.part) / wanted) : 0;
  } else {
    points *= static_cast<double>(count.times);
  }
  if (term.cap) points = std::clamp(points, -*term.cap * weight, *term.cap * weight);
  // A half as people write it, 1.005, is a hair less as a double.
  return std::llround(points * 100 + std::copysign(1e-6, points));
}

std::int64_t TownshipScore::total() const {
  std::int64_t sum = 0;
  for (const TermCount& each : terms) sum += points_of(each);
  return sum;
}

namespace {

/// Those of other years say nothing of this one.
bool is_of_round(const model::Quota& quota, const Occasion& occasion) {
  const Period period = *parse_period(quota.period);
  if (occasion.dates)
    return period.last >= *occasion.dates->from && period.first <= *occasion.dates->to;
  return static_cast<int>(period.first.year()) == occasion.round;
}

}  // namespace

double quota_on(const model::RuleSet& rules, std::string_view term, const Occasion& occasion) {
  const model::Quota* first = nullptr;
  const model::Quota* current = nullptr;
  const auto begin = [](const model::Quota& quota) { return parse_period(quota.period)->first; };
  for (const model::Quota& quota : rules.quotas) {
    if (quota.term != term || !is_of_round(quota, occasion)) continue;
    if (!first || begin(quota) < begin(*first)) first = &quota;
    if (begin(quota) <= occasion.as_of && (!current || begin(*current) < begin(quota)))
      current = &quota;
  }
  if (current) return *current->percent;
  if (first) return *first->percent;
  const auto passed = elapsed(occasion);
  if (!passed || passed->part == 0) return 100;
  return 100.0 * static_cast<double>(passed->part) / static_cast<double>(passed->whole);
}

namespace {

/// Counts what one township did, for one term after the other.
class Counter {
 public:
  Counter(const CountyState& state, const model::TownshipLedger& township,
          const model::RuleSet& rules, const Period& period, const Occasion& occasion)
      : state_(state), township_(township), rules_(rules), period_(period), occasion_(occasion) {}

  TermCount count(const model::RankTerm& term) const {
    TermCount made;
    made.term = &term;
    switch (*term.basis) {
      case RankBasis::progress:
        made.percent = quota_on(rules_, term.id, occasion_);
        add_tasks(made);
        break;
      case RankBasis::quality:
      case RankBasis::overdue:
        add_tasks(made);
        break;
      case RankBasis::on_time:
      case RankBasis::late:
      case RankBasis::missing:
        add_reports(made);
        break;
      case RankBasis::returned:
        add_entries(made, Action::send_back);
        break;
      case RankBasis::reopened:
        add_entries(made, Action::reopen);
        break;
      case RankBasis::finding:
        add_findings(made);
        break;
    }
    return made;
  }

 private:
  bool within(Date date) const { return date >= period_.first && date <= occasion_.as_of; }

  template <class Use>
  void for_each_task(Use use) const {
    for (const VillageState& village : state_.villages)
      if (village.township == &township_)
        for (const TaskLife& life : village.life.tasks)
          if (life.state != TaskState::cancelled) use(village, life);
  }

  static Counted counted(const VillageState& village, const TaskLife& life, Span at,
                         const std::optional<Date>& date) {
    return {village.ledger->path,
            at,
            village.ledger->info.name,
            life.task->id + " " + life.task->title,
            date,
            std::nullopt};
  }

  void add_tasks(TermCount& made) const {
    for_each_task([&](const VillageState& village, const TaskLife& life) {
      switch (*made.term->basis) {
        case RankBasis::progress:
          ++made.whole;
          if (life.state != TaskState::closed) return;
          ++made.part;
          made.records.push_back(counted(village, life, life.closing->at, life.closing->date));
          return;
        case RankBasis::overdue:
          if (!workflow::is_overdue(life, occasion_.as_of)) return;
          ++made.times;
          made.records.push_back(counted(village, life, life.task->at, life.due));
          return;
        default:
          break;
      }
      const bool applied = std::ranges::any_of(life.events, [](const workflow::Event& event) {
        return event.counted && !event.voided && event.entry->action == Action::apply;
      });
      if (!applied) return;
      ++made.whole;
      if (life.returns == 0 && life.reopenings == 0) ++made.part;
      else
        for (const workflow::Event& event : life.events)
          if (event.counted && !event.voided &&
              (event.entry->action == Action::send_back || event.entry->action == Action::reopen))
            made.records.push_back(counted(village, life, event.entry->at, event.entry->date));
    });
  }

  void add_entries(TermCount& made, Action action) const {
    for_each_task([&](const VillageState& village, const TaskLife& life) {
      for (const workflow::Event& event : life.events) {
        if (!event.counted || event.voided || event.entry->action != action) continue;
        if (!within(*event.entry->date)) continue;
        ++made.times;
        made.records.push_back(counted(village, life, event.entry->at, event.entry->date));
      }
    });
  }

  /// Whether a village of the township was on the list by then.
  bool had_to_report(const Period& period) const {
    return std::ranges::any_of(state_.villages, [&](const VillageState& village) {
      return village.township == &township_ && village.life.listed() &&
             (!village.life.decision->date || *village.life.decision->date <= period.last);
    });
  }

  /// Reports whose deadline is in the period, those of its last days count in the next one.
  void add_reports(TermCount& made) const {
    model::CountyLedger county;
    county.info = state_.county->info;
    if (made.term->deadline_days) county.info.deadline_days = made.term->deadline_days;
    // whoever reports without a rhythm written down reports every half-month
    if (!county.info.rhythm && reporting_kind(*state_.county))
      county.info.rhythm = model::Rhythm::half_month;
    if (!county.info.rhythm || !county.info.deadline_days) return;
    made.deadline_days = county.info.deadline_days;
    const auto days = static_cast<int>(*county.info.deadline_days);
    const Period around{period_.kind, add_days(period_.first, -days - 31), occasion_.as_of};
    for (const Period& each : reporting_periods(county, around, occasion_.as_of)) {
      const Date deadline = add_days(each.last, days);
      if (deadline < period_.first || deadline > period_.last || !had_to_report(each)) continue;
      ++made.possible;
      const Submitted found = submitted(county, township_, each, occasion_.as_of);
      const Handed wanted = *made.term->basis == RankBasis::on_time ? Handed::on_time
                            : *made.term->basis == RankBasis::late  ? Handed::late
                                                                    : Handed::missing;
      if (found.state != wanted) continue;
      ++made.times;
      made.records.push_back({township_.path, found.submission ? found.submission->at : Span{}, "",
                              period_name(each),
                              found.submission ? found.submission->date : std::nullopt, deadline});
    }
  }

  void add_findings(TermCount& made) const {
    const model::CountyLedger& county = *state_.county;
    for (const model::InspectionFinding& finding : county.findings) {
      const auto inspection =
          std::ranges::find(county.inspections, finding.inspection, &model::Inspection::id);
      const auto village = std::ranges::find_if(state_.villages, [&](const VillageState& each) {
        return each.township == &township_ && each.ledger->info.code == finding.village;
      });
      if (inspection == county.inspections.end() || village == state_.villages.end() ||
          !inspection->date || !within(*inspection->date) ||
          (made.term->finding && finding.kind != made.term->finding))
        continue;
      ++made.times;
      made.records.push_back({county.inspections_path, finding.at, village->ledger->info.name,
                              finding.id + " " + finding.text, inspection->date, std::nullopt});
    }
  }

  const CountyState& state_;
  const model::TownshipLedger& township_;
  const model::RuleSet& rules_;
  const Period& period_;
  const Occasion& occasion_;
};

}  // namespace

std::optional<TownshipScore> score_township(const CountyState& state,
                                            const model::TownshipLedger& township,
                                            const model::RuleSet& rules, const Period& period,
                                            const Occasion& occasion) {
  bool listed = false, works = false;
  for (const VillageState& village : state.villages) {
    if (village.township != &township) continue;
    listed = listed || village.life.listed();
    works = works || std::ranges::any_of(village.life.tasks, [](const TaskLife& life) {
              return life.state != TaskState::cancelled;
            });
  }
  if (!listed || !works) return std::nullopt;
  const Counter counter{state, township, rules, period, occasion};
  TownshipScore score{township.folder, {}};
  for (const model::RankTerm& term : rules.terms) score.terms.push_back(counter.count(term));
  return score;
}

Stability stability(const std::vector<TownshipScore>& in_order) {
  std::vector<std::int64_t> base;
  for (const TownshipScore& each : in_order) base.push_back(each.total());
  Stability found;
  std::vector<bool> joined(base.size(), false);  // with the one before
  const auto compare = [&](const std::vector<std::int64_t>& totals) {
    for (std::size_t a = 0; a < base.size(); ++a)
      for (std::size_t b = a + 1; b < base.size(); ++b) {
        const bool equal = base[a] == base[b];
        if (equal ? totals[a] == totals[b] : totals[a] > totals[b]) continue;
        found.stands = false;
        for (std::size_t i = a + 1; i <= b; ++i) joined[i] = true;
      }
  };
  const std::size_t terms = in_order.empty() ? 0 : in_order.front().terms.size();
  for (std::size_t t = 0; t < terms; ++t)
    for (const double weight : {0.9, 1.1}) {
      std::vector<std::int64_t> totals = base;
      for (std::size_t i = 0; i < in_order.size(); ++i)
        totals[i] += points_of(in_order[i].terms[t], weight) - points_of(in_order[i].terms[t]);
      compare(totals);
    }
  for (std::size_t i = 0; i < in_order.size(); ++i)
    for (const TermCount& term : in_order[i].terms) {
      if (term.term->basis != RankBasis::on_time) continue;
      for (const std::int64_t step : {-1, 1}) {
        TermCount other = term;
        other.times += step;
        if (other.times < 0 || other.times > other.possible) continue;
        std::vector<std::int64_t> totals = base;
        totals[i] += points_of(other) - points_of(term);
        compare(totals);
      }
    }
  found.groups.resize(base.size(), 0);
  for (std::size_t i = 1; i < base.size(); ++i) {
    const bool same = joined[i] || base[i] == base[i - 1];
    found.groups[i] = found.groups[i - 1] + (same ? 0 : 1);
  }
  return found;
}

}  // namespace taizhang::report
