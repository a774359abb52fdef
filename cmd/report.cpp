#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "base/text.hpp"
#include "reading.hpp"
#include "report/brief.hpp"
#include "report/period_report.hpp"
#include "report/task_ledger.hpp"

namespace taizhang::cmd {

namespace {

struct ReportOptions : ReadingOptions {
  std::string kind;
  std::optional<Period> period;
  std::string level = "县";
};

/// A kind of report by the names it has; those with a period are of one kind of period.
struct KindName {
  std::string_view name;
  std::string_view kind;
  std::optional<PeriodKind> period = {};
};

constexpr std::array names{
    KindName{"halfmonth", "halfmonth", PeriodKind::half_month},
    KindName{"biweekly", "halfmonth", PeriodKind::half_month},
    KindName{"半月报", "halfmonth", PeriodKind::half_month},
    KindName{"month", "month", PeriodKind::month},
    KindName{"月报", "month", PeriodKind::month},
    KindName{"quarter", "quarter", PeriodKind::quarter},
    KindName{"季报", "quarter", PeriodKind::quarter},
    KindName{"year", "year", PeriodKind::year},
    KindName{"年报", "year", PeriodKind::year},
    KindName{"brief", "brief"},
    KindName{"简报", "brief"},
    KindName{"ledger", "ledger"},
    KindName{"台账", "ledger"},
};

Exit unknown_kind(Session& session, const std::string& kind) {
  std::vector<std::string_view> known;
  for (const KindName& each : names) known.push_back(each.name);
  Diagnostic diagnostic;
  diagnostic.code = "report-unknown";
  diagnostic.facts = {{"kind", kind}, {"nearest", std::string{nearest(kind, known).value_or("")}}};
  session.complain(diagnostic);
  return Exit::usage;
}

template <class Report>
Exit fill(Session& session, Reading& reading, Report report, const Output& format) {
  for_each_county(session, reading, [&](const auto& state) { report.add(state); });
  session.emit(std::move(report).finish(), format);
  return reading.exit;
}

/// The period asked for, else the last one of the kind that is over on the day.
tl::expected<Period, Exit> period_wanted(Session& session, const ReportOptions& options,
                                         PeriodKind kind) {
  const Date day = options.as_of.value_or(session.today());
  if (!options.period) {
    const Period current = period_of(day, kind);
    return current.last == day ? current : previous_period(current);
  }
  if (options.period->kind == kind && options.period->first <= session.today())
    return *options.period;
  Diagnostic diagnostic;
  diagnostic.code = "period-in-future";
  if (options.period->kind != kind)
    diagnostic.code =
        kind == PeriodKind::half_month ? "period-not-half-month" : "period-kind-differs";
  diagnostic.facts = {{"period", period_name(*options.period)},
                      {"today", format_date(session.today())},
                      {"wanted", period_name(period_of(options.period->first, kind))}};
  session.complain(diagnostic);
  return tl::unexpected{Exit::usage};
}

}  // namespace

Runner declare_report(Arguments& args) {
  auto options = std::make_shared<ReportOptions>();
  args.positional("KIND", options->kind);
  args.positional("PLACE", options->place, Need::optional);
  declare_reading(args, *options);
  args.option("--period", options->period);
  args.choice("--level", options->level, {"县", "镇", "村"});
  return [options](Session& session) {
    const auto named = std::ranges::find(names, options->kind, &KindName::name);
    if (named == names.end()) return unknown_kind(session, options->kind);
    std::optional<Period> period;
    if (named->period) {
      const auto asked = period_wanted(session, *options, *named->period);
      if (!asked) return asked.error();
      period = *asked;
      if (!options->as_of) options->as_of = std::min(session.today(), period->last);
    }
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    const std::string place = reading->place_name();
    if (period)
      return fill(session, *reading, report::PeriodReport{reading->occasion, *period, place},
                  options->format);
    if (named->kind == "brief")
      return fill(session, *reading, report::Brief{reading->occasion, place}, options->format);
    const auto level = *model::from_term<model::Level>(options->level);
    return fill(session, *reading, report::TaskLedger{reading->occasion, place, level},
                options->format);
  };
}

}  // namespace taizhang::cmd
