#include "globals.hpp"

#include <algorithm>

namespace taizhang::cmd {

namespace {

/// The global option that `word` is or begins with (`-Cdir`, `--lang=en`).
const DeclaredOption* find_global(const std::vector<DeclaredOption>& globals,
                                  std::string_view word) {
  for (const DeclaredOption& option : globals)
    for (const std::string& name : option.names) {
      if (word == name) return &option;
      if (!option.takes_value || !word.starts_with(name)) continue;
      if (name.size() == 2 || word[name.size()] == '=') return &option;
    }
  return nullptr;
}

bool has_own_word_as_value(const DeclaredOption& option, std::string_view word) {
  return option.takes_value && std::ranges::find(option.names, word) != option.names.end();
}

std::optional<model::Language> language_in(const std::vector<std::string>& words) {
  constexpr std::string_view name = "--lang";
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    const std::string_view word = words[i];
    if (word == name && i + 1 < words.size())
      return model::from_term<model::Language>(words[i + 1]);
    if (word.starts_with("--lang="))
      return model::from_term<model::Language>(word.substr(name.size() + 1));
  }
  return std::nullopt;
}

Diagnostic option_before_command(const std::vector<DeclaredOption>& globals,
                                 const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  Diagnostic diagnostic;
  diagnostic.code = "option-before-command";
  diagnostic.facts = {{"option", name}, {"nearest", nearest_option(name, globals)}};
  return diagnostic;
}

}  // namespace

void declare_globals(Arguments& args, Globals& globals) {
  args.option("-C", globals.folder);
  args.choice("--lang", globals.language);
  args.option("--today", globals.today);
  args.option("--jobs", globals.jobs);
  args.flag("-h,--help", globals.help);
  args.flag("--version", globals.version);
}

CommandLine take_apart(std::vector<std::string> words) {
  CommandLine line;
  line.language = language_in(words);
  const auto terminator = std::ranges::find(words, "--");
  for (auto word = words.begin(); word != terminator; ++word) {
    if (*word == "-h" || *word == "--help") line.help = true;
    if (*word == "--version") line.version = true;
  }

  Globals unused;
  Arguments args("");
  declare_globals(args, unused);
  const std::vector<DeclaredOption> globals = args.declared();
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (!words[i].starts_with('-')) {
      line.command = words[i];
      const auto after = words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
      line.after.assign(after, words.end());
      break;
    }
    const DeclaredOption* option = find_global(globals, words[i]);
    if (!option) {
      line.problem = option_before_command(globals, words[i]);
      break;
    }
    if (has_own_word_as_value(*option, words[i])) ++i;
  }
  line.words = std::move(words);
  return line;
}

}  // namespace taizhang::cmd
