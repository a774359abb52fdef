#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "model/ledger.hpp"
#include "store/tree.hpp"

namespace taizhang::store {

/// A county of the workspace before its ledgers are read.
struct CountyFolder {
  std::string folder;  ///< from the workspace's root; empty when the workspace is one county
  std::string code;    ///< empty when county.toml cannot be read
  std::string name;
};

/// An opened workspace: settings, rounds, and its counties in the order of their codes.
struct Workspace {
  std::string root;                  ///< absolute
  std::shared_ptr<const Tree> tree;  ///< where its files are read from
  model::WorkspaceLedger ledger;
  std::vector<CountyFolder> counties;
  Diagnostics diagnostics;     ///< what is wrong with taizhang.toml or with folders
  std::size_t unreadable = 0;  ///< files or folders that could not be used
};

/// Walks up from `start` to the folder that holds taizhang.toml, like git.
/// Diagnostics (usage): no-workspace, folder-missing.
tl::expected<Workspace, Diagnostic> open_workspace(const std::string& start);

/// The folder at or above `start` that holds taizhang.toml. Diagnostics: as open_workspace.
tl::expected<std::string, Diagnostic> find_workspace(const std::string& start);

/// Where this program keeps what is its own: the lock, what `undo` needs. Not for git.
std::string state_folder(const std::string& root);

/// A workspace as the tree has it.
Workspace read_workspace(std::string root, std::shared_ptr<const Tree> tree);

/// `folder/name`, or `name` when the folder is empty.
std::string join(std::string_view folder, std::string_view name);

}  // namespace taizhang::store
