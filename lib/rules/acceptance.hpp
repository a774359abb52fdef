#pragma once

#include <optional>
#include <vector>

#include "rules/score.hpp"

namespace taizhang::rules {

// An acceptance sheet is a rule set: its questions are the items, a score adds them up, knock-outs
// fail outright, and each band of the score says how the acceptance ends. A poll called `votes` is
// answered by the key `votes` of the record, everything else by `scores`.

inline constexpr std::string_view votes_question = "votes";

/// The score that decides; nullptr when the rule set is no acceptance sheet.
const model::Score* sheet_score(const model::RuleSet& rules);

/// What a sheet says of one acceptance.
struct SheetVerdict {
  std::optional<model::AcceptanceResult> result;  ///< nothing while something is missing
  Reach total;
  const model::Knockout* knocked_out = nullptr;
  std::vector<const model::Question*> missing;  ///< every item is to be filled in
};

/// Expects a sheet. A score that does not fit its item counts as missing.
SheetVerdict judge_acceptance(const model::RuleSet& sheet, const model::Acceptance& step, Date day);

/// What is wrong with a step that names this rule set as its sheet.
/// Findings: acceptance-sheet-unfit, acceptance-item-unknown, acceptance-score-unfit,
/// acceptance-score-missing, acceptance-result-differs.
model::Findings check_acceptance(const model::RuleSet& sheet, const model::Acceptance& step);

}  // namespace taizhang::rules
