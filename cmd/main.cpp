#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "base/baked.hpp"
#include "base/date.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "globals.hpp"
#include "help.hpp"
#include "session.hpp"

namespace taizhang::cmd {

namespace {

/// A full disk and a closed pipe are answers of `write`, not reasons to die. A closed standard
/// descriptor is filled, or else the next file opened would take its number and our output.
void prepare_process() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(descriptor, F_GETFD) < 0)
        // Read-only, so that writing to a closed standard output still fails.
        [[maybe_unused]]
      const int filled = open("/dev/null", O_RDONLY | O_NOCTTY);
}

/// Where memory does not even suffice to throw std::bad_alloc, the standard library ends the program.
[[noreturn]] void end_without_memory() {
  if (std::current_exception()) std::abort();
  constexpr std::string_view words = "taizhang: error[out-of-memory]\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, words.data(), words.size());
  _exit(static_cast<int>(Exit::machine));
}

/// The command that does what the word names; see data/commands.txt.
std::string_view meant_by(std::string_view word) {
  std::string_view rest = baked_text("data/commands.txt");
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t sign = line.find(" = ");
    if (sign != line.npos && line.substr(0, sign) == word) return line.substr(sign + 3);
  }
  return {};
}

Exit unknown_command(Session& session, const std::string& word) {
  const std::vector<std::string_view> names = command_names();
  Diagnostic diagnostic;
  diagnostic.code = "unknown-command";
  std::string meant{meant_by(word)};
  if (meant.empty()) meant = nearest(word, names).value_or("");
  diagnostic.facts = {{"word", word}, {"nearest", std::move(meant)}};
  session.complain(diagnostic);
  return Exit::usage;
}

Exit run(Session& session, std::vector<std::string> typed) {
  CommandLine line = take_apart(std::move(typed));
  if (line.language) session.set_language(*line.language);
  const Command* command = find_command(line.command);
  if (line.help) {
    if (!command && !line.command.empty()) return unknown_command(session, line.command);
    session.print(command ? command_page(session, *command) : overview(session));
    return Exit::done;
  }
  if (line.version) {
    session.print("taizhang " TAIZHANG_VERSION "\n");
    return Exit::done;
  }
  if (line.problem) {
    session.complain(*line.problem);
    return Exit::usage;
  }
  if (line.command.empty() && line.words.empty()) {
    session.write_error(overview(session));
    return Exit::usage;
  }
  if (!command && !line.command.empty()) return unknown_command(session, line.command);

  if (command) session.set_command(command->name, line.after);
  Globals globals;
  Arguments args(command ? command->name : "", line.after.empty() ? "" : line.after.front());
  declare_globals(args, globals);
  const Runner runner = command ? command->declare(args) : Runner{};
  if (const Diagnostics problems = args.parse(std::move(line.words)); !problems.empty()) {
    session.complain(problems);
    return Exit::usage;
  }
  if (!command) {
    session.write_error(overview(session));
    return Exit::usage;
  }
  session.set_start_folder(globals.folder);
  if (globals.today) session.set_today(*globals.today);
  if (globals.jobs) session.set_jobs(*globals.jobs);
  return runner(session);
}

/// Runs a step; whatever the machine refuses ends here.
template <class Step>
Exit guarded(Session& session, Step step) {
  try {
    return step();
  } catch (const Failure& failure) {
    session.complain(failure.diagnostic());
    // Somebody else was at work between our reading and our writing: try again.
    if (failure.diagnostic().code == "file-changed-meanwhile") return Exit::locked;
  } catch (const std::bad_alloc&) {
    Diagnostic diagnostic;
    diagnostic.code = "out-of-memory";
    session.complain(diagnostic);
  }
  return Exit::machine;
}

}  // namespace

}  // namespace taizhang::cmd

int main(int argc, char** argv) {
  using namespace taizhang;
  using namespace taizhang::cmd;
  prepare_process();
  std::set_terminate(end_without_memory);
  const auto now = std::chrono::system_clock::now();
  Session session(day_in_china(now), clock_in_china(now));
  const Exit exit = guarded(session, [&] {
    return run(session, argc > 0 ? std::vector<std::string>(argv + 1, argv + argc)
                                 : std::vector<std::string>{});
  });
  const Exit written = guarded(session, [&] {
    session.finish();
    return Exit::done;
  });
  return static_cast<int>(worst(exit, written));
}
