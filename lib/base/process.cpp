#include "base/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace taizhang::process {

using disk::Descriptor;

namespace {

constexpr std::size_t chunk = 65536;
constexpr std::size_t longest_reason = 400;

[[noreturn]] void fail_running(const Program& program, std::string_view reason) {
  throw Failure("program-failed",
                {{"program", program.name}, {"reason", std::string{trim(reason)}}});
}

/// The program's file. A relative folder in PATH could be anybody's and is passed over.
std::string file_of(const Program& program) {
  if (program.name.find('/') != std::string::npos) return program.name;
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!rest.empty()) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    std::string file = std::string{rest.substr(0, colon)} + '/' + program.name;
    if (file.starts_with('/') && ::access(file.c_str(), X_OK) == 0) return file;
    rest.remove_prefix(std::min(colon + 1, rest.size()));
  }
  throw Failure("program-missing", {{"program", program.name}});
}

struct Pipe {
  Descriptor read, write;

  explicit Pipe(const Program& program) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail_running(program, disk::error_text(errno));
    read = Descriptor(ends[0]);
    write = Descriptor(ends[1]);
  }
};

/// Pointers into the texts, with the null at the end that the system wants.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

/// Starts the program with these three as its standard descriptors.
pid_t start(const Program& program, int input, int output, int errors) {
  const std::string file = file_of(program);
  std::vector<std::string> words{program.name};
  words.insert(words.end(), program.arguments.begin(), program.arguments.end());
  std::vector<std::string> environment = program.environment;
  std::vector<char*> argv = pointers(words);
  std::vector<char*> envp = pointers(environment);

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  // We ignore these two; a program that does not expect it would go on into the void.
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  sigaddset(&defaults, SIGXFSZ);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t child = -1;
  const int error =
      ::posix_spawn(&child, file.c_str(), &actions, &attributes, argv.data(), envp.data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (error == ENOENT) throw Failure("program-missing", {{"program", program.name}});
  if (error != 0) fail_running(program, disk::error_text(error));
  return child;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Appends what can be read now; false at the end.
bool take(const Descriptor& from, std::string& bytes) {
  std::array<char, chunk> block{};
  const ssize_t count = ::read(from.number(), block.data(), block.size());
  if (count > 0) bytes.append(block.data(), static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

/// Feeds the program and hears it until it has closed both its outputs.
void attend(Descriptor input, std::string_view bytes, Descriptor output, Descriptor errors,
            Outcome& outcome) {
  ::fcntl(input.number(), F_SETFL, O_NONBLOCK);
  while (output || errors) {
    if (input && bytes.empty()) input.close();
    std::array<pollfd, 3> waits{{{input ? input.number() : -1, POLLOUT, 0},
                                 {output ? output.number() : -1, POLLIN, 0},
                                 {errors ? errors.number() : -1, POLLIN, 0}}};
    if (::poll(waits.data(), waits.size(), -1) < 0) continue;  // interrupted
    if (input && waits[0].revents != 0) {
      const ssize_t count = ::write(input.number(), bytes.data(), std::min(bytes.size(), chunk));
      if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
      else if (errno != EINTR && errno != EAGAIN) input.close();  // it does not want to know more
    }
    if (output && waits[1].revents != 0 && !take(output, outcome.output)) output.close();
    if (errors && waits[2].revents != 0 && !take(errors, outcome.errors)) errors.close();
  }
}

}  // namespace

std::vector<std::string> inherited(const std::vector<std::string>& names) {
  std::vector<std::string> found;
  for (const std::string& name : names)
    if (const char* value = std::getenv(name.c_str())) found.push_back(name + '=' + value);
  return found;
}

Outcome run(const Program& program, std::string_view input) {
  Pipe to(program), from(program), errors(program);
  const pid_t child = start(program, to.read.number(), from.write.number(), errors.write.number());
  for (Descriptor* theirs : {&to.read, &from.write, &errors.write}) theirs->close();
  Outcome outcome;
  attend(std::move(to.write), input, std::move(from.read), std::move(errors.read), outcome);
  outcome.status = wait_for(child);
  return outcome;
}

Conversation::Conversation(Program program) : program_(std::move(program)) {
  Pipe to(program_), from(program_);
  errors_ = Descriptor(::memfd_create("taizhang", MFD_CLOEXEC));
  if (!errors_) fail_running(program_, disk::error_text(errno));
  child_ = start(program_, to.read.number(), from.write.number(), errors_.number());
  input_ = std::move(to.write);
  output_ = std::move(from.read);
}

Conversation::~Conversation() {
  input_.close();
  output_.close();
  if (child_ >= 0) wait_for(child_);
}

void Conversation::fail() {
  input_.close();
  output_.close();
  wait_for(std::exchange(child_, -1));
  std::string reason(longest_reason, '\0');
  const ssize_t count = ::pread(errors_.number(), reason.data(), reason.size(), 0);
  reason.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  fail_running(program_, reason);
}

void Conversation::write(std::string_view bytes) {
  if (disk::write_all(input_, bytes) != 0) fail();
}

void Conversation::fill() {
  if (used_ > 0) buffer_.erase(0, std::exchange(used_, 0));
  if (!take(output_, buffer_)) fail();
}

std::string Conversation::read_line() {
  std::size_t end = 0;
  while ((end = buffer_.find('\n', used_)) == std::string::npos) fill();
  std::string line = buffer_.substr(used_, end - used_);
  used_ = end + 1;
  return line;
}

std::string Conversation::read(std::size_t count) {
  while (buffer_.size() - used_ < count) fill();
  std::string bytes = buffer_.substr(used_, count);
  used_ += count;
  return bytes;
}

void Conversation::skip(std::size_t count) {
  while (count > 0) {
    if (used_ == buffer_.size()) fill();
    const std::size_t step = std::min(count, buffer_.size() - used_);
    used_ += step;
    count -= step;
  }
}

}  // namespace taizhang::process
