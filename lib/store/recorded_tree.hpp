#pragma once

#include <map>
#include <memory>
#include <string>

#include "store/tree.hpp"

namespace taizhang::store {

/// SHA-256 of files by path.
using ReadSums = std::map<std::string, std::string>;

/// The same files; those that are read are noted with their hashes.
std::shared_ptr<const Tree> recorded_tree(std::shared_ptr<const Tree> base,
                                          std::shared_ptr<ReadSums> sums);

}  // namespace taizhang::store
