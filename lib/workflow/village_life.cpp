#include "workflow/village_life.hpp"

#include <algorithm>
#include <array>

#include "workflow/same_person.hpp"

namespace taizhang::workflow {

using model::Acceptance;
using model::AcceptanceKind;
using model::AcceptanceResult;
using model::Level;
using model::Step;
using model::StepKind;
using model::StepResult;
using model::VillageLedger;

std::string_view term(Stage stage) {
  constexpr std::array<std::string_view, 10> names{
      "未列入", "列入", "整顿中", "任务清零", "申请验收", "初验", "验收", "摘牌", "跟踪", "回头看"};
  return names[static_cast<std::size_t>(stage)];
}

const Step* deciding_step(const VillageLedger& village, std::int64_t round, Date as_of) {
  const Step* latest = nullptr;
  for (const Step& step : village.steps) {
    if (step.kind != StepKind::approval || step.round != round || !exists_on(step, as_of)) continue;
    if (!latest || !latest->date || (step.date && *step.date >= *latest->date)) latest = &step;
  }
  return latest;
}

namespace {

/// Without a round those of all.
void replay_tasks(VillageLife& life, const VillageLedger& village, const Units& units,
                  std::optional<std::int64_t> round, Date as_of, Findings* findings) {
  life.tasks.clear();
  life.views = task_views(village);
  std::erase_if(life.views, [&](const TaskView& view) {
    const model::Task& task = *view.task;
    return (round && task.round != round) || !task.opened || *task.opened > as_of;
  });
  life.tasks.reserve(life.views.size());
  for (const TaskView& view : life.views)
    life.tasks.push_back(replay(view, units, as_of, findings));
}

class VillageReplayer {
 public:
  VillageReplayer(const VillageLedger& village, const Units& units, std::int64_t round, Date as_of,
                  Findings* findings)
      : village_(village), units_(units), round_(round), as_of_(as_of), findings_(findings) {}

  VillageLife run() {
    life_.decision = deciding_step(village_, round_, as_of_);
    replay_tasks(life_, village_, units_, round_, as_of_, findings_);
    if (life_.listed()) {
      earlier_rounds();
      work_stage();
      acceptance();
    } else {
      tasks_unlisted();
      acceptance_unlisted();
    }
    follow();
    return std::move(life_);
  }

 private:
  void refuse(const Acceptance& step, std::string_view code, std::string_view key,
              Facts facts = {}) {
    facts.emplace_back("kind", std::string{model::term(*step.kind)});
    if (findings_) findings_->push_back({Severity::error, code, step.at, key, std::move(facts)});
  }

  void earlier_rounds() {
    for (const Step& step : village_.steps) {
      if (step.kind != StepKind::approval || !step.round || *step.round >= round_) continue;
      const Step* decision = deciding_step(village_, *step.round, as_of_);
      if (!decision || decision->result != StepResult::listed) continue;
      // delisted before it was listed anew; what lies after the day is not known yet
      const auto until = life_.decision->date.value_or(as_of_);
      const bool left = std::ranges::any_of(village_.acceptances, [&](const Acceptance& each) {
        return each.kind == AcceptanceKind::delisting && each.round == step.round &&
               exists_on(each, until);
      });
      (left ? life_.relapsed : life_.continued) = true;
      if (left && (!life_.relapse_of || *step.round < *life_.relapse_of))
        life_.relapse_of = step.round;
    }
    if (life_.relapsed) life_.continued = false;
  }

  /// What was known of the task on an earlier day: what was taken back later was in force until then.
  template <class Take>
  void for_events(std::size_t task, Date day, const Take& take) const {
    const auto tell = [&](const std::vector<Event>& events) {
      for (const Event& event : events)
        if (*event.entry->date <= day) take(event);
    };
    const std::vector<Event>& events = life_.tasks[task].events;
    if (std::ranges::none_of(events, &Event::voided)) tell(events);
    else tell(replay(life_.views[task], units_, day).events);
  }

  /// At least one task, every problem of the round with a closed one, all finished.
  bool finished_on(Date day) const {
    bool any = false;
    std::vector<std::string_view> solved;
    for (std::size_t i = 0; i < life_.tasks.size(); ++i) {
      const model::Task& task = *life_.views[i].task;
      if (*task.opened > day) continue;
      const TaskState state = state_on(life_.tasks[i], life_.views[i], units_, day);
      if (!is_finished(state)) return false;
      any = true;
      if (state == TaskState::closed) solved.push_back(task.problem);
    }
    return any && std::ranges::all_of(village_.problems, [&](const model::Problem& problem) {
             const bool exists =
                 problem.round == round_ && (!problem.found || *problem.found <= day);
             return !exists || std::ranges::find(solved, problem.id) != solved.end();
           });
  }

