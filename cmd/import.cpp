#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include "arguments.hpp"
#include "base/disk.hpp"
#include "base/standard_streams.hpp"
#include "base/text.hpp"
#include "base/typed.hpp"
#include "import_report.hpp"
#include "new_ledger.hpp"
#include "progress.hpp"
#include "reading.hpp"
#include "sheet/limits.hpp"
#include "sheet/read.hpp"
#include "store/rule_files.hpp"
#include "transfer/plan.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

using model::FileKind;

constexpr std::string_view map_ending = ".map.toml";
constexpr std::string_view tolerated =
    "verification-suspect";  ///< the verifier is told to look again

struct ImportOptions : WritingOptions {
  std::string kind;
  std::string file;
  std::string place;
  std::string map;
  std::string sheet;
  std::string encoding;
  std::string rules;
  std::vector<std::string> fixed;  ///< KEY=VALUE
};

Diagnostic complaint(std::string_view code, Facts facts) {
  return {Severity::error, code, {}, std::move(facts)};
}

/// Where a file is that a person names: from the current folder, else from the one of -C.
std::string path_of(const Session& session, const std::string& file) {
  if (file.starts_with('/') || disk::exists(file)) return file;
  const std::string other = session.start_folder() + '/' + file;
  return disk::exists(other) ? other : file;
}

/// One import from the file to the ledgers.
class Importer {
 public:
  Importer(Session& session, const ImportOptions& options, const transfer::KindInfo& kind)
      : session_(session), options_(options), kind_(kind) {}

  Exit run() {
    if (!read_file()) return Exit::unreadable;
    auto writing = Writing::begin(session_, options_);
    if (!writing) return writing.error();
    auto reading = open_place(session_, options_.place);
    if (!reading) return reading.error();
    if (!reading->township.empty()) {
      session_.complain(complaint("county-wanted", {{"place", reading->place_name()}}));
      return Exit::usage;
    }
    surroundings_.workspace = &reading->workspace;
    surroundings_.counties = reading->counties;
    surroundings_.occasion = reading->occasion;
    surroundings_.today = session_.today();
    surroundings_.progress = [this](std::size_t row) {
      if (row % 50 == 0) progress_.show("import.comparing", {{"row", std::to_string(row)}});
    };
    if (reading->counties.empty()) {
      session_.complain(complaint("import-no-county", {{"file", options_.file}}));
      return Exit::usage;
    }
    if (const auto exit = find_rules(*reading)) return *exit;
    transfer::Mapping mapping{kind_, surroundings_.rules};
    if (const auto exit = fill_mapping(mapping)) return *exit;
    auto bound = transfer::bind_sheet(options_.file, sheets_, mapping, kind_, options_.sheet);
    if (!bound) {
      session_.complain(bound.error());
      return Exit::unreadable;
    }
    return import(*writing, mapping, *bound);
  }

 private:
  bool read_file() {
    std::optional<Encoding> encoding;
    if (!options_.encoding.empty())
      encoding = options_.encoding == "utf-8" ? Encoding::utf8 : Encoding::gb18030;
    const auto bytes = options_.file == "-" ? disk::read_standard_input(sheet::most_bytes)
                                            : disk::read_file(path_of(session_, options_.file),
                                                              options_.file, sheet::most_bytes);
    if (!bytes) {
      session_.complain(bytes.error());
      return false;
    }
    auto sheets = sheet::read_sheets(options_.file, *bytes, encoding);
    if (!sheets) {
      session_.complain(sheets.error());
      return false;
    }
    sheets_ = std::move(*sheets);
    return true;
  }

  /// The rule set whose questions the columns answer: one for all rows.
  std::optional<Exit> find_rules(Reading& reading) {
    if (kind_.kind != transfer::Kind::answers) return std::nullopt;
    if (const auto exit = refuse_unknown_rules(session_, reading, options_.rules)) return exit;
    std::set<std::string> ids;
    if (options_.rules.empty())
      for (const store::CountyFolder& folder : reading.counties)
        ids.insert(store::load_county(reading.workspace, folder).ledger.info.rules);
    else ids.insert(options_.rules);
    if (ids.size() != 1 || ids.begin()->empty()) {
      session_.complain(complaint("import-rules-wanted", {}));
      return Exit::usage;
    }
    const auto loaded = store::load_rules(*reading.workspace.tree, *ids.begin());
    rules_ = loaded.rules;
    if (!rules_) {
      session_.complain(loaded.diagnostics);
      return Exit::unreadable;
    }
    surroundings_.rules = &*rules_;
    return std::nullopt;
  }

