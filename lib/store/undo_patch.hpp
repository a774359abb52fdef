#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/patch.hpp"
#include "store/file_change.hpp"

namespace taizhang::store {

/// What a change of files is remembered by.
struct CommandNote {
  std::string command;                  ///< as it was typed
  std::string time;                     ///< when it began, as people write it
  std::optional<std::uint32_t> undoes;  ///< the number of the change that it takes back
};

/// One file before and after, by the SHA-256 of its bytes; empty where there is no such file.
struct UndoFile {
  std::string path;  ///< from the workspace's root
  std::string old_sha256;
  std::string new_sha256;
};

/// A change of files as it is kept: who did what, then the difference as `patch -p1` takes it.
struct UndoPatch {
  std::uint32_t number = 0;
  CommandNote note;
  std::vector<std::string> made;     ///< folders that were made for it, those above first
  std::vector<std::string> removed;  ///< folders that go, if empty, once the files are in place
  std::vector<UndoFile> files;
  std::string difference;
};

/// Whether a path from the root names something that a command may change: below the root by its
/// spelling, and neither git's nor our own.
bool is_workspace_path(std::string_view path);

/// Fills `files` and `difference`.
void describe(UndoPatch& patch, const std::vector<FileChange>& changes);

/// The patch as a text; its first line holds the SHA-256 of the rest.
std::string write_undo_patch(const UndoPatch& patch);

/// Nothing when a single byte is not as it was written.
std::optional<UndoPatch> read_undo_patch(std::string_view bytes);

/// What the difference says of each file, by path; it points into the patch. Nothing when the
/// difference cannot be read or speaks of other files.
using UndoParts = std::map<std::string, FilePatch, std::less<>>;
std::optional<UndoParts> parts_of(const UndoPatch& patch);

/// The change that puts the file back which is as `bytes` say now; nothing when they are not what
/// the patch left, or what it makes of them is not what was there before.
std::optional<FileChange> taken_back(const UndoParts& parts, const UndoFile& file,
                                     std::optional<std::string> bytes);

/// The SHA-256 as UndoFile has it.
std::string hash_or_nothing(const std::optional<std::string>& bytes);

}  // namespace taizhang::store
