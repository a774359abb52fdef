#include "store/recorded_tree.hpp"

#include <mutex>
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
    if (!bytes) return bytes;
    std::string sum = sha256(*bytes);
    const std::lock_guard<std::mutex> alone(mutex_);
    sums_->insert_or_assign(path, std::move(sum));
    return bytes;
  }
  tl::expected<std::vector<disk::DirectoryEntry>, Diagnostic> list(
      const std::string& folder) const override {
    return base_->list(folder);
  }
  bool exists(const std::string& path) const override { return base_->exists(path); }
  bool is_folder(const std::string& path) const override { return base_->is_folder(path); }
  disk::Confined read_confined(const std::string& folder, std::string_view relative,
                               std::string& bytes) const override {
    return base_->read_confined(folder, relative, bytes);
  }

 private:
  mutable std::mutex mutex_;  // counties are read at once
  std::shared_ptr<const Tree> base_;
  std::shared_ptr<ReadSums> sums_;
};

}  // namespace

std::shared_ptr<const Tree> recorded_tree(std::shared_ptr<const Tree> base,
                                          std::shared_ptr<ReadSums> sums) {
  return std::make_shared<RecordedTree>(std::move(base), std::move(sums));
}

}  // namespace taizhang::store
