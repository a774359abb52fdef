#pragma once

#include <map>
#include <string_view>

#include "model/ledger.hpp"

namespace taizhang::rules {

/// An answer that counts, and where it comes from.
struct AnswerInForce {
  const model::Answer* answer = nullptr;
  const model::Survey* survey = nullptr;
  bool self_check = false;  ///< only the village's 自查 says so
};

/// By question id.
using AnswerSheet = std::map<std::string_view, AnswerInForce>;

/// Question by question the answer of the latest 走访, 回访 or 问卷 of the round up to the day; where
/// those are silent, that of the latest 自查.
AnswerSheet answers_in_force(const model::VillageLedger& village, std::int64_t round, Date as_of);

/// Visited: a 走访 or 回访 in the round up to the day.
bool is_visited(const model::VillageLedger& village, std::int64_t round, Date as_of);

}  // namespace taizhang::rules
