#pragma once

#include "report/state.hpp"
#include "rules/screen.hpp"

namespace taizhang::report {

/// What the rule set says of every village: each hit with its rule, answer and place, and what is
/// unanswered where the verdict is open. Does not judge what the county decided, only shows it.
class ScreeningReport {
 public:
  ScreeningReport(const Occasion& occasion, std::string_view place);
  void add(const CountyState& state, const model::RuleSet& rules);
  Report finish() &&;

 private:
  struct Tables;
  void add_village(const CountyState& state, const VillageState& village,
                   const rules::CountyScreening& screening, Tables& tables) const;
  void add_ranking(const CountyState& state, const rules::CountyScreening& screening,
                   std::size_t ranking);

  const Occasion& occasion_;
  Coverage coverage_;
  Report report_;
};

/// An answer as people write it: 是, 3, 34/58 (satisfied of valid), ….
Content answer_content(const model::Question& question, const model::AnswerValue& value);

}  // namespace taizhang::report
