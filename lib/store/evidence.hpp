#pragma once

#include <cstdint>
#include <span>
#include <string>

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

/// Judges the evidence of the applications that are in force, each at its own place.
/// Findings: evidence-missing, evidence-changed, evidence-outside, evidence-unreadable.
model::Findings check_evidence(const Tree& tree, const model::VillageLedger& village,
                               std::span<const model::Entry* const> applications_in_force);

}  // namespace taizhang::store
