#include "store/load.hpp"

#include <algorithm>
#include <cassert>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "store/folders.hpp"
#include "store/load_part.hpp"
#include "store/read_file.hpp"
#include "store/read_record.hpp"

namespace taizhang::store {

using model::FileKind;
using model::TownshipLedger;
using model::VillageLedger;

namespace {

constexpr std::string_view township_file = "township.toml";

bool is_ledger(const disk::DirectoryEntry& entry) { return is_ledger_name(entry.name); }

/// Files of the workspace or the county, which stand above the townships.
bool belongs_above(std::string_view name) {
  return name == "county.toml" || name == "inspections.toml" || name == "taizhang.toml";
}

class CountyLoader {
 public:
  CountyLoader(const Workspace& workspace, const Part& part, LoadedCounty& county)
      : tree_(*workspace.tree),
        part_(part),
        county_(county),
        folders_(tree_, county.diagnostics, county.unreadable) {}

  void load(const std::string& folder) {
    auto& ledger = county_.ledger;
    ledger.folder = folder;
    ledger.path = join(folder, "county.toml");
    read_county_file(ledger.path);
    for (const auto& entry : folders_.list(folder)) {
      const std::string path = join(folder, entry.name);
      if (entry.name == "inspections.toml") {
        read_inspections(path);
      } else if (is_ledger(entry)) {
        const bool is_marker = folder.empty() && entry.name == "taizhang.toml";
        if (entry.name != "county.toml" && !is_marker) folders_.refuse(path, "ledger-misplaced");
      } else if (entry.is_directory) {
        const bool holds_rules = folder.empty() && entry.name == "rules";
        if (!holds_rules) load_township(path, entry.name);
      } else {
        folders_.refuse_link(path, 1);
      }
    }
    std::ranges::sort(ledger.townships, [](const TownshipLedger& a, const TownshipLedger& b) {
      return std::tie(a.info.code, a.folder) < std::tie(b.info.code, b.folder);
    });
    refuse_twins();
  }

 private:
  /// Takes over what the reader found, and the text, which lends the records theirs.
  void finish(FileReader& file, const std::string& path) {
    file.move_diagnostics_to(county_.diagnostics);
    if (!file.readable()) ++county_.unreadable;
    if (!file.document()) return;
    auto& sources = county_.sources;
    [[maybe_unused]] const std::size_t before = sources.size();
    sources.emplace_hint(sources.end(), path, file.take_source());
    assert(sources.size() > before);  // or the records would outlive their texts
  }

  void read_county_file(const std::string& path) {
    auto file = FileReader::from_tree(tree_, path, FileKind::county, Texts::lent);
    auto& ledger = county_.ledger;
    file.one("county", ledger.info);
    file.all("unit", ledger.units);
    file.all("chain_step", ledger.chain_steps);
    file.all("contact", ledger.contacts);
    file.all("grid", ledger.grids);
    ledger.readable = file.readable();
    finish(file, path);
  }

  void read_inspections(const std::string& path) {
    auto file = FileReader::from_tree(tree_, path, FileKind::inspections, Texts::lent);
    auto& ledger = county_.ledger;
    ledger.inspections_path = path;
    file.all("inspection", ledger.inspections);
    file.all("finding", ledger.findings);
    file.all("reply", ledger.replies);
    finish(file, path);
  }

  void load_township(const std::string& folder, const std::string& name) {
    if (!part_.township.empty() && part_.township != name) return;
    const auto entries = folders_.list(folder);
    for (const auto& entry : entries) {
      if (is_ledger(entry) || wants_one_village()) continue;
      if (entry.is_directory) folders_.refuse_ledgers_below(join(folder, entry.name));
      else folders_.refuse_link(join(folder, entry.name), 0);
    }
    if (std::ranges::none_of(entries, is_ledger)) return;  // reports, evidence and the like
    TownshipLedger township;
    township.folder = name;
    township.path = join(folder, township_file);
    township.complete =
        std::ranges::find(entries, township_file, &disk::DirectoryEntry::name) != entries.end();
    if (!township.complete) folders_.refuse(folder, "township-file-missing");
    else read_township_file(township);
    if (!part_.code.empty() && !part_.code.starts_with(township.info.code)) return;
    for (const auto& entry : entries) {
      if (!is_ledger(entry) || entry.name == township_file) continue;
      const std::string_view stem = std::string_view(entry.name).substr(0, entry.name.size() - 5);
      if (!part_.village.empty() && part_.village != stem) continue;
      const std::string path = join(folder, entry.name);
      if (belongs_above(entry.name)) folders_.refuse(path, "ledger-misplaced");
      else if (says_what_is_wanted(path)) read_village(township, path, entry.name);
    }
    std::ranges::sort(township.villages, [](const VillageLedger& a, const VillageLedger& b) {
      return std::tie(a.info.code, a.path) < std::tie(b.info.code, b.path);
    });
    county_.ledger.townships.push_back(std::move(township));
  }

