#include "confirm.hpp"

#include <fmt/format.h>

namespace taizhang::cmd {

void declare_confirmation(Arguments& args, Confirmation& confirmation) {
  args.option("--expect", confirmation.expect);
  args.flag("--yes", confirmation.yes);
}

std::optional<Exit> confirm(Session& session, const Confirmation& confirmation, std::size_t count) {
  const std::string found = fmt::format("{}", count);
  if (confirmation.expect && *confirmation.expect != static_cast<std::int64_t>(count)) {
    session.complain(
        Diagnostic{Severity::error,
                   "count-unexpected",
                   {},
                   {{"count", found}, {"expected", fmt::format("{}", *confirmation.expect)}}});
    return Exit::findings;
  }
  if (confirmation.expect || confirmation.yes) return std::nullopt;
  if (!session.interactive()) {
    session.complain(Diagnostic{Severity::error, "confirmation-wanted", {}, {{"count", found}}});
    return Exit::usage;
  }
  if (session.ask("confirm.question", {{"count", found}})) return std::nullopt;
  session.tell("write.refused");
  return Exit::findings;
}

}  // namespace taizhang::cmd
