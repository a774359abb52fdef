#include "report/submissions.hpp"

#include <algorithm>

namespace taizhang::report {

Submitted submitted(const model::CountyLedger& county, const model::TownshipLedger& township,
                    const Period& period, Date received) {
  Submitted made{period, Handed::missing, nullptr};
  const std::string name = period_name(period);
  for (const model::Submission& each : township.submissions)
    if (each.period == name && each.date && *each.date <= received &&
        (!made.submission || *each.date < *made.submission->date))
      made.submission = &each;
  const auto days = county.info.deadline_days;
  const auto deadline =
      days ? std::optional{add_days(period.last, static_cast<int>(*days))} : std::nullopt;
  if (made.submission) {
    if (!deadline) made.state = Handed::in;
    else made.state = *made.submission->date <= *deadline ? Handed::on_time : Handed::late;
  } else if (!township.complete) {
    made.state = Handed::unknown;
  } else if (received <= deadline.value_or(period.last)) {
    made.state = Handed::not_due;
  }
  return made;
}

std::optional<PeriodKind> reporting_kind(const model::CountyLedger& county) {
  if (!county.info.rhythm) {
    const bool any = std::ranges::any_of(
        county.townships, [](const auto& township) { return !township.submissions.empty(); });
    return any ? std::optional{PeriodKind::half_month} : std::nullopt;
  }
  return *county.info.rhythm == model::Rhythm::half_month ? PeriodKind::half_month
                                                          : PeriodKind::month;
}

std::vector<Period> reporting_periods(const model::CountyLedger& county, const Period& within,
                                      Date as_of) {
  std::vector<Period> periods;
  const auto kind = reporting_kind(county);
  if (!kind) return periods;
  for (Period each = period_of(within.first, *kind); each.last <= within.last && each.last <= as_of;
       each = next_period(each))
    if (each.first >= within.first) periods.push_back(each);
  return periods;
}

}  // namespace taizhang::report
