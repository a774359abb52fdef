#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "base/text.hpp"
#include "base/unified_diff.hpp"
#include "remake.hpp"
#include "report/figure_lines.hpp"

namespace taizhang::cmd {

namespace {

constexpr std::size_t commit_digits = 10;  ///< as messages name a commit

/// Without the lines of ledgers, which move when something is written above them.
std::string without_lines(std::string_view bytes) {
  std::string kept;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    const std::string_view line = bytes.substr(0, end);
    if (!trim(line).starts_with("\"line\": ")) kept += line;
    bytes.remove_prefix(end);
  }
  return kept;
}

bool same_figures(const OldReport& old, const Remade& now) {
  if (old.sidecar) return old.sidecar->figures == report::figure_lines(now.report);
  return old.header.output.format == "json" && without_lines(old.bytes) == without_lines(now.bytes);
}

/// What is not as it was although the figures are.
void tell_bytes(Session& session, const OldReport& old, const Remade& now) {
  session.print_line("reproduce.figures", {{"file", old.file}});
  if (old.bytes != now.bytes) session.print_line("reproduce.report-bytes");
  const auto tell = [&](std::string_view id, const std::vector<std::string>& paths) {
    for (const std::string& path : paths) session.print_line(id, {{"path", path}});
  };
  tell("reproduce.changed", now.inputs.changed);
  tell("reproduce.gone", now.inputs.gone);
  tell("reproduce.added", now.inputs.added);
}

void tell_differences(Session& session, const OldReport& old, const Remade& now) {
  if (!old.sidecar) {
    session.print(visible(unified_diff(old.bytes, now.bytes, old.file, 1), true));
    return;
  }
  report::Report slip;
  slip.title = {"reproduce.differences", {{"file", old.file}}};
  slip.tables.push_back(differences(session, *old.sidecar, now.report));
  slip.tables.back().title = {};
  session.emit(slip, Output{"text"});
}

Exit compare(Session& session, const OldReport& old, const Remade& now) {
  if (old.bytes == now.bytes && now.inputs.none()) {
    session.print_line("reproduce.same", {{"file", old.file}});
    return Exit::done;
  }
  if (same_figures(old, now)) {
    tell_bytes(session, old, now);
    return Exit::done;
  }
  tell_differences(session, old, now);
  Diagnostic diagnostic;
  diagnostic.code = "reproduce-differs";
  diagnostic.place.path = old.file;
  session.complain(diagnostic);
  return Exit::findings;
}

/// What the report says when it is made from the commit that held what it rests on.
void compare_with_commit(Session& session, const OldReport& old, const std::string& commit) {
  auto reading = open_for(session, old.header, commit);
  if (!reading) return;  // another repository, or one without its history
  const Remade then = remake(session, *reading, old);
  session.print_line(old.bytes == then.bytes   ? "reproduce.commit-same"
                     : same_figures(old, then) ? "reproduce.commit-figures"
                                               : "reproduce.commit-differs",
                     {{"file", old.file}, {"commit", commit.substr(0, commit_digits)}});
}

Exit reproduce(Session& session, const std::string& file) {
  const auto old = read_old_report(session, file);
  if (!old) return old.error();
  auto reading = open_for(session, old->header);
  if (!reading) return reading.error();
  const Remade now = remake(session, *reading, *old);
  const Exit exit = worst(reading->exit, compare(session, *old, now));
  const std::string commit = old->sidecar ? old->sidecar->fact(store::commit_fact) : "";
  if (!commit.empty() && (old->bytes != now.bytes || !now.inputs.none()))
    compare_with_commit(session, *old, commit);
  return exit;
}

}  // namespace

Runner declare_reproduce(Arguments& args) {
  auto file = std::make_shared<std::string>();
  args.positional("FILE", *file);
  return [file](Session& session) { return reproduce(session, *file); };
}

}  // namespace taizhang::cmd
