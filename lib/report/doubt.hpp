#pragma once

#include <string>
#include <vector>

#include "report/state.hpp"

namespace taizhang::report {

/// Why what was applied for or verified can no longer be relied on: the task was changed after its
/// verification, evidence of the application in force is gone, changed or cannot be read. The
/// evidence is that of the tree, whatever the day of the report.
std::vector<Label> doubts(const Occasion& occasion, const VillageState& village,
                          const workflow::TaskLife& life);

}  // namespace taizhang::report
