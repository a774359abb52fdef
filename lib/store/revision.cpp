#include "store/revision.hpp"

#include <algorithm>
#include <utility>

#include "store/git_tree.hpp"

namespace taizhang::store {

tl::expected<std::shared_ptr<Git>, Diagnostic> repository_of(const std::string& root) {
  auto git = Git::find(root);
  if (git) return git;
  return tl::make_unexpected(Diagnostic{Severity::error, "git-no-repository", {}, {}});
}

tl::expected<Revision, Diagnostic> open_revision(const std::string& root, const std::string& word) {
  auto git = repository_of(root);
  if (!git) return tl::make_unexpected(std::move(git.error()));
  const auto day = parse_date(word);
  auto commit = day ? (*git)->commit_on(*day) : (*git)->commit(word);
  if (!commit) return tl::make_unexpected(std::move(commit.error()));
  auto tree = git_tree(*git, commit->tree);
  if (!tree->exists("taizhang.toml"))
    return tl::make_unexpected(
        Diagnostic{Severity::error, "rev-without-workspace", {}, {{"commit", commit->short_id()}}});
  return Revision{std::move(*git), std::move(*commit), std::move(tree)};
}

std::vector<std::string> revision_names(const std::string& root) {
  const auto git = repository_of(root);
  if (!git) return {};
  std::vector<std::string> names{"HEAD"};
  for (const char* kind : {"branch", "tag"}) {
    const auto listed = (*git)->run({kind, "--list", "--format=%(refname:short)"});
    std::string_view lines = listed.output;
    while (!lines.empty()) {
      const std::size_t end = std::min(lines.find('\n'), lines.size());
      const std::string_view name = lines.substr(0, end);
      if (!name.empty() && name.front() != '(')
        names.emplace_back(name);  // a HEAD without a branch
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
  }
  return names;
}

}  // namespace taizhang::store
