#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/ledger.hpp"

namespace taizhang::workflow {

/// One department's word in the joint review (联审).
struct Review {
  std::string department;             ///< as county.toml names it
  const model::Step* step = nullptr;  ///< its latest one; nullptr while it has not answered
};

/// One link of the county's chain for a village in a round.
struct ChainLink {
  model::StepKind kind{};
  const model::ChainStep* how = nullptr;  ///< level and body, where the county says so
  const model::Step* step = nullptr;  ///< the latest one; for 联审 with departments any of them
  std::vector<Review> reviews;        ///< 联审 only: one for each department

  /// 联审 is done when every department has answered.
  bool done() const;
};

/// Where a village stands in the county's chain; 审定 alone when the county names none.
struct ChainState {
  std::vector<ChainLink> links;
  /// The first link that is not done; nullptr when all are.
  const ChainLink* next() const;
};

ChainState chain_of(const model::CountyLedger& county, const model::VillageLedger& village,
                    std::int64_t round, Date as_of);

/// What the steps of a village in a round say against the county's chain. Earlier rounds may have had
/// another one, so it is asked of the latest only.
/// Findings: chain-step-missing, chain-order, chain-review-incomplete, chain-body-differs,
/// chain-department-unknown, objection-overruled.
model::Findings check_chain(const model::CountyLedger& county, const model::VillageLedger& village,
                            std::int64_t round);

}  // namespace taizhang::workflow
