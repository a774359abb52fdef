#include "report_kinds.hpp"

#include <array>

#include "report/brief.hpp"
#include "report/period_report.hpp"
#include "report/task_ledger.hpp"

namespace taizhang::cmd {

namespace {

constexpr std::array kinds{
    ReportKind{"halfmonth", "halfmonth", PeriodKind::half_month},
    ReportKind{"biweekly", "halfmonth", PeriodKind::half_month},
    ReportKind{"半月报", "halfmonth", PeriodKind::half_month},
    ReportKind{"month", "month", PeriodKind::month},
    ReportKind{"月报", "month", PeriodKind::month},
    ReportKind{"quarter", "quarter", PeriodKind::quarter},
    ReportKind{"季报", "quarter", PeriodKind::quarter},
    ReportKind{"year", "year", PeriodKind::year},
    ReportKind{"年报", "year", PeriodKind::year},
    ReportKind{"brief", "brief"},
    ReportKind{"简报", "brief"},
    ReportKind{"ledger", "ledger"},
    ReportKind{"台账", "ledger"},
};

template <class Report>
report::Report filled(Session& session, Reading& reading, Report report) {
  for_each_county(session, reading, [&](const auto& state) { report.add(state); });
  return std::move(report).finish();
}

}  // namespace

std::span<const ReportKind> report_kinds() { return kinds; }

report::Report make_report(Session& session, Reading& reading, const ReportWanted& wanted) {
  const std::string place = reading.place_name();
  const report::Occasion& occasion = reading.occasion;
  if (wanted.period)
    return filled(session, reading, report::PeriodReport{occasion, *wanted.period, place});
  if (wanted.kind == "brief") return filled(session, reading, report::Brief{occasion, place});
  return filled(session, reading, report::TaskLedger{occasion, place, wanted.level});
}

}  // namespace taizhang::cmd
