#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <ctime>

#include "base/failure.hpp"
#include "base/save.hpp"
#include "base/temporary.hpp"

namespace taizhang::disk {

namespace {

constexpr long polls_per_second = 20;

[[noreturn]] void fail_locking(int error, const std::string& path) {
  throw Failure("lock-failed", {{"path", path}, {"reason", error_text(error)}}, path);
}

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "?";
}

/// What the holder wrote, one value on each line: pid, host, command, since. Empty where it has not
/// come to it yet.
Diagnostic locked_by(const Descriptor& file, const std::string& path) {
  std::string bytes;
  int error = 0;
  ::lseek(file.number(), 0, SEEK_SET);
  if (read_regular(file, 4096, bytes, error) != ReadOutcome::done) bytes.clear();
  Diagnostic diagnostic;
  diagnostic.code = "locked";
  diagnostic.place.path = path;
  std::string_view rest = bytes;
  for (const std::string_view key : {"pid", "host", "holder", "since"}) {
    const auto newline = rest.find('\n');
    const auto value = rest.substr(0, newline);
    diagnostic.facts.emplace_back(key, value.empty() ? "?" : value);
    rest.remove_prefix(newline == std::string_view::npos ? rest.size() : newline + 1);
  }
  return diagnostic;
}

/// Whatever becomes of the folder, nothing has been written by then.
void make_state_folder(const std::string& path) {
  try {
    make_folder(path);
  } catch (const Failure& failure) {
    const Diagnostic& told = failure.diagnostic();
    if (told.code != "written-not-durable") throw;
    throw Failure("write-failed", told.facts, told.place.path);
  }
}

void write_once(const std::string& path, std::string_view text) {
  Descriptor file = open_at(AT_FDCWD, path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
  if (!file) {
    if (errno == EEXIST) return;
    fail_writing(errno, path);
  }
  int error = write_all(file, text);
  if (error == 0) error = file.close();
  if (error == 0) return;
  ::unlink(path.c_str());
  fail_writing(error, path);
}

}  // namespace

tl::expected<Lock, Diagnostic> Lock::take(const std::string& state_folder, std::string_view who,
                                          std::string_view since, int wait_seconds) {
  make_state_folder(state_folder);
  write_once(state_folder + "/.gitignore", "*\n");
  const std::string path = state_folder + "/lock";
  Descriptor file = open_at(AT_FDCWD, path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW, 0666);
  if (!file) fail_writing(errno, path);

  for (long polls = wait_seconds * polls_per_second; ::flock(file.number(), LOCK_EX | LOCK_NB) != 0;
       --polls) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) fail_locking(errno, path);
    if (polls <= 0) return tl::make_unexpected(locked_by(file, path));
    const std::timespec pause{0, 1'000'000'000 / polls_per_second};
    ::nanosleep(&pause, nullptr);
  }

  std::string text = std::to_string(::getpid()) + '\n' + host_name() + '\n';
  text.append(who) += '\n';
  text.append(since) += '\n';
  // Only for the message to others; a full disk is noticed where it matters.
  if (::ftruncate(file.number(), 0) == 0) write_all(file, text);
  return Lock(std::move(file));
}

Lock::~Lock() {
  // Emptied, not removed: one who waits already has this very file open.
  if (file_ && ::ftruncate(file_.number(), 0) != 0) return;
}

}  // namespace taizhang::disk
