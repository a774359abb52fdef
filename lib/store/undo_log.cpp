#include "store/undo_log.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/disk.hpp"
#include "base/entry.hpp"
#include "base/failure.hpp"
#include "base/save.hpp"

namespace taizhang::store {

namespace {

using Kind = UndoFolder::Kind;

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

Diagnostic finding(Severity severity, std::string_view code, std::string path, Facts facts) {
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.code = code;
  diagnostic.place.path = std::move(path);
  diagnostic.facts = std::move(facts);
  return diagnostic;
}

Diagnostic damaged(Severity severity, std::uint32_t number) {
  return finding(severity, "undo-damaged", UndoFolder::shown(number, Kind::done),
                 {{"number", std::to_string(number)}});
}

/// A file as it stands now. `known` is false for what no command leaves behind: a folder, a file
/// that cannot be read or lies outside.
struct Found {
  bool known = false;
  std::optional<std::string> bytes;  ///< nothing: no such file
};

Found look(const std::string& root, const std::string& path) {
  std::string bytes;
  switch (disk::read_confined(root, root, path, bytes)) {
    case disk::Confined::present:
      return {true, std::move(bytes)};
    case disk::Confined::missing:
      return {true, std::nullopt};
    case disk::Confined::outside:
    case disk::Confined::not_regular:
    case disk::Confined::unreadable:
      break;
  }
  return {};
}

/// Nothing has been begun when this comes, however durable.
[[noreturn]] void fail_before_change(const Failure& failure) {
  const Diagnostic& told = failure.diagnostic();
  if (told.code != "written-not-durable") throw Failure(told);
  throw Failure("write-failed", told.facts, told.place.path);
}

}  // namespace

UndoLog::UndoLog(std::string root) : root_(std::move(root)), folder_(root_) {}

// ---- changing files ---------------------------------------------------------------------------

bool UndoLog::is_inside(const std::string& path) const {
  if (!is_workspace_path(path)) return false;
  std::string ignored;
  return disk::read_confined(root_, root_, path, ignored, 0) != disk::Confined::outside;
}

std::vector<std::string> UndoLog::missing_folders(const std::vector<FileChange>& changes) const {
  std::set<std::string> missing;  // those above come before those below
  for (const FileChange& change : changes) {
    if (!change.new_bytes) continue;
    for (std::string folder = folder_of(change.path); !folder.empty(); folder = folder_of(folder))
      if (!disk::exists(root_ + '/' + folder)) missing.insert(folder);
  }
  return {missing.begin(), missing.end()};
}

void UndoLog::commit(const std::vector<FileChange>& changes, const CommandNote& note) {
  std::vector<FileChange> real;
  for (const FileChange& change : changes)
    if (change.old_bytes != change.new_bytes) real.push_back(change);
  if (real.empty()) return;
  for (const FileChange& change : real)
    if (!is_inside(change.path))
      throw Failure("file-outside", {{"path", change.path}}, change.path);

  UndoPatch patch;
  patch.note = note;
  patch.number = 1;
  for (const Kind kind : {Kind::pending, Kind::done})
    for (const std::uint32_t number : folder_.numbers(kind))
      patch.number = std::max(patch.number, number + 1);
  patch.made = missing_folders(real);
  if (note.undoes)
    if (const auto undone = folder_.read(*note.undoes, Kind::done)) patch.removed = undone->made;
  describe(patch, real);

  try {
    folder_.write_pending(patch);
    std::vector<std::string> made;
    for (const std::string& folder : patch.made) made.push_back(root_ + '/' + folder);
    disk::make_folders(made);
  } catch (const Failure& failure) {
    forget(patch);
    fail_before_change(failure);
  }
  try {
    replace(real);
  } catch (const Failure& failure) {
    const std::string_view code = failure.diagnostic().code;
    // Changed in part, or perhaps not for long: recover() will see what is there.
    if (code != "written-partly" && code != "written-not-durable") forget(patch);
    throw;
  }
  finish(patch);
  forget_oldest();
}

void UndoLog::replace(const std::vector<FileChange>& changes) const {
  std::vector<disk::Replacement> replacements;
  replacements.reserve(changes.size());
  for (const FileChange& change : changes)
    replacements.push_back(
        {root_ + '/' + change.path, change.path, change.old_bytes, change.new_bytes});
  disk::replace_files(replacements);
}

/// Whatever fails here, recover() does next time.
void UndoLog::finish(const UndoPatch& patch) const {
  remove_folders(patch.removed);
  try {
    folder_.make_done(patch.number);
  } catch (const Failure&) {
    return;
  }
}

/// The same for a change that did not come about.
void UndoLog::forget(const UndoPatch& patch) const {
  remove_folders(patch.made);
  try {
    folder_.remove(patch.number, Kind::pending);
  } catch (const Failure&) {
    return;
  }
}

void UndoLog::remove_folders(const std::vector<std::string>& folders) const {
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder)
    if (is_inside(*folder)) disk::remove_empty_folder(root_ + '/' + *folder);
}

void UndoLog::forget_oldest() const {
  try {
    const std::vector<std::uint32_t> all = folder_.numbers(Kind::done);
    for (std::size_t i = most_kept; i < all.size(); ++i) folder_.remove(all[i], Kind::done);
  } catch (const Failure&) {
    return;  // the next change tries again
  }
}

// ---- after a run that died ----------------------------------------------------------------------

