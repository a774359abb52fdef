#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/undo_patch.hpp"

namespace taizhang::store {

/// `.taizhang/undo`: the patches of a workspace by their numbers.
class UndoFolder {
 public:
  /// Pending from before the first file is touched until the last is in place.
  enum class Kind : std::uint8_t { pending, done };

  explicit UndoFolder(const std::string& root);

  const std::string& path() const { return path_; }
  /// What the system opens, and what messages say.
  std::string path_of(std::uint32_t number, Kind kind) const;
  static std::string shown(std::uint32_t number, Kind kind);

  /// The newest first. Failures: folder-denied, folder-unreadable.
  std::vector<std::uint32_t> numbers(Kind kind) const;

  /// Nothing when the patch cannot be read or is damaged.
  std::optional<UndoPatch> read(std::uint32_t number, Kind kind) const;

  /// Failures: those of disk::make_folder and disk::replace_file.
  void write_pending(const UndoPatch& patch) const;
  /// Failures: those of disk::rename_file and disk::remove_file.
  void make_done(std::uint32_t number) const;
  void remove(std::uint32_t number, Kind kind) const;

 private:
  std::string path_;
};

}  // namespace taizhang::store
