#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// The bulletin's figures side by side, a column for each county: what a county keeps no records of
/// prints 未填, never 0; how tasks stand is not in it.
class Brief {
 public:
  Brief(const Occasion& occasion, std::string_view place);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  Row& row(std::string_view label);
  void set(std::string_view label, Content value);
  void targets(const CountyState& state);

  const Occasion& occasion_;
  Coverage coverage_;
  Report report_;
  Table table_;
  std::vector<Row> rows_;  ///< a cell is added to each with each county
  std::size_t counties_ = 0;
};

}  // namespace taizhang::report
