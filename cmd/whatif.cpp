#include <fmt/format.h>

#include <memory>

#include "arguments.hpp"
#include "reading.hpp"
#include "report/trial.hpp"
#include "rules/check.hpp"
#include "rules/vary.hpp"

namespace taizhang::cmd {

namespace {

struct TrialOptions : ReadingOptions {
  std::string rules;
  std::vector<std::string> changes;
};

/// Makes the changes; complains about one that cannot be made or makes no sense.
bool change(Session& session, model::RuleSet& rules, const std::vector<std::string>& changes) {
  for (const std::string& each : changes) {
    const auto made = rules::vary(rules, each);
    if (!made) {
      session.complain(made.error());
      return false;
    }
  }
  if (changes.empty()) return true;
  const auto findings = rules::check_rules(rules);
  for (const auto& finding : findings) {
    Diagnostic diagnostic{finding.severity, finding.code, {}, finding.facts};
    session.complain(diagnostic);
  }
  return findings.empty();
}

}  // namespace

Runner declare_whatif(Arguments& args) {
  auto options = std::make_shared<TrialOptions>();
  args.positional("PLACE", options->place, Need::optional);
  args.option("--rules", options->rules);
  args.option("--set", options->changes);
  declare_reading(args, *options);
  return [options](Session& session) {
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    if (options->rules.empty() && options->changes.empty()) {
      Diagnostic diagnostic;
      diagnostic.code = "whatif-nothing";
      session.complain(diagnostic);
      return Exit::usage;
    }
    report::TrialReport trial{reading->occasion, reading->place_name(),
                              fmt::format("{}", fmt::join(options->changes, " "))};
    Exit exit = Exit::done;
    for_each_county(session, *reading, [&](const auto& state) {
      if (exit != Exit::done) return;
      const auto now = county_rules(session, *reading, *state.county);
      auto then = county_rules(session, *reading, *state.county, options->rules);
      if (!now || !then) return;
      if (change(session, *then, options->changes)) trial.add(state, *now, *then);
      else exit = Exit::usage;
    });
    if (exit != Exit::done) return exit;
    session.emit(std::move(trial).finish(), options->format, Places::shown);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
