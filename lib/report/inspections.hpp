#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// Inspections and meetings of the round with what they found: against the plan, one by one, and
/// every finding with its answer, open ones first.
class InspectionReport {
 public:
  InspectionReport(const Occasion& occasion, std::string_view place);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  void plan(const CountyState& state);
  void inspections(const CountyState& state);
  void findings(const CountyState& state);

  const Occasion& occasion_;
  Report report_;
  Table plan_, inspections_, open_, answered_;
};

/// The first reply to a finding up to the day; nullptr while it is open.
const model::Reply* reply_to(const model::CountyLedger& county, const std::string& finding,
                             Date as_of);

}  // namespace taizhang::report
