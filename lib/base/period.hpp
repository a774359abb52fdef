#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace taizhang {

enum class PeriodKind { half_month, month, quarter, year };

/// A reporting period, both ends included. Half-months are 1-15 and 16-end of the month.
struct Period {
  PeriodKind kind{};
  Date first{};
  Date last{};

  friend bool operator==(const Period&, const Period&) = default;
};

/// Understands `2023-06-H1`, `2023-06上`, `2023年6月上半月`, `2023-06`, `2023年6月`, `2023-Q2`,
/// `2023年第2季度`, `2023年二季度`, `2023` and `2023年`; nothing for anything else.
std::optional<Period> parse_period(std::string_view text);

/// The one name: `2023-06-H1`, `2023-06`, `2023-Q2` or `2023`.
std::string period_name(const Period& period);

/// The period of that kind which holds the day.
Period period_of(Date day, PeriodKind kind);

Period next_period(const Period& period);
Period previous_period(const Period& period);

}  // namespace taizhang
