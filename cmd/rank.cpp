#include "report/rank.hpp"

#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "reading.hpp"
#include "rules/check_scoring.hpp"
#include "store/rule_files.hpp"

namespace taizhang::cmd {

namespace {

constexpr std::string_view shipped = "ranking-illustration";

struct RankOptions : ReadingOptions {
  std::optional<Period> period;
  std::string rules;
};

/// The scoring the county names, `wanted`, or the shipped illustration; complains and gives nothing
/// when it cannot be used.
std::optional<model::RuleSet> scoring_of(Session& session, Reading& reading,
                                         const model::CountyLedger& county,
                                         const std::string& wanted) {
  std::string id = wanted.empty() ? std::string{county.info.scoring} : wanted;
  if (id.empty()) id = shipped;
  store::LoadedRules loaded = store::load_rules(*reading.workspace.tree, id);
  Diagnostics errors;
  for (Diagnostic& each : loaded.diagnostics)
    if (each.severity == Severity::error) errors.push_back(std::move(each));
  if (loaded.rules && loaded.source)
    for (const model::Finding& finding : rules::check_scoring(*loaded.rules))
      errors.push_back(store::locate(*loaded.source, finding));
  if (loaded.rules && loaded.rules->terms.empty()) {
    Diagnostic diagnostic;
    diagnostic.code = "scoring-empty";
    diagnostic.place.path = loaded.rules->path;
    diagnostic.facts = {{"rules", id}};
    errors.push_back(std::move(diagnostic));
  }
  session.complain(errors);
  if (loaded.rules && errors.empty()) return std::move(loaded.rules);
  reading.exit = worst(reading.exit, Exit::unreadable);
  return std::nullopt;
}

/// The month asked for, else the last one that is over on the day.
tl::expected<Period, Exit> period_wanted(Session& session, const RankOptions& options) {
  const Date day = options.as_of.value_or(session.today());
  if (!options.period) {
    const Period current = period_of(day, PeriodKind::month);
    return current.last == day ? current : previous_period(current);
  }
  if (options.period->first <= session.today()) return *options.period;
  Diagnostic diagnostic;
  diagnostic.code = "period-in-future";
  diagnostic.facts = {{"period", period_name(*options.period)},
                      {"today", format_date(session.today())}};
  session.complain(diagnostic);
  return tl::unexpected{Exit::usage};
}

}  // namespace

Runner declare_rank(Arguments& args) {
  auto options = std::make_shared<RankOptions>();
  args.positional("PLACE", options->place, Need::optional);
  declare_reading(args, *options);
  args.option("--period", options->period);
  args.option("--rules", options->rules);
  return [options](Session& session) {
    const auto period = period_wanted(session, *options);
    if (!period) return period.error();
    if (!options->as_of) options->as_of = std::min(session.today(), period->last);
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    if (const auto refused = refuse_period(session, *reading, *period, options->round))
      return *refused;
    if (const auto refused = refuse_unknown_rules(session, *reading, options->rules))
      return *refused;
    report::Rank rank{reading->occasion, *period, reading->place_name()};
    for_each_county(session, *reading, [&](const report::CountyState& state) {
      const auto rules = scoring_of(session, *reading, *state.county, options->rules);
      if (rules) rank.add(state, *rules);
    });
    session.emit(std::move(rank).finish(), options->format, Places::shown);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
