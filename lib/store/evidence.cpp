#include "store/evidence.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

namespace taizhang::store {

namespace {

/// Empty when the evidence is intact.
std::string_view code_of(EvidenceState state) {
  switch (state) {
    case EvidenceState::missing:
      return "evidence-missing";
    case EvidenceState::changed:
      return "evidence-changed";
    case EvidenceState::outside:
      return "evidence-outside";
    case EvidenceState::unreadable:
      return "evidence-unreadable";
    case EvidenceState::intact:
      break;
  }
  return {};
}

std::string folder_of(const std::string& ledger_path) {
  const std::size_t slash = ledger_path.rfind('/');
  return slash == std::string::npos ? "" : ledger_path.substr(0, slash);
}

}  // namespace

std::string evidence_text(const Tree& tree, const std::string& ledger_path,
                          const model::Evidence& evidence) {
  std::string bytes;
  const auto found = tree.read_confined(folder_of(ledger_path), evidence.file, bytes);
  const bool is_text = found == disk::Confined::present && bytes.find('\0') == bytes.npos &&
                       !first_invalid_utf8(bytes);
  return is_text && sha256(bytes) == evidence.sha256 ? bytes : std::string{};
}

EvidenceState hash_evidence(const Tree& tree, const std::string& ledger_path,
                            model::Evidence& evidence) {
  std::string bytes;
  switch (tree.read_confined(folder_of(ledger_path), evidence.file, bytes)) {
    case disk::Confined::missing:
      return EvidenceState::missing;
    case disk::Confined::outside:
      return EvidenceState::outside;
    case disk::Confined::not_regular:
    case disk::Confined::unreadable:
      return EvidenceState::unreadable;
    case disk::Confined::present:
      break;
  }
  evidence.sha256 = sha256(bytes);
  return EvidenceState::intact;
}

EvidenceState evidence_state(const Tree& tree, const std::string& ledger_path,
                             const model::Evidence& evidence) {
  model::Evidence now = evidence;
  const EvidenceState found = hash_evidence(tree, ledger_path, now);
  if (found != EvidenceState::intact) return found;
  return now.sha256 == evidence.sha256 ? EvidenceState::intact : EvidenceState::changed;
}

const EvidenceJudge::Known& EvidenceJudge::look_at(const std::string& ledger_path,
                                                   const model::Evidence& evidence) {
  std::string key = folder_of(ledger_path);
  key += '\0';
  key += evidence.file;
  const auto [known, added] = known_.try_emplace(std::move(key));
  if (added) {
    model::Evidence now = evidence;
    known->second.state = hash_evidence(tree_, ledger_path, now);
    known->second.sha256 = now.sha256;
  }
  return known->second;
}

model::Findings EvidenceJudge::check(const model::VillageLedger& village,
                                     std::span<const model::Entry* const> applications_in_force) {
  model::Findings findings;
  for (const model::Entry* application : applications_in_force)
    for (const model::Evidence& evidence : application->evidence) {
      const Known& now = look_at(village.path, evidence);
      const bool changed =
          now.state == EvidenceState::intact && std::string_view{now.sha256} != evidence.sha256;
      const std::string_view code = code_of(changed ? EvidenceState::changed : now.state);
      if (!code.empty())
        findings.push_back({Severity::error, code, evidence.at, "", {{"file", evidence.file}}});
    }
  return findings;
}

model::Findings check_evidence(const Tree& tree, const model::VillageLedger& village,
                               std::span<const model::Entry* const> applications_in_force) {
  return EvidenceJudge{tree}.check(village, applications_in_force);
}

}  // namespace taizhang::store
