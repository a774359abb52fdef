#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// Who is not yet responsible for what: listed villages without all 四个一, and where there is a
/// 四化包联 grid, townships outside it and villages and communities without a district unit.
class Gaps {
 public:
  Gaps(const Occasion& occasion, std::string_view place);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  void add_outside(const CountyState& state);

  const Occasion& occasion_;
  Coverage coverage_;
  std::int64_t listed_ = 0, complete_ = 0;    ///< villages that need their 四个一, and have them
  std::int64_t gridded_ = 0, with_unit_ = 0;  ///< settlements of counties with a grid
  Report report_;
  Table support_, grid_, outside_;
};

/// The roles of the 四个一 that are missing, for a cell.
Names missing_roles(const model::VillageLedger& village, Date day);

}  // namespace taizhang::report
