#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "model/ledger.hpp"

namespace taizhang::rules {

/// An answer as a person types it, in the type that the question wants: 是/否 (or true/false),
/// numbers, a choice, a date, counts as `valid=58,satisfied=34`. Diagnostics: answer-bad,
/// answer-question-unknown.
tl::expected<model::Answer, Diagnostic> read_answer(const model::RuleSet& rules,
                                                    std::string_view question,
                                                    std::string_view text);

}  // namespace taizhang::rules
