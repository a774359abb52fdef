#pragma once

#include <memory>
#include <string>

#include "store/recorded_tree.hpp"

namespace taizhang::store {

/// What the workspace's last commit holds, to be compared with what was read.
class LastCommit {
 public:
  /// `root` as find_workspace gives it. Without git or any commit it holds nothing.
  explicit LastCommit(const std::string& root);

  /// The commit's id when every file is there with that hash, else empty.
  std::string holding(const ReadSums& sums);

 private:
  std::string id_;
  std::shared_ptr<const Tree> tree_;
  ReadSums known_;
};

}  // namespace taizhang::store
