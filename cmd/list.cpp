#include "report/list.hpp"

#include <memory>

#include "arguments.hpp"
#include "reading.hpp"
#include "report/grid.hpp"
#include "report/history.hpp"

namespace taizhang::cmd {

namespace {

struct ListOptions : ReadingOptions {
  bool grid = false;
  bool history = false;
};

}  // namespace

Runner declare_list(Arguments& args) {
  auto options = std::make_shared<ListOptions>();
  args.positional("PLACE", options->place, Need::optional);
  args.flag("--grid", options->grid);
  args.flag("--history", options->history);
  declare_reading(args, *options);
  return [options](Session& session) {
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    if (options->grid) {
      report::GridReport grid{reading->occasion, reading->place_name()};
      for_each_county(session, *reading, [&](const auto& state) { grid.add(state); });
      session.emit(std::move(grid).finish(), options->format);
      return reading->exit;
    }
    if (options->history) {
      report::HistoryReport history{reading->occasion, reading->place_name()};
      for_each_county(session, *reading, [&](const auto& state) { history.add(state); });
      session.emit(std::move(history).finish(), options->format);
      return reading->exit;
    }
    report::ListReport list{reading->occasion, reading->place_name()};
    for_each_county(session, *reading, [&](const auto& state) { list.add(state); });
    session.emit(std::move(list).finish(), options->format);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
