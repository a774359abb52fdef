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
  const Occasion& occasion_;
  Coverage coverage_;
  Report report_;
};

}  // namespace taizhang::report
