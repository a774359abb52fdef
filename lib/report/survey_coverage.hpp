#pragma once

#include "report/state.hpp"
#include "rules/screen.hpp"

namespace taizhang::report {

/// How far the survey has come (`screen --coverage`): villages visited and decided by township and
/// contact point, who was heard, who is not visited, which questions are unanswered and how old the
/// answers are. 一个不漏 only when every village was visited and decided.
class SurveyCoverageReport {
 public:
  SurveyCoverageReport(const Occasion& occasion, std::string_view place);
  void add(const CountyState& state, const model::RuleSet& rules);
  Report finish() &&;

 private:
  const Occasion& occasion_;
  Coverage coverage_;
  Report report_;
};

}  // namespace taizhang::report
