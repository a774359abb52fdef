#include "store/git.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/disk.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"

namespace taizhang::store {

namespace {

/// Commits and folders are small; a larger one is not worth waiting for.
constexpr std::size_t max_object_bytes = 64u << 20;
constexpr std::int64_t china_offset = 8 * 3600;

/// A commit may bear any number; days outside 1970 to 9999 are of no use here.
Date day_at(std::int64_t seconds) {
  constexpr std::int64_t last = 253'402'214'400;
  const std::int64_t days = (std::clamp<std::int64_t>(seconds, 0, last) + china_offset) / 86400;
  return add_days(Date{std::chrono::year{1970} / 1 / 1}, static_cast<int>(days));
}

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Takes the text up to the separator, and the separator, from the front.
std::string_view cut_at(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

/// Name and time of a line like `示例 <mail> 1686564202 +0800`.
std::pair<std::string, std::int64_t> person_in(std::string_view line) {
  const std::size_t mail = std::min(line.rfind(" <"), line.size());
  const std::size_t close = line.rfind("> ");
  const std::int64_t time = close == std::string_view::npos ? 0 : number_in(line.substr(close + 2));
  return {std::string{line.substr(0, mail)}, time};
}

Commit commit_of(std::string id, std::string_view text) {
  Commit commit;
  commit.id = std::move(id);
  while (!text.empty()) {
    const std::string_view line = cut_at(text, '\n');
    if (line.empty()) break;
    if (line.starts_with("tree ")) commit.tree = line.substr(5);
    if (line.starts_with("parent ")) commit.parents.emplace_back(line.substr(7));
    if (line.starts_with("author ")) {
      const auto [name, time] = person_in(line.substr(7));
      commit.author = name;
      commit.author_day = day_at(time);
    }
    if (line.starts_with("committer ")) commit.time = person_in(line.substr(10)).second;
  }
  commit.day = day_at(commit.time);
  commit.subject = trim(cut_at(text, '\n'));
  return commit;
}

std::string in_hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += digits[value >> 4];
    text += digits[value & 15];
  }
  return text;
}

GitEntry entry_of(std::string_view mode, std::string_view name, std::string id) {
  GitEntry entry{std::string{name}, std::move(id)};
  entry.is_folder = mode == "40000" || mode == "040000";
  entry.is_link = mode == "120000";
  entry.is_foreign = mode == "160000";
  return entry;
}

/// A folder as git stores it: mode, name and the id in bytes, of which there are `id_bytes`.
std::vector<GitEntry> entries_of(std::string_view text, std::size_t id_bytes) {
  std::vector<GitEntry> entries;
  while (!text.empty()) {
    const std::string_view mode = cut_at(text, ' ');
    const std::string_view name = cut_at(text, '\0');
    if (text.size() < id_bytes) break;
    entries.push_back(entry_of(mode, name, in_hexadecimal(text.substr(0, id_bytes))));
    text.remove_prefix(id_bytes);
  }
  std::ranges::sort(entries, {}, &GitEntry::name);
  return entries;
}

tl::unexpected<Diagnostic> refuse(std::string_view code, Facts facts) {
  return tl::unexpected{Diagnostic{Severity::error, code, {}, std::move(facts)}};
}

/// Nothing of our own environment, and nobody's configuration but the repository's.
std::vector<std::string> clean_environment() {
  return {"PATH=/usr/local/bin:/usr/bin:/bin",
          "HOME=/dev/null",
          "XDG_CONFIG_HOME=/dev/null",
          "LC_ALL=C",
          "GIT_CONFIG_NOSYSTEM=1",
          "GIT_CONFIG_GLOBAL=/dev/null",
          "GIT_ATTR_NOSYSTEM=1",
          "GIT_NO_REPLACE_OBJECTS=1",
          "GIT_GRAFT_FILE=/dev/null",
          "GIT_OPTIONAL_LOCKS=0",
          "GIT_TERMINAL_PROMPT=0",
          "GIT_ALLOW_PROTOCOL=none",
          "GIT_NO_LAZY_FETCH=1"};
}

/// A broken or missing git in our own words.
[[noreturn]] void explain(const Failure& failure) {
  const Diagnostic& told = failure.diagnostic();
  if (told.code == "program-missing") throw Failure("git-missing");
  if (told.code == "program-failed") throw Failure("git-failed", told.facts);
  throw;
}

}  // namespace

Git::Git(std::string top, std::string prefix, std::string directory)
    : top_(std::move(top)), prefix_(std::move(prefix)), directory_(std::move(directory)) {}

std::shared_ptr<Git> Git::find(const std::string& folder) {
  for (std::string top = folder;; top.erase(top.rfind('/'))) {
    const std::string directory = top + "/.git";
    if (disk::exists(directory)) {
      std::string prefix = folder.size() > top.size() ? folder.substr(top.size() + 1) : "";
      return std::shared_ptr<Git>(new Git(top, std::move(prefix), directory));
    }
    if (top.find('/') == std::string::npos) return nullptr;
  }
}

process::Program Git::program(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) const {
  // Naming the repository spares git the search, and with it the question whose it is.
  std::vector<std::string> words{"-C",
                                 top_,
                                 "--git-dir=" + directory_,
                                 "--work-tree=" + top_,
                                 "--no-optional-locks",
                                 "--no-replace-objects",
                                 "--no-pager",
                                 "--literal-pathspecs"};
  for (const std::string_view setting :
       {"core.fsmonitor=false", "core.hooksPath=/dev/null", "core.quotePath=false",
        "core.commitGraph=false", "core.attributesFile=/dev/null", "gc.auto=0",
        "maintenance.auto=false", "protocol.allow=never"}) {
    words.emplace_back("-c");
    words.emplace_back(setting);
  }
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = clean_environment();
  environment.insert(environment.end(), more.begin(), more.end());
  return {"git", std::move(words), std::move(environment)};
}

