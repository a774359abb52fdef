#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// Who covers what on the day: contact points, the groups of the 四化包联 grid, and the district unit
/// of every village and community.
class GridReport {
 public:
  GridReport(const Occasion& occasion, std::string_view place);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  void add_contacts(const CountyState& state);
  void add_groups(const CountyState& state);

  const Occasion& occasion_;
  Coverage coverage_;
  Report report_;
  Table contacts_, groups_, units_;
};

}  // namespace taizhang::report
