#include "base/descriptor.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace taizhang::disk {

int Descriptor::close() {
  const int number = std::exchange(number_, -1);
  if (number < 0 || ::close(number) == 0) return 0;
  // Linux has released the number even when interrupted; closing again could hit another file.
  return errno == EINTR ? 0 : errno;
}

Descriptor open_at(int folder, const char* path, int flags, mode_t mode) {
  int number = -1;
  do number = ::openat(folder, path, flags | O_CLOEXEC | O_NOCTTY, mode);
  while (number < 0 && errno == EINTR);
  return Descriptor(number);
}

void allow_many_descriptors() {
  struct rlimit limit {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);  // if it fails, it is as it was
}

ReadOutcome read_regular(const Descriptor& file, std::size_t limit, std::string& bytes,
                         int& error) {
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) {
    error = errno;
    return ReadOutcome::unreadable;
  }
  if (!S_ISREG(status.st_mode)) return ReadOutcome::not_regular;
  const auto expected = static_cast<std::size_t>(status.st_size);
  if (expected > limit) return ReadOutcome::too_large;

  // The size is only a hint: the file may grow meanwhile, and files in /proc say 0.
  constexpr std::size_t least = 4096;
  std::size_t used = bytes.size();
  const std::size_t hinted = used + expected;
  const std::size_t end = used + limit;
  bytes.resize(used + std::min(limit, std::max(expected, least)) + 1);
  while (true) {
    const auto count = ::read(file.number(), bytes.data() + used, bytes.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      error = errno;
      return ReadOutcome::unreadable;
    }
    used += static_cast<std::size_t>(count);
    if (used > end) return ReadOutcome::too_large;
    if (count == 0 || used == hinted) break;  // there was room for a byte more
    if (used == bytes.size()) bytes.resize(std::min(end + 1, used * 2));
  }
  bytes.resize(used);
  return ReadOutcome::done;
}

int write_all(const Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(file.number(), bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

int sync(const Descriptor& file) {
  int result = 0;
  do result = ::fsync(file.number());
  while (result != 0 && errno == EINTR);
  return result == 0 ? 0 : errno;
}

std::string error_text(int error) { return std::generic_category().message(error); }

}  // namespace taizhang::disk
