#include "base/temporary.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <random>

#include "base/failure.hpp"

namespace taizhang::disk {

std::string temporary_name() {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device device;
  std::uniform_int_distribution<std::size_t> pick(0, letters.size() - 1);
  std::string name = fmt::format("{}{}.", temporary_prefix, ::getpid());
  for (int i = 0; i < 6; ++i) name += letters[pick(device)];
  return name;
}

void fail_writing(int error, std::string_view shown) {
  const std::string path(shown);
  if (error == ENOSPC || error == EDQUOT) throw Failure("full-disk", {{"path", path}}, path);
  throw Failure("write-failed", {{"path", path}, {"reason", error_text(error)}}, path);
}

Temporary::Temporary(const Descriptor& folder, std::string_view bytes, const struct stat* like,
                     std::string_view shown, Sync when)
    : folder_(folder.number()) {
  // Not readable for others before it has the permissions of the file it stands for.
  const mode_t mode = like != nullptr ? 0600 : 0666;
  for (int attempt = 0; !file_ && attempt < 100; ++attempt) {
    name_ = temporary_name();
    file_ = open_at(folder_, name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    if (!file_ && errno != EEXIST) break;
  }
  if (!file_) {
    const int error = errno;
    name_.clear();
    fail_writing(error, shown);
  }
  try {
    write(bytes, like, shown, when);
  } catch (...) {
    remove();
    throw;
  }
}

Temporary::Temporary(Temporary&& other) noexcept
    : folder_(other.folder_),
      name_(std::exchange(other.name_, {})),
      file_(std::move(other.file_)) {}

Temporary::~Temporary() { remove(); }

void Temporary::write(std::string_view bytes, const struct stat* like, std::string_view shown,
                      Sync when) {
  if (const int error = write_all(file_, bytes)) fail_writing(error, shown);
  if (like != nullptr) {
    // Giving a file away needs privilege; without it the new owner is who wrote it.
    [[maybe_unused]] const int kept = ::fchown(file_.number(), like->st_uid, like->st_gid);
    int result = 0;
    do result = ::fchmod(file_.number(), like->st_mode & 07777);
    while (result != 0 && errno == EINTR);
    if (result != 0) fail_writing(errno, shown);
  }
  // After a failed sync the kernel may have dropped the pages: never try the same file again.
  if (const int error = when == Sync::at_once ? sync(file_) : 0) fail_writing(error, shown);
  if (const int error = file_.close()) fail_writing(error, shown);
}

void Temporary::sync_now(std::string_view shown) const {
  const Descriptor file = open_at(folder_, name_.c_str(), O_WRONLY | O_NOFOLLOW);
  if (const int error = file ? sync(file) : errno) fail_writing(error, shown);
}

void Temporary::remove() {
  if (name_.empty()) return;
  while (::unlinkat(folder_, name_.c_str(), 0) != 0 && errno == EINTR) {
  }
  name_.clear();
}

int Temporary::rename_to(const std::string& name, bool must_be_new) {
  int result = 0;
  do {
    result = must_be_new
                 ? ::renameat2(folder_, name_.c_str(), folder_, name.c_str(), RENAME_NOREPLACE)
                 : ::renameat(folder_, name_.c_str(), folder_, name.c_str());
    if (result != 0 && must_be_new && (errno == EINVAL || errno == ENOSYS)) {
      must_be_new = false;  // a file system without that promise; absence was checked before
      errno = EINTR;
    }
  } while (result != 0 && errno == EINTR);
  if (result != 0) return errno;
  name_.clear();
  return 0;
}

}  // namespace taizhang::disk
