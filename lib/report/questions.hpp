#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// The questions of a rule set, how each is answered, and the village's answer in force.
Report questions(const Occasion& occasion, const CountyState& state, const VillageState& village,
                 const model::RuleSet& rules);

}  // namespace taizhang::report
