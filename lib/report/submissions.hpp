#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/period.hpp"
#include "model/ledger.hpp"

namespace taizhang::report {

/// What became of a township's report for one period.
enum class Handed : std::uint8_t {
  in,       ///< 已报: there, and the county names no deadline
  on_time,  ///< 按时
  late,     ///< 迟报
  missing,  ///< 未报
  not_due,  ///< 未到期: not there, and the deadline, else the period's end, is still to come
  unknown,  ///< not there, but the township's ledger cannot be read completely
};

struct Submitted {
  Period period;
  Handed state{};
  const model::Submission* submission = nullptr;  ///< the one that counts: the first handed in
};

/// How the township handed in for that period, as known on the day `received`, which may be long after
/// the period's end. A submission dated later does not exist; the deadline is `deadline_days` after the
/// period's end, that day included.
Submitted submitted(const model::CountyLedger& county, const model::TownshipLedger& township,
                    const Period& period, Date received);

/// How often townships of the county report: as it says, else every half-month; nothing when it does
/// not say and no township ever did.
std::optional<PeriodKind> reporting_kind(const model::CountyLedger& county);

/// The county's reporting periods that end in `within` and are over on the day; none without a
/// reporting_kind.
std::vector<Period> reporting_periods(const model::CountyLedger& county, const Period& within,
                                      Date as_of);

}  // namespace taizhang::report
