#pragma once

#include "model/ledger.hpp"

namespace taizhang::rules {

/// What is wrong with the terms and quotas of a rule set by which townships are ranked.
/// Findings: rule-duplicate-id, scoring-quota-term, scoring-quota-percent, scoring-quota-twice,
/// scoring-cap, scoring-key-unused.
model::Findings check_scoring(const model::RuleSet& rules);

}  // namespace taizhang::rules
