#include "store/revision.hpp"

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

}  // namespace taizhang::store
