#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// Every round in which a village was decided on or has other records, with what became of it:
/// listed, listed again, relapsed, delisted, carried over (`list --history`); and former codes.
class HistoryReport {
 public:
  HistoryReport(const Occasion& occasion, std::string_view place);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  void add_village(const CountyState& state, const VillageState& village);

  const Occasion& occasion_;
  Coverage coverage_;
  Report report_;
  Table former_;
};

}  // namespace taizhang::report
