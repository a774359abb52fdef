#pragma once

#include <string>

#include "command.hpp"

namespace taizhang::cmd {

/// What `taizhang help` prints: all commands by groups.
std::string overview(Session& session);

/// What `taizhang help COMMAND` prints.
std::string command_page(Session& session, const Command& command);

}  // namespace taizhang::cmd
