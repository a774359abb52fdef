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

/// What `report --due` is told.
struct DueOptions {
  std::string folder;     ///< where the reports are kept
  std::string_view kind;  ///< one kind only; empty: all that have a period
  Output format;
  bool restate = false;  ///< a report that would differ is written anew beside the old
};

/// Writes the reports of all periods that are over since the first round began and are not there yet.
/// Silent when all is well; nothing that stands there is changed. Complains: due-needs-round,
/// due-differs, due-restated, due-unreadable.
Exit write_due(Session& session, Reading& reading, const DueOptions& options);

}  // namespace taizhang::cmd
