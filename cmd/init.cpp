#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"
#include "base/baked.hpp"
#include "base/disk.hpp"
#include "base/text.hpp"
#include "base/typed.hpp"
#include "new_ledger.hpp"
#include "render/field_words.hpp"
#include "render/template.hpp"
#include "store/read_value.hpp"
#include "store/rule_files.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

using model::FileKind;

struct InitOptions {
  std::string what;
  std::string folder;
  std::optional<std::string> name;
  std::optional<std::int64_t> round;
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<std::string> code;
  std::optional<std::string> rules;
  std::optional<model::Roster> roster;
  WritingOptions writing;
};

constexpr std::array<std::string_view, 3> words{"workspace", "county", "township"};

Exit refuse(Session& session, std::string_view code, Facts facts) {
  session.complain(Diagnostic{Severity::error, code, {}, std::move(facts)});
  return Exit::usage;
}

/// A name that can be shown and written: UTF-8 without hidden characters, line breaks or slashes.
bool is_plain(std::string_view name) {
  return !trim(name).empty() && !first_invalid_utf8(name) && !has_hidden_characters(name) &&
         name.find_first_of("\n/\\") == std::string_view::npos;
}

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (path.ends_with('/')) path.remove_suffix(1);
  while (true) {
    const std::size_t slash = path.find('/');
    parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

/// An option that says nothing about what is made.
std::optional<std::string_view> stray_option(const InitOptions& options) {
  const bool workspace = options.what == "workspace";
  if (workspace && options.code) return "--code";
  if (options.what != "county" && options.rules) return "--rules";
  if (options.what != "county" && options.roster) return "--roster";
  if (!workspace && options.round) return "--round";
  if (!workspace && options.from) return "--from";
  if (!workspace && options.to) return "--to";
  return std::nullopt;
}

/// Where a new ledger goes, and what its folder is called.
struct Spot {
  std::string folder;  ///< from the workspace's root; empty for the root itself
  std::string name;    ///< what the office is called when nobody says otherwise
};

class Init {
 public:
  Init(Session& session, const InitOptions& options) : session_(session), options_(options) {}

  Exit run() {
    if (const auto stray = stray_option(options_))
      return refuse(session_, "init-option-unused",
                    {{"option", std::string{*stray}}, {"what", options_.what}});
    if (options_.name && !is_plain(*options_.name))
      return refuse(session_, "init-bad-name", {{"value", *options_.name}});
    return options_.what == "workspace" ? make_workspace() : make_ledger();
  }

 private:
  Exit make_workspace() {
    const std::string start = session_.start_folder();
    std::string root = options_.folder.empty() ? start : options_.folder;
    if (!options_.folder.empty() && !root.starts_with('/') && start != ".")
      root = start + '/' + root;
    const std::string shown = root == "." ? "taizhang.toml" : root + "/taizhang.toml";
    if (const std::string real = disk::real_path(root); !real.empty()) root = real;
    if (const auto above = store::find_workspace(disk::is_folder(root) ? root : start);
        above && *above != root)
      return refuse(session_, "init-inside-workspace", {{"path", *above}});

    const Date begins = options_.from.value_or(session_.today());
    const std::chrono::year year{
        static_cast<int>(options_.round.value_or(static_cast<int>(begins.year())))};
    model::WorkspaceInfo info;
    const std::string last = parts_of(root).back();
    info.name = options_.name.value_or(is_plain(last) ? last : "");
    if (info.name.empty() || info.name == ".")
      return refuse(session_, "missing-option", {{"option", "--name"}, {"command", "init"}});
    info.language = session_.catalogue().language();
    model::Round round;
    round.year = static_cast<int>(year);
    round.from = options_.from.value_or(year / std::chrono::January / 1);
    round.to = options_.to.value_or(year / std::chrono::December / 31);
    if (*round.year < 1 || *round.year > 9999 || *round.to < *round.from)
      return refuse(session_, "init-bad-round",
                    {{"year", fmt::format("{}", *round.year)},
                     {"from", format_date(*round.from)},
                     {"to", format_date(*round.to)}});

    auto writing = Writing::begin_in(session_, options_.writing, root);
    if (!writing) return writing.error();
    const std::array records{render::new_record(FileKind::workspace, "workspace", info),
                             render::new_record(FileKind::workspace, "round", round)};
    const Exit exit =
        write(*writing, FileKind::workspace, "taizhang.toml", records, "init.workspace-done",
              {{"name", info.name},
               {"path", shown},
               {"year", fmt::format("{}", *round.year)},
               {"from", format_date(*round.from)},
               {"to", format_date(*round.to)}});
    if (exit == Exit::done && !options_.writing.dry_run)
      session_.print_line("init.next-county",
                          {{"folder", start != "." && !options_.folder.starts_with('/')
                                          ? store::join(start, options_.folder)
                                          : options_.folder},
                           {"rules", screening_rules(writing->tree())}});
    return exit;
  }

  /// The rule sets by which villages can be screened.
  static std::string screening_rules(const store::Tree& tree) {
    std::string all;
    for (const std::string& id : store::rule_set_ids(tree)) {
      const auto rules = store::load_rules(tree, id).rules;
      if (!rules) continue;
      const bool bands = std::ranges::any_of(
          rules->bands, [](const model::Band& band) { return band.effect.has_value(); });
      if (bands || !rules->criteria.empty() || !rules->rankings.empty())
        all += (all.empty() ? "" : " ") + id;
    }
    return all;
  }

  Exit make_ledger() {
    const bool county = options_.what == "county";
    if (options_.folder.empty())
      return refuse(session_, "missing-argument", {{"word", "FOLDER"}, {"command", "init"}});
    if (!options_.code)
      return refuse(session_, "missing-option", {{"option", "--code"}, {"command", "init"}});
    const auto format = county ? model::Format::county_code : model::Format::township_code;
    if (!store::has_format(*options_.code, format))
      return refuse(session_, "init-bad-code",
                    {{"value", *options_.code}, {"digits", county ? "6" : "9"}});

    auto writing = Writing::begin(session_, options_.writing);
    if (!writing) return writing.error();
    if (const auto workspace = store::open_workspace(writing->root()))
      session_.set_workspace_language(workspace->ledger.info.language);
    const auto spot = county ? county_spot(*writing) : township_spot(*writing);
    if (!spot) return spot.error();
    return county ? make_county(*writing, *spot) : make_township(*writing, *spot);
  }

  tl::expected<Spot, Exit> county_spot(const Writing& writing) {
    const auto parts = parts_of(options_.folder);
    if (parts.size() == 1 && parts[0] == ".") return Spot{"", parts_of(writing.root()).back()};
    if (parts.size() == 1 && is_file_name(parts[0])) return Spot{parts[0], parts[0]};
    return tl::unexpected{refuse(session_, "init-bad-county-folder", {{"path", options_.folder}})};
  }

  tl::expected<Spot, Exit> township_spot(const Writing& writing) {
    auto parts = parts_of(options_.folder);
    const bool one_county = disk::exists(writing.root() + "/county.toml");
    bool good = parts.size() == (one_county ? 1 : 2);
    for (const std::string& part : parts) good = good && is_file_name(part);
    if (!good)
      return tl::unexpected{
          refuse(session_, one_county ? "init-bad-folder-in-county" : "init-bad-township-folder",
                 {{"path", options_.folder}})};
    if (!one_county && !disk::exists(writing.root() + '/' + parts[0] + "/county.toml")) {
      refuse(session_, "init-no-county",
             {{"county", parts[0]}, {"code", options_.code->substr(0, 6)}});
      return tl::unexpected{Exit::findings};
    }
    return Spot{one_county ? parts[0] : parts[0] + '/' + parts[1], parts.back()};
  }

  Exit make_county(Writing& writing, const Spot& spot) {
    model::CountyInfo info;
    info.code = *options_.code;
    info.name = options_.name.value_or(spot.name);
    info.rules = options_.rules.value_or("");
    info.roster = options_.roster;
    const std::array records{render::new_record(FileKind::county, "county", info)};
    const std::string path = store::join(spot.folder, "county.toml");
    const Exit exit = write(writing, FileKind::county, path, records, "init.county-done",
                            {{"name", info.name}, {"code", info.code}, {"path", path}});
    if (exit == Exit::done && !options_.writing.dry_run)
      session_.print_line("init.next-township",
                          {{"at", session_.other_folder()},
                           {"folder", spot.folder.empty() ? "" : spot.folder + '/'},
                           {"code", info.code}});
    return exit;
  }

  Exit make_township(Writing& writing, const Spot& spot) {
    model::TownshipInfo info;
    info.code = *options_.code;
    info.name = options_.name.value_or(spot.name);
    const std::array records{render::new_record(FileKind::township, "township", info)};
    const std::string path = store::join(spot.folder, "township.toml");
    const Exit exit = write(writing, FileKind::township, path, records, "init.township-done",
                            {{"name", info.name}, {"code", info.code}, {"path", path}});
    if (exit == Exit::done && !options_.writing.dry_run)
      session_.print_line(
          "init.next-village",
          {{"at", session_.other_folder()}, {"folder", spot.folder}, {"code", info.code}});
    return exit;
  }

  Exit write(Writing& writing, FileKind file, const std::string& path,
             std::span<const render::NewRecord> records, std::string_view done,
             const Facts& facts) {
    const auto created =
        writing.changes().create(path, ledger_text(session_.catalogue(), file, path, records));
    if (!created) {
      session_.complain(created.error());
      return Exit::findings;
    }
    add_schemas(writing);
    if (const auto refused = writing.judge()) return *refused;
    return writing.save(done, facts);
  }

  /// The schemas that are not there yet. They are long, so a dry run does not show them.
  void add_schemas(Writing& writing) {
    if (options_.writing.dry_run) return;
    for (const FileKind file : render::file_kinds()) {
      const std::string path = fmt::format("schema/{}.json", render::file_kind_name(file));
      if (!disk::exists(writing.root() + '/' + path))
        static_cast<void>(writing.changes().create(path, std::string{baked_text("data/" + path)}));
    }
  }

  Session& session_;
  const InitOptions& options_;
};

}  // namespace

Runner declare_init(Arguments& args) {
  auto options = std::make_shared<InitOptions>();
  args.positional("WHAT", options->what, Need::optional);
  for (const std::string_view word : words) args.offer(word);
  args.positional("FOLDER", options->folder, Need::optional);
  args.option("--name", options->name);
  args.option("--code", options->code);
  args.option("--rules", options->rules);
  args.choice("--roster", options->roster);
  args.option("--round", options->round);
  args.option("--from", options->from);
  args.option("--to", options->to);
  declare_writing(args, options->writing);
  return [options](Session& session) {
    if (options->what.empty()) options->what = "workspace";
    if (options->code) options->code = half_width(*options->code);
    if (std::ranges::find(words, options->what) == words.end())
      return refuse(session, "init-unknown",
                    {{"what", options->what},
                     {"nearest", std::string{nearest(options->what, words).value_or("")}}});
    return Init{session, *options}.run();
  };
}

}  // namespace taizhang::cmd
