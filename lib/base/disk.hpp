#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"

namespace taizhang::disk {

/// No ledger is larger; larger files are refused unread.
inline constexpr std::size_t max_file_bytes = 8u << 20;

/// Evidence may be a scan or a photograph, and is only hashed.
inline constexpr std::size_t max_evidence_bytes = 256u << 20;

/// The bytes of a regular file (symlinks are followed). Never blocks on a pipe or reads a device.
/// Diagnostics: file-missing, file-not-regular, file-too-large, file-denied, file-unreadable.
/// `path` is what the system opens, `shown` what messages call it.
tl::expected<std::string, Diagnostic> read_file(const std::string& path, std::string_view shown,
                                                std::size_t limit = max_file_bytes);

struct DirectoryEntry {
  std::string name;
  bool is_directory = false;  ///< symlinks to directories are not directories
};

/// Names in a folder without "." and "..", in byte order.
/// Diagnostics: folder-missing, folder-denied, folder-unreadable.
tl::expected<std::vector<DirectoryEntry>, Diagnostic> list_folder(const std::string& path,
                                                                  std::string_view shown);

bool exists(const std::string& path);
bool is_folder(const std::string& path);
/// Whether we may make and replace files in that folder.
bool is_writable(const std::string& folder);

/// Absolute path without symlinks, "." or ".."; empty when it does not exist.
std::string real_path(const std::string& path);

/// The path of `path` seen from `folder`, both absolute and as `real_path` gives them.
std::string path_from(const std::string& folder, const std::string& path);

/// What became of a file that a ledger refers to.
enum class Confined { present, missing, outside, not_regular, unreadable };

/// Reads `relative` (seen from `folder`) without ever leaving `root`, through no symlink that leads
/// out of it. `bytes` is filled when the answer is `present`; more than `limit` is `unreadable`.
Confined read_confined(const std::string& root, const std::string& folder,
                       std::string_view relative, std::string& bytes,
                       std::size_t limit = max_evidence_bytes);

}  // namespace taizhang::disk