  std::optional<Exit> fill_mapping(transfer::Mapping& mapping) {
    std::string shown = options_.map;
    if (shown.empty() && options_.file != "-" &&
        disk::exists(path_of(session_, options_.file) + std::string{map_ending}))
      shown = options_.file + std::string{map_ending};
    if (!shown.empty()) {
      auto text = disk::read_file(path_of(session_, shown), shown);
      if (!text) {
        session_.complain(text.error());
        return Exit::unreadable;
      }
      if (const auto added = mapping.add_file(shown, std::move(*text)); !added) {
        session_.complain(added.error());
        return Exit::unreadable;
      }
    }
    for (const std::string& word : options_.fixed) {
      const auto pair = split_pair(word);
      const auto fixed = pair ? mapping.fix(pair->first, pair->second)
                              : tl::expected<void, Diagnostic>{
                                    tl::unexpect, complaint("answer-no-pair", {{"value", word}})};
      if (fixed) continue;
      session_.complain(fixed.error());
      return Exit::usage;
    }
    return std::nullopt;
  }

  Exit import(Writing& writing, const transfer::Mapping& mapping,
              const transfer::BoundSheet& bound) {
    std::map<std::uint32_t, transfer::RowFate> refused;
    transfer::Plan plan;
    while (true) {
      writing.start_over();
      plan = transfer::make_plan(surroundings_, kind_, bound, mapping, refused, writing.changes());
      create(writing, plan);
      progress_.show("import.working", {{"rows", std::to_string(plan.fates.size())}});
      const auto weighed = writing.weigh();
      if (!weighed) return writing.refuse(weighed.error());
      const Verdict verdict = judge(writing, bound, plan, *weighed, refused);
      if (verdict == Verdict::good) break;
      if (verdict == Verdict::hopeless) return writing.refuse(*weighed);
    }
    return finish(writing, bound, plan);
  }

  void create(Writing& writing, const transfer::Plan& plan) {
    for (const transfer::NewLedger& made : plan.created) {
      const FileKind file = made.is_township ? FileKind::township : FileKind::village;
      const std::array records{made.is_township
                                   ? render::new_record(file, "township", made.township)
                                   : render::new_record(file, "village", made.village)};
      // The planner made sure that no such file is there.
      static_cast<void>(writing.changes().create(
          made.path, ledger_text(session_.catalogue(), file, made.path, records)));
    }
  }

  enum class Verdict { good, again, hopeless };

  /// Refuses the rows that would make the ledgers wrong, each with what would be wrong.
  Verdict judge(const Writing& writing, const transfer::BoundSheet& bound,
                const transfer::Plan& plan, const Diagnostics& findings,
                std::map<std::uint32_t, transfer::RowFate>& refused) {
    Verdict verdict = Verdict::good;
    std::map<std::uint32_t, transfer::RowFate> fresh;
    warnings_.clear();
    for (const Diagnostic& finding : findings) {
      if (finding.severity != Severity::error || finding.code == tolerated) {
        warnings_.push_back(finding);
        continue;
      }
      if (verdict == Verdict::good) verdict = Verdict::hopeless;
      const std::string text = writing.new_text(finding.place.path);
      const auto rows = transfer::rows_at(plan, finding.place.path, text, finding.place.line);
      const std::string key = transfer::key_at(finding.place.path, text, finding.place.line);
      const transfer::BoundColumn* column = bound.find(key);
      for (const std::uint32_t row : rows) {
        Diagnostic reason = finding;
        reason.place = {bound.path, row, column ? column->column : 0, 1, ""};
        auto& fate = fresh[row];
        if (fate.reasons.empty())
          fate = *std::ranges::find(plan.fates, row, &transfer::RowFate::row);
        fate.fate = transfer::Fate::refused;
        fate.changes.clear();
        fate.reasons.push_back(std::move(reason));
        verdict = Verdict::again;
      }
    }
    refused.merge(fresh);
    return verdict;
  }

