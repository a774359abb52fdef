#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "base/disk.hpp"
#include "store/file_change.hpp"

namespace taizhang::store {

/// Where a workspace's files are read from. Paths are seen from its root; "" is the root itself.
class Tree {
 public:
  virtual ~Tree() = default;

  /// Diagnostics: those of disk::read_file.
  virtual tl::expected<std::string, Diagnostic> read(const std::string& path) const = 0;
  /// By name. Diagnostics: those of disk::list_folder.
  virtual tl::expected<std::vector<disk::DirectoryEntry>, Diagnostic> list(
      const std::string& folder) const = 0;
  virtual bool exists(const std::string& path) const = 0;
  virtual bool is_folder(const std::string& path) const = 0;

  /// Reads what a ledger in `folder` refers to by `relative`, without ever leaving the root; as
  /// disk::read_confined.
  virtual disk::Confined read_confined(const std::string& folder, std::string_view relative,
                                       std::string& bytes) const = 0;
};

/// The files as they are on the disk.
std::shared_ptr<const Tree> disk_tree(std::string root);

/// The files as they would be after the changes.
std::shared_ptr<const Tree> changed_tree(std::shared_ptr<const Tree> base,
                                         std::vector<FileChange> changes);

/// Only these files of a tree, and the workspace's rule sets; evidence is all there.
std::shared_ptr<const Tree> part_of_tree(std::shared_ptr<const Tree> base,
                                         std::set<std::string> files);

}  // namespace taizhang::store
