#include "report/doubt.hpp"

#include "store/evidence.hpp"

namespace taizhang::report {

namespace {

/// Empty when the evidence is as it was recorded.
std::string_view doubt_of(store::EvidenceState state) {
  switch (state) {
    case store::EvidenceState::intact:
      return {};
    case store::EvidenceState::missing:
      return "doubt.gone";
    case store::EvidenceState::changed:
      return "doubt.changed";
    case store::EvidenceState::outside:
    case store::EvidenceState::unreadable:
      return "doubt.unreadable";
  }
  return {};
}

}  // namespace

std::vector<Label> doubts(const Occasion& occasion, const VillageState& village,
                          const workflow::TaskLife& life) {
  std::vector<Label> found;
  if (life.definition_suspect) found.push_back({"doubt.definition"});
  if (!life.application || !occasion.evidence) return found;
  for (const model::Evidence& evidence : life.application->evidence) {
    const auto state = store::evidence_state(*occasion.evidence, village.ledger->path, evidence);
    if (const auto id = doubt_of(state); !id.empty())
      found.push_back({id, {{"file", evidence.file}}});
  }
  return found;
}

}  // namespace taizhang::report
