#include "base/spill.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "base/temporary.hpp"

namespace taizhang::disk {

namespace {

/// On a disk, where /tmp is often in memory.
constexpr const char* folder = "/var/tmp";

}  // namespace

Spill::Spill() : file_(open_at(AT_FDCWD, folder, O_TMPFILE | O_RDWR, 0600)) {
  if (!file_) file_ = Descriptor(::memfd_create("taizhang", MFD_CLOEXEC));
  if (!file_) fail_writing(errno, folder);
}

std::uint64_t Spill::append(std::string_view bytes) {
  if (const int error = write_all(file_, bytes)) fail_writing(error, folder);
  const std::uint64_t place = size_;
  size_ += bytes.size();
  return place;
}

std::string Spill::read(std::uint64_t place, std::size_t size) const {
  std::string bytes(size, '\0');
  for (std::size_t done = 0; done < size;) {
    const ssize_t count =
        ::pread(file_.number(), bytes.data() + done, size - done, static_cast<off_t>(place + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail_writing(count < 0 ? errno : EIO, folder);
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

}  // namespace taizhang::disk
