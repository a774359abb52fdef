#include <array>
#include <memory>
#include <string>

#include "arguments.hpp"
#include "base/baked.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "session.hpp"

namespace taizhang::cmd {

namespace {

constexpr std::array<std::string_view, 3> shells{"bash", "zsh", "fish"};

}  // namespace

Runner declare_completion(Arguments& args) {
  auto shell = std::make_shared<std::string>();
  args.positional("SHELL", *shell);
  for (const std::string_view each : shells) args.offer(each);
  return [shell](Session& session) {
    const std::string_view script = baked_text("data/completion/taizhang." + *shell);
    if (!script.empty()) {
      session.print(script);
      return Exit::done;
    }
    Diagnostic diagnostic;
    diagnostic.code = "shell-unknown";
    diagnostic.facts = {{"shell", *shell},
                        {"nearest", std::string{nearest(*shell, shells).value_or("")}}};
    session.complain(diagnostic);
    return Exit::usage;
  };
}

}  // namespace taizhang::cmd
