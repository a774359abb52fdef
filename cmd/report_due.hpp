#pragma once

#include <string>
#include <string_view>

#include "reading.hpp"

namespace taizhang::cmd {

/// What `report --due` is told.
struct DueOptions {
  std::string folder;     ///< where the reports are kept
  std::string_view kind;  ///< one kind only; empty: all that have a period
  Output format;          ///< without a file
  int wait = 0;           ///< days after a period's end before it is reported
  bool restate = false;   ///< a report whose figures changed is written anew beside the old
};

/// Writes the reports of all periods that are over since the first round began and are not there yet,
/// each with its sidecar in a folder of its own. Silent when all is well; nothing that stands there is
/// changed. Complains: due-needs-round, due-differs, due-altered, due-unproved, due-unreadable.
Exit write_due(Session& session, Reading& reading, const DueOptions& options);

}  // namespace taizhang::cmd
