#include "store/git_tree.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace taizhang::store {

namespace {

/// No longer a chain of links is followed.
constexpr int most_links = 40;

/// Puts the names of `path` in front of those still to be walked.
void put_in_front(std::deque<std::string>& steps, std::string_view path) {
  auto at = steps.begin();
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (const auto step = path.substr(0, slash); !step.empty() && step != ".")
      at = steps.insert(at, std::string{step}) + 1;
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
}

class GitTree final : public Tree {
 public:
  GitTree(std::shared_ptr<Git> git, std::string folder_id)
      : git_(std::move(git)), top_(std::move(folder_id)) {
    std::deque<std::string> steps;
    put_in_front(steps, git_->prefix());
    root_.assign(steps.begin(), steps.end());
  }

  tl::expected<std::string, Diagnostic> read(const std::string& path) const override {
    const Walk walk = walk_to(path, 0);
    if (!walk.entry) return refuse("file-missing", path);
    if (is_folder_entry(*walk.entry)) return refuse("file-not-regular", path);
    Git::Content content = git_->content(walk.entry->id, disk::max_file_bytes);
    if (content.too_large)
      return refuse("file-too-large", path, {{"limit", std::to_string(disk::max_file_bytes)}});
    if (!content.found) return refuse("file-missing", path);
    return std::move(content.bytes);
  }

  tl::expected<std::vector<disk::DirectoryEntry>, Diagnostic> list(
      const std::string& folder) const override {
    const Walk walk = walk_to(folder, 0);
    if (!walk.entry || !is_folder_entry(*walk.entry))
      return refuse("folder-missing", folder.empty() ? "." : folder);
    std::vector<disk::DirectoryEntry> entries;
    for (const GitEntry& entry : git_->folder(walk.entry->id))
      entries.push_back({entry.name, is_folder_entry(entry)});
    return entries;
  }

  bool exists(const std::string& path) const override { return walk_to(path, 0).entry.has_value(); }

  bool is_folder(const std::string& path) const override {
    const Walk walk = walk_to(path, 0);
    return walk.entry && is_folder_entry(*walk.entry);
  }

  disk::Confined read_confined(const std::string& folder, std::string_view relative,
                               std::string& bytes) const override {
    bytes.clear();
    if (relative.starts_with('/')) return disk::Confined::outside;
    const Walk walk = walk_to(join(folder, relative), root_.size());
    if (walk.left_root) return disk::Confined::outside;
    if (!walk.entry) return disk::Confined::missing;
    if (is_folder_entry(*walk.entry)) return disk::Confined::not_regular;
    Git::Content content = git_->content(walk.entry->id, disk::max_evidence_bytes);
    if (!content.found || content.too_large) return disk::Confined::unreadable;
    bytes = std::move(content.bytes);
    return disk::Confined::present;
  }

 private:
  struct Walk {
    std::optional<GitEntry> entry;
    bool left_root = false;  ///< a link or ".." led above the folder that may not be left
  };

  static std::string join(const std::string& folder, std::string_view name) {
    return folder.empty() ? std::string{name} : folder + '/' + std::string{name};
  }

  static bool is_folder_entry(const GitEntry& entry) { return entry.is_folder || entry.is_foreign; }

  static tl::unexpected<Diagnostic> refuse(std::string_view code, const std::string& path,
                                           Facts facts = {}) {
    Diagnostic diagnostic{Severity::error, code, {}, std::move(facts)};
    diagnostic.place.path = path;
    diagnostic.facts.emplace_back("path", path);
    return tl::make_unexpected(std::move(diagnostic));
  }

  const GitEntry* find(const std::string& folder_id, const std::string& name) const {
    const auto& entries = git_->folder(folder_id);
    const auto found = std::ranges::lower_bound(entries, name, {}, &GitEntry::name);
    return found != entries.end() && found->name == name ? &*found : nullptr;
  }

  /// Follows a path from the workspace's root, and links on the way. `least` is how many folders below
  /// the repository's top may not be left.
  Walk walk_to(std::string_view path, std::size_t least) const {
    std::deque<std::string> steps;
    put_in_front(steps, path);
    steps.insert(steps.begin(), root_.begin(), root_.end());
    std::vector<GitEntry> way{{"", top_, true}};  // from the top down to where we are
    int links_left = most_links;
    std::size_t inside = 0;  // how deep we have been, up to `least`
    while (!steps.empty()) {
      const std::string step = std::move(steps.front());
      steps.pop_front();
      inside = std::max(inside, std::min(way.size() - 1, least));
      if (step == "..") {
        if (way.size() == 1 || (inside == least && way.size() - 1 == least)) return {{}, true};
        way.pop_back();
        continue;
      }
      if (!way.back().is_folder) return {};
      const GitEntry* next = find(way.back().id, step);
      if (!next) return {};
      if (!next->is_link) {
        way.push_back(*next);
        continue;
      }
      const std::string target = git_->content(next->id, disk::max_file_bytes).bytes;
      if (links_left-- == 0 || target.empty()) return {};
      if (target.starts_with('/')) return {{}, true};
      put_in_front(steps, target);
    }
    return {way.back()};
  }

  std::shared_ptr<Git> git_;
  std::string top_;
  std::vector<std::string> root_;  ///< names from the repository's top to the workspace's root
};

}  // namespace

std::shared_ptr<const Tree> git_tree(std::shared_ptr<Git> git, std::string folder_id) {
  return std::make_shared<GitTree>(std::move(git), std::move(folder_id));
}

}  // namespace taizhang::store
