#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// The village's plan of the round (一村一策) whole, as it stands on the day: what is wrong and why, what
/// is to become of it, who does what until when (五个明确), milestones, service projects, team
/// targets, development, income before and after, institutions.
Report plan_sheet(const Occasion& occasion, const CountyState& state, const VillageState& village);

/// The milestones of the round's tasks, each with its light: reached, overdue, due within a week.
Table milestone_table(const Occasion& occasion, const VillageState& village);

}  // namespace taizhang::report
