#include "report/list.hpp"

#include <memory>

#include "arguments.hpp"
#include "reading.hpp"

namespace taizhang::cmd {

Runner declare_list(Arguments& args) {
  auto options = std::make_shared<ReadingOptions>();
  args.positional("PLACE", options->place, Need::optional);
  declare_reading(args, *options);
  return [options](Session& session) {
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    report::ListReport list{reading->occasion, reading->place_name()};
    for_each_county(session, *reading, [&](const auto& state) { list.add(state); });
    session.emit(std::move(list).finish(), options->format);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
