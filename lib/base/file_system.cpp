#include "base/file_system.hpp"

#include <linux/magic.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace taizhang::disk {

namespace {

constexpr unsigned xfs_magic = 0x58465342;  // not in linux/magic.h

/// syncfs(2) tells of bytes that were lost since Linux 5.8, of a journal that was not written since 5.17.
bool tells_of_lost_bytes() {
  struct utsname system {};
  if (::uname(&system) != 0) return false;
  char* rest = nullptr;
  const long major = std::strtol(system.release, &rest, 10);
  const long minor = *rest == '.' ? std::strtol(rest + 1, nullptr, 10) : 0;
  return std::pair{major, minor} >= std::pair{5L, 17L};
}

/// Those of disks, and the one in memory. Others may ask somebody else who is not told of syncfs(2).
bool is_known(unsigned magic) {
  constexpr std::array<unsigned, 5> known{EXT4_SUPER_MAGIC, xfs_magic, BTRFS_SUPER_MAGIC,
                                          F2FS_SUPER_MAGIC, TMPFS_MAGIC};
  for (const unsigned each : known)
    if (each == magic) return true;
  return false;
}

}  // namespace

bool syncs_as_a_whole(const Descriptor& on_it) {
  struct statfs found {};
  return ::fstatfs(on_it.number(), &found) == 0 && is_known(static_cast<unsigned>(found.f_type)) &&
         tells_of_lost_bytes();
}

int sync_file_system(const Descriptor& on_it) {
  int result = 0;
  do result = ::syncfs(on_it.number());
  while (result != 0 && errno == EINTR);
  return result == 0 ? 0 : errno;
}

}  // namespace taizhang::disk
