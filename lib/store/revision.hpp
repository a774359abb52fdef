#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "store/git.hpp"
#include "store/tree.hpp"

namespace taizhang::store {

/// The workspace as it was committed at some time.
struct Revision {
  std::shared_ptr<Git> git;
  Commit commit;
  std::shared_ptr<const Tree> tree;
};

/// The repository that holds the workspace's folder. Diagnostics: git-no-repository.
tl::expected<std::shared_ptr<Git>, Diagnostic> repository_of(const std::string& root);

/// HEAD, the branches and the tags; empty outside git.
std::vector<std::string> revision_names(const std::string& root);

/// The revision that `word` names: a day (YYYY-MM-DD) is the last commit by the end of it, all else
/// what git takes it for. Diagnostics: git-no-repository, rev-unknown, rev-before-history,
/// rev-without-workspace.
tl::expected<Revision, Diagnostic> open_revision(const std::string& root, const std::string& word);

}  // namespace taizhang::store
