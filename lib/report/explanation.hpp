#pragma once

#include "report/state.hpp"
#include "rules/screen.hpp"

namespace taizhang::report {

/// Why a village's verdict is what it is: every criterion with the answers it saw, who recorded them
/// when and where, what is missing, and the decision so far (`explain VILLAGE`).
Report explanation(const Occasion& occasion, const CountyState& state, const VillageState& village,
                   const model::RuleSet& rules);

}  // namespace taizhang::report
