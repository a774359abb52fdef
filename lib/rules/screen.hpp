#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"
#include "rules/answers.hpp"

namespace taizhang::rules {

/// Unknown is not No.
enum class Truth : std::uint8_t { no, yes, unknown };

enum class Verdict : std::uint8_t { listed, not_listed, undecided };

/// 列入 不列入 无法判断.
std::string_view term(Verdict verdict);

/// What one criterion says of one village.
struct CriterionResult {
  const model::Criterion* criterion = nullptr;
  Truth truth = Truth::unknown;
  std::vector<const model::Question*> seen;     ///< questions whose answers it looked at
  std::vector<const model::Question*> missing;  ///< unanswered questions that keep it open
};

struct Screening {
  Verdict verdict = Verdict::undecided;
  std::vector<CriterionResult> criteria;  ///< all of the rule set, in its order

  /// Unanswered questions that keep the verdict open, each once; empty for a firm verdict.
  std::vector<const model::Question*> missing() const;
};

/// Screens one village: 列入 when any criterion with that effect holds, 无法判断 when none holds but one
/// is open, else 不列入 ("不设指标、不定比例,符合一个、认定一个", bulletin 2023, 扶风县).
/// An answer whose type is not the question's counts as unknown.
Screening screen(const model::RuleSet& rules, const AnswerSheet& answers);

/// True when the rule set judges settlements of that kind (`applies_to`, 村 unless it says more).
bool applies_to(const model::RuleSet& rules, model::Settlement kind);

/// Nothing when no question of the rule set has that id.
const model::Question* find_question(const model::RuleSet& rules, std::string_view id);

/// Whether the value is of the question's type, in its range and among its choices.
bool fits(const model::Question& question, const model::AnswerValue& value);

}  // namespace taizhang::rules
