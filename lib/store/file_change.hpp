#pragma once

#include <optional>
#include <string>

namespace taizhang::store {

/// What a command makes of one file.
struct FileChange {
  std::string path;                      ///< from the workspace's root
  std::optional<std::string> old_bytes;  ///< nothing: the file is new
  std::optional<std::string> new_bytes;  ///< nothing: it is removed
};

}  // namespace taizhang::store
