#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "arguments.hpp"
#include "base/baked.hpp"
#include "base/disk.hpp"
#include "base/failure.hpp"
#include "base/process.hpp"
#include "base/save.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "render/field_words.hpp"
#include "render/layout.hpp"
#include "render/xlsx_library.hpp"
#include "session.hpp"
#include "sheet/unpack_library.hpp"
#include "store/load.hpp"
#include "store/revision.hpp"
#include "store/undo_log.hpp"

namespace taizhang::cmd {

namespace {

enum class Finding : std::uint8_t { fine, hint, broken };

/// Looks at one thing after the other and says of each how it is; changes nothing.
class Doctor {
 public:
  explicit Doctor(Session& session) : session_(session) {}

  Exit run() {
    const auto root = store::find_workspace(session_.start_folder());
    if (root) {
      workspace_ = store::read_workspace(*root, store::disk_tree(*root));
      session_.set_workspace_language(workspace_->ledger.info.language);
    }
    say(Finding::fine, "doctor.version", {{"version", TAIZHANG_VERSION}});
    look_at_encoding();
    look_at_sheets();
    look_at_workspace(root ? std::nullopt : std::optional{root.error()});
    if (workspace_) {
      look_at_rounds();
      look_at_writing();
      look_at_schemas();
      look_at_ledgers();
    }
    look_at_git();
    session_.print_line(broken_ > 0  ? "doctor.sum-broken"
                        : hints_ > 0 ? "doctor.sum-hints"
                                     : "doctor.sum-fine",
                        {{"broken", std::to_string(broken_)}, {"hints", std::to_string(hints_)}});
    return broken_ > 0 ? Exit::findings : Exit::done;
  }

 private:
  static constexpr std::size_t mark_columns = 8;

  void lines(std::string first, std::string_view text) {
    for (const std::string& line : wrap(text, render::text_columns - mark_columns)) {
      session_.print(pad_right(first, mark_columns) + line + "\n");
      first.clear();
    }
  }

  /// `id` says what was found; unless that is fine, `id`-do says what to do.
  void say(Finding finding, std::string_view id, const Facts& facts = {}) {
    constexpr std::array<std::string_view, 3> marks{"doctor.mark-fine", "doctor.mark-hint",
                                                    "doctor.mark-broken"};
    const auto& catalogue = session_.catalogue();
    lines(catalogue.text(marks[static_cast<std::size_t>(finding)]), catalogue.text(id, facts));
    if (finding == Finding::fine) return;
    ++(finding == Finding::hint ? hints_ : broken_);
    constexpr std::string_view family = "doctor.";
    lines("", "→ " + catalogue.text(fmt::format("doctor.{}-do", id.substr(family.size())), facts));
  }

  /// A message of another command, with its own remedy.
  void say(Finding finding, const Diagnostic& diagnostic) {
    const auto& catalogue = session_.catalogue();
    ++(finding == Finding::hint ? hints_ : broken_);
    lines(catalogue.text(finding == Finding::hint ? "doctor.mark-hint" : "doctor.mark-broken"),
          catalogue.text(diagnostic.code, diagnostic.facts));
    lines("", "→ " + catalogue.remedy(diagnostic.code, diagnostic.facts));
  }