  Exit finish(Writing& writing, const transfer::BoundSheet& bound, const transfer::Plan& plan) {
    session_.emit(import_report(bound, kind_, plan), "text");
    Diagnostics told = bound.other_sheets;
    if (!bound.left_out.empty()) {
      Diagnostic diagnostic = complaint(
          "import-column-unknown", {{"columns", fmt::format("{}", fmt::join(bound.left_out, ", "))},
                                    {"map", options_.file + std::string{map_ending}}});
      diagnostic.severity = Severity::warning;
      diagnostic.place.path = bound.path;
      diagnostic.place.line = bound.header.last_row;
      told.push_back(std::move(diagnostic));
    }
    if (!bound.siblings.empty()) {
      Diagnostic diagnostic = complaint(
          "import-column-sibling", {{"columns", fmt::format("{}", fmt::join(bound.siblings, "、"))},
                                    {"kind", bound.sibling},
                                    {"file", options_.file}});
      diagnostic.severity = Severity::note;
      diagnostic.place.path = bound.path;
      diagnostic.place.line = bound.header.last_row;
      told.push_back(std::move(diagnostic));
    }
    const Tally tally = count_fates(plan);
    add_refusals(plan, told);
    session_.complain(told);
    session_.complain(shown_warnings());
    if (std::ranges::any_of(warnings_,
                            [](const auto& each) { return each.severity == Severity::error; }))
      session_.tell("write.stays");
    const Facts facts = tally_facts(tally);
    session_.print("\n");
    session_.print_line("import.summary", facts);
    Exit exit = tally.refused > 0 ? Exit::unreadable : Exit::done;
    const std::size_t taken = tally.added + tally.changed;
    if (taken == 0) {
      session_.print_line("import.unchanged");
      return exit;
    }
    if (!writing.dry_run()) progress_.show("import.saving", {{"rows", std::to_string(taken)}});
    return worst(exit, writing.save("import.done", facts));
  }

  /// Why rows were refused. Of many with one reason the first is told, and which others there are.
  static void add_refusals(const transfer::Plan& plan, Diagnostics& told) {
    constexpr std::size_t many = 10;
    std::map<std::string_view, Diagnostics> by_code;
    for (const transfer::RowFate& fate : plan.fates)
      for (const Diagnostic& reason : fate.reasons) by_code[reason.code].push_back(reason);
    Diagnostics refusals;
    for (auto& [code, reasons] : by_code) {
      if (reasons.size() <= many) {
        refusals.insert(refusals.end(), reasons.begin(), reasons.end());
        continue;
      }
      refusals.push_back(reasons.front());
      Diagnostic others =
          complaint("import-refused-alike", {{"count", std::to_string(reasons.size() - 1)},
                                             {"first", std::to_string(reasons[1].place.line)},
                                             {"last", std::to_string(reasons.back().place.line)}});
      others.place = reasons[1].place;
      refusals.push_back(std::move(others));
    }
    std::ranges::stable_sort(refusals, {}, [](const Diagnostic& each) { return each.place.line; });
    told.insert(told.end(), refusals.begin(), refusals.end());
  }

  /// What `check` would warn of, without its place in a text that nobody has seen yet.
  Diagnostics shown_warnings() const {
    Diagnostics shown = warnings_;
    for (Diagnostic& each : shown) each.place = {each.place.path, 0, 0, 1, ""};
    return shown;
  }

  Session& session_;
  const ImportOptions& options_;
  const transfer::KindInfo& kind_;
  std::vector<sheet::Sheet> sheets_;
  std::optional<model::RuleSet> rules_;
  transfer::Surroundings surroundings_;
  Diagnostics warnings_;
  Progress progress_{session_};
};

}  // namespace

Runner declare_import(Arguments& args) {
  auto options = std::make_shared<ImportOptions>();
  args.positional("KIND", options->kind);
  for (const transfer::KindInfo& each : transfer::kinds()) args.offer(each.name);
  args.positional("FILE", options->file);
  args.positional("COUNTY", options->place, Need::optional);
  args.option("--map", options->map);
  args.option("--set", options->fixed);
  args.option("--sheet", options->sheet);
  args.choice("--encoding", options->encoding, {"utf-8", "gb18030"});
  args.option("--rules", options->rules);
  declare_writing(args, *options);
  return [options](Session& session) {
    const transfer::KindInfo* kind = transfer::find_kind(options->kind);
    if (!kind) {
      std::vector<std::string_view> names;
      for (const transfer::KindInfo& each : transfer::kinds()) names.push_back(each.name);
      session.complain(
          complaint("import-unknown",
                    {{"kind", options->kind},
                     {"nearest", std::string{nearest(options->kind, names).value_or("")}}}));
      return Exit::usage;
    }
    return Importer{session, *options, *kind}.run();
  };
}

}  // namespace taizhang::cmd
