#pragma once

#include <optional>

#include "report/state.hpp"
#include "rules/screen.hpp"

namespace taizhang::report {

/// What other rules would do (`whatif`): which villages enter the list of those that hit, which leave
/// it, which become open or firm, and which are within reach. Ledgers are only read.
class TrialReport {
 public:
  /// `changes` are the thresholds changed, as typed.
  TrialReport(const Occasion& occasion, std::string_view place, std::string changes);
  void add(const CountyState& state, const model::RuleSet& now, const model::RuleSet& then);
  Report finish() &&;

 private:
  const Occasion& occasion_;
  std::string changes_;
  Coverage coverage_;
  Report report_;
};

/// How far a village is from the list: the one number, date or poll that would have to change, when
/// by at most a tenth of what it may be; for a ranking its rank, at most a tenth beyond the cut.
struct NearMiss {
  std::string what;  ///< the question, score or ranking
  std::string now, wanted;
};
std::optional<NearMiss> near_miss(const rules::CountyScreening& screening,
                                  const model::VillageLedger& village);

}  // namespace taizhang::report
