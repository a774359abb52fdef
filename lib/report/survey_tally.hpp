#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "report/state.hpp"
#include "rules/screen.hpp"

namespace taizhang::report {

/// Who is heard, as in the keys of `survey.heard`.
inline constexpr std::array<std::string_view, 6> heard_groups{"village", "resident",   "contact",
                                                              "members", "households", "residents"};

/// A sum of which nothing may have been written down.
struct Sum {
  std::optional<std::int64_t> value;

  void add(std::int64_t more) { value = value.value_or(0) + more; }
  Content content() const { return value ? Content{*value} : Content{Missing{}}; }
};

/// Villages of a township, a contact point or a county.
struct SurveyedArea {
  std::int64_t villages = 0;
  std::int64_t visited = 0;
  std::int64_t decided = 0;               ///< by a 审定, or neither a hit nor nominated
  std::map<std::string_view, Sum> heard;  ///< by group
  Sum households, members;                ///< in all

  void add(const SurveyedArea& other);
};

/// Answers to one question.
struct Answered {
  std::int64_t given = 0;
  std::int64_t self_check = 0;  ///< of those, only a 自查 says so
  std::int64_t open = 0;        ///< it arises and is not answered
  std::optional<Date> oldest, latest;
};

/// What the surveys of a county's villages in a round come to, up to the day.
struct SurveyTally {
  SurveyTally(const Occasion& occasion, const CountyState& state,
              const rules::CountyScreening& screening);

  SurveyedArea all;
  std::int64_t firm = 0;     ///< villages with a firm verdict
  std::int64_t waiting = 0;  ///< hit or nominated, and not decided on
  std::map<const model::TownshipLedger*, SurveyedArea> townships;
  std::map<std::pair<std::string_view, model::SurveyKind>, Sum> heard;  ///< by group and kind
  std::vector<Answered> questions;  ///< in the order of the rule set
  std::vector<const VillageState*> not_visited;

 private:
  void take(const Occasion& occasion, const VillageState& village,
            const rules::CountyScreening& screening);
  void take_answers(const model::VillageLedger& ledger, const rules::CountyScreening& screening);
};

}  // namespace taizhang::report
