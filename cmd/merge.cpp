#include <memory>

#include "arguments.hpp"
#include "base/disk.hpp"
#include "base/save.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "report/merge_ledger.hpp"
#include "session.hpp"
#include "store/git.hpp"
#include "store/workspace.hpp"

namespace taizhang::cmd {

namespace {

using document::MergeConflict;

struct MergeOptions {
  std::string base, ours, theirs, path;
};

/// Where the ledger stands; in no workspace when none is found above it.
report::MergeSpot spot_of(Session& session, const std::string& path) {
  report::MergeSpot spot;
  spot.today = session.today();
  spot.path = path;
  const std::string here = disk::real_path(session.start_folder());
  std::string folder = path.starts_with('/') ? path : here + '/' + path;
  const std::string file = folder;
  while (!folder.empty() && !disk::is_folder(folder)) folder.erase(folder.rfind('/'));
  const auto root = store::find_workspace(folder.empty() ? "/" : folder);
  if (!root) return spot;
  spot.root = *root;
  spot.tree = store::disk_tree(*root);
  spot.path = disk::path_from(*root, file);
  session.set_workspace_language(store::read_workspace(*root, spot.tree).ledger.info.language);
  return spot;
}

class Writer {
 public:
  Writer(Session& session, const report::MergedLedger& result)
      : session_(session), result_(result) {}

  std::string text() {
    std::string all;
    for (const auto& piece : result_.merged.pieces)
      if (const auto* text = std::get_if<std::string>(&piece)) all += *text;
      else all += between_markers(std::get<MergeConflict>(piece));
    return all;
  }

 private:
  std::string words(std::string_view id, const Facts& facts) {
    return session_.catalogue().text(id, facts);
  }

  std::string what(const MergeConflict& conflict) {
    const std::string record = conflict.kind.empty() ? "" : words("thing." + conflict.kind, {});
    const Facts facts{{"record", record}, {"name", visible(conflict.name)}, {"key", conflict.key}};
    using Why = MergeConflict::Why;
    switch (conflict.why) {
      case Why::value:
        return words("merge.value", facts);
      case Why::removed:
        return words("merge.removed", facts);
      case Why::twice:
        return words("merge.twice", facts);
      case Why::contested:
        break;
    }
    return words("merge.contested", facts);
  }

  std::string between_markers(const MergeConflict& conflict) {
    const std::string why = what(conflict);
    session_.tell("merge.conflict", {{"what", why}});
    if (conflict.why == MergeConflict::Why::twice)
      session_.tell("merge.twice-how", {{"name", visible(conflict.name)}});
    return "<<<<<<< " + words("merge.ours", {{"what", why}}) + "\n" + conflict.ours + "=======\n" +
           conflict.theirs + ">>>>>>> " + words("merge.theirs", {}) + "\n";
  }

  Session& session_;
  const report::MergedLedger& result_;
};

/// What git itself would do.
Exit merge_as_text(Session& session, const MergeOptions& options, const std::string& base,
                   const std::string& theirs) {
  session.tell("merge.as-text", {{"path", options.path}});
  const auto merged = store::Git::merge_text(disk::real_path(base), disk::real_path(options.ours),
                                             disk::real_path(theirs),
                                             session.catalogue().text("merge.ours-side", {}),
                                             session.catalogue().text("merge.theirs", {}));
  disk::write_document(options.ours, merged.text);
  return merged.clean ? Exit::done : Exit::findings;
}

Exit merge_files(Session& session, const MergeOptions& options) {
  Diagnostics problems;
  const auto read = [&](const std::string& file) {
    auto bytes = disk::read_file(file, file);
    if (!bytes) problems.push_back(bytes.error());
    return bytes.value_or("");
  };
  const std::string base = read(options.base);
  const std::string ours = read(options.ours);
  const std::string theirs = read(options.theirs);
  if (!problems.empty()) {
    session.complain(problems);
    return Exit::unreadable;
  }
  const report::MergeSpot spot = spot_of(session, options.path);
  const auto result = report::merge_ledger(spot, base, ours, theirs);
  if (!result) return merge_as_text(session, options, options.base, options.theirs);
  disk::write_document(options.ours, Writer{session, *result}.text());
  session.complain(result->faults);
  return result->clean() ? Exit::done : Exit::findings;
}

}  // namespace

Runner declare_merge(Arguments& args) {
  auto options = std::make_shared<MergeOptions>();
  args.positional("BASE", options->base);
  args.positional("OURS", options->ours);
  args.positional("THEIRS", options->theirs);
  args.positional("PATH", options->path);
  return [options](Session& session) { return merge_files(session, *options); };
}

}  // namespace taizhang::cmd
