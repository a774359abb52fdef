#include "store/file_history.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/disk.hpp"
#include "store/workspace.hpp"

namespace taizhang::store {

namespace {

/// The id of the file's text; empty where it is not there.
std::string id_in(Git& git, const Commit& commit, std::string_view path) {
  std::string at = commit.tree;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string name{path.substr(0, slash)};
    const auto& entries = git.folder(at);
    const auto found = std::ranges::lower_bound(entries, name, {}, &GitEntry::name);
    if (found == entries.end() || found->name != name) return {};
    if (slash == std::string_view::npos) return found->is_folder ? std::string{} : found->id;
    at = found->id;
    path.remove_prefix(slash + 1);
  }
}

std::optional<std::string> text_of(Git& git, const std::string& id) {
  if (id.empty()) return std::nullopt;
  return git.content(id, disk::max_file_bytes).bytes;
}

/// Newest first, as far as no commit comes before one that rests on it; of one second by their ids, so
/// that the order is always the same.
struct Waiting {
  Commit commit;
  friend bool operator<(const Waiting& a, const Waiting& b) {
    return std::tie(b.commit.time, a.commit.id) < std::tie(a.commit.time, b.commit.id);
  }
};

/// A commit on the way to the file's versions.
struct Node {
  std::optional<FileVersion> version;  ///< when it changed the file
  std::vector<Commit> parents;         ///< those to follow
  int children = 0;                    ///< that were not told yet
};

}  // namespace

std::vector<FileVersion> file_history(Git& git, const Commit& head, const std::string& path) {
  const std::string whole = join(git.prefix(), path);
  std::map<std::string, Node> nodes;
  std::vector<Commit> found{head};
  nodes.try_emplace(head.id);
  while (!found.empty()) {
    const Commit commit = std::move(found.back());
    found.pop_back();
    Node& node = nodes[commit.id];
    const std::string id = id_in(git, commit, whole);
    std::vector<std::pair<Commit, std::string>> parents;
    for (const std::string& name : commit.parents)
      if (auto parent = git.commit(name)) {
        std::string its = id_in(git, *parent, whole);
        parents.emplace_back(std::move(*parent), std::move(its));
      }
    const auto same = std::ranges::find(parents, id, &std::pair<Commit, std::string>::second);
    if (same != parents.end()) {
      auto one = std::move(*same);
      parents = {std::move(one)};
    } else if (!id.empty() || !parents.empty()) {
      node.version = FileVersion{commit, text_of(git, id), {}};
      for (const auto& parent : parents)
        node.version->before.push_back(text_of(git, parent.second));
    }
    for (auto& [parent, its] : parents) {
      node.parents.push_back(parent);
      const auto [place, is_new] = nodes.try_emplace(parent.id);
      ++place->second.children;
      if (is_new) found.push_back(std::move(parent));
    }
  }

  std::vector<FileVersion> versions;
  std::set<Waiting> waiting{{head}};
  while (!waiting.empty()) {
    Node& node = nodes[waiting.extract(waiting.begin()).value().commit.id];
    if (node.version) versions.push_back(std::move(*node.version));
    for (const Commit& parent : node.parents)
      if (--nodes[parent.id].children == 0) waiting.insert({parent});
  }
  std::ranges::reverse(versions);
  return versions;
}

}  // namespace taizhang::store
