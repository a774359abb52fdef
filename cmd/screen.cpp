#include <memory>

#include "arguments.hpp"
#include "reading.hpp"
#include "report/screening.hpp"

namespace taizhang::cmd {

namespace {

struct ScreenOptions : ReadingOptions {
  std::string rules;
};

}  // namespace

Runner declare_screen(Arguments& args) {
  auto options = std::make_shared<ScreenOptions>();
  args.positional("PLACE", options->place, Need::optional);
  declare_reading(args, *options);
  args.option("--rules", options->rules);
  return [options](Session& session) {
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    if (const auto refused = refuse_unknown_rules(session, *reading, options->rules))
      return *refused;
    report::ScreeningReport screening{reading->occasion, reading->place_name()};
    for_each_county(session, *reading, [&](const auto& state) {
      const auto rules = county_rules(session, *reading, *state.county, options->rules);
      if (rules) screening.add(state, *rules);
    });
    session.emit(std::move(screening).finish(), options->format, Places::shown);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