  /// Who asks for one is not told of ledgers in places where nobody counts them.
  bool wants_one_village() const { return !part_.village.empty() || !part_.says.empty(); }

  bool says_what_is_wanted(const std::string& path) const {
    if (part_.says.empty()) return true;
    const auto text = tree_.read(path);
    return !text || text->find(part_.says) != std::string::npos;
  }

  struct Placed {
    TownshipLedger* township;
    VillageLedger* village;
  };

  /// Nobody knows which of several ledgers with one code is the village's: none of them is counted.
  void refuse_twins() {
    std::vector<Placed> all;
    for (TownshipLedger& township : county_.ledger.townships)
      for (VillageLedger& village : township.villages)
        if (!village.info.code.empty()) all.push_back({&township, &village});
    const auto code = [](const Placed& each) { return each.village->info.code.view(); };
    std::ranges::stable_sort(all, {}, code);
    for (auto first = all.begin(); first != all.end();) {
      const auto end = std::find_if(first, all.end(),
                                    [&](const Placed& each) { return code(each) != code(*first); });
      if (end - first > 1) refuse_twins({first, end});
      first = end;
    }
  }

  void refuse_twins(std::span<const Placed> twins) {
    const auto& [township_of_first, first] = twins.front();
    for (const auto& [township, village] : twins) {
      if (std::exchange(village->complete, false))
        for (auto* counted : {&township->village_files_read, &county_.ledger.village_files_read})
          --*counted;
      if (village == first) continue;
      county_.diagnostics.push_back(
          locate(county_, village->path,
                 {Severity::error,
                  "duplicate-code",
                  village->info.at,
                  "code",
                  {{"code", village->info.code}, {"other", first->path}}}));
    }
  }

  void read_township_file(TownshipLedger& township) {
    auto file = FileReader::from_tree(tree_, township.path, FileKind::township, Texts::lent);
    file.one("township", township.info);
    file.all("leader", township.leaders);
    file.all("submission", township.submissions);
    township.complete = file.complete();
    finish(file, township.path);
  }

  void read_village(TownshipLedger& township, std::string path, const std::string& name) {
    auto file = FileReader::from_tree(tree_, path, FileKind::village, Texts::lent);
    VillageLedger village;
    village.file_name = name.substr(0, name.size() - 5);
    file.one("village", village.info);
    file.all("survey", village.surveys);
    file.all("step", village.steps);
    file.all("support", village.supports);
    file.all("plan", village.plans);
    file.all("income", village.incomes);
    file.all("problem", village.problems);
    file.all("task", village.tasks);
    file.all("milestone", village.milestones);
    file.all("entry", village.entries);
    file.all("acceptance", village.acceptances);
    file.all("follow", village.follows);
    file.all("note", village.notes);
    village.complete = file.complete();
    finish(file, path);
    for (auto* counted : {&township.village_files, &county_.ledger.village_files}) ++*counted;
    if (village.complete)
      for (auto* counted : {&township.village_files_read, &county_.ledger.village_files_read})
        ++*counted;
    village.path = std::move(path);
    if (file.readable()) township.villages.push_back(std::move(village));
  }

  const Tree& tree_;
  const Part& part_;
  LoadedCounty& county_;
  Folders folders_;
};

}  // namespace

LoadedCounty load_part(const Workspace& workspace, const CountyFolder& folder, const Part& part) {
  LoadedCounty county;
  CountyLoader{workspace, part, county}.load(folder.folder);
  sort_by_place(county.diagnostics);
  return county;
}

LoadedCounty load_county(const Workspace& workspace, const CountyFolder& folder) {
  return load_part(workspace, folder, {});
}

Diagnostic locate(const LoadedCounty& county, const std::string& path,
                  const model::Finding& finding) {
  const auto source = county.sources.find(path);
  if (source != county.sources.end()) return locate(source->second, finding);
  Diagnostic diagnostic{finding.severity, finding.code, {}, finding.facts};
  diagnostic.place.path = path;
  return diagnostic;
}

Diagnostic locate(const document::Source& source, const model::Finding& finding) {
  Diagnostic diagnostic{finding.severity, finding.code, {}, finding.facts};
  diagnostic.place.path = source.path();
  if (finding.record == Span{}) return diagnostic;
  diagnostic.place = source.place(key_span(source, finding.record, finding.key));
  if (finding.other != Span{})
    diagnostic.facts.emplace_back("other_line", std::to_string(source.place(finding.other).line));
  return diagnostic;
}

}  // namespace taizhang::store
