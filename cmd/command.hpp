#pragma once

#include <array>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "exit.hpp"

namespace taizhang::cmd {

class Arguments;
class Session;

/// Does a command's work once its arguments are read.
using Runner = std::function<Exit(Session&)>;

/// A command is one .cpp, one page (<name>.md), one transcript (tests/cli/<name>.md) and one line
/// in commands.cpp. Only the command that was typed is declared.
struct Command {
  std::string_view name;
  std::array<std::string_view, 2> aliases;  ///< empty where there is none
  std::string_view group;                   ///< message id, e.g. "group.view"; empty: hidden
  Runner (*declare)(Arguments&);            ///< binds the options, returns what to run
};

/// All commands in the order in which `help` shows them.
std::span<const Command> commands();

/// By name or alias; nullptr when there is none.
const Command* find_command(std::string_view word);

/// Names and aliases of all that are not hidden.
std::vector<std::string_view> command_names();

}  // namespace taizhang::cmd
