#pragma once

#include "model/ledger.hpp"

namespace taizhang::workflow {

/// What a village's ledger leaves out. Shortcuts against the task table or the steps of acceptance
/// are found by the replays.
/// Findings: problem-without-task (an error once acceptance is applied for, until then a warning, from
/// the round's first task on), task-id-gap (warning).
model::Findings check_shortcuts(const model::VillageLedger& village);

}  // namespace taizhang::workflow
