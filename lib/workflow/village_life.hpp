#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"
#include "workflow/task_life.hpp"
#include "workflow/units.hpp"

namespace taizhang::workflow {

enum class Stage : std::uint8_t {
  unlisted,
  listed,
  rectifying,
  cleared,
  acceptance_applied,
  first_checked,
  accepted,
  delisted,
  follow_up,
  re_inspected,
};

/// 未列入 列入 整顿中 任务清零 申请验收 初验 验收 摘牌 跟踪 回头看.
std::string_view term(Stage stage);

/// A village in one round on a day.
struct VillageLife {
  Stage stage = Stage::unlisted;
  const model::Step* decision = nullptr;        ///< the 审定 in force, whichever way it went
  std::optional<Date> delisted;                 ///< 摘牌 in this round
  bool relapsed = false;                        ///< listed again after 摘牌 in an earlier round
  std::optional<std::int64_t> relapse_of = {};  ///< the first such round
  bool continued = false;       ///< listed in an earlier round too and never delisted (续列)
  std::vector<TaskView> views;  ///< the round's tasks that exist on the day
  std::vector<TaskLife> tasks;  ///< their states, same order

  bool listed() const { return decision && decision->result == model::StepResult::listed; }
};

/// Replays steps, tasks and acceptance of the round up to the day.
/// Findings: those of the tasks' `replay`, and for acceptance: acceptance-out-of-order,
/// acceptance-level, acceptance-result-missing, acceptance-failure-incomplete,
/// acceptance-same-person, acceptance-nothing-new, acceptance-on-suspect, level-differs; follow-before-delisting.
VillageLife replay_village(const model::VillageLedger& village, const Units& units,
                           std::int64_t round, Date as_of, Findings* findings = nullptr);

/// Gives the life the tasks of every round that exist on the day, not only its own: the end of a round
/// closes nothing.
void take_every_task(VillageLife& life, const model::VillageLedger& village, const Units& units,
                     Date as_of);

/// The 审定 in force in the round on the day: the latest, undated ones counting as the earliest.
const model::Step* deciding_step(const model::VillageLedger& village, std::int64_t round,
                                 Date as_of);

/// A record dated after the day does not exist on it; an undated one always does.
template <class Record>
bool exists_on(const Record& record, Date as_of) {
  return !record.date || *record.date <= as_of;
}

}  // namespace taizhang::workflow
