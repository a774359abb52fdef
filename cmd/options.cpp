#include <memory>

#include "arguments.hpp"
#include "command.hpp"
#include "globals.hpp"
#include "session.hpp"

namespace taizhang::cmd {

Runner declare_options(Arguments& args) {
  auto word = std::make_shared<std::string>();
  args.positional("COMMAND", *word, Need::optional);
  return [word](Session& session) {
    Arguments declared(*word);
    Globals globals;
    Runner runner;  // keeps what the options are bound to alive
    if (const Command* command = find_command(*word)) runner = command->declare(declared);
    else declare_globals(declared, globals);
    for (const DeclaredOption& option : declared.declared())
      for (const std::string& name : option.names) session.print(name + "\n");
    return Exit::done;
  };
}

}  // namespace taizhang::cmd
