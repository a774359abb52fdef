#include <algorithm>
#include <memory>
#include <string>

#include "arguments.hpp"
#include "reading.hpp"
#include "report/board.hpp"

namespace taizhang::cmd {

namespace {

struct StatusOptions : ReadingOptions {
  std::optional<std::int64_t> due_in;
};

constexpr std::int64_t usual_days = 7;
constexpr std::int64_t most_days = 3660;

Exit refuse_days(Session& session, std::int64_t days) {
  Diagnostic diagnostic;
  diagnostic.code = "days-negative";
  diagnostic.facts = {{"value", std::to_string(days)}};
  session.complain(diagnostic);
  return Exit::usage;
}

}  // namespace

Runner declare_status(Arguments& args) {
  auto options = std::make_shared<StatusOptions>();
  args.positional("PLACE", options->place, Need::optional);
  declare_reading(args, *options);
  args.option("--due-in", options->due_in);
  return [options](Session& session) {
    if (options->due_in.value_or(0) < 0) return refuse_days(session, *options->due_in);
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    const auto days = std::min(options->due_in.value_or(usual_days), most_days);
    report::Board board{reading->occasion, reading->place_name(), static_cast<int>(days)};
    for_each_county(session, *reading, [&](const auto& state) { board.add(state); });
    session.emit(std::move(board).finish(), options->format);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
