#include "workflow/task_life.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "workflow/fingerprint.hpp"
#include "workflow/same_person.hpp"
#include "workflow/task_rules.hpp"

namespace taizhang::workflow {

using model::Action;
using model::Entry;
using model::Level;
using model::term;

std::string_view term(TaskState state) {
  constexpr std::array<std::string_view, 6> names{"待整改", "整改中", "待初核",
                                                  "待销号", "已销号", "已撤销"};
  return names[static_cast<std::size_t>(state)];
}

namespace {

/// Entries that lack what a replay needs were reported when they were read.
bool is_replayable(const Entry& entry, Date as_of) {
  return entry.date && entry.action && entry.level && !entry.by.empty() && !entry.unit.empty() &&
         *entry.date <= as_of;
}

/// The state a task has before its first entry.
TaskLife opened(const model::Task& task) {
  TaskLife life;
  life.task = &task;
  life.due = task.due;
  life.owner = task.owner;
  life.unit = task.unit;
  return life;
}

/// The view as it was on that day, with what a replay can use.
TaskView known_on(const TaskView& view, Date as_of) {
  TaskView known{view.task, {}, view.milestones, view.delisted};
  known.entries.reserve(view.entries.size());
  for (const Entry* entry : view.entries)
    if (is_replayable(*entry, as_of)) known.entries.push_back(entry);
  return known;
}

/// By date, those of one day in the order of the file; `room` holds them when they stand otherwise.
const std::vector<const Entry*>& by_date(const std::vector<const Entry*>& entries,
                                         std::vector<const Entry*>& room) {
  const auto date = [](const Entry* entry) { return *entry->date; };
  if (std::ranges::is_sorted(entries, {}, date)) return entries;
  room = entries;
  std::ranges::stable_sort(room, {}, date);
  return room;
}

class Replayer {
 public:
  Replayer(const TaskView& view, const Units& units, Date as_of, Findings* findings)
      : view_(known_on(view, as_of)),
        units_(units),
        findings_(findings),
        life_(opened(*view.task)) {}

  TaskLife run() {
    events_.reserve(view_.entries.size());
    std::vector<const Entry*> room;
    for (const Entry* entry : by_date(view_.entries, room)) {
      const FoundUnit unit = units_.find(entry->unit);
      warn_about(*entry, unit);
      if (*entry->action == Action::correct) correct(*entry, unit);
      else attempt(*entry, unit);
    }
    judge_verification();
    life_.events = std::move(events_);
    return std::move(life_);
  }

 private:
  void report(Findings found) {
    if (!findings_) return;
    for (auto& finding : found) findings_->push_back(std::move(finding));
  }

  void refuse(const Entry& entry, std::string_view code, std::string_view key, Facts facts = {}) {
    facts.emplace_back("task", view_.task->id);
    report({{Severity::error, code, entry.at, key, std::move(facts)}});
  }

  void warn(const Entry& entry, std::string_view code, std::string_view key, Facts facts) {
    findings_->push_back({Severity::warning, code, entry.at, key, std::move(facts)});
  }

  /// What does not keep an entry from being counted.
  void warn_about(const Entry& entry, const FoundUnit& unit) {
    if (!findings_) return;
    if (!unit.is_listed())
      warn(entry, "unit-unlisted", "unit",
           {{"unit", entry.unit}, {"nearest", units_.nearest_to(entry.unit)}});
    for (const std::string_view key : rule_of(*entry.action).unused_keys(entry))
      warn(entry, "key-unused", key,
           {{"key", std::string{key}}, {"action", std::string{term(*entry.action)}}});
  }

  void attempt(const Entry& entry, const FoundUnit& unit) {
    Findings found = may(life_, view_, entry, unit, units_);
    const bool counted = found.empty();
    if (counted) {
      advance(life_, entry, unit);
      found = backdated(view_, entry);
    }
    report(std::move(found));
    events_.push_back({&entry, life_.state, counted, false});
  }

  static void add_doer(TaskLife& life, const Entry& entry, const FoundUnit& unit) {
    if (*entry.action == Action::progress || *entry.action == Action::apply)
      life.doers.push_back({entry.by, unit});
  }

