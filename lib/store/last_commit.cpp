#include "store/last_commit.hpp"

#include "base/failure.hpp"
#include "base/hash.hpp"
#include "store/revision.hpp"

namespace taizhang::store {

LastCommit::LastCommit(const std::string& root) try {
  if (const auto head = open_revision(root, "HEAD")) {
    id_ = head->commit.id;
    tree_ = head->tree;
  }
} catch (const Failure&) {
  // a machine without git proves its reports by hashes alone
}

std::string LastCommit::holding(const ReadSums& sums) {
  if (!tree_) return {};
  for (const auto& [path, sum] : sums) {
    auto [known, is_new] = known_.try_emplace(path);
    if (is_new)
      if (const auto bytes = tree_->read(path)) known->second = sha256(*bytes);
    if (known->second != sum) return {};
  }
  return id_;
}

}  // namespace taizhang::store
