#pragma once

#include <vector>

#include "base/period.hpp"
#include "report/state.hpp"

namespace taizhang::report {

/// What an office has to do besides its tasks: 四个一 to be completed, reports of the last period to
/// be handed in, findings of inspections to be answered.
class Reminders {
 public:
  explicit Reminders(const Occasion& occasion);

  /// 四个一 and open findings of one village.
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

  const Occasion& occasion_;
  Table support_, submissions_, findings_;
};

}  // namespace taizhang::report
