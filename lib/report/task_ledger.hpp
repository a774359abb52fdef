#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// The rectification ledger as offices keep it (眉县, bulletin 2023: 县镇村三级整顿工作台账). The county's has a
/// line for each listed village, the township's one for each task, the village's every column.
class TaskLedger {
 public:
  TaskLedger(const Occasion& occasion, std::string_view place, model::Level level);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  void village_row(const CountyState& state, const VillageState& village);
  void task_row(const CountyState& state, const VillageState& village,
                const workflow::TaskLife& life);
  std::int64_t next_number() const;

  const Occasion& occasion_;
  model::Level level_;
  Coverage coverage_;
  Report report_;
  Table table_;
};

}  // namespace taizhang::report
