#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// What was found after the village’s 摘牌 (`follow`), and what is still due then (`duties`): the
/// tables that have rows.
std::vector<Table> aftercare(const Occasion& occasion, const CountyState& state,
                             const VillageState& village);

}  // namespace taizhang::report