namespace {

enum class Standing : std::uint8_t { before, after, otherwise };

std::vector<Standing> standings_of(const std::string& root, const UndoPatch& patch) {
  std::vector<Standing> standings;
  for (const UndoFile& file : patch.files) {
    const Found found = look(root, file.path);
    const std::string hash = hash_or_nothing(found.bytes);
    standings.push_back(!found.known              ? Standing::otherwise
                        : hash == file.old_sha256 ? Standing::before
                        : hash == file.new_sha256 ? Standing::after
                                                  : Standing::otherwise);
  }
  return standings;
}

/// The changes that put the files back that were replaced already; nothing when the patch does not
/// hold what was there before.
std::optional<std::vector<FileChange>> changes_back(const std::string& root, const UndoPatch& patch,
                                                    const std::vector<Standing>& standings) {
  const auto parts = parts_of(patch);
  if (!parts) return std::nullopt;
  std::vector<FileChange> back;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (standings[i] != Standing::after) continue;
    auto change = taken_back(*parts, patch.files[i], look(root, patch.files[i].path).bytes);
    if (!change) return std::nullopt;
    back.push_back(std::move(*change));
  }
  return back;
}

}  // namespace

Diagnostics UndoLog::recover() {
  Diagnostics diagnostics;
  disk::sweep(folder_.path());
  // The newest first: it began where those before it had ended.
  for (const std::uint32_t number : folder_.numbers(Kind::pending)) recover(number, diagnostics);
  return diagnostics;
}

void UndoLog::recover(std::uint32_t number, Diagnostics& diagnostics) const {
  const auto patch = folder_.read(number, Kind::pending);
  const std::vector<Standing> standings =
      patch ? standings_of(root_, *patch) : std::vector<Standing>{};
  const auto back = patch ? changes_back(root_, *patch, standings) : std::nullopt;
  if (!back) {
    // No run of ours leaves it so. It is listed as damaged from now on.
    folder_.make_done(number);
    diagnostics.push_back(damaged(Severity::warning, number));
    return;
  }

  std::set<std::string> folders;
  for (const UndoFile& file : patch->files) folders.insert(folder_of(file.path));
  for (const std::string& folder : folders)
    if (folder.empty() || is_inside(folder)) disk::sweep(root_ + '/' + folder);

  const Facts facts = {{"command", patch->note.command}, {"time", patch->note.time}};
  if (back->empty() || std::ranges::find(standings, Standing::before) != standings.end()) {
    if (!back->empty()) {
      std::vector<std::string> missing;
      for (const FileChange& change : *back)
        if (change.new_bytes) missing.push_back(root_ + '/' + folder_of(change.path));
      disk::make_folders(missing);
      replace(*back);
      diagnostics.push_back(finding(Severity::note, "interrupted-command", {}, facts));
    }
    remove_folders(patch->made);
    folder_.remove(number, Kind::pending);
  } else {
    remove_folders(patch->removed);
    folder_.make_done(number);
  }
  for (std::size_t i = 0; i < standings.size(); ++i)
    if (standings[i] == Standing::otherwise)
      diagnostics.push_back(
          finding(Severity::warning, "interrupted-then-edited", patch->files[i].path, facts));
}

// ---- taking back --------------------------------------------------------------------------------

std::optional<std::uint32_t> UndoLog::newest() const {
  const std::vector<std::uint32_t> all = folder_.numbers(Kind::done);
  if (all.empty()) return std::nullopt;
  return all.front();
}

UndoList UndoLog::list() const {
  UndoList list;
  std::map<std::string, std::optional<std::string>> hashes;  // nothing: not known
  const auto is_after = [&](const UndoFile& file) {
    auto [place, is_new] = hashes.try_emplace(file.path);
    if (is_new)
      if (const Found found = look(root_, file.path); found.known)
        place->second = hash_or_nothing(found.bytes);
    return place->second == file.new_sha256;
  };
  std::map<std::uint32_t, std::uint32_t> undone;  // by whom
  for (const std::uint32_t number : folder_.numbers(Kind::done)) {
    const auto patch = folder_.read(number, Kind::done);
    if (!patch) {
      list.diagnostics.push_back(damaged(Severity::warning, number));
      continue;
    }
    UndoEntry entry;
    entry.number = number;
    entry.note = patch->note;
    for (const UndoFile& file : patch->files) entry.paths.push_back(file.path);
    entry.undoable = std::ranges::all_of(patch->files, is_after);
    if (const auto by = undone.find(number); by != undone.end()) entry.undone_by = by->second;
    else if (entry.note.undoes) undone.try_emplace(*entry.note.undoes, number);
    list.entries.push_back(std::move(entry));
  }
  return list;
}

tl::expected<std::vector<FileChange>, Diagnostics> UndoLog::reverse(std::uint32_t number) const {
  const Facts facts = {{"number", std::to_string(number)}};
  if (!disk::exists(folder_.path_of(number, Kind::done)))
    return tl::make_unexpected(Diagnostics{finding(Severity::error, "undo-unknown", {}, facts)});
  const tl::unexpected<Diagnostics> unusable(Diagnostics{damaged(Severity::error, number)});
  const auto patch = folder_.read(number, Kind::done);
  const auto parts = patch ? parts_of(*patch) : std::nullopt;
  if (!parts) return unusable;

  Diagnostics changed;
  std::vector<FileChange> back;
  for (const UndoFile& file : patch->files) {
    Found found = look(root_, file.path);
    if (!found.known || hash_or_nothing(found.bytes) != file.new_sha256) {
      changed.push_back(finding(Severity::error, "undo-file-changed", file.path, facts));
      continue;
    }
    auto change = taken_back(*parts, file, std::move(found.bytes));
    if (!change) return unusable;
    back.push_back(std::move(*change));
  }
  if (!changed.empty()) return tl::make_unexpected(std::move(changed));
  std::ranges::reverse(back);
  return back;
}

}  // namespace taizhang::store
