#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/git.hpp"

namespace taizhang::store {

/// One commit that changed a file. A text is nothing where the file was not there.
struct FileVersion {
  Commit commit;
  std::optional<std::string> text;
  std::vector<std::optional<std::string>> before;  ///< in each parent; empty for the first commit
};

/// The commits up to `head` in which the file became what it is, oldest first. A side on which a merge
/// found the file as it left it is followed alone. The path is seen from the workspace.
std::vector<FileVersion> file_history(Git& git, const Commit& head, const std::string& path);

}  // namespace taizhang::store
