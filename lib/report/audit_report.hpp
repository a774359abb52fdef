#pragma once

#include <string>
#include <vector>

#include "report/commit_history.hpp"
#include "report/state.hpp"
#include "workflow/audit.hpp"

namespace taizhang::report {

/// The reasons to look that the county’s ledgers give on the day, those of the place and round only.
/// Evidence is read where the occasion says; `history` says what git has of the workspace.
std::vector<workflow::Reason> reasons(const CountyState& state, const Occasion& occasion,
                                      CommitHistory* history = nullptr);

/// Reasons to look, with every line they rest on; those that a note answers come last.
class AuditReport {
 public:
  AuditReport(const Occasion& occasion, std::string_view place, CommitHistory* history = nullptr);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  void add(const CountyState& state, const workflow::Reason& reason);

  const Occasion& occasion_;
  CommitHistory* history_;
  Coverage coverage_;
  Report report_;
  Table open_, answered_;
};

}  // namespace taizhang::report
