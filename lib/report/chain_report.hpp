#pragma once

#include "report/state.hpp"
#include "rules/screen.hpp"
#include "workflow/chain.hpp"

namespace taizhang::report {

/// Where each candidate stands in its county's chain (`screen --chain`): villages that hit or of which
/// any step was taken, the word of each department, and what comes next.
class ChainReport {
 public:
  ChainReport(const Occasion& occasion, std::string_view place);
  void add(const CountyState& state, const model::RuleSet& rules);
  Report finish() &&;

 private:
  const Occasion& occasion_;
  Coverage coverage_;
  Report report_;
};

/// The steps of the county's chain, each done or not; the table that `explain` shows of a village.
Table chain_table(const CountyState& state, const VillageState& village,
                  const workflow::ChainState& chain);

}  // namespace taizhang::report
