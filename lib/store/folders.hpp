#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/disk.hpp"
#include "store/tree.hpp"

namespace taizhang::store {

/// Whether a file of that name would be a ledger: it ends in .toml, in capitals too, and is neither
/// hidden nor a mapping for `import` (.map.toml).
bool is_ledger_name(std::string_view name);

/// Whether a folder or a ledger can be called so: visible UTF-8 without line breaks and slashes that
/// does not begin with a dot, and no name that means something else in a workspace.
bool is_file_name(std::string_view name);

/// Looks into the folders of a workspace; what cannot be used is reported and counted.
class Folders {
 public:
  Folders(const Tree& tree, Diagnostics& diagnostics, std::size_t& unreadable)
      : tree_(tree), diagnostics_(diagnostics), unreadable_(unreadable) {}

  /// What is in `folder` and not hidden, by name; empty when it cannot be listed.
  std::vector<disk::DirectoryEntry> list(const std::string& folder);

  /// True when the folder, or one at most `depth` levels below it, holds ledgers.
  bool holds_ledgers(const std::string& folder, int depth);

  /// Reports every ledger below the folder: no township counts it. Diagnostics: ledger-misplaced.
  void refuse_ledgers_below(const std::string& folder);

  /// Reports an entry that is a link to a folder with ledgers. Diagnostics: folder-linked.
  void refuse_link(const std::string& path, int depth);

  /// Reports what stands at `path` and is lost by it.
  void refuse(const std::string& path, std::string_view code);

 private:
  const Tree& tree_;
  Diagnostics& diagnostics_;
  std::size_t& unreadable_;
};

}  // namespace taizhang::store
