#include <algorithm>

#include "command.hpp"

namespace taizhang::cmd {

Runner declare_help(Arguments& args);
Runner declare_options(Arguments& args);

namespace {

constexpr std::array table{
    Command{"help", {}, "group.files", declare_help},
    Command{"__options", {}, "", declare_options},
};

}  // namespace

std::span<const Command> commands() { return table; }

const Command* find_command(std::string_view word) {
  if (word.empty()) return nullptr;
  for (const Command& command : table)
    if (command.name == word || std::ranges::find(command.aliases, word) != command.aliases.end())
      return &command;
  return nullptr;
}

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> names;
  for (const Command& command : table) {
    if (command.group.empty()) continue;
    names.push_back(command.name);
    for (const std::string_view alias : command.aliases)
      if (!alias.empty()) names.push_back(alias);
  }
  return names;
}

}  // namespace taizhang::cmd
