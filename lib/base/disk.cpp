#include "base/disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "base/beneath.hpp"
#include "base/descriptor.hpp"

namespace taizhang::disk {

namespace {

tl::unexpected<Diagnostic> refuse(std::string_view code, std::string_view shown, Facts facts = {}) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.place.path = shown;
  diagnostic.facts = std::move(facts);
  diagnostic.facts.emplace_back("path", shown);
  return tl::make_unexpected(std::move(diagnostic));
}

tl::unexpected<Diagnostic> refuse_file(int error, std::string_view shown) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
      return refuse("file-missing", shown);
    case EACCES:
    case EPERM:
      return refuse("file-denied", shown);
    case ENXIO:  // a socket
      return refuse("file-not-regular", shown);
    default:
      return refuse("file-unreadable", shown, {{"reason", error_text(error)}});
  }
}

tl::unexpected<Diagnostic> refuse_folder(int error, std::string_view shown) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
      return refuse("folder-missing", shown);
    case EACCES:
    case EPERM:
      return refuse("folder-denied", shown);
    default:
      return refuse("folder-unreadable", shown, {{"reason", error_text(error)}});
  }
}

bool has_nul(std::string_view path) { return path.find('\0') != std::string_view::npos; }

bool is_directory_entry(DIR* folder, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
  struct stat status {};
  return ::fstatat(::dirfd(folder), entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISDIR(status.st_mode);
}

/// The rest of `path` below `root` by their spelling; false when it does not begin with it.
bool strip_root(std::string_view root, std::string_view path, std::string& rest) {
  while (root.ends_with('/')) root.remove_suffix(1);
  if (!path.starts_with(root)) return false;
  path.remove_prefix(root.size());
  if (!path.empty() && path.front() != '/') return false;
  while (path.starts_with('/')) path.remove_prefix(1);
  rest = path;
  return true;
}

}  // namespace

tl::expected<std::string, Diagnostic> read_file(const std::string& path, std::string_view shown,
                                                std::size_t limit) {
  if (has_nul(path)) return refuse("file-missing", shown);
  const Descriptor file = open_at(AT_FDCWD, path.c_str(), O_RDONLY | O_NONBLOCK);
  if (!file) return refuse_file(errno, shown);
  std::string bytes;
  int error = 0;
  switch (read_regular(file, limit, bytes, error)) {
    case ReadOutcome::done:
      return bytes;
    case ReadOutcome::not_regular:
      return refuse("file-not-regular", shown);
    case ReadOutcome::too_large:
      return refuse("file-too-large", shown, {{"limit", std::to_string(limit)}});
    case ReadOutcome::unreadable:
      break;
  }
  return refuse_file(error, shown);
}

tl::expected<std::vector<DirectoryEntry>, Diagnostic> list_folder(const std::string& path,
                                                                  std::string_view shown) {
  if (has_nul(path)) return refuse("folder-missing", shown);
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), &::closedir);
  if (!folder) return refuse_folder(errno, shown);
  std::vector<DirectoryEntry> entries;
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(folder.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    entries.push_back({std::string(name), is_directory_entry(folder.get(), *entry)});
  }
  if (errno != 0) return refuse_folder(errno, shown);
  std::ranges::sort(entries, {}, &DirectoryEntry::name);
  return entries;
}

bool exists(const std::string& path) {
  struct stat status {};
  return !has_nul(path) && ::stat(path.c_str(), &status) == 0;
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return !has_nul(path) && ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_writable(const std::string& folder) {
  return !has_nul(folder) && ::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

std::string real_path(const std::string& path) {
  if (has_nul(path)) return {};
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         &std::free);
  return real ? std::string(real.get()) : std::string();
}

std::string path_from(const std::string& folder, const std::string& path) {
  return std::filesystem::path{path}.lexically_relative(folder).generic_string();
}

Confined read_confined(const std::string& root, const std::string& folder,
                       std::string_view relative, std::string& bytes, std::size_t limit) {
  bytes.clear();
  if (has_nul(relative) || relative.starts_with('/')) return Confined::outside;
  std::string path;
  if (!strip_root(root, folder, path)) {
    const std::string real = real_path(folder);
    if (real.empty()) return Confined::missing;
    if (!strip_root(real_path(root), real, path)) return Confined::outside;
  }
  path += path.empty() ? "./" : "/";
  path += relative;

  const Descriptor top = open_at(AT_FDCWD, root.c_str(), O_PATH | O_DIRECTORY);
  if (!top) return errno == ENOENT ? Confined::missing : Confined::unreadable;
  const Descriptor file = open_beneath(top, path);
  if (!file) {
    switch (errno) {
      case EXDEV:
        return Confined::outside;
      case ENOENT:
      case ENOTDIR:
      case ENAMETOOLONG:
        return Confined::missing;
      case ENXIO:
        return Confined::not_regular;
      default:
        return Confined::unreadable;
    }
  }
  int error = 0;
  const ReadOutcome outcome = read_regular(file, limit, bytes, error);
  if (outcome == ReadOutcome::done) return Confined::present;
  bytes.clear();
  return outcome == ReadOutcome::not_regular ? Confined::not_regular : Confined::unreadable;
}

}  // namespace taizhang::disk
