#include <algorithm>

#include "command.hpp"

namespace taizhang::cmd {

Runner declare_init(Arguments& args);
Runner declare_check(Arguments& args);
Runner declare_list(Arguments& args);
Runner declare_show(Arguments& args);
Runner declare_status(Arguments& args);
Runner declare_screen(Arguments& args);
Runner declare_whatif(Arguments& args);
Runner declare_explain(Arguments& args);
Runner declare_report(Arguments& args);
Runner declare_delta(Arguments& args);
Runner declare_reproduce(Arguments& args);
Runner declare_rank(Arguments& args);
Runner declare_undo(Arguments& args);
Runner declare_help(Arguments& args);
Runner declare_add(Arguments& args);
Runner declare_import(Arguments& args);
Runner declare_export(Arguments& args);
Runner declare_set(Arguments& args);
Runner declare_survey(Arguments& args);
Runner declare_step(Arguments& args);
Runner declare_assign(Arguments& args);
Runner declare_match(Arguments& args);
Runner declare_submit(Arguments& args);
Runner declare_log(Arguments& args);
Runner declare_apply(Arguments& args);
Runner declare_verify(Arguments& args);
Runner declare_close(Arguments& args);
Runner declare_return(Arguments& args);
Runner declare_reopen(Arguments& args);
Runner declare_extend(Arguments& args);
Runner declare_reassign(Arguments& args);
Runner declare_cancel(Arguments& args);
Runner declare_correct(Arguments& args);
Runner declare_accept(Arguments& args);
Runner declare_inspect(Arguments& args);
Runner declare_audit(Arguments& args);
Runner declare_history(Arguments& args);
Runner declare_diff(Arguments& args);
Runner declare_merge(Arguments& args);
Runner declare_git_setup(Arguments& args);
Runner declare_completion(Arguments& args);
Runner declare_complete(Arguments& args);
Runner declare_doctor(Arguments& args);
Runner declare_options(Arguments& args);
Runner declare_format(Arguments& args);

namespace {

constexpr std::array table{
    Command{"init", {}, "group.start", declare_init},
    Command{"import", {}, "group.start", declare_import},
    Command{"add", {}, "group.start", declare_add},
    Command{"set", {}, "group.start", declare_set},
    Command{"list", {}, "group.view", declare_list},
    Command{"show", {}, "group.view", declare_show},
    Command{"status", {}, "group.view", declare_status},
    Command{"explain", {}, "group.view", declare_explain},
    Command{"screen", {}, "group.screening", declare_screen},
    Command{"whatif", {}, "group.screening", declare_whatif},
    Command{"survey", {}, "group.screening", declare_survey},
    Command{"step", {}, "group.screening", declare_step},
    Command{"assign", {}, "group.rectification", declare_assign},
    Command{"match", {}, "group.rectification", declare_match},
    Command{"log", {}, "group.closing", declare_log},
    Command{"apply", {}, "group.closing", declare_apply},
    Command{"verify", {}, "group.closing", declare_verify},
    Command{"close", {}, "group.closing", declare_close},
    Command{"return", {}, "group.closing", declare_return},
    Command{"reopen", {}, "group.closing", declare_reopen},
    Command{"extend", {}, "group.closing", declare_extend},
    Command{"reassign", {}, "group.closing", declare_reassign},
    Command{"cancel", {}, "group.closing", declare_cancel},
    Command{"correct", {}, "group.closing", declare_correct},
    Command{"accept", {}, "group.closing", declare_accept},
    Command{"submit", {}, "group.inspection", declare_submit},
    Command{"inspect", {}, "group.inspection", declare_inspect},
    Command{"audit", {}, "group.inspection", declare_audit},
    Command{"rank", {}, "group.inspection", declare_rank},
    Command{"report", {}, "group.reports", declare_report},
    Command{"delta", {}, "group.reports", declare_delta},
    Command{"reproduce", {}, "group.reports", declare_reproduce},
    Command{"export", {}, "group.files", declare_export},
    Command{"check", {}, "group.files", declare_check},
    Command{"history", {}, "group.files", declare_history},
    Command{"diff", {}, "group.files", declare_diff},
    Command{"git-setup", {}, "group.files", declare_git_setup},
    Command{"merge", {}, "group.files", declare_merge},
    Command{"undo", {}, "group.files", declare_undo},
    Command{"completion", {}, "group.files", declare_completion},
    Command{"doctor", {}, "group.files", declare_doctor},
    Command{"help", {}, "group.files", declare_help},
    Command{"__complete", {}, "", declare_complete},
    Command{"__options", {}, "", declare_options},
    Command{"__format", {}, "", declare_format},
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
