#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/period.hpp"
#include "report/state.hpp"

namespace taizhang::report {

// The points of one township in one period, term by term, and what they rest on.

/// A record that a term counts.
struct Counted {
  std::string path;
  Span at;
  std::string village;  ///< empty: the township's own
  std::string what;     ///< a task's or a period's name, or a finding's text
  std::optional<Date> date;
  std::optional<Date> deadline;  ///< of a report
};

/// What a term found, before any weight.
struct TermCount {
  const model::RankTerm* term = nullptr;
  std::int64_t part = 0, whole = 0;  ///< 进度: closed of all; 质量: at the first go of applied for
  double percent = 100;              ///< 进度: what is wanted by now
  std::int64_t times = 0;            ///< all others
  std::int64_t possible = 0;         ///< 按时报送: how many there could be
  std::optional<std::int64_t> deadline_days;  ///< of reports: the term's, else the county's
  std::vector<Counted> records;
};

/// Points in hundredths, rounded half away from zero; `weight` multiplies points and cap.
std::int64_t points_of(const TermCount& count, double weight = 1);

struct TownshipScore {
  std::string township;
  std::vector<TermCount> terms;  ///< in the order of the rule set

  std::int64_t total() const;
};

/// Nothing when the township has no listed village or none with tasks.
std::optional<TownshipScore> score_township(const CountyState& state,
                                            const model::TownshipLedger& township,
                                            const model::RuleSet& rules, const Period& period,
                                            const Occasion& occasion);

/// What 进度 is measured by on the day: of the quotas of the round that of the latest period that has begun,
/// else the first one; without any the share of the round that has passed.
double quota_on(const model::RuleSet& rules, std::string_view term, const Occasion& occasion);

/// Whether an order would stand, and which townships cannot be told apart with confidence.
struct Stability {
  bool stands = true;
  std::vector<std::size_t> groups;  ///< of each township, 0 for the first group
};

/// Tries a weight 10 % up or down, and one report on time more or less. Where one makes a township that
/// is ahead no longer ahead, all between the two are one group; equal ones are one group anyway, and
/// the order does not stand when they come apart.
Stability stability(const std::vector<TownshipScore>& in_order);

}  // namespace taizhang::report
