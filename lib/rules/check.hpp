#pragma once

#include <map>

#include "model/ledger.hpp"

namespace taizhang::rules {

/// What is wrong with a rule set as such.
/// Findings: rule-duplicate-id, rule-unknown-question, rule-wrong-operand, rule-unknown-count,
/// rule-choices-missing, rule-choice-twice, rule-range-useless, rule-range-empty, rule-circular,
/// rule-unknown-score, rule-unknown-ranking, rule-item-two-ways, rule-item-not-points,
/// rule-score-empty, rule-ranking-empty, rule-ranking-number, rule-ranking-share,
/// rule-rounding-missing, rule-within-village, rule-key-two-ways, rule-key-unordered,
/// rule-key-conditional, rule-band-result, rule-two-sheets, and what check_logic finds when these are all right.
model::Findings check_rules(const model::RuleSet& rules);

/// What a rule set says in vain: parts that no answers, or all answers, fulfil.
/// Findings: rule-never-holds, rule-always-holds, rule-bands-missing, rule-band-twice,
/// rule-band-gap, rule-band-unreachable.
model::Findings check_logic(const model::RuleSet& rules);

/// What is wrong with the answers of the surveys that name this rule set; with `is_default` also of
/// those that name none.
/// Findings: answer-unknown-question (warning), answer-does-not-fit.
model::Findings check_answers(const model::VillageLedger& village, const model::RuleSet& rules,
                              bool is_default = false);

/// Types of problems that the rule set does not have, but nearly.
/// Findings: problem-type-misspelt (warning).
model::Findings check_problem_types(const model::VillageLedger& village,
                                    const model::RuleSet& rules);

/// What a county's decisions (审定) say against the rule set, for those that name it or none: a village
/// that hits and is not listed, or is listed without a hit or before its verdict is clear, needs a
/// written reason. Findings: hit-not-listed, listed-without-hit, listed-undecided, step-criterion-unknown, step-criterion-not-met
/// (warning), rules-changed-since (note).
std::map<const model::VillageLedger*, model::Findings> check_decisions(
    const model::CountyLedger& county, const model::RuleSet& rules, Date today);

}  // namespace taizhang::rules
