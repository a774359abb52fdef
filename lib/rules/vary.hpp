#pragma once

#include <string_view>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "model/ledger.hpp"

namespace taizhang::rules {

/// Changes one threshold of a rule set: `ID.KEY=VALUE`, where ID is a question (KEY: one of the
/// comparisons that conditions make with its answer; older_than takes `3m` or `90d`), a band
/// (`from`) or a ranking (`count`, `share`).
/// Diagnostics: change-unreadable, change-unknown-id, change-unknown-key, change-bad-value.
tl::expected<void, Diagnostic> vary(model::RuleSet& rules, std::string_view change);

}  // namespace taizhang::rules
