#include <fmt/format.h>

#include <algorithm>

#include "workflow/same_person.hpp"
#include "workflow/task_life.hpp"
#include "workflow/task_rules.hpp"

namespace taizhang::workflow {

using model::Action;
using model::Entry;
using model::Finding;
using model::Level;
using model::term;

namespace {

/// Judges one entry against the table; each method adds a finding when its rule is broken.
class Judge {
 public:
  Judge(const TaskLife& life, const TaskView& view, const Entry& entry, const FoundUnit& unit,
        const Units& units)
      : life_(life),
        view_(view),
        entry_(entry),
        units_(units),
        unit_(unit),
        rule_(rule_of(*entry.action)) {}

  Findings judge() {
    level();
    after_opening();
    if (!rule_.from.has(life_.state)) {
      refuse("action-not-allowed", "action",
             {{"action", std::string{term(*entry_.action)}},
              {"state", std::string{term(life_.state)}},
              {"allowed", allowed_states()},
              {"step", std::string{step_before()}}});
      return std::move(findings_);
    }
    needs();
    if (rule_.no_doer) no_doer();
    by_action();
    return std::move(findings_);
  }

 private:
  void refuse(std::string_view code, std::string_view key, Facts facts = {}) {
    facts.emplace_back("task", view_.task->id);
    findings_.push_back({Severity::error, code, entry_.at, key, std::move(facts)});
  }

  /// The command of the step that is missing before one that comes too early.
  std::string_view step_before() const {
    const bool checks = *entry_.action == Action::verify || *entry_.action == Action::close;
    if (life_.state == TaskState::pending && (checks || *entry_.action == Action::apply))
      return "log";
    if (life_.state == TaskState::active && checks) return "apply";
    return life_.state == TaskState::applied && *entry_.action == Action::close ? "verify" : "";
  }

  std::string allowed_states() const {
    std::string names;
    for (const TaskState state : {TaskState::pending, TaskState::active, TaskState::applied,
                                  TaskState::verified, TaskState::closed, TaskState::cancelled})
      if (rule_.from.has(state))
        names += fmt::format("{}{}", names.empty() ? "" : " ", term(state));
    return names;
  }

  void level() {
    const auto listed = unit_.level();
    if (listed && *listed != *entry_.level)
      refuse("level-differs", "level",
             {{"unit", entry_.unit},
              {"listed", std::string{term(*listed)}},
              {"level", std::string{term(*entry_.level)}}});
    // 待销号 is the county's to return
    const bool county_only =
        *entry_.action == Action::send_back && life_.state == TaskState::verified;
    if (!rule_.levels.has(*entry_.level) || (county_only && *entry_.level != Level::county))
      refuse("level-not-allowed", "level",
             {{"action", std::string{term(*entry_.action)}},
              {"level", std::string{term(*entry_.level)}},
              {"allowed", county_only || !rule_.levels.has(Level::township) ? "县" : "镇 县"}});
  }

  void after_opening() {
    if (view_.task->opened && *entry_.date < *view_.task->opened)
      refuse("entry-before-opened", "date",
             {{"date", format_date(*entry_.date)}, {"opened", format_date(*view_.task->opened)}});
  }

  void needs() {
    for (const std::string_view key : rule_.missing_keys(entry_))
      refuse("entry-needs-key", "action",
             {{"action", std::string{term(*entry_.action)}},
              {"key", std::string{key}},
              {"field", "field.entry." + std::string{key}}});
  }

  void no_doer() {
    const auto is_person = [&](const Doer& doer) { return same_person(doer.person, entry_.by); };
    const auto is_unit = [&](const Doer& doer) { return doer.unit == unit_; };
    if (same_person(life_.owner, entry_.by) || std::ranges::any_of(life_.doers, is_person))
      refuse("doer-checks-own-work", "by",
             {{"who", entry_.by}, {"action", std::string{term(*entry_.action)}}});
    if (units_.find(life_.unit) == unit_ || std::ranges::any_of(life_.doers, is_unit))
      refuse("doer-unit-checks-own-work", "unit",
             {{"who", entry_.unit}, {"action", std::string{term(*entry_.action)}}});
  }

  void by_action() {
    switch (*entry_.action) {
      case Action::progress:
        return progress();
      case Action::apply:
        return apply();
      case Action::verify:
        return renewal();
      case Action::close:
        return close();
      case Action::reopen:
        return reopen();
      case Action::extend:
        return extend();
      case Action::reassign:
        return reassign();
      case Action::send_back:
      case Action::cancel:
      case Action::correct:
        return;
    }
  }

