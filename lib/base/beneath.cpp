#include "base/beneath.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <deque>
#include <vector>

namespace taizhang::disk {

namespace {

constexpr int read_flags = O_RDONLY | O_NONBLOCK;

Descriptor fail(int error) {
  errno = error;
  return {};
}

/// Puts the components of `path` in front of those still to be walked.
void put_in_front(std::deque<std::string>& steps, std::string_view path) {
  auto at = steps.begin();
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto step = path.substr(0, slash);
    if (!step.empty() && step != ".") at = steps.insert(at, std::string(step)) + 1;
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
}

}  // namespace

Descriptor open_beneath(const Descriptor& root, const std::string& path) {
  struct open_how how {};
  how.flags = read_flags | O_CLOEXEC | O_NOCTTY;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  // EAGAIN: something was renamed while the kernel followed a "..".
  for (int attempt = 0; attempt < 32; ++attempt) {
    const auto number = ::syscall(SYS_openat2, root.number(), path.c_str(), &how, sizeof how);
    if (number >= 0) return Descriptor(static_cast<int>(number));
    if (errno == ENOSYS || errno == EPERM) return open_beneath_by_steps(root, path);
    if (errno != EINTR && errno != EAGAIN) break;
  }
  return {};
}

Descriptor open_beneath_by_steps(const Descriptor& root, std::string_view path) {
  if (path.starts_with('/')) return fail(EXDEV);
  std::deque<std::string> steps;
  put_in_front(steps, path);
  std::vector<Descriptor> folders;  // from below the root down to where we are
  int links_left = 40;
  while (!steps.empty()) {
    const std::string step = std::move(steps.front());
    steps.pop_front();
    if (step == "..") {
      if (folders.empty()) return fail(EXDEV);
      folders.pop_back();
      continue;
    }
    const int here = folders.empty() ? root.number() : folders.back().number();
    Descriptor next = open_at(here, step.c_str(), O_PATH | O_NOFOLLOW);
    struct stat status {};
    if (!next || ::fstat(next.number(), &status) != 0) return {};
    if (S_ISLNK(status.st_mode)) {
      if (links_left-- == 0) return fail(ELOOP);
      std::array<char, PATH_MAX> target{};
      const auto length = ::readlinkat(next.number(), "", target.data(), target.size());
      if (length < 0) return {};
      if (length > 0 && target[0] == '/') return fail(EXDEV);
      put_in_front(steps, {target.data(), static_cast<std::size_t>(length)});
    } else if (S_ISDIR(status.st_mode)) {
      folders.push_back(std::move(next));
    } else {
      if (!steps.empty()) return fail(ENOTDIR);
      return open_at(here, step.c_str(), read_flags | O_NOFOLLOW);
    }
  }
  return open_at(folders.empty() ? root.number() : folders.back().number(), ".", read_flags);
}

}  // namespace taizhang::disk
