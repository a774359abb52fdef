#pragma once

#include <memory>
#include <string>

#include "store/git.hpp"
#include "store/tree.hpp"

namespace taizhang::store {

/// The workspace's files as git has them below that folder of the repository's top: a commit's `tree`,
/// or what is `staged`. Paths are seen from the folder the repository was found from. What a checkout
/// would leave out (another repository) and links that lead out of the repository are not there.
std::shared_ptr<const Tree> git_tree(std::shared_ptr<Git> git, std::string folder_id);

}  // namespace taizhang::store
