#include <algorithm>
#include <charconv>
#include <memory>

#include "arguments.hpp"
#include "base/disk.hpp"
#include "base/text.hpp"
#include "report/undo_list.hpp"
#include "store/undo_log.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

constexpr std::size_t listed_columns = 30;
constexpr std::size_t told_columns = 40;

struct UndoOptions : WritingOptions {
  std::string number;  ///< empty: the latest change
  bool list = false;
  std::string format = "text";
};

Diagnostic complaint(std::string_view code, Facts facts) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.facts = std::move(facts);
  return diagnostic;
}

void speak_as(Session& session, const std::string& root) {
  session.set_workspace_language(
      store::read_workspace(root, store::disk_tree(root)).ledger.info.language);
}

Exit list_changes(Session& session, const UndoOptions& options) {
  const auto root = store::find_workspace(session.start_folder());
  if (!root) {
    session.complain(root.error());
    return Exit::usage;
  }
  speak_as(session, *root);
  const store::UndoList list = store::UndoLog{*root}.list();
  session.complain(list.diagnostics);
  session.emit(report::undo_list(list, options.format == "text" ? listed_columns : 0),
               options.format);
  return list.diagnostics.empty() ? Exit::done : Exit::unreadable;
}

std::optional<std::uint32_t> number_of(const std::string& text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return number;
}

/// The change that a chain of undoing and redoing began with; whether it is being redone.
struct Origin {
  const store::UndoEntry* entry = nullptr;
  bool redone = false;
};

Origin origin_of(const store::UndoList& list, std::uint32_t number) {
  Origin origin;
  for (std::optional<std::uint32_t> next = number; next;) {
    const auto found = std::ranges::find(list.entries, *next, &store::UndoEntry::number);
    if (found == list.entries.end()) break;
    if (origin.entry != nullptr) {
      if (found->number >= origin.entry->number) break;
      origin.redone = !origin.redone;
    }
    origin.entry = &*found;
    next = found->note.undoes;
  }
  return origin;
}

Exit exit_of(std::string_view code) {
  if (code == "undo-unknown") return Exit::usage;
  return code == "undo-damaged" ? Exit::unreadable : Exit::findings;
}

/// Also where taizhang.toml itself was taken back and is wanted again.
tl::expected<Writing, Exit> begin(Session& session, const UndoOptions& options) {
  const std::string here = disk::real_path(session.start_folder());
  if (!store::find_workspace(here) && disk::is_folder(store::state_folder(here)))
    return Writing::begin_in(session, options, here);
  return Writing::begin(session, options);
}

Exit undo(Session& session, const UndoOptions& options) {
  auto writing = begin(session, options);
  if (!writing) return writing.error();
  speak_as(session, writing->root());
  const store::UndoLog log{writing->root()};
  const auto number = options.number.empty() ? log.newest() : number_of(options.number);
  if (!number) {
    session.complain(options.number.empty()
                         ? complaint("undo-nothing", {})
                         : complaint("undo-unknown", {{"number", options.number}}));
    return options.number.empty() ? Exit::findings : Exit::usage;
  }
  auto back = log.reverse(*number);
  if (!back) {
    session.complain(back.error());
    return exit_of(back.error().front().code);
  }
  const std::size_t files = back->size();
  const store::UndoList list = log.list();
  const Origin origin = origin_of(list, *number);
  Facts facts = {{"number", std::to_string(*number)}, {"files", std::to_string(files)}};
  if (origin.entry != nullptr) {
    facts.front().second = std::to_string(origin.entry->number);
    facts.emplace_back("command", cut(visible(origin.entry->note.command), told_columns));
  }
  writing->take_back(std::move(*back), *number);
  if (number != log.newest())  // later changes may stand on it
    if (const auto refused = writing->judge()) return *refused;
  const Exit exit = writing->save(origin.redone ? "undo.redone" : "undo.done", facts);
  if (exit == Exit::done && !origin.redone && !options.dry_run)
    session.print_line("undo.hint", {{"at", session.other_folder()}});
  return exit;
}

}  // namespace

Runner declare_undo(Arguments& args) {
  auto options = std::make_shared<UndoOptions>();
  args.positional("NUMBER", options->number, Need::optional);
  args.flag("--list", options->list);
  args.choice("--format", options->format, {"text", "csv", "json"});
  declare_writing(args, *options);
  return [options](Session& session) {
    return options->list ? list_changes(session, *options) : undo(session, *options);
  };
}

}  // namespace taizhang::cmd
