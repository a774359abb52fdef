#pragma once

#include <optional>
#include <string>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "document/merge.hpp"
#include "store/tree.hpp"

namespace taizhang::report {

/// Where a ledger stands that is being merged.
struct MergeSpot {
  std::string root;                         ///< of the workspace
  std::shared_ptr<const store::Tree> tree;  ///< none: in no workspace, nothing is replayed
  std::string path;                         ///< of the ledger, seen from the root
  Date today{};
};

/// A merged ledger; `faults` are errors that `check` finds in it and in neither side: what each side
/// wrote was right, and both together are not. Where that could be laid at records, these are conflicts.
struct MergedLedger {
  document::Merged merged;
  Diagnostics faults;

  bool clean() const { return faults.empty() && merged.clean(); }
};

/// Merges two versions of a ledger by record. Nothing when one of the texts cannot be understood.
std::optional<MergedLedger> merge_ledger(const MergeSpot& spot, const std::string& base,
                                         const std::string& ours, const std::string& theirs);

}  // namespace taizhang::report
