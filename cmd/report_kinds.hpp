#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/period.hpp"
#include "reading.hpp"

namespace taizhang::cmd {

/// A kind of report by one of its names; those with a period are of one kind of period.
struct ReportKind {
  std::string_view name;
  std::string_view kind;  ///< halfmonth month quarter year brief ledger
  std::optional<PeriodKind> period = {};
};

/// The main name of each kind comes first.
std::span<const ReportKind> report_kinds();

/// What a report is to tell, besides the place and the day of the reading.
struct ReportWanted {
  std::string_view kind;
  std::optional<Period> period = {};
  model::Level level = model::Level::county;
};

/// Goes through the counties of the reading and makes the report.
report::Report make_report(Session& session, Reading& reading, const ReportWanted& wanted);

}  // namespace taizhang::cmd
