#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/descriptor.hpp"
#include "base/diagnostic.hpp"

namespace taizhang::disk {

/// The right to change a workspace, held by one run at a time and given up at the end of its life.
/// Readers need none: a rename gives them whole files.
class Lock {
 public:
  /// Makes `state_folder` when missing. Waits up to `wait_seconds`. `who` is the command, `since`
  /// the time; both are shown to those who find it locked.
  /// Diagnostics: locked (holder, pid, host, since). Failures: lock-failed, full-disk,
  /// write-failed.
  static tl::expected<Lock, Diagnostic> take(const std::string& state_folder, std::string_view who,
                                             std::string_view since, int wait_seconds);

  Lock(Lock&&) = default;
  Lock& operator=(Lock&&) = default;
  ~Lock();

 private:
  explicit Lock(Descriptor file) : file_(std::move(file)) {}

  Descriptor file_;
};

/// One file to be changed.
struct Replacement {
  std::string path;                      ///< what the system opens
  std::string shown;                     ///< what messages call it
  std::optional<std::string> old_bytes;  ///< what must stand there now; nothing: no such file
  std::optional<std::string> new_bytes;  ///< nothing: the file is removed
};

/// Replaces the files durably: every reader sees the old or the new bytes, never a mixture. All
/// are checked and written beside their targets before the first takes its place; when one cannot,
/// those before it are put back. A few are synced each by itself, many all at once. Symlinks, permissions and (if allowed) owners are kept.
/// Failures: file-not-regular, file-read-only, file-hard-linked, file-changed-meanwhile,
/// full-disk and write-failed (nothing changed), written-partly, written-not-durable.
void replace_files(const std::vector<Replacement>& replacements);

void replace_file(const std::string& path, std::string_view shown,
                  std::optional<std::string_view> old_bytes, std::string_view new_bytes);

/// For `-o FILE`: like `replace_file` with whatever stands there; pipes and devices are written in
/// place, and a reader that left early is no error.
void write_document(const std::string& path, std::string_view bytes);

/// Makes the folder and those above it, durably. Failures: full-disk, write-failed,
/// written-not-durable.
void make_folder(const std::string& path);

/// The same for several; what stands above a number of them is synced once.
void make_folders(const std::vector<std::string>& paths);

/// Removes what runs that died left in the folder (`.taizhang.<pid>.XXXXXX`), files and folders.
void sweep(const std::string& folder);

}  // namespace taizhang::disk
