#include <algorithm>
#include <memory>
#include <string>

#include "arguments.hpp"
#include "base/text.hpp"
#include "reading.hpp"
#include "report/board.hpp"
#include "report/feed.hpp"

namespace taizhang::cmd {

namespace {

struct StatusOptions : ReadingOptions {
  std::optional<std::int64_t> due_in;
  report::BoardFilter filter;
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

/// A name that nobody has would show an empty board, as if all was done.
Exit nobody(Session& session, const report::BoardFilter& filter,
            const std::vector<std::string>& names) {
  const std::string& wanted = !filter.owner.empty()  ? filter.owner
                              : !filter.unit.empty() ? filter.unit
                                                     : filter.leader;
  const std::vector<std::string_view> known{names.begin(), names.end()};
  session.complain(
      Diagnostic{Severity::error,
                 "nobody-responsible",
                 {},
                 {{"who", wanted}, {"nearest", std::string{nearest(wanted, known).value_or("")}}}});
  return Exit::usage;
}

}  // namespace

Runner declare_status(Arguments& args) {
  auto options = std::make_shared<StatusOptions>();
  args.positional("PLACE", options->place, Need::optional);
  declare_reading(args, *options);
  args.option("--due-in", options->due_in);
  args.option("--owner", options->filter.owner);
  args.option("--unit", options->filter.unit);
  args.option("--leader", options->filter.leader);
  return [options](Session& session) {
    if (options->due_in.value_or(0) < 0) return refuse_days(session, *options->due_in);
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    const auto days = std::min(options->due_in.value_or(usual_days), most_days);
    report::Board board{reading->occasion, reading->place_name(), static_cast<int>(days),
                        options->filter, options->format.chosen() == "csv"};
    for_each_county(session, *reading, [&](const auto& state) { board.add(state); });
    if (!board.found() && reading->exit == Exit::done)
      return nobody(session, options->filter, board.names());
    report::Report report = std::move(board).finish();
    if (options->format.chosen() == "csv")
      report = report::feed(std::move(report), reading->occasion.as_of);
    session.emit(report, options->format);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
