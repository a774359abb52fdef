#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "base/text.hpp"
#include "reading.hpp"
#include "report/brief.hpp"
#include "report/half_month.hpp"
#include "report/task_ledger.hpp"

namespace taizhang::cmd {

namespace {

struct ReportOptions : ReadingOptions {
  std::string kind;
  std::optional<Period> period;
  std::string level = "县";
};

struct KindName {
  std::string_view name;
  std::string_view kind;
};

constexpr std::array names{
    KindName{"halfmonth", "halfmonth"}, KindName{"biweekly", "halfmonth"},
    KindName{"半月报", "halfmonth"},    KindName{"brief", "brief"},
    KindName{"简报", "brief"},          KindName{"ledger", "ledger"},
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

/// The half-month asked for, else the last one that is over on the day.
tl::expected<Period, Exit> half_month(Session& session, const ReportOptions& options) {
  const Date day = options.as_of.value_or(session.today());
  if (!options.period) {
    const Period current = period_of(day, PeriodKind::half_month);
    return current.last == day ? current : previous_period(current);
  }
  if (options.period->kind == PeriodKind::half_month && options.period->first <= session.today())
    return *options.period;
  Diagnostic diagnostic;
  diagnostic.code =
      options.period->kind == PeriodKind::half_month ? "period-in-future" : "period-not-half-month";
  diagnostic.facts = {{"period", period_name(*options.period)},
                      {"today", format_date(session.today())}};
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
    const bool half_monthly = named->kind == "halfmonth";
    std::optional<Period> period;
    if (half_monthly) {
      const auto asked = half_month(session, *options);
      if (!asked) return asked.error();
      period = *asked;
      if (!options->as_of) options->as_of = std::min(session.today(), period->last);
    }
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    const std::string place = reading->place_name();
    if (half_monthly)
      return fill(session, *reading, report::HalfMonth{reading->occasion, *period, place},
                  options->format);
    if (named->kind == "brief")
      return fill(session, *reading, report::Brief{reading->occasion, place}, options->format);
    const auto level = *model::from_term<model::Level>(options->level);
    return fill(session, *reading, report::TaskLedger{reading->occasion, place, level},
                options->format);
  };
}

}  // namespace taizhang::cmd
