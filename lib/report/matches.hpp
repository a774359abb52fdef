#pragma once

#include "report/state.hpp"
#include "workflow/matching.hpp"

namespace taizhang::report {

/// Which unit would help which village (因村选人、因需结对): proposals with their reasons, who else
/// would help, villages without a proposal, units without a village.
class Matches {
 public:
  Matches(const Occasion& occasion, std::string_view place, model::SupportRole role);

  /// Matches the whole county and reports of what is in the township and the village (a code; empty
  /// for all). Gives the proposals for those villages, best first.
  struct Pair {
    const model::VillageLedger* village = nullptr;
    const model::Unit* unit = nullptr;
  };
  std::vector<Pair> add(const CountyState& county, const model::RuleSet& rules,
                        std::string_view township, std::string_view village);
  Report finish() &&;

 private:
  const Occasion& occasion_;
  model::SupportRole role_;
  Coverage coverage_;
  std::int64_t seeking_ = 0, proposed_ = 0;
  Report report_;
  Table chosen_, others_, unmatched_, unused_;
};

}  // namespace taizhang::report
