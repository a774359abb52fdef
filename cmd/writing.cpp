#include "writing.hpp"

#include <algorithm>

#include "arguments.hpp"
#include "base/text.hpp"
#include "base/unified_diff.hpp"
#include "report/judgement.hpp"
#include "store/undo_log.hpp"

namespace taizhang::cmd {

void declare_writing(Arguments& args, WritingOptions& options) {
  args.flag("-n,--dry-run", options.dry_run);
  args.option("--wait", options.wait);
}

namespace {

constexpr std::int64_t longest_wait = 86'400;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// Tells where a line of the new text stands in the old one.
class OldLines {
 public:
  explicit OldLines(const store::FileChange& change)
      : before_(lines_of(change.old_bytes ? *change.old_bytes : std::string_view{})),
        after_(lines_of(change.new_bytes ? *change.new_bytes : std::string_view{})) {
    const std::size_t common = std::min(before_.size(), after_.size());
    while (head_ < common && before_[head_] == after_[head_]) ++head_;
    while (tail_ < common - head_ &&
           before_[before_.size() - 1 - tail_] == after_[after_.size() - 1 - tail_])
      ++tail_;
  }

  /// 0 for a line that is new. Lines are counted from 1.
  std::uint32_t old_line(std::uint32_t line) const {
    if (line <= head_) return line;
    if (line > after_.size() - tail_)
      return static_cast<std::uint32_t>(line + before_.size() - after_.size());
    return 0;
  }

