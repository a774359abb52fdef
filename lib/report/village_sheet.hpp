#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// Everything about one village on the day (`show VILLAGE`).
Report village_sheet(const Occasion& occasion, const CountyState& state,
                     const VillageState& village);

/// One task with its definition hash and every entry with its short hash (`show VILLAGE TASK`);
/// nothing when the village has no such task on the day.
std::optional<Report> task_sheet(const Occasion& occasion, const CountyState& state,
                                 const VillageState& village, std::string_view task);

}  // namespace taizhang::report
