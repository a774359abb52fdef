#include "report/delta.hpp"

#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "base/typed.hpp"
#include "remake.hpp"

namespace taizhang::cmd {

namespace {

struct DeltaOptions : ReadingOptions {
  std::string before;
  std::string after;
  std::string reported;
};

/// A day, or the end of a period, and what it is called.
struct Moment {
  Date day;
  std::string name;
  std::optional<Period> period = {};
};

std::optional<Moment> moment(Session& session, const std::string& word) {
  if (const auto day = typed_date(word)) return Moment{*day, format_date(*day)};
  if (const auto period = parse_period(half_width(word)))
    return Moment{period->last, period_name(*period), period};
  Diagnostic diagnostic;
  diagnostic.code = "bad-moment";
  diagnostic.facts = {{"value", word}};
  session.complain(diagnostic);
  return std::nullopt;
}

Exit refuse_order(Session& session, const Moment& before, const Moment& after) {
  Diagnostic diagnostic;
  diagnostic.code = "delta-order";
  diagnostic.facts = {{"before", before.name}, {"after", after.name}};
  session.complain(diagnostic);
  return Exit::usage;
}

/// What the files now say differently from a report that was handed out.
tl::expected<report::Table, Exit> restatements(Session& session, const std::string& file) {
  const auto old = read_old_report(session, file);
  if (!old) return tl::unexpected{old.error()};
  if (!old->sidecar) {
    session.complain({Severity::error, "delta-needs-sidecar", {}, {{"file", file}}});
    return tl::unexpected{Exit::usage};
  }
  auto reading = open_for(session, old->header);
  if (!reading) return tl::unexpected{reading.error()};
  report::Table table = differences(session, *old->sidecar, remake(session, *reading, *old).report);
  table.id = "restated";
  table.title = {"delta.restated", {{"file", file}}};
  return table;
}

}  // namespace

Runner declare_delta(Arguments& args) {
  auto options = std::make_shared<DeltaOptions>();
  args.positional("P1", options->before);
  args.positional("P2", options->after);
  args.positional("PLACE", options->place, Need::optional);
  args.option("--round", options->round);
  args.option("--reported", options->reported);
  declare_revision(args, *options);
  declare_output(args, options->format);
  return [options](Session& session) {
    const auto before = moment(session, options->before);
    if (!before) return Exit::usage;
    const auto after = moment(session, options->after);
    if (!after) return Exit::usage;
    if (before->day >= after->day || before->day >= session.today())
      return refuse_order(session, *before, *after);
    options->as_of = std::min(after->day, session.today());
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    if (after->period)
      if (const auto refused = refuse_period(session, *reading, *after->period, options->round))
        return *refused;
    report::Occasion earlier = reading->occasion;
    earlier.as_of = before->day;
    report::Delta delta{earlier, reading->occasion, before->name, after->name,
                        reading->place_name()};
    for_each_county(session, *reading, [&](const report::CountyState& state) {
      report::CountyState was = report::replay_county(*state.loaded, earlier);
      report::narrow(was, reading->township, reading->village);
      delta.add(was, state);
    });
    report::Report report = std::move(delta).finish();
    if (!options->reported.empty()) {
      auto table = restatements(session, options->reported);
      if (!table) return table.error();
      report.tables.push_back(std::move(*table));
    }
    session.emit(report, options->format, Places::shown);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
