#pragma once

#include <vector>

#include "base/period.hpp"
#include "report/origin.hpp"
#include "report/state.hpp"

namespace taizhang::report {

/// What an office has to do besides its tasks: 四个一 to be completed, reports of the last period to
/// be handed in, findings of inspections to be answered, villages to be looked at again after 摘牌.
class Reminders {
 public:
  /// Follow-ups that fall due in so many days are told beside those past due.
  Reminders(const Occasion& occasion, int soon_days, bool for_feed = false);

  /// 四个一, open findings and follow-ups of one village.
  void add_village(const CountyState& state, const VillageState& village);
  /// Reports of the townships, and findings about no village in particular.
  void add_county(const CountyState& state);

  std::int64_t missing_ones() const { return static_cast<std::int64_t>(support_.rows.size()); }

  /// Those that have rows.
  std::vector<Table> take() &&;

 private:
  void add_finding(const CountyState& state, const model::InspectionFinding& finding,
                   const VillageState* village);
  bool owes_reports(const CountyState& state, const model::TownshipLedger& township,
                    const Period& period) const;
  void add_duties(const CountyState& state, const VillageState& village);

  const Occasion& occasion_;
  int soon_days_;
  Origin origin_;
  Table support_, submissions_, findings_, duties_;
};

}  // namespace taizhang::report
