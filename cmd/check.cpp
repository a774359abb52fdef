#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "reading.hpp"
#include "render/diagnostics.hpp"
#include "report/judgement.hpp"

namespace taizhang::cmd {

namespace {

struct CheckOptions : ReadingOptions {
  std::string fail_on = "error";
  std::string form = "text";
  bool strict = false;
};

Severity severity_of(const std::string& word) {
  if (word == "note") return Severity::note;
  return word == "warning" ? Severity::warning : Severity::error;
}

}  // namespace

Runner declare_check(Arguments& args) {
  auto options = std::make_shared<CheckOptions>();
  args.positional("PLACE", options->place, Need::optional);
  args.choice("--fail-on", options->fail_on, {"error", "warning", "note"});
  args.choice("--format", options->form, {"text", "json"});
  declare_revision(args, *options);
  args.flag("--staged", options->staged);
  args.flag("--strict", options->strict);
  return [options](Session& session) {
    auto reading = open_reading(session, *options, Complaints::kept);
    if (!reading) return reading.error();
    const report::Judgement judgement = report::judge(
        reading->workspace, reading->counties, session.today(), {session.jobs(), options->strict});
    const Diagnostics& found = judgement.diagnostics;
    if (options->form == "json")
      session.print(render::render_diagnostics_json(session.catalogue(), found));
    else
      for (const Diagnostic& each : found)
        session.print(render::render_diagnostic(session.catalogue(), each));
    const auto count = [&](Severity severity) {
      return std::to_string(std::ranges::count(found, severity, &Diagnostic::severity));
    };
    if (options->form == "text")
      session.print_line("check.summary", {{"ledgers", std::to_string(judgement.ledgers)},
                                           {"errors", count(Severity::error)},
                                           {"warnings", count(Severity::warning)},
                                           {"notes", count(Severity::note)}});
    const Severity least = severity_of(options->fail_on);
    Exit exit = reading->exit;
    if (std::ranges::any_of(found, [&](const Diagnostic& each) { return each.severity >= least; }))
      exit = worst(exit, Exit::findings);
    return judgement.unreadable > 0 ? worst(exit, Exit::unreadable) : exit;
  };
}

}  // namespace taizhang::cmd
