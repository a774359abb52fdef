#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "model/ledger.hpp"
#include "workflow/units.hpp"

namespace taizhang::workflow {

using model::Findings;

// The life of one task, replayed from its entries (task table of the file format, README).

enum class TaskState : std::uint8_t { pending, active, applied, verified, closed, cancelled };

/// 待整改 整改中 待初核 待销号 已销号 已撤销.
std::string_view term(TaskState state);

/// 已销号 or 已撤销.
constexpr bool is_finished(TaskState state) {
  return state == TaskState::closed || state == TaskState::cancelled;
}

/// A task, its entries in the order of the file, and what its replay must know of the village.
struct TaskView {
  const model::Task* task = nullptr;
  std::vector<const model::Entry*> entries;
  std::vector<const model::Milestone*> milestones;
  std::optional<Date> delisted;  ///< 摘牌 of the task's round: nothing is reopened after it
};

/// The tasks of a village with their entries and milestones, in the order of the file; entries that
/// name no task are in none of them.
std::vector<TaskView> task_views(const model::VillageLedger& village);

/// Who wrote an entry.
struct Doer {
  std::string_view person;  ///< as written
  FoundUnit unit;
};

/// What became of one entry in the replay.
struct Event {
  const model::Entry* entry = nullptr;
  TaskState after{};
  bool counted = true;  ///< false: refused by the table
  bool voided = false;  ///< taken back by a later 更正
};

/// The state of a task on a day; the texts are those of the records.
struct TaskLife {
  const model::Task* task = nullptr;
  TaskState state = TaskState::pending;
  std::optional<Date> due;  ///< the current one; the first stays in the task
  std::string_view owner;   ///< after the last 转办
  std::string_view unit;
  std::int64_t count = 0;                      ///< sum towards the target
  const model::Entry* application = nullptr;   ///< 申请销号 in force; its date is 整改到位
  const model::Entry* verification = nullptr;  ///< 初核 in force
  const model::Entry* closing = nullptr;       ///< 销号 in force
  const model::Entry* last_change = nullptr;   ///< last entry that changed the state
  const model::Entry* last_return = nullptr;   ///< the 退回 that still waits for an answer
  std::vector<Doer> doers;  ///< who wrote 进展 or 申请销号 since (re)opening
  std::vector<std::pair<std::string_view, Date>> milestones_reached;
  std::vector<std::pair<Date, Date>> due_changes;  ///< (from that day, new due)
  int returns = 0;
  int reopenings = 0;
  int extensions = 0;
  std::vector<Event> events;  ///< every entry up to the day, in replay order

  bool definition_suspect = false;  ///< 初核 has no definition, or one that the task no longer has

  bool finished() const { return is_finished(state); }
};

/// Replays the entries dated up to `as_of`. What the table refuses changes nothing and is added to
/// `findings` when given. Tasks opened after `as_of` do not exist: callers leave them out.
/// Findings: those of `may` and `backdated`, of 更正 (entry-needs-key, level-differs, voids-unknown,
/// voids-not-allowed, correct-not-yours, correction-breaks-later), unit-unlisted and key-unused
/// (warnings), verification-suspect.
TaskLife replay(const TaskView& view, const Units& units, Date as_of, Findings* findings = nullptr);

/// The state at the end of an earlier day, as it was known then: what was taken back later was in force
/// until then. `life` is the replay of `view`.
TaskState state_on(const TaskLife& life, const TaskView& view, const Units& units, Date day);

/// Why the table refuses `entry` to a task in that state; empty when it is allowed. Does not judge
/// 更正, which needs the whole replay. An entry that is not in the view yet is judged by `backdated`
/// too.
Findings may(const TaskLife& life, const TaskView& view, const model::Entry& entry,
             const Units& units);

/// The same when the unit that writes has been looked up.
Findings may(const TaskLife& life, const TaskView& view, const model::Entry& entry,
             const FoundUnit& unit, const Units& units);

/// extension-backdated when a 延期 is dated before an entry that stands above it in the file. It
/// counts all the same in a replay, where position means nothing.
Findings backdated(const TaskView& view, const model::Entry& entry);

/// 待整改 or 整改中 with the current due before the day.
bool is_overdue(const TaskLife& life, Date as_of);

/// 待初核 or 待销号 past the due though applied for in time: the checking level is late.
bool is_check_overdue(const TaskLife& life, Date as_of);

/// Days past the current due; 0 when not past or without due.
int days_late(const TaskLife& life, Date as_of);

/// A milestone that is named by a 进展 in force, or any milestone of a closed task.
bool is_reached(const TaskLife& life, const model::Milestone& milestone);

}  // namespace taizhang::workflow