 private:
  std::vector<std::string_view> before_;
  std::vector<std::string_view> after_;
  std::size_t head_ = 0;
  std::size_t tail_ = 0;
};

/// A finding about the new text as a person finds it in the text that is there.
void put_in_old_text(Diagnostic& finding, const std::vector<store::FileChange>& changes,
                     const Place& anchor) {
  const auto change = std::ranges::find(changes, finding.place.path, &store::FileChange::path);
  if (change == changes.end() || finding.place.line == 0) return;
  const OldLines lines{*change};
  for (auto& [name, value] : finding.facts)
    if (name == "other_line")
      value = std::to_string(lines.old_line(static_cast<std::uint32_t>(std::stoul(value))));
  const std::uint32_t line = lines.old_line(finding.place.line);
  if (line > 0) finding.place.line = line;
  // What is not written yet stands nowhere: no line is underlined for it.
  else if (anchor.path == finding.place.path)
    finding.place = {anchor.path, anchor.line, anchor.column, 1, ""};
  else finding.place = {finding.place.path, 0, 0, 1, ""};
}

/// A difference for people: nothing hidden but the carriage return of a line's end.
std::string shown(std::string_view difference) {
  std::string text;
  for (std::string_view line : lines_of(difference)) {
    const bool returns = line.ends_with('\r');
    if (returns) line.remove_suffix(1);
    text += visible(line);
    text += returns ? "\r\n" : "\n";
  }
  return text;
}

Diagnostic bad_wait(std::int64_t seconds) {
  Diagnostic diagnostic;
  diagnostic.code = "bad-wait";
  diagnostic.facts = {{"value", std::to_string(seconds)}};
  return diagnostic;
}

}  // namespace

Writing::Writing(Session& session, const WritingOptions& options, std::string root)
    : session_(session),
      dry_run_(options.dry_run),
      root_(std::move(root)),
      tree_(store::disk_tree(root_)),
      changes_(tree_) {}

tl::expected<Writing, Exit> Writing::begin(Session& session, const WritingOptions& options) {
  auto root = store::find_workspace(session.start_folder());
  if (!root) {
    session.complain(root.error());
    return tl::unexpected{Exit::usage};
  }
  return begin_in(session, options, std::move(*root));
}

tl::expected<Writing, Exit> Writing::begin_in(Session& session, const WritingOptions& options,
                                              std::string root) {
  const std::int64_t wait = options.wait.value_or(0);
  if (wait < 0 || wait > longest_wait) {
    session.complain(bad_wait(wait));
    return tl::unexpected{Exit::usage};
  }
  Writing writing{session, options, std::move(root)};
  if (options.dry_run) return writing;
  auto lock = disk::Lock::take(store::state_folder(writing.root_), session.command(),
                               session.clock(), static_cast<int>(wait));
  if (!lock) {
    session.complain(lock.error());
    return tl::unexpected{Exit::locked};
  }
  writing.lock_ = std::move(*lock);
  session.complain(store::UndoLog{writing.root_}.recover());
  return writing;
}

tl::expected<Diagnostics, Diagnostics> Writing::weigh() {
  if (!undoes_) {
    auto files = changes_.finish();
    if (!files) return tl::make_unexpected(std::move(files.error()));
    files_ = std::move(*files);
  }
  after_ = store::read_workspace(root_, store::changed_tree(tree_, files_));
  const auto touched = [&](const store::Workspace& workspace) {
    std::vector<store::CountyFolder> counties = workspace.counties;
    std::erase_if(counties, [&](const store::CountyFolder& county) {
      return std::ranges::none_of(files_, [&](const store::FileChange& change) {
        return change.path.starts_with(store::join(county.folder, ""));
      });
    });
    return counties;
  };
  const store::Workspace before = store::read_workspace(root_, tree_);
  const auto counties = touched(before);
  std::vector<std::string> folders{""};  // taizhang.toml
  for (const store::CountyFolder& county : counties) folders.push_back(county.folder);
  if (folders != judged_folders_) {
    judged_before_ =
        report::judge(before, counties, session_.today(), {session_.jobs()}).diagnostics;
    judged_folders_ = std::move(folders);
  }
  return report::news(
      judged_before_,
      report::judge(after_, touched(after_), session_.today(), {session_.jobs()}).diagnostics);
}

std::string Writing::new_text(const std::string& path) const {
  const auto change = std::ranges::find(files_, path, &store::FileChange::path);
  return change == files_.end() ? std::string{} : change->new_bytes.value_or("");
}

std::optional<Exit> Writing::judge(const Place& anchor,
                                   std::initializer_list<std::string_view> tolerated) {
  auto weighed = weigh();
  if (!weighed) return refuse(weighed.error());
  Diagnostics fresh = std::move(*weighed);
  bool refuses = false;
  bool stays = false;
  for (Diagnostic& finding : fresh) {
    put_in_old_text(finding, files_, anchor);
    if (finding.severity != Severity::error) continue;
    (std::ranges::find(tolerated, finding.code) != tolerated.end() ? stays : refuses) = true;
  }
  // Warnings about what is not written would tell of a state that does not exist.
  if (refuses)
    std::erase_if(fresh, [](const Diagnostic& each) { return each.severity != Severity::error; });
  sort_by_place(fresh);
  session_.complain(fresh);
  if (refuses) return refused();
  if (stays) session_.tell("write.stays");
  return std::nullopt;
}

void Writing::take_back(std::vector<store::FileChange> changes, std::uint32_t number) {
  files_ = std::move(changes);
  undoes_ = number;
}

Exit Writing::refuse(const Diagnostics& reasons) {
  session_.complain(reasons);
  return refused();
}

Exit Writing::refused() {
  session_.tell("write.refused");
  return Exit::findings;
}

std::string Writing::difference() const {
  std::string text;
  for (const store::FileChange& change : files_)
    text += shown(
        unified_diff(change.old_bytes.value_or(""), change.new_bytes.value_or(""), change.path));
  return text;
}

void Writing::show_changes() {
  constexpr std::size_t few = 3, first = 10;
  std::vector<std::string> made;
  for (const store::FileChange& change : files_)
    if (!change.old_bytes) made.push_back(change.path);
  if (made.size() <= few) return session_.print(difference());
  session_.print_line("write.new_files", {{"count", std::to_string(made.size())}});
  for (std::size_t index = 0; index < std::min(first, made.size()); ++index)
    session_.print("  " + visible(made[index]) + "\n");
  if (made.size() > first)
    session_.print_line("write.more_files", {{"count", std::to_string(made.size() - first)}});
  std::erase_if(files_, [](const store::FileChange& change) { return !change.old_bytes; });
  session_.print(difference());
}

Exit Writing::save(std::string_view done, const Facts& facts) {
  if (files_.empty()) {
    session_.print_line("write.nothing");
    return Exit::done;
  }
  if (dry_run_) {
    show_changes();
    return Exit::done;
  }
  store::UndoLog{root_}.commit(files_, {session_.command_line(), session_.clock(), undoes_});
  session_.print_line(done, facts);
  return Exit::done;
}

}  // namespace taizhang::cmd