process::Outcome Git::run(std::vector<std::string> arguments, std::string_view input,
                          const std::vector<std::string>& more) const {
  try {
    return process::run(program(std::move(arguments), more), input);
  } catch (const Failure& failure) {
    explain(failure);
  }
}

Git::TextMerge Git::merge_text(const std::string& base, const std::string& ours,
                               const std::string& theirs, const std::string& our_label,
                               const std::string& their_label) {
  // In a folder that lies in no repository, so that none is looked for.
  std::vector<std::string> words{"-C",   "/",  "merge-file", "-p", "-L", our_label, "-L",
                                 "base", "-L", their_label,  "--", ours, base,      theirs};
  try {
    auto outcome = process::run({"git", std::move(words), clean_environment()});
    if (outcome.status > 127)
      throw Failure("git-failed",
                    {{"program", "git"}, {"reason", std::string{trim(outcome.errors)}}});
    return {std::move(outcome.output), outcome.status == 0};
  } catch (const Failure& failure) {
    explain(failure);
  }
}

std::optional<Git::Object> Git::object(const std::string& name, std::size_t limit) {
  const std::lock_guard lock(asking_);
  try {
    if (!objects_)
      objects_ = std::make_unique<process::Conversation>(program({"cat-file", "--batch"}, {}));
    objects_->write(name + '\n');
    const std::string head = objects_->read_line();
    std::string_view rest = head;
    Object found;
    found.id = cut_at(rest, ' ');
    found.type = cut_at(rest, ' ');
    // A name that git does not find comes back as it was, with one word behind it.
    const bool is_object = (found.type == "commit" || found.type == "tree" ||
                            found.type == "blob" || found.type == "tag") &&
                           !rest.empty() && rest.find_first_not_of("0123456789") == rest.npos;
    if (!is_object) return std::nullopt;
    const auto size = static_cast<std::size_t>(number_in(rest));
    found.too_large = size > limit;
    if (found.too_large) objects_->skip(size);
    else found.bytes = objects_->read(size);
    objects_->skip(1);
    return found;
  } catch (const Failure& failure) {
    objects_.reset();
    explain(failure);
  }
}

tl::expected<Commit, Diagnostic> Git::commit(const std::string& word) {
  const bool is_one_line = word.find_first_of({"\n\0", 2}) == std::string::npos;
  if (is_one_line && !word.empty() && !word.starts_with('-'))
    if (auto found = object(word + "^{commit}", max_object_bytes); found && found->type == "commit")
      return commit_of(std::move(found->id), found->bytes);
  return refuse("rev-unknown", {{"rev", word}});
}

tl::expected<Commit, Diagnostic> Git::commit_on(Date day) {
  auto at = commit("HEAD");
  while (at && at->day > day) {
    if (at->parents.empty())
      return refuse("rev-before-history", {{"date", format_date(day)},
                                           {"first", format_date(at->day)},
                                           {"commit", at->short_id()}});
    at = commit(at->parents.front());
  }
  return at;
}

const std::vector<GitEntry>& Git::folder(const std::string& id) {
  const std::lock_guard lock(keeping_);
  const auto known = folders_.find(id);
  if (known != folders_.end()) return known->second;
  const auto found = object(id, max_object_bytes);
  std::vector<GitEntry> entries;
  if (found && found->type == "tree" && !found->too_large)
    entries = entries_of(found->bytes, found->id.size() / 2);
  return folders_.emplace(id, std::move(entries)).first->second;
}

Git::Content Git::content(const std::string& id, std::size_t limit) {
  auto found = object(id, limit);
  if (!found || found->type != "blob") return {};
  return {std::move(found->bytes), true, found->too_large};
}

std::string Git::staged() {
  const std::lock_guard lock(keeping_);
  std::string id = "staged:";
  if (folders_.contains(id)) return id;
  const auto listed =
      run({"ls-files", "--stage", "-z", "--full-name"}, {}, process::inherited({"GIT_INDEX_FILE"}));
  if (listed.status != 0)
    throw Failure("git-failed", {{"program", "git"}, {"reason", std::string{trim(listed.errors)}}});
  folders_[id];
  std::string_view rest = listed.output;
  while (!rest.empty()) {
    std::string_view line = cut_at(rest, '\0');
    const std::string_view mode = cut_at(line, ' ');
    const std::string object_id{cut_at(line, ' ')};
    const std::string_view stage = cut_at(line, '\t');
    if (stage != "0") continue;
    std::string above = id;
    for (std::size_t slash = 0; (slash = line.find('/')) != std::string_view::npos;) {
      const std::string name{line.substr(0, slash)};
      const std::string below = above + '/' + name;
      if (!folders_.contains(below)) {
        folders_[above].push_back(entry_of("40000", name, below));
        folders_[below];
      }
      above = below;
      line.remove_prefix(slash + 1);
    }
    folders_[above].push_back(entry_of(mode, line, object_id));
  }
  for (auto& [name, entries] : folders_)
    if (name.starts_with(id)) std::ranges::sort(entries, {}, &GitEntry::name);
  return id;
}

}  // namespace taizhang::store