  static void advance(TaskLife& life, const Entry& entry, const FoundUnit& unit) {
    const TaskRule& rule = rule_of(*entry.action);
    add_doer(life, entry, unit);
    if (*entry.action != Action::verify || life.state == TaskState::applied) {
      if (rule.to && *rule.to != life.state) life.last_change = &entry;
      life.state = rule.to.value_or(life.state);
    } else {
      life.last_change = &entry;  // a renewal keeps the state
    }
    switch (*entry.action) {
      case Action::progress:
        life.count += entry.count.value_or(0);
        if (!entry.milestone.empty())
          life.milestones_reached.emplace_back(entry.milestone, *entry.date);
        break;
      case Action::apply:
        life.application = &entry;
        life.last_return = nullptr;
        break;
      case Action::verify:
        life.verification = &entry;
        break;
      case Action::send_back:
        life.application = life.verification = nullptr;
        life.last_return = &entry;
        ++life.returns;
        break;
      case Action::close:
        life.closing = &entry;
        break;
      case Action::reopen:
        life.application = life.verification = life.closing = nullptr;
        life.doers.clear();
        life.count += entry.count.value_or(0);
        ++life.reopenings;
        set_due(life, entry);
        break;
      case Action::extend:
        ++life.extensions;
        set_due(life, entry);
        break;
      case Action::reassign:
        if (!entry.new_owner.empty()) life.owner = entry.new_owner;
        if (!entry.new_unit.empty()) life.unit = entry.new_unit;
        break;
      case Action::cancel:
      case Action::correct:
        break;
    }
  }

  static void set_due(TaskLife& life, const Entry& entry) {
    life.due = entry.due;
    life.due_changes.emplace_back(*entry.date, *entry.due);
  }

  /// The event that a 更正 takes back, when it may.
  Event* voided_event(const Entry& entry, const FoundUnit& unit) {
    if (entry.voids.empty() || entry.reason.empty()) {
      refuse(entry, "entry-needs-key", "action",
             {{"action", std::string{term(Action::correct)}},
              {"key", entry.voids.empty() ? "voids" : "reason"},
              {"field", entry.voids.empty() ? "field.entry.voids" : "field.entry.reason"}});
      return nullptr;
    }
    const auto event = std::ranges::find_if(events_, [&](const Event& each) {
      const auto index = std::ranges::find(view_.entries, each.entry) - view_.entries.begin();
      return entry_hash(view_.entries, static_cast<std::size_t>(index)) == entry.voids;
    });
    if (event == events_.end() || event->voided || !event->counted) {
      refuse(entry, "voids-unknown", "voids", {{"voids", entry.voids}});
      return nullptr;
    }
    const Action action = *event->entry->action;
    const bool any_time =
        action == Action::progress || action == Action::extend || action == Action::reassign;
    if (action == Action::correct || (!any_time && event->entry != life_.last_change)) {
      refuse(entry, "voids-not-allowed", "voids",
             {{"voids", entry.voids}, {"action", std::string{term(action)}}});
      return nullptr;
    }
    return may_correct(entry, unit, *event->entry) ? &*event : nullptr;
  }

  /// By the unit that wrote the entry, or by the county when it is no doer.
  bool may_correct(const Entry& entry, const FoundUnit& unit, const Entry& target) {
    if (const auto listed = unit.level(); listed && *listed != *entry.level) {
      refuse(entry, "level-differs", "level",
             {{"unit", entry.unit},
              {"listed", std::string{term(*listed)}},
              {"level", std::string{term(*entry.level)}}});
      return false;
    }
    if (unit == units_.find(target.unit)) return true;
    const bool doer = unit == units_.find(life_.unit) || same_person(entry.by, life_.owner) ||
                      std::ranges::any_of(life_.doers, [&](const Doer& each) {
                        return each.unit == unit || same_person(each.person, entry.by);
                      });
    if (*entry.level == Level::county && !doer) return true;
    refuse(entry, "correct-not-yours", "unit", {{"unit", entry.unit}, {"writer", target.unit}});
    return false;
  }