  void count_stays_positive() {
    const std::int64_t sum = life_.count + entry_.count.value_or(0);
    if (sum < 0)
      refuse("count-below-zero", "count",
             {{"count", fmt::format("{}", *entry_.count)}, {"sum", fmt::format("{}", sum)}});
  }

  void progress() {
    count_stays_positive();
    if (!entry_.milestone.empty() &&
        std::ranges::none_of(view_.milestones, [&](const model::Milestone* milestone) {
          return milestone->id == entry_.milestone;
        }))
      refuse("milestone-unknown", "milestone", {{"milestone", entry_.milestone}});
  }

  void apply() {
    const auto target = view_.task->target;
    if (target && life_.count < *target)
      refuse("target-not-reached", "action",
             {{"count", fmt::format("{}", life_.count)},
              {"target", fmt::format("{}", *target)},
              {"target_unit", view_.task->target_unit}});
  }

  void renewal() {
    if (life_.state == TaskState::closed && same_person(life_.closing->by, entry_.by))
      refuse("same-person-verifies-and-closes", "by", {{"who", entry_.by}});
  }

  void close() {
    if (same_person(life_.verification->by, entry_.by))
      refuse("same-person-verifies-and-closes", "by", {{"who", entry_.by}});
    if (life_.verification->definition.empty())
      refuse("close-on-suspect", "action",
             {{"date", format_date(*life_.verification->date)}, {"who", life_.verification->by}});
  }

  void reopen() {
    count_stays_positive();
    if (entry_.count.value_or(0) > 0)
      refuse("reopen-adds-count", "count", {{"count", fmt::format("{}", *entry_.count)}});
    if (entry_.due && *entry_.due <= *entry_.date) due_not_later(*entry_.date);
    if (view_.delisted && *entry_.date >= *view_.delisted)
      refuse("reopen-after-delisting", "date", {{"date", format_date(*view_.delisted)}});
  }

  void due_not_later(Date than) {
    refuse("due-not-later", "due",
           {{"due", format_date(*entry_.due)}, {"than", format_date(than)}});
  }

  void extend() {
    if (entry_.due && life_.due && *entry_.due <= *life_.due) due_not_later(*life_.due);
    else if (entry_.due && *entry_.due <= *entry_.date) due_not_later(*entry_.date);
    // in a replay, what was written when must not decide
    if (std::ranges::find(view_.entries, &entry_) == view_.entries.end())
      for (Finding& finding : backdated(view_, entry_)) findings_.push_back(std::move(finding));
  }

  /// Who has verified is not among the doers, not even afterwards.
  void reassign() {
    if (entry_.new_owner.empty() && entry_.new_unit.empty())
      return refuse("reassign-to-nobody", "action");
    if (life_.state != TaskState::verified) return;
    const Entry& verified = *life_.verification;
    if (same_person(entry_.new_owner, verified.by))
      refuse("reassign-to-verifier", "new_owner", {{"who", entry_.new_owner}});
    if (!entry_.new_unit.empty() && units_.find(entry_.new_unit) == units_.find(verified.unit))
      refuse("reassign-to-verifier", "new_unit", {{"who", entry_.new_unit}});
  }

  const TaskLife& life_;
  const TaskView& view_;
  const Entry& entry_;
  const Units& units_;
  const FoundUnit& unit_;  ///< that writes
  const TaskRule& rule_;
  Findings findings_;
};

}  // namespace

Findings may(const TaskLife& life, const TaskView& view, const Entry& entry, const Units& units) {
  return may(life, view, entry, units.find(entry.unit), units);
}

Findings may(const TaskLife& life, const TaskView& view, const Entry& entry, const FoundUnit& unit,
             const Units& units) {
  return Judge{life, view, entry, unit, units}.judge();
}

Findings backdated(const TaskView& view, const Entry& entry) {
  if (entry.action != Action::extend) return {};
  for (const Entry* other : view.entries) {
    if (other == &entry) break;
    if (other->date && *other->date > *entry.date)
      return {{Severity::error,
               "extension-backdated",
               entry.at,
               "date",
               {{"date", format_date(*entry.date)},
                {"other", format_date(*other->date)},
                {"task", view.task->id}},
               other->at}};
  }
  return {};
}

}  // namespace taizhang::workflow
