#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "store/file_change.hpp"
#include "store/undo_folder.hpp"
#include "store/undo_patch.hpp"

namespace taizhang::store {

/// A change that is remembered.
struct UndoEntry {
  std::uint32_t number = 0;
  CommandNote note;
  std::vector<std::string> paths;          ///< of its files, from the workspace's root
  std::optional<std::uint32_t> undone_by;  ///< the change in force that took it back
  bool undoable = false;                   ///< every file is as this change left it
};

struct UndoList {
  std::vector<UndoEntry> entries;  ///< the newest first
  Diagnostics diagnostics;         ///< undo-damaged, one for each that cannot be read
};

/// Changes files and remembers how to take that back, as a patch in `.taizhang/undo`. Whoever calls anything but `list` and
/// `newest` holds the workspace's disk::Lock.
class UndoLog {
 public:
  /// Older ones are forgotten.
  static constexpr std::size_t most_kept = 200;

  explicit UndoLog(std::string root);

  /// Finishes or takes back what a run that died left half done, and sweeps its temporaries away.
  /// To be called before the files are read. Diagnostics: interrupted-command (files put back),
  /// interrupted-then-edited (by somebody since; left alone), undo-damaged. Failures: those of
  /// disk::replace_files; calling again goes on where it stopped.
  Diagnostics recover();

  /// Makes missing folders and changes the files, all or none; then every change can be taken back.
  /// Changes that change nothing are left out. When it takes a change back, folders that were made
  /// for that one and are empty now are removed. Failures: file-outside and those of
  /// disk::replace_files.
  void commit(const std::vector<FileChange>& changes, const CommandNote& note);

  UndoList list() const;

  /// The number of the latest change, whether it can be read or not.
  std::optional<std::uint32_t> newest() const;

  /// The changes that take `number` back, to be committed. Diagnostics: undo-unknown, undo-damaged,
  /// undo-file-changed (one for each file that is no longer as that change left it).
  tl::expected<std::vector<FileChange>, Diagnostics> reverse(std::uint32_t number) const;

 private:
  void recover(std::uint32_t number, Diagnostics& diagnostics) const;
  void replace(const std::vector<FileChange>& changes) const;
  void finish(const UndoPatch& patch) const;
  void forget(const UndoPatch& patch) const;
  void forget_oldest() const;
  void remove_folders(const std::vector<std::string>& folders) const;
  std::vector<std::string> missing_folders(const std::vector<FileChange>& changes) const;
  bool is_inside(const std::string& path) const;

  std::string root_;
  UndoFolder folder_;
};

}  // namespace taizhang::store
