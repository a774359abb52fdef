#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "base/text.hpp"
#include "proof.hpp"
#include "reading.hpp"
#include "report_due.hpp"
#include "report_kinds.hpp"

namespace taizhang::cmd {

namespace {

constexpr std::string_view every_kind = "all";
constexpr std::int64_t most_days = 366;  // that a report may wait

struct ReportOptions : ReadingOptions {
  std::string kind;
  std::optional<Period> period;
  std::string level = "县";
  bool due = false;
  bool restate = false;
  std::optional<std::int64_t> wait;
  bool sidecar = false;
};

Exit unknown_kind(Session& session, const std::string& kind) {
  std::vector<std::string_view> known;
  for (const ReportKind& each : report_kinds()) known.push_back(each.name);
  Diagnostic diagnostic;
  diagnostic.code = "report-unknown";
  diagnostic.facts = {{"kind", kind}, {"nearest", std::string{nearest(kind, known).value_or("")}}};
  session.complain(diagnostic);
  return Exit::usage;
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

Exit missing_word(Session& session, std::string_view code, Facts facts) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.facts = std::move(facts);
  session.complain(diagnostic);
  return Exit::usage;
}

/// `report [KIND] --due -o FOLDER`, for cron.
Exit due(Session& session, ReportOptions& options, const ReportKind* kind) {
  if (kind && !kind->period)
    return missing_word(session, "due-kind", {{"kind", std::string{kind->name}}});
  if (options.wait && (*options.wait < 0 || *options.wait > most_days))
    return missing_word(session, "due-wait", {{"value", std::to_string(*options.wait)}});
  if (!options.format.to_file())
    return missing_word(session, "missing-option", {{"option", "-o"}, {"command", "report"}});
  DueOptions wanted;
  wanted.folder = options.format.file;
  wanted.kind = kind ? kind->kind : "";
  wanted.format = options.format;
  wanted.format.file.clear();
  wanted.restate = options.restate;
  wanted.wait = static_cast<int>(options.wait.value_or(0));
  options.format.file.clear();  // a folder, whose name says nothing
  auto reading = open_reading(session, options);
  if (!reading) return reading.error();
  return write_due(session, *reading, wanted);
}

Exit write(Session& session, Reading& reading, const ReportWanted& wanted,
           const ReportOptions& options) {
  if (!options.sidecar) {
    session.emit(make_report(session, reading, wanted), options.format);
    return reading.exit;
  }
  Proof proof{reading};
  const report::Report report = make_report(session, reading, wanted);
  return worst(reading.exit, write_with_sidecar(session, proof,
                                                header_of(session, reading, wanted, options.format),
                                                report, options.format));
}

}  // namespace

Runner declare_report(Arguments& args) {
  auto options = std::make_shared<ReportOptions>();
  args.positional("KIND", options->kind, Need::optional);
  for (const ReportKind& each : report_kinds()) args.offer(each.name);
  args.positional("PLACE", options->place, Need::optional);
  declare_reading(args, *options);
  args.option("--period", options->period);
  args.choice("--level", options->level, {"县", "镇", "村"});
  args.flag("--due", options->due);
  args.flag("--restate", options->restate);
  args.option("--wait", options->wait);
  args.flag("--sidecar", options->sidecar);
  return [options](Session& session) {
    const auto kinds = report_kinds();
    const auto named = std::ranges::find(kinds, options->kind, &ReportKind::name);
    const bool all = options->due && (options->kind.empty() || options->kind == every_kind);
    if (!all && options->kind.empty())
      return missing_word(session, "missing-argument", {{"word", "KIND"}, {"command", "report"}});
    if (!all && named == kinds.end()) return unknown_kind(session, options->kind);
    options->format.proves = options->sidecar;
    if (options->due) return due(session, *options, all ? nullptr : &*named);
    if (options->sidecar && !options->format.to_file())
      return missing_word(session, "missing-option", {{"option", "-o"}, {"command", "report"}});
    std::optional<Period> period;
    std::optional<Date> received;
    const std::optional<Date> known_on = options->as_of.value_or(session.today());
    if (named->period) {
      const auto asked = period_wanted(session, *options, *named->period);
      if (!asked) return asked.error();
      period = *asked;
      if (!options->as_of) {  // reports are handed in after the period's end
        options->as_of = std::min(session.today(), period->last);
        received = session.today();
      }
    }
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    const auto& round = reading->occasion.dates;
    // No period of the round is over yet: the one that has begun says more than the year before.
    if (period && !options->period && round && period->last < *round->from &&
        *round->from <= *known_on) {
      period = period_of(*known_on, *named->period);
      options->as_of = known_on;
      reading = open_reading(session, *options);
      if (!reading) return reading.error();
    }
    if (period)
      if (const auto refused = refuse_period(session, *reading, *period, options->round))
        return *refused;
    reading->occasion.received = received;
    const auto level = *model::from_term<model::Level>(options->level);
    return write(session, *reading, {named->kind, period, level}, *options);
  };
}

}  // namespace taizhang::cmd
