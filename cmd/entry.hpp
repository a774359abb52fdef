#pragma once

#include "command.hpp"
#include "model/terms.hpp"

namespace taizhang::cmd {

/// The commands that write one entry of a task: `log`, `apply`, `verify`, `close`, `return`,
/// `reopen`, `extend`, `reassign`, `cancel`, `correct`. Their options follow from the task table.
Runner declare_entry(Arguments& args, model::Action action);

}  // namespace taizhang::cmd
