#pragma once

#include "base/date.hpp"
#include "report/table.hpp"

namespace taizhang::report {

/// The board as one table for reminders by other programs: a row for each thing to be done, with the
/// list it stands in, its county and code (from a board made `for_feed`), its day and how far off that
/// is. Columns are the same whatever is to be done.
Report feed(Report board, Date as_of);

}  // namespace taizhang::report
