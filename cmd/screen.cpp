#include <memory>

#include "arguments.hpp"
#include "reading.hpp"
#include "report/chain_report.hpp"
#include "report/screening.hpp"
#include "report/survey_coverage.hpp"

namespace taizhang::cmd {

namespace {

struct ScreenOptions : ReadingOptions {
  std::string rules;
  bool coverage = false;
  bool chain = false;
};

/// Adds each county of the place, with its rules, to a report of that kind.
template <class Report>
Exit run(Session& session, Reading& reading, const ScreenOptions& options) {
  Report report{reading.occasion, reading.place_name()};
  for_each_county(session, reading, [&](const auto& state) {
    const auto rules = county_rules(session, reading, *state.county, options.rules);
    if (rules) report.add(state, *rules);
  });
  session.emit(std::move(report).finish(), options.format, Places::shown);
  return reading.exit;
}

}  // namespace

Runner declare_screen(Arguments& args) {
  auto options = std::make_shared<ScreenOptions>();
  args.positional("PLACE", options->place, Need::optional);
  declare_reading(args, *options);
  args.option("--rules", options->rules);
  args.flag("--coverage", options->coverage);
  args.flag("--chain", options->chain);
  return [options](Session& session) {
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    if (options->coverage) return run<report::SurveyCoverageReport>(session, *reading, *options);
    if (options->chain) return run<report::ChainReport>(session, *reading, *options);
    return run<report::ScreeningReport>(session, *reading, *options);
  };
}

}  // namespace taizhang::cmd
