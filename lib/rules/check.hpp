#pragma once

#include "model/ledger.hpp"

namespace taizhang::rules {

/// What is wrong with a rule set as such. Findings: rule-duplicate-id, rule-unknown-question,
/// rule-wrong-operand, rule-choices-missing, rule-range-empty, rule-circular.
model::Findings check_rules(const model::RuleSet& rules);

/// What is wrong with the answers of the surveys that name this rule set; with `is_default` also of
/// those that name none.
/// Findings: answer-unknown-question (warning), answer-does-not-fit.
model::Findings check_answers(const model::VillageLedger& village, const model::RuleSet& rules,
                              bool is_default = false);

}  // namespace taizhang::rules
