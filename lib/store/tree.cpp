#include "store/tree.hpp"

#include <algorithm>
#include <utility>

#include "store/workspace.hpp"

namespace taizhang::store {

namespace {

tl::unexpected<Diagnostic> missing(const std::string& path) {
  Diagnostic diagnostic;
  diagnostic.code = "file-missing";
  diagnostic.place.path = path;
  return tl::make_unexpected(std::move(diagnostic));
}

class DiskTree final : public Tree {
 public:
  explicit DiskTree(std::string root) : root_(std::move(root)) {}

  tl::expected<std::string, Diagnostic> read(const std::string& path) const override {
    return disk::read_file(on_disk(path), path);
  }
  tl::expected<std::vector<disk::DirectoryEntry>, Diagnostic> list(
      const std::string& folder) const override {
    return disk::list_folder(on_disk(folder), folder.empty() ? "." : folder);
  }
  bool exists(const std::string& path) const override { return disk::exists(on_disk(path)); }
  bool is_folder(const std::string& path) const override { return disk::is_folder(on_disk(path)); }
  disk::Confined read_confined(const std::string& folder, std::string_view relative,
                               std::string& bytes) const override {
    return disk::read_confined(root_, folder.empty() ? root_ : on_disk(folder), relative, bytes);
  }

 private:
  std::string on_disk(const std::string& path) const { return root_ + '/' + path; }

  std::string root_;
};

class ChangedTree final : public Tree {
 public:
  ChangedTree(std::shared_ptr<const Tree> base, std::vector<FileChange> changes)
      : base_(std::move(base)), changes_(std::move(changes)) {}

  tl::expected<std::string, Diagnostic> read(const std::string& path) const override {
    const FileChange* change = find(path);
    if (!change) return base_->read(path);
    if (change->new_bytes) return *change->new_bytes;
    return missing(path);
  }

  tl::expected<std::vector<disk::DirectoryEntry>, Diagnostic> list(
      const std::string& folder) const override {
    std::vector<disk::DirectoryEntry> entries;
    if (base_->is_folder(folder) || !made(folder)) {
      auto listed = base_->list(folder);
      if (!listed) return listed;
      entries = std::move(*listed);
    }
    for (const FileChange& change : changes_) {
      const auto below = name_below(folder, change.path);
      if (below.name.empty()) continue;
      std::erase_if(entries, [&](const auto& entry) {
        return entry.name == below.name && (change.new_bytes || !below.is_directory);
      });
      if (change.new_bytes) entries.push_back(below);
    }
    std::ranges::sort(entries, {}, &disk::DirectoryEntry::name);
    return entries;
  }

  bool exists(const std::string& path) const override {
    if (const FileChange* change = find(path)) return change->new_bytes.has_value();
    return made(path) || base_->exists(path);
  }

  bool is_folder(const std::string& path) const override {
    return made(path) || base_->is_folder(path);
  }

  disk::Confined read_confined(const std::string& folder, std::string_view relative,
                               std::string& bytes) const override {
    return base_->read_confined(folder, relative, bytes);  // changes are to ledgers only
  }

 private:
  const FileChange* find(const std::string& path) const {
    const auto found = std::ranges::find(changes_, path, &FileChange::path);
    return found == changes_.end() ? nullptr : &*found;
  }

  /// Whether a change puts a file somewhere below the folder.
  bool made(const std::string& folder) const {
    return std::ranges::any_of(changes_, [&](const FileChange& change) {
      return change.new_bytes && !name_below(folder, change.path).name.empty();
    });
  }

  /// The entry of `folder` through which `path` is reached; nameless when it is not below it.
  static disk::DirectoryEntry name_below(const std::string& folder, const std::string& path) {
    const std::string prefix = folder.empty() ? "" : folder + '/';
    if (!path.starts_with(prefix)) return {};
    const std::string rest = path.substr(prefix.size());
    const auto slash = rest.find('/');
    return {rest.substr(0, slash), slash != std::string::npos};
  }

  std::shared_ptr<const Tree> base_;
  std::vector<FileChange> changes_;
};

class PartOfTree final : public Tree {
 public:
  PartOfTree(std::shared_ptr<const Tree> base, std::set<std::string> files)
      : base_(std::move(base)), files_(std::move(files)) {}

  tl::expected<std::string, Diagnostic> read(const std::string& path) const override {
    if (shows(path)) return base_->read(path);
    return missing(path);
  }
  tl::expected<std::vector<disk::DirectoryEntry>, Diagnostic> list(
      const std::string& folder) const override {
    auto listed = base_->list(folder);
    if (listed)
      std::erase_if(*listed, [&](const auto& entry) { return !shows(join(folder, entry.name)); });
    return listed;
  }
  bool exists(const std::string& path) const override { return shows(path) && base_->exists(path); }
  bool is_folder(const std::string& path) const override {
    return shows(path) && base_->is_folder(path);
  }
  disk::Confined read_confined(const std::string& folder, std::string_view relative,
                               std::string& bytes) const override {
    return base_->read_confined(folder, relative, bytes);
  }

 private:
  /// Such a file, or a folder that leads to one.
  bool shows(const std::string& path) const {
    if (path.empty() || files_.contains(path) || path == "rules" || path.starts_with("rules/"))
      return true;
    const auto below = files_.lower_bound(path + '/');
    return below != files_.end() && below->starts_with(path + '/');
  }

  std::shared_ptr<const Tree> base_;
  std::set<std::string> files_;
};

}  // namespace

std::shared_ptr<const Tree> part_of_tree(std::shared_ptr<const Tree> base,
                                         std::set<std::string> files) {
  return std::make_shared<PartOfTree>(std::move(base), std::move(files));
}

std::shared_ptr<const Tree> disk_tree(std::string root) {
  return std::make_shared<DiskTree>(std::move(root));
}

std::shared_ptr<const Tree> changed_tree(std::shared_ptr<const Tree> base,
                                         std::vector<FileChange> changes) {
  return std::make_shared<ChangedTree>(std::move(base), std::move(changes));
}

}  // namespace taizhang::store
