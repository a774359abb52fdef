#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// Every village and community with its stage and its tasks in figures.
class ListReport {
 public:
  explicit ListReport(const Occasion& occasion, std::string_view place);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  /// Whether the village was listed before; the column stands there when one was.
  void add_again(Row& row, const workflow::VillageLife& life);

  const Occasion& occasion_;
  Coverage coverage_;
  Report report_;
  bool again_ = false;
};

}  // namespace taizhang::report
