#pragma once

#include <optional>
#include <string>
#include <vector>

#include "confirm.hpp"
#include "model/records.hpp"
#include "reading.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

/// Which tasks get the same entry.
struct BulkOptions {
  std::vector<std::string> tasks;  ///< named one by one, of one village
  bool all = false;                ///< of the place: those whose next step it is
  std::optional<model::TaskKind> kind;
  std::string owner;
  Confirmation confirmation;
};

/// 进展, 初核 and 销号 may be written for many tasks at once.
bool can_be_bulk(model::Action action);

void declare_bulk(Arguments& args, BulkOptions& options);

/// Writes the entry for every task chosen, as one change: shows them, asks, and refuses all when one
/// is refused. Diagnostics: bulk-none, and those of `confirm`.
Exit write_bulk(Session& session, Writing& writing, Reading& reading, const model::Entry& entry,
                const BulkOptions& options);

}  // namespace taizhang::cmd
