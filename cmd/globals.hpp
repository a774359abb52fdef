#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"

namespace taizhang::cmd {

/// The options that every command takes, before or after its name.
struct Globals {
  std::string folder = ".";  ///< -C: where the search for the workspace begins
  std::optional<model::Language> language;
  std::optional<Date> today;
  std::optional<std::int64_t> jobs;
  bool help = false;
  bool version = false;
};

void declare_globals(Arguments& args, Globals& globals);

/// The words taken apart before anything is known about the command.
struct CommandLine {
  std::string command;             ///< empty when none was typed
  std::vector<std::string> words;  ///< all others
  std::vector<std::string> after;  ///< those of them that stand after the command
  bool help = false;               ///< -h or --help stands anywhere before `--`
  bool version = false;
  std::optional<model::Language> language;  ///< so that even complaints about options use it
  std::optional<Diagnostic> problem;        ///< option-before-command
};

CommandLine take_apart(std::vector<std::string> words);

}  // namespace taizhang::cmd
