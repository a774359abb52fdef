#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "change_words.hpp"
#include "reading.hpp"
#include "store/file_history.hpp"
#include "store/revision.hpp"

namespace taizhang::cmd {

namespace {

struct HistoryOptions : ReadingOptions {
  std::string task;
};

/// Changes that a commit brought itself: against every parent, where a merge has several.
std::vector<report::FactChange> own_changes(const store::FileVersion& version) {
  if (version.before.empty()) return report::fact_changes(std::nullopt, version.text);
  auto changes = report::fact_changes(version.before.front(), version.text);
  for (const auto& before : version.before) {
    const auto others = report::fact_changes(before, version.text);
    std::erase_if(changes, [&](const report::FactChange& each) {
      return std::ranges::find(others, each) == others.end();
    });
  }
  return changes;
}

bool is_about(const report::FactChange& change, const std::string& task) {
  return task.empty() || change.task == task || change.name == task;
}

Exit show_history(Session& session, const HistoryOptions& options) {
  auto reading = open_reading(session, options);
  if (!reading) return reading.error();
  const auto one = open_village(session, *reading);
  if (!one) return one.error();
  const std::string& path = (*one)->village->ledger->path;
  auto revision =
      store::open_revision(reading->workspace.root, options.rev.empty() ? "HEAD" : options.rev);
  if (!revision) {
    session.complain(revision.error());
    return Exit::usage;
  }
  auto made = report::ChangeReport::of_history(
      {"commits.title", {{"place", reading->place_name()}, {"task", options.task}}},
      key_words(session, options.format), kind_words(session, options.format),
      wants_parts(options.format));
  bool known = options.task.empty();
  for (const auto& version : store::file_history(*revision->git, revision->commit, path))
    for (const auto& change : own_changes(version)) {
      if (!is_about(change, options.task)) continue;
      known = true;
      made.add(version.commit, change);
    }
  if (!known) return unknown_task(session, **one, options.task);
  session.emit(std::move(made).finish(), options.format);
  return reading->exit;
}

}  // namespace

Runner declare_history(Arguments& args) {
  auto options = std::make_shared<HistoryOptions>();
  args.positional("VILLAGE", options->place);
  args.positional("TASK", options->task, Need::optional);
  declare_revision(args, *options);
  declare_output(args, options->format);
  return [options](Session& session) { return show_history(session, *options); };
}

}  // namespace taizhang::cmd
