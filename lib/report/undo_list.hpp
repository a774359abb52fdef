#pragma once

#include <cstddef>

#include "report/table.hpp"
#include "store/undo_log.hpp"

namespace taizhang::report {

/// The changes that are remembered, the newest first. Commands are cut to so many columns; 0: not
/// at all.
Report undo_list(const store::UndoList& list, std::size_t command_columns);

}  // namespace taizhang::report
