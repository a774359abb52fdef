#pragma once

#include "model/ledger.hpp"

namespace taizhang::rules {

/// What is wrong with a rule set as such. Findings: rule-duplicate-id, rule-unknown-question,
/// rule-wrong-operand, rule-choices-missing, rule-range-empty, rule-circular.
model::Findings check_rules(const model::RuleSet& rules);

/// What is wrong with a village's answers under the rule set that each survey names.
/// Findings: answer-unknown-question (warning), answer-does-not-fit.
model::Findings check_answers(const model::VillageLedger& village, const model::RuleSet& rules);

}  // namespace taizhang::rules
