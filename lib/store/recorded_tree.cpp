#include "store/recorded_tree.hpp"

#include <utility>

#include "base/hash.hpp"

namespace taizhang::store {

namespace {

class RecordedTree final : public Tree {
 public:
  RecordedTree(std::shared_ptr<const Tree> base, std::shared_ptr<ReadSums> sums)
      : base_(std::move(base)), sums_(std::move(sums)) {}

  tl::expected<std::string, Diagnostic> read(const std::string& path) const override {
    auto bytes = base_->read(path);
    if (bytes) sums_->insert_or_assign(path, sha256(*bytes));
    return bytes;
  }
  tl::expected<std::vector<disk::DirectoryEntry>, Diagnostic> list(
      const std::string& folder) const override {
    return base_->list(folder);
  }
  bool exists(const std::string& path) const override { return base_->exists(path); }
  bool is_folder(const std::string& path) const override { return base_->is_folder(path); }

 private:
  std::shared_ptr<const Tree> base_;
  std::shared_ptr<ReadSums> sums_;
};

}  // namespace

std::shared_ptr<const Tree> recorded_tree(std::shared_ptr<const Tree> base,
                                          std::shared_ptr<ReadSums> sums) {
  return std::make_shared<RecordedTree>(std::move(base), std::move(sums));
}

}  // namespace taizhang::store