  /// 任务清零: all is finished and no verification is suspect. Suspicion is against the task as it
  /// reads now, so it stops the village today but does not undo what was accepted earlier.
  bool cleared_now() const {
    return std::ranges::none_of(life_.tasks, &TaskLife::definition_suspect) && finished_on(as_of_);
  }

  void work_stage() {
    life_.stage = Stage::listed;
    if (!life_.views.empty()) life_.stage = cleared_now() ? Stage::cleared : Stage::rectifying;
  }

  bool listed_on(Date day) const {
    const Step* decision = deciding_step(village_, round_, day);
    return decision && decision->result == StepResult::listed;
  }

  void refuse_order(const Acceptance& step, Stage stage, Stage from) {
    refuse(step, "acceptance-out-of-order", "kind",
           {{"stage", std::string{term(stage)}}, {"from", std::string{term(from)}}});
  }

  /// They are in the totals, and no village on the list accounts for them.
  void tasks_unlisted() {
    if (findings_ && !life_.views.empty())
      findings_->push_back(
          {Severity::warning,
           "tasks-unlisted",
           life_.views.front().task->at,
           "round",
           {{"count", std::to_string(life_.views.size())}, {"round", std::to_string(round_)}}});
  }

  /// What was recorded before the village was taken off the list may stand.
  void acceptance_unlisted() {
    for (const Acceptance& step : village_.acceptances)
      if (step.round == round_ && step.kind && step.date && *step.date <= as_of_ &&
          !listed_on(*step.date))
        refuse_order(step, Stage::unlisted, Stage::listed);
  }

  void acceptance() {
    std::vector<const Acceptance*> steps;
    for (const Acceptance& step : village_.acceptances)
      if (step.round == round_ && step.kind && step.level && !step.by.empty() && step.date &&
          *step.date <= as_of_)
        steps.push_back(&step);
    std::ranges::stable_sort(steps, {}, [](const Acceptance* step) { return *step->date; });
    for (const Acceptance* step : steps) take(*step);
    rests_on_suspects();
    rests_on_unfinished();
    if (life_.delisted) life_.stage = Stage::delisted;
    else if (life_.stage != Stage::cleared) return;
    else if (failed_on_ && !opened_since(*failed_on_, as_of_)) life_.stage = Stage::rectifying;
    else if (!started_over(as_of_)) life_.stage = reached_.value_or(life_.stage);
  }

  /// The latest day up to `day` on which a task was opened or reopened.
  std::optional<Date> last_opening(Date day) const {
    std::optional<Date> last;
    const auto take = [&](const std::optional<Date>& date) {
      if (date && *date <= day && (!last || *date > *last)) last = date;
    };
    for (std::size_t i = 0; i < life_.tasks.size(); ++i) {
      take(life_.views[i].task->opened);
      for_events(i, day, [&](const Event& event) {
        if (event.entry->action == model::Action::reopen && event.counted && !event.voided)
          take(event.entry->date);
      });
    }
    return last;
  }

  bool opened_since(Date since, Date day) const {
    const auto opening = last_opening(day);
    return opening && *opening >= since;
  }

  /// True when a task was opened or reopened after the application for acceptance.
  bool started_over(Date day) const {
    const auto opening = last_opening(day);
    return reached_ && opening && *opening > applied_on_;
  }

  /// Where the village stands before an acceptance step of that day.
  std::optional<Stage> stage_before(Date day) const {
    if (!finished_on(day)) return std::nullopt;
    return !life_.delisted && started_over(day) ? Stage::cleared
                                                : reached_.value_or(Stage::cleared);
  }

