#pragma once

#include <set>
#include <string>

#include "report/township_score.hpp"

namespace taizhang::report {

/// Townships of each county by their points (`rank`), term by term, with the records behind each
/// term; who cannot be ranked, and whether the order would stand a little change.
class Rank {
 public:
  Rank(const Occasion& occasion, const Period& period, std::string_view place);
  void add(const CountyState& state, const model::RuleSet& rules);
  Report finish() &&;

 private:
  void add_order(const CountyState& state, const model::RuleSet& rules,
                 const std::vector<TownshipScore>& scores);
  void add_terms(const CountyState& state, const std::vector<TownshipScore>& scores);
  void add_unranked(const CountyState& state, const std::vector<TownshipScore>& scores);

  const Occasion& occasion_;
  Period period_;
  Coverage coverage_;
  std::set<std::string> told_;  ///< scorings whose source stands in the notes
  Report report_;
};

}  // namespace taizhang::report
