#include "base/memory_file.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "base/failure.hpp"

namespace taizhang::disk {

namespace {

constexpr std::string_view shown = "/proc/self/fd";

[[noreturn]] void fail(int error) {
  throw Failure("write-failed", {{"path", std::string{shown}}, {"reason", error_text(error)}},
                std::string{shown});
}

}  // namespace

MemoryFile::MemoryFile() : file_(::memfd_create("taizhang", MFD_CLOEXEC)) {
  if (!file_) fail(errno);
}

std::string MemoryFile::path() const {
  return std::string{shown} + "/" + std::to_string(file_.number());
}

std::string MemoryFile::bytes() const {
  struct stat status {};
  if (::fstat(file_.number(), &status) != 0 || ::lseek(file_.number(), 0, SEEK_SET) < 0)
    fail(errno);
  std::string bytes;
  int error = 0;
  if (read_regular(file_, static_cast<std::size_t>(status.st_size), bytes, error) !=
      ReadOutcome::done)
    fail(error);
  return bytes;
}

}  // namespace taizhang::disk
