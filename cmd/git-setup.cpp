#include <fmt/format.h>

#include <memory>

#include "arguments.hpp"
#include "base/disk.hpp"
#include "base/entry.hpp"
#include "base/failure.hpp"
#include "base/save.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "session.hpp"
#include "store/revision.hpp"
#include "store/workspace.hpp"

namespace taizhang::cmd {

namespace {

struct SetupOptions {
  bool dry_run = false;
  bool remove = false;
};

constexpr std::string_view block_begin = "# >>> taizhang git-setup\n";
constexpr std::string_view block_end = "# <<< taizhang git-setup\n";
/// Bytes stay as they are on every machine, or else hashes of evidence would not hold.
constexpr std::string_view attributes =
    "* -text\n"
    "*.toml merge=taizhang diff=taizhang\n";

struct Setting {
  std::string_view key;
  std::string_view value;
};

/// Where the program is missing, git merges line by line as ever.
constexpr Setting settings[] = {
    {"merge.taizhang.name", "taizhang: ledgers by record"},
    {"merge.taizhang.driver",
     "if command -v taizhang >/dev/null 2>&1; then taizhang merge %O %A %B %P; "
     "else git merge-file %A %O %B; fi"},
    {"diff.taizhang.xfuncname", R"(^\[\[?[a-z_]+\]\]?)"},
    {"core.quotePath", "false"},
};

/// Notes that core.quotePath was nobody's before.
constexpr std::string_view quote_mark = "taizhang.quotePathWasUnset";

constexpr std::string_view hook_mark = "# taizhang git-setup";

class Setup {
 public:
  Setup(Session& session, const SetupOptions& options, std::string root,
        std::shared_ptr<store::Git> git)
      : session_(session), options_(options), root_(std::move(root)), git_(std::move(git)) {}

  Exit run() {
    set_attributes();
    for (const Setting& setting : settings) set(setting);
    set_hook();
    if (!did_) session_.print_line(options_.remove ? "git-setup.gone" : "git-setup.there");
    else if (options_.dry_run) session_.print_line("git-setup.dry");
    return Exit::done;
  }

 private:
  bool told(std::string_view id, const Facts& facts) {
    session_.print_line(id, facts);
    did_ = true;
    return !options_.dry_run;
  }

  std::string answer(std::vector<std::string> words) const {
    auto outcome = git_->run(std::move(words));
    if (outcome.status != 0) return {};
    return std::string{trim(outcome.output)};
  }

  void configure(std::vector<std::string> words) const {
    words.insert(words.begin(), {"config", "--local"});
    const auto outcome = git_->run(std::move(words));
    if (outcome.status != 0)
      throw Failure("git-failed",
                    {{"program", "git"}, {"reason", std::string{trim(outcome.errors)}}});
  }

  void set_attributes() {
    const std::string path = root_ + "/.gitattributes";
    std::optional<std::string> old;
    if (disk::exists(path)) {
      auto bytes = disk::read_file(path, ".gitattributes");
      if (!bytes) throw Failure("write-failed", {{"path", path}, {"reason", "?"}}, path);
      old = std::move(*bytes);
    }
    const std::string block = fmt::format("{}{}{}", block_begin, attributes, block_end);
    std::string text = old.value_or("");
    const std::size_t begin = text.find(block_begin);
    const std::size_t end = text.find(block_end);
    const bool there = begin != std::string::npos && end != std::string::npos && begin < end;
    if (there) text.erase(begin, end + block_end.size() - begin);
    if (!options_.remove) {
      if (!text.empty() && !text.ends_with('\n')) text += '\n';
      text += block;
    }
    if (text == old.value_or("")) return;
    if (!told(options_.remove ? "git-setup.attributes-gone" : "git-setup.attributes",
              {{"path", ".gitattributes"}}))
      return;
    if (text.empty()) disk::remove_file(path);
    else disk::replace_file(path, ".gitattributes", old, text);
  }

  void set(const Setting& setting) {
    const std::string key{setting.key};
    const std::string now = answer({"config", "--local", "--get", key});
    const bool ours = now == setting.value;
    const bool is_quote = key == "core.quotePath";
    if (options_.remove) {
      if (!ours) return;
      if (is_quote && answer({"config", "--local", "--get", std::string{quote_mark}}).empty())
        return;  // it was so before
      if (!told("git-setup.unset", {{"key", key}})) return;
      configure({"--unset-all", key});
      if (is_quote) configure({"--unset-all", std::string{quote_mark}});
      return;
    }
    if (ours) return;
    if (!told("git-setup.set", {{"key", key}, {"value", std::string{setting.value}}})) return;
    configure({"--replace-all", key, std::string{setting.value}});
    if (is_quote) configure({"--replace-all", std::string{quote_mark}, "true"});
  }

  std::string hook() const {
    std::string prefix = git_->prefix().empty() ? "." : git_->prefix();
    for (std::size_t at = 0; (at = prefix.find('\'', at)) != std::string::npos; at += 4)
      prefix.replace(at, 1, "'\\''");
    return fmt::format(
        "#!/bin/sh\n{}\n"
        "command -v taizhang >/dev/null 2>&1 || exit 0\n"
        "exec taizhang -C '{}' check --staged\n",
        hook_mark, prefix);
  }

  void set_hook() {
    if (!answer({"config", "--local", "--get", "core.hooksPath"}).empty()) {
      if (!options_.remove) session_.print_line("git-setup.hooks-elsewhere");
      return;
    }
    const std::string common = answer({"rev-parse", "--git-common-dir"});
    const std::string folder =
        (common.starts_with('/') ? common : git_->top() + '/' + common) + "/hooks";
    const std::string path = folder + "/pre-commit";
    std::optional<std::string> old;
    if (disk::exists(path)) {
      auto bytes = disk::read_file(path, "pre-commit");
      old = bytes ? std::move(*bytes) : std::string{};
    }
    const bool ours = old && old->find(hook_mark) != std::string::npos;
    if (options_.remove) {
      if (ours && told("git-setup.hook-gone", {})) disk::remove_file(path);
      return;
    }
    if (old && !ours) {
      session_.print_line("git-setup.hook-foreign");
      return;
    }
    if (old == hook()) return;
    if (!told("git-setup.hook", {})) return;
    disk::make_folder(folder);
    disk::replace_file(path, path, old, hook());
    disk::make_executable(path);
  }

  Session& session_;
  const SetupOptions& options_;
  std::string root_;
  std::shared_ptr<store::Git> git_;
  bool did_ = false;
};

}  // namespace

Runner declare_git_setup(Arguments& args) {
  auto options = std::make_shared<SetupOptions>();
  args.flag("--remove", options->remove);
  args.flag("-n,--dry-run", options->dry_run);
  return [options](Session& session) {
    const auto root = store::find_workspace(session.start_folder());
    if (!root) {
      session.complain(root.error());
      return Exit::usage;
    }
    session.set_workspace_language(
        store::read_workspace(*root, store::disk_tree(*root)).ledger.info.language);
    auto git = store::repository_of(*root);
    if (!git) {
      session.complain(git.error());
      return Exit::usage;
    }
    return Setup{session, *options, *root, std::move(*git)}.run();
  };
}

}  // namespace taizhang::cmd
