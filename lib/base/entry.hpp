#pragma once

#include <string>

namespace taizhang::disk {

// Single steps on names in folders. The folder is synced when it can be; after a power failure a
// step may not have been taken.

/// Gives a file another name in the same folder. Failures: full-disk, write-failed.
void rename_file(const std::string& from, const std::string& to);

/// Removes a file; it may be gone already. Failures: full-disk, write-failed.
void remove_file(const std::string& path);

/// Removes a folder that holds nothing; any other is left alone. No symlink is followed at the end.
void remove_empty_folder(const std::string& path);

/// Lets everybody who may read the file run it. Failures: full-disk, write-failed.
void make_executable(const std::string& path);

}  // namespace taizhang::disk
