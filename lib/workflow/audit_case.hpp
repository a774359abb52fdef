#pragma once

#include <vector>

#include "workflow/audit.hpp"
#include "workflow/task_life.hpp"

namespace taizhang::workflow {

/// A task as the patterns look at it: replayed, with the ledger it stands in.
struct AuditCase {
  const model::VillageLedger* village = nullptr;
  TaskView view;
  TaskLife life;

  const model::Task& task() const { return *life.task; }

  /// Entries that count and were not taken back, in replay order.
  std::vector<const model::Entry*> in_force() const;

  /// The reason’s place at a record of this task.
  AuditPlace place(Span at) const { return {village, task().id, task().round.value_or(0), at}; }

  /// Village code and task id.
  std::string key() const;
  /// Key and short hash of one of its entries.
  std::string key(const model::Entry& entry) const;
};

/// What every pattern is given, and where it puts its reasons.
struct AuditWork {
  const model::CountyLedger& county;
  const Units& units;
  Date as_of;
  const EvidenceText& text_of;
  const AuditBounds& bounds;
  const Committed& committed;
  std::vector<AuditCase> cases;  ///< of all rounds, in the order of the ledgers
  std::vector<Reason> reasons;

  /// `keys` are what makes the reason this one: with others it is another reason.
  void add(Pattern pattern, std::vector<AuditPlace> places, Facts facts,
           std::vector<std::string> keys);
};

void audit_evidence(AuditWork& work);  ///< reused, similar, older
void audit_dates(AuditWork& work);     ///< bulk, same_day, nothing_new, moved, backdated
void audit_county(AuditWork& work);    ///< back_again, mutual
void audit_history(AuditWork& work);   ///< removed, committed

}  // namespace taizhang::workflow