  void correct(const Entry& entry, const FoundUnit& unit) {
    Event* target = voided_event(entry, unit);
    bool counted = target != nullptr;
    if (target) {
      target->voided = true;
      if (const Entry* broken = refold()) {
        target->voided = false;
        counted = false;
        refuse(entry, "correction-breaks-later", "voids",
               {{"voids", entry.voids},
                {"action", std::string{term(*broken->action)}},
                {"date", format_date(*broken->date)}});
      }
    }
    events_.push_back({&entry, life_.state, counted, false});
  }

  static bool in_force(const Event& event) {
    return event.counted && !event.voided && *event.entry->action != Action::correct;
  }

  /// Just behind the last 退回 or 重开 in force: what was applied for and checked before it is past.
  std::vector<Event>::const_iterator current_cycle() const {
    const auto begins = [](const Event& event) {
      const Action action = *event.entry->action;
      return in_force(event) && (action == Action::send_back || action == Action::reopen);
    };
    return std::ranges::find_if(events_.rbegin(), events_.rend(), begins).base();
  }

  /// Replays all events in force anew; gives the entry that would no longer be legal and then
  /// changes nothing. Of what is past only the count must hold.
  const Entry* refold() {
    const auto current = current_cycle();
    TaskLife life = opened(*view_.task);
    std::vector<TaskState> states;
    for (auto event = events_.cbegin(); event != events_.cend(); ++event) {
      const Entry& entry = *event->entry;
      const FoundUnit unit = units_.find(entry.unit);
      if (event->voided) {
        add_doer(life, entry, unit);
      } else if (in_force(*event)) {
        if (event >= current && !may(life, view_, entry, unit, units_).empty()) return &entry;
        advance(life, entry, unit);
        if (life.count < 0) return &entry;
      }
      states.push_back(life.state);
    }
    for (std::size_t i = 0; i < states.size(); ++i) events_[i].after = states[i];
    life_ = std::move(life);
    return nullptr;
  }

  void judge_verification() {
    if (!life_.verification) return;
    const std::string definition = definition_hash(*view_.task);
    life_.definition_suspect = life_.verification->definition != definition;
    const bool stands = life_.state == TaskState::verified || life_.state == TaskState::closed;
    if (stands && life_.definition_suspect)
      refuse(*life_.verification, "verification-suspect", "definition",
             {{"definition", definition}, {"who", life_.verification->by}});
  }

  TaskView view_;  ///< with the entries of the day only, in the order of the file
  const Units& units_;
  Findings* findings_;
  TaskLife life_;
  std::vector<Event> events_;
};

}  // namespace

TaskLife replay(const TaskView& view, const Units& units, Date as_of, Findings* findings) {
  return Replayer{view, units, as_of, findings}.run();
}

TaskState state_on(const TaskLife& life, const TaskView& view, const Units& units, Date day) {
  if (std::ranges::any_of(life.events, &Event::voided)) return replay(view, units, day).state;
  const auto is_known = [&](const Event& event) { return *event.entry->date <= day; };
  const auto last = std::ranges::find_if(life.events.rbegin(), life.events.rend(), is_known);
  return last == life.events.rend() ? TaskState::pending : last->after;
}

bool is_overdue(const TaskLife& life, Date as_of) {
  return (life.state == TaskState::pending || life.state == TaskState::active) && life.due &&
         *life.due < as_of;
}

bool is_check_overdue(const TaskLife& life, Date as_of) {
  return (life.state == TaskState::applied || life.state == TaskState::verified) && life.due &&
         *life.due < as_of && *life.application->date <= *life.due;
}

int days_late(const TaskLife& life, Date as_of) {
  return life.due && *life.due < as_of ? days_between(*life.due, as_of) : 0;
}

bool is_reached(const TaskLife& life, const model::Milestone& milestone) {
  return life.state == TaskState::closed ||
         std::ranges::any_of(life.milestones_reached,
                             [&](const auto& reached) { return reached.first == milestone.id; });
}

}  // namespace taizhang::workflow
