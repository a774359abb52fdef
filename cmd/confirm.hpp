#pragma once

#include <cstdint>
#include <optional>

#include "arguments.hpp"
#include "session.hpp"

namespace taizhang::cmd {

/// How one says beforehand that a change of many records is meant.
struct Confirmation {
  bool yes = false;
  std::optional<std::int64_t> expect;  ///< how many it should be
};

/// Declares --yes and --expect.
void declare_confirmation(Arguments& args, Confirmation& confirmation);

/// Whether to go on with that many changes, which the user has just been shown: as --expect and --yes
/// say, else by asking at the keyboard. Complains and gives an exit code when not. Diagnostics:
/// count-unexpected, confirmation-wanted.
std::optional<Exit> confirm(Session& session, const Confirmation& confirmation, std::size_t count);

}  // namespace taizhang::cmd
