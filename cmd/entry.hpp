#pragma once

#include "command.hpp"
#include "model/records.hpp"
#include "workflow/units.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

/// The commands that write one entry of a task: `log`, `apply`, `verify`, `close`, `return`,
/// `reopen`, `extend`, `reassign`, `cancel`, `correct`. Their options follow from the task table.
Runner declare_entry(Arguments& args, model::Action action);

/// Notes the entry among the changes. The same 进展 twice is refused (record-exists); other actions
/// change the state, so that the task table tells a second one from a repetition.
tl::expected<void, Diagnostics> note_entry(Writing& writing, const std::string& path,
                                           const model::Entry& entry);

/// Fills in the level of the entry: that of its unit, or the only one that may do this. Complains
/// (level-wanted) and gives false when neither tells.
bool choose_level(Session& session, model::Entry& entry, const workflow::Units& units);

}  // namespace taizhang::cmd
