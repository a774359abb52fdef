#pragma once

#include <string>
#include <string_view>

#include "document/merge.hpp"

namespace taizhang::store {

/// What makes a record the same one in two versions of a ledger: its id, the round of a round, the day,
/// kind and author of a survey … Empty for entries, people in charge and all others that are
/// what they say.
std::string record_identity(std::string_view kind, const document::Table& record);

/// The task that a record belongs to; empty where there is none.
std::string record_task(std::string_view kind, const document::Table& record);

/// The day a record is of; empty where there is none.
std::string record_day(std::string_view kind, const document::Table& record);

/// What people call it: `T2`, `T2 进展 2023-06-12`, `2023-03-14 走访`.
std::string record_name(std::string_view kind, const document::Table& record);

/// How ledgers are merged.
document::MergeRules merge_rules();

}  // namespace taizhang::store
