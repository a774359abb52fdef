#include "base/entry.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/descriptor.hpp"
#include "base/temporary.hpp"

namespace taizhang::disk {

namespace {

void sync_above(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  if (const Descriptor opened = open_at(AT_FDCWD, folder.c_str(), O_RDONLY | O_DIRECTORY))
    sync(opened);
}

}  // namespace

void rename_file(const std::string& from, const std::string& to) {
  int result = 0;
  do result = ::rename(from.c_str(), to.c_str());
  while (result != 0 && errno == EINTR);
  if (result != 0) fail_writing(errno, to);
  sync_above(to);
}

void remove_file(const std::string& path) {
  int result = 0;
  do result = ::unlink(path.c_str());
  while (result != 0 && errno == EINTR);
  if (result != 0 && errno != ENOENT) fail_writing(errno, path);
  sync_above(path);
}

void remove_empty_folder(const std::string& path) {
  if (::rmdir(path.c_str()) == 0) sync_above(path);
}

void make_executable(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) fail_writing(errno, path);
  const mode_t may_read = status.st_mode & (S_IRUSR | S_IRGRP | S_IROTH);
  if (::chmod(path.c_str(), (status.st_mode & 07777) | (may_read >> 2)) != 0)
    fail_writing(errno, path);
}

}  // namespace taizhang::disk
