#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>

#include "model/ledger.hpp"
#include "store/tree.hpp"

namespace taizhang::store {

/// What became of a piece of evidence since it was recorded.
enum class EvidenceState : std::uint8_t { intact, missing, changed, outside, unreadable };

/// Compares the file with its recorded hash. `ledger_path` is seen from the workspace's root, and the
/// evidence's path from the ledger's folder. Never reads outside the workspace.
EvidenceState evidence_state(const Tree& tree, const std::string& ledger_path,
                             const model::Evidence& evidence);

/// The text of evidence that is as it was recorded; empty when it is gone, changed or no UTF-8.
std::string evidence_text(const Tree& tree, const std::string& ledger_path,
                          const model::Evidence& evidence);

/// Fills in the hash of the file as it is now; `intact` when that could be done.
EvidenceState hash_evidence(const Tree& tree, const std::string& ledger_path,
                            model::Evidence& evidence);

/// Judges evidence and reads each file once, however many records name it.
class EvidenceJudge {
 public:
  explicit EvidenceJudge(const Tree& tree) : tree_(tree) {}

  /// What `check_evidence` finds.
  model::Findings check(const model::VillageLedger& village,
                        std::span<const model::Entry* const> applications_in_force);

 private:
  /// A file as it is now.
  struct Known {
    EvidenceState state = EvidenceState::intact;
    std::string sha256;
  };
  const Known& look_at(const std::string& ledger_path, const model::Evidence& evidence);

  const Tree& tree_;
  std::unordered_map<std::string, Known> known_;  ///< by the folder of the ledger and the path
};

/// Judges the evidence of the applications that are in force, each at its own place.
/// Findings: evidence-missing, evidence-changed, evidence-outside, evidence-unreadable.
model::Findings check_evidence(const Tree& tree, const model::VillageLedger& village,
                               std::span<const model::Entry* const> applications_in_force);

}  // namespace taizhang::store