  /// As the C library chooses the locale.
  void look_at_encoding() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
      const char* value = std::getenv(name);
      if (!value || !*value) continue;
      std::string plain{value};
      std::erase_if(plain, [](char c) { return c == '-'; });
      std::ranges::transform(plain, plain.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      });
      const bool utf8 = plain.find("utf8") != std::string::npos;
      return say(utf8 ? Finding::fine : Finding::hint,
                 utf8 ? "doctor.encoding" : "doctor.encoding-other",
                 {{"name", name}, {"value", value}});
    }
    say(Finding::hint, "doctor.encoding-unset");
  }

  void look_at_sheets() {
    bool there = true;
    const std::array<std::function<void()>, 2> loads{[] { render::XlsxLibrary{}; },
                                                     [] { sheet::UnpackLibrary{}; }};
    for (const auto& load : loads) {
      try {
        load();
      } catch (const Failure& failure) {
        there = false;
        say(Finding::hint, failure.diagnostic());
      }
    }
    if (there) say(Finding::fine, "doctor.sheets");
  }

  void look_at_workspace(const std::optional<Diagnostic>& missing) {
    if (missing)
      return say(missing->code == "no-workspace" ? Finding::hint : Finding::broken, *missing);
    const auto errors =
        std::ranges::count(workspace_->diagnostics, Severity::error, &Diagnostic::severity);
    if (workspace_->unreadable > 0 || errors > 0)
      return say(Finding::broken, "doctor.workspace-broken", {{"path", workspace_->root}});
    say(Finding::fine, "doctor.workspace",
        {{"path", workspace_->root},
         {"name", workspace_->ledger.info.name},
         {"count", std::to_string(workspace_->counties.size())}});
    if (workspace_->counties.empty()) say(Finding::hint, "doctor.counties-none");
  }

  void look_at_rounds() {
    const auto& rounds = workspace_->ledger.rounds;
    const Date today = session_.today();
    const Facts facts{{"today", format_date(today)}};
    if (rounds.empty()) return say(Finding::hint, "doctor.rounds-none", facts);
    for (const model::Round& round : rounds)
      if (round.year && round.from && round.to && *round.from <= today && today <= *round.to)
        return say(Finding::fine, "doctor.rounds",
                   {{"year", std::to_string(*round.year)},
                    {"from", format_date(*round.from)},
                    {"to", format_date(*round.to)}});
    say(Finding::hint, "doctor.rounds-other", facts);
  }

  void look_at_writing() {
    const std::string& root = workspace_->root;
    if (!disk::is_writable(root)) return say(Finding::hint, "doctor.read-only", {{"path", root}});
    const std::string state = store::state_folder(root);
    if (!disk::is_folder(state)) return say(Finding::fine, "doctor.writable");
    if (disk::exists(state + "/lock")) {
      const auto lock = disk::Lock::take(state, "doctor", session_.clock(), 0);
      if (!lock) return say(Finding::hint, lock.error());
    }
    const store::UndoFolder kept{root};
    if (!kept.numbers(store::UndoFolder::Kind::pending).empty())
      return say(Finding::hint, "doctor.leftovers");
    say(Finding::fine, "doctor.writable");
  }

  void look_at_schemas() {
    std::string missing, older;
    for (const model::FileKind kind : render::file_kinds()) {
      const std::string path = "schema/" + std::string{render::file_kind_name(kind)} + ".json";
      const auto text = workspace_->tree->read(path);
      if (!text) missing += (missing.empty() ? "" : " ") + path;
      else if (*text != baked_text("data/" + path)) older += (older.empty() ? "" : " ") + path;
    }
    if (!missing.empty()) say(Finding::hint, "doctor.schemas-missing", {{"paths", missing}});
    if (!older.empty()) say(Finding::hint, "doctor.schemas-older", {{"paths", older}});
    if (missing.empty() && older.empty()) say(Finding::fine, "doctor.schemas");
  }

  void look_at_ledgers() {
    std::optional<Date> last;
    std::set<std::string> wrong;
    for (const store::CountyFolder& folder : workspace_->counties) {
      const store::LoadedCounty county = store::load_county(*workspace_, folder);
      for (const Diagnostic& each : county.diagnostics)
        if (each.severity == Severity::error) wrong.insert(each.place.path);
      for (const auto& township : county.ledger.townships)
        for (const auto& village : township.villages)
          for (const auto& entry : village.entries)
            if (entry.date && (!last || *last < *entry.date)) last = entry.date;
    }
    if (!wrong.empty())
      say(Finding::broken, "doctor.ledgers-broken",
          {{"count", std::to_string(wrong.size())}, {"path", *wrong.begin()}});
    look_at_clock(last);
  }

  /// A day before the last entry means that one of the two is wrong.
  void look_at_clock(std::optional<Date> last) {
    const Date today = session_.today();
    const Facts facts{{"today", format_date(today)}, {"last", last ? format_date(*last) : ""}};
    const bool behind = last && today < *last;
    say(behind ? Finding::hint : Finding::fine, behind ? "doctor.clock-behind" : "doctor.clock",
        facts);
  }

  /// Whether git knows the person's name or email: with the settings of the person, which store::Git
  /// does not look at.
  bool knows(std::string_view what) const {
    const auto outcome =
        process::run({"git",
                      {"-C", workspace_->root, "config", "--get", fmt::format("user.{}", what)},
                      process::inherited({"HOME", "XDG_CONFIG_HOME"})});
    return outcome.status == 0 && !trim(outcome.output).empty();
  }

  void look_at_git() {
    std::string version;
    try {
      version = trim(process::run({"git", {"--version"}, {}}).output);
    } catch (const Failure&) {
      return say(Finding::hint, "doctor.git-missing");
    }
    say(Finding::fine, "doctor.git", {{"version", version}});
    if (!workspace_) return;
    const auto git = store::repository_of(workspace_->root);
    if (!git) return say(Finding::hint, "doctor.git-no-repository");
    if (!knows("name") || !knows("email")) say(Finding::hint, "doctor.git-nobody");
    const auto driver = (*git)->run({"config", "--local", "--get", "merge.taizhang.driver"});
    const auto attributes = workspace_->tree->read(".gitattributes");
    const bool marked = attributes && attributes->find("merge=taizhang") != std::string::npos;
    if (driver.status == 0 && marked) say(Finding::fine, "doctor.git-set-up");
    else say(Finding::hint, "doctor.git-not-set-up");
  }

  Session& session_;
  std::optional<store::Workspace> workspace_;
  std::size_t hints_ = 0;
  std::size_t broken_ = 0;
};

}  // namespace

Runner declare_doctor(Arguments&) {
  return [](Session& session) { return Doctor{session}.run(); };
}

}  // namespace taizhang::cmd