  void take(const Acceptance& step) {
    struct Rule {
      Stage from;
      Stage to;
      bool village, township, county;
    };
    constexpr std::array<Rule, 4> rules{{
        {Stage::cleared, Stage::acceptance_applied, true, true, false},
        {Stage::acceptance_applied, Stage::first_checked, false, true, false},
        {Stage::first_checked, Stage::accepted, false, false, true},
        {Stage::accepted, Stage::delisted, false, false, true},
    }};
    const Rule& rule = rules[static_cast<std::size_t>(*step.kind)];
    if (!listed_on(*step.date)) return refuse_order(step, Stage::unlisted, rule.from);
    auto before = stage_before(*step.date);
    // what a failure gives to do may be opened on the same day
    if (before != rule.from && step.result == AcceptanceResult::failed)
      before = stage_before(add_days(*step.date, -1));
    if (before != rule.from) {
      refuse_order(step, before.value_or(Stage::rectifying), rule.from);
      return;
    }
    if (!((*step.level == Level::village && rule.village) ||
          (*step.level == Level::township && rule.township) ||
          (*step.level == Level::county && rule.county)))
      return refuse(step, "acceptance-level", "level",
                    {{"level", std::string{model::term(*step.level)}}});
    if (const auto listed = units_.level(step.unit); listed && *listed != *step.level)
      return refuse(step, "level-differs", "level",
                    {{"unit", step.unit},
                     {"listed", std::string{model::term(*listed)}},
                     {"level", std::string{model::term(*step.level)}}});
    if (*step.kind == AcceptanceKind::apply && !something_new(step)) return;
    const bool judged =
        *step.kind == AcceptanceKind::first_check || *step.kind == AcceptanceKind::acceptance;
    if (judged && !step.result) return refuse(step, "acceptance-result-missing", "kind");
    if (judged && step.result == AcceptanceResult::failed && (step.reason.empty() || !step.due))
      return refuse(step, "acceptance-failure-incomplete", "result",
                    {{"key", step.reason.empty() ? "reason" : "due"}});
    if (judged && !independent(step)) return;
    passed(step, rule.to, judged);
  }

  /// A suspect verification does not undo what was accepted, but is told where it was relied on.
  void rests_on_suspects() {
    for (const Acceptance* step : {application_, delisting_})
      for (const TaskLife& task : life_.tasks)
        if (step && task.definition_suspect)
          refuse(*step, "acceptance-on-suspect", "kind", {{"task", task.task->id}});
  }

  /// Nothing is reopened after 摘牌, but a 更正 may take back what had closed a task.
  void rests_on_unfinished() {
    if (findings_ && delisting_ && !finished_on(as_of_))
      findings_->push_back({Severity::warning,
                            "delisted-unfinished",
                            delisting_->at,
                            "kind",
                            {{"date", format_date(*delisting_->date)}}});
  }

  void start_over() {
    application_ = nullptr;
    reached_.reset();
    persons_.clear();
  }

  void passed(const Acceptance& step, Stage to, bool judged) {
    if (judged && step.result == AcceptanceResult::failed) {
      start_over();
      failed_on_ = step.date;
      return;
    }
    if (to == Stage::acceptance_applied) {
      start_over();
      applied_on_ = *step.date;
      application_ = &step;
    }
    reached_ = to;
    persons_.push_back(step.by);
    if (to != Stage::delisted) return;
    life_.delisted = step.date;
    delisting_ = &step;
  }

  /// After a failure the next application needs a task opened or reopened since.
  bool something_new(const Acceptance& step) {
    if (!failed_on_ || opened_since(*failed_on_, *step.date)) return true;
    refuse(step, "acceptance-nothing-new", "date", {{"failed", format_date(*failed_on_)}});
    return false;
  }

  bool independent(const Acceptance& step) {
    if (std::ranges::none_of(persons_,
                             [&](std::string_view each) { return same_person(each, step.by); }))
      return true;
    refuse(step, "acceptance-same-person", "by", {{"who", step.by}});
    return false;
  }

  void follow() {
    for (const model::Follow& each : village_.follows) {
      if (each.round != round_ || !each.date || *each.date > as_of_ || !each.kind) continue;
      if (!life_.delisted || *each.date < *life_.delisted) {
        if (findings_)
          findings_->push_back({Severity::error,
                                "follow-before-delisting",
                                each.at,
                                "date",
                                {{"kind", std::string{model::term(*each.kind)}},
                                 {"date", format_date(*each.date)}}});
        continue;
      }
      if (*each.kind == model::FollowKind::re_inspection) life_.stage = Stage::re_inspected;
      else if (life_.stage == Stage::delisted) life_.stage = Stage::follow_up;
    }
  }

  const VillageLedger& village_;
  const Units& units_;
  std::int64_t round_;
  Date as_of_;
  Findings* findings_;
  VillageLife life_;
  std::optional<Stage> reached_;  ///< by acceptance steps; starts over when a task is open again
  const Acceptance* application_ = nullptr;  ///< 申请验收 in force
  const Acceptance* delisting_ = nullptr;    ///< 摘牌 in force
  Date applied_on_{};
  std::optional<Date> failed_on_;
  std::vector<std::string_view> persons_;  ///< who took the steps since the application
};

}  // namespace

void take_every_task(VillageLife& life, const VillageLedger& village, const Units& units,
                     Date as_of) {
  replay_tasks(life, village, units, std::nullopt, as_of, nullptr);
}

VillageLife replay_village(const VillageLedger& village, const Units& units, std::int64_t round,
                           Date as_of, Findings* findings) {
  return VillageReplayer{village, units, round, as_of, findings}.run();
}

}  // namespace taizhang::workflow
