#pragma once

namespace taizhang::cmd {

/// What the shell is told.
enum class Exit : int {
  done = 0,
  findings = 1,    ///< the ledger says no
  usage = 2,       ///< the command was not understood
  unreadable = 3,  ///< some input could not be read; the rest was done
  machine = 4,     ///< cannot write, no space, git missing
  locked = 75,     ///< another run is at work
};

/// The one that matters more, in the order 2, 75, 4, 3, 1, 0.
constexpr Exit worst(Exit a, Exit b) {
  for (const Exit exit :
       {Exit::usage, Exit::locked, Exit::machine, Exit::unreadable, Exit::findings})
    if (a == exit || b == exit) return exit;
  return Exit::done;
}

}  // namespace taizhang::cmd
