#include "help.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "arguments.hpp"
#include "base/baked.hpp"
#include "base/text.hpp"
#include "model/field.hpp"
#include "page.hpp"
#include "render/format_chapter.hpp"
#include "session.hpp"

namespace taizhang::cmd {

namespace {

std::string_view half_of(Session& session, const Command& command) {
  const std::string path = "cmd/" + std::string(command.name) + ".md";
  return page_half(baked_text(path), session.catalogue().language());
}

std::vector<std::string_view> groups() {
  std::vector<std::string_view> found;
  for (const Command& command : commands())
    if (!command.group.empty() && std::ranges::find(found, command.group) == found.end())
      found.push_back(command.group);
  return found;
}

/// `help fields`, `help fields task`: the file format.
Exit fields_page(Session& session, const std::string& record) {
  const render::Catalogue& catalogue = session.catalogue();
  if (record.empty()) {
    session.print(page_text(render::records_page(catalogue)));
    return Exit::done;
  }
  if (const auto page = render::record_page(catalogue, record)) {
    session.print(page_text(*page));
    return Exit::done;
  }
  std::vector<std::string_view> names;
  for (const model::RecordKind& kind : model::record_kinds()) names.push_back(kind.name);
  Diagnostic diagnostic;
  diagnostic.code = "unknown-record-name";
  diagnostic.facts = {{"word", record},
                      {"nearest", std::string(nearest(record, names).value_or(""))}};
  session.complain(diagnostic);
  return Exit::usage;
}

std::string paragraph(std::string_view text) {
  std::string lines;
  for (const std::string& line : wrap(text, page_columns)) lines += line + "\n";
  return lines;
}

}  // namespace

std::string overview(Session& session) {
  const render::Catalogue& catalogue = session.catalogue();
  std::size_t widest = 0;
  for (const Command& command : commands())
    if (!command.group.empty()) widest = std::max(widest, command.name.size());

  std::string text =
      paragraph(catalogue.text("help.title")) + "\n" + paragraph(catalogue.text("help.usage"));
  for (const std::string_view group : groups()) {
    text += "\n" + catalogue.text(group) + "\n";
    for (const Command& command : commands()) {
      if (command.group != group) continue;
      std::string first = pad_right(command.name, widest + 2).insert(0, "  ");
      for (const std::string& line :
           wrap(page_summary(half_of(session, command)), page_columns - 4 - widest)) {
        text += first + line + "\n";
        first.assign(widest + 4, ' ');
      }
    }
  }
  return text + "\n" + paragraph(catalogue.text("help.globals")) +
         paragraph(catalogue.text("help.more"));
}

std::string command_page(Session& session, const Command& command) {
  return page_text(half_of(session, command));
}

Runner declare_help(Arguments& args) {
  auto word = std::make_shared<std::string>();
  auto record = std::make_shared<std::string>();
  args.positional("COMMAND", *word, Need::optional);
  args.positional("RECORD", *record, Need::optional);
  return [word, record](Session& session) {
    if (*word == "fields") return fields_page(session, *record);
    if (!record->empty()) {
      session.complain(Diagnostic{
          Severity::error, "extra-argument", {}, {{"word", *record}, {"command", "help"}}});
      return Exit::usage;
    }
    if (word->empty()) {
      session.print(overview(session));
      return Exit::done;
    }
    if (const Command* command = find_command(*word)) {
      session.print(command_page(session, *command));
      return Exit::done;
    }
    const std::string_view topic = baked_text("cmd/topics/" + *word + ".md");
    if (!topic.empty()) {
      session.print(page_text(page_half(topic, session.catalogue().language())));
      return Exit::done;
    }
    const std::vector<std::string_view> names = command_names();
    Diagnostic diagnostic;
    diagnostic.code = "unknown-command";
    diagnostic.facts = {{"word", *word},
                        {"nearest", std::string(nearest(*word, names).value_or(""))}};
    session.complain(diagnostic);
    return Exit::usage;
  };
}

}  // namespace taizhang::cmd
