#include "store/load.hpp"

#include <algorithm>
#include <tuple>

#include "base/disk.hpp"
#include "store/read_file.hpp"
#include "store/read_record.hpp"

namespace taizhang::store {

using model::FileKind;
using model::TownshipLedger;
using model::VillageLedger;

namespace {

bool is_ledger(const disk::DirectoryEntry& entry) {
  return entry.name.front() != '.' && entry.name.size() > 5 && entry.name.ends_with(".toml");
}

class CountyLoader {
 public:
  CountyLoader(const Workspace& workspace, LoadedCounty& county)
      : root_(workspace.root), county_(county) {}

  void load(const std::string& folder) {
    auto& ledger = county_.ledger;
    ledger.folder = folder;
    ledger.path = join(folder, "county.toml");
    read_county_file(ledger.path);
    for (const auto& entry : list(folder)) {
      if (entry.name.front() == '.') continue;
      if (entry.is_directory && !is_ledger(entry)) {
        load_township(join(folder, entry.name), entry.name);
      } else if (entry.name == "inspections.toml") {
        read_inspections(join(folder, entry.name));
      } else if (is_ledger(entry) && entry.name != "county.toml" && entry.name != "taizhang.toml") {
        refuse(join(folder, entry.name), "ledger-misplaced", Severity::error);
      }
    }
    std::ranges::sort(ledger.townships, [](const TownshipLedger& a, const TownshipLedger& b) {
      return std::tie(a.info.code, a.folder) < std::tie(b.info.code, b.folder);
    });
  }

 private:
  std::vector<disk::DirectoryEntry> list(const std::string& folder) {
    auto entries = disk::list_folder(root_ + '/' + folder, folder.empty() ? "." : folder);
    if (entries) return std::move(*entries);
    county_.diagnostics.push_back(entries.error());
    ++county_.unreadable;
    return {};
  }

  void refuse(const std::string& path, std::string_view code, Severity severity) {
    Diagnostic diagnostic{severity, code, {}, {{"path", path}}};
    diagnostic.place.path = path;
    county_.diagnostics.push_back(std::move(diagnostic));
    ++county_.unreadable;
  }

  /// Takes over what the reader found; keeps the text for later messages.
  void finish(FileReader& file, const std::string& path) {
    file.move_diagnostics_to(county_.diagnostics);
    if (!file.readable()) ++county_.unreadable;
    if (file.document()) county_.sources.emplace(path, file.take_source());
  }

  void read_county_file(const std::string& path) {
    auto file = FileReader::from_disk(root_, path, FileKind::county);
    auto& ledger = county_.ledger;
    file.one("county", ledger.info);
    file.all("unit", ledger.units);
    file.all("contact", ledger.contacts);
    file.all("grid", ledger.grids);
    finish(file, path);
  }

  void read_inspections(const std::string& path) {
    auto file = FileReader::from_disk(root_, path, FileKind::inspections);
    auto& ledger = county_.ledger;
    ledger.inspections_path = path;
    file.all("inspection", ledger.inspections);
    file.all("finding", ledger.findings);
    file.all("reply", ledger.replies);
    finish(file, path);
  }

  void load_township(const std::string& folder, const std::string& name) {
    const auto entries = list(folder);
    if (std::ranges::none_of(entries, is_ledger)) return;  // reports, evidence and the like
    TownshipLedger township;
    township.folder = name;
    township.path = join(folder, "township.toml");
    if (disk::exists(root_ + '/' + township.path))
      read_township_file(township);
    else
      refuse(folder, "township-file-missing", Severity::error);
    for (const auto& entry : entries) {
      if (is_ledger(entry)) {
        if (entry.name != "township.toml") read_village(township, join(folder, entry.name), entry.name);
      } else if (entry.is_directory && entry.name.front() != '.') {
        check_inner_folder(join(folder, entry.name));
      }
    }
    std::ranges::sort(township.villages, [](const VillageLedger& a, const VillageLedger& b) {
      return std::tie(a.info.code, a.path) < std::tie(b.info.code, b.path);
    });
    county_.ledger.townships.push_back(std::move(township));
  }

  /// Ledgers in a folder below a township would be counted nowhere.
  void check_inner_folder(const std::string& folder) {
    for (const auto& entry : list(folder)) {
      if (is_ledger(entry)) refuse(join(folder, entry.name), "ledger-misplaced", Severity::error);
      else if (entry.is_directory && entry.name.front() != '.')
        check_inner_folder(join(folder, entry.name));
    }
  }

  void read_township_file(TownshipLedger& township) {
    auto file = FileReader::from_disk(root_, township.path, FileKind::township);
    file.one("township", township.info);
    file.all("leader", township.leaders);
    file.all("submission", township.submissions);
    finish(file, township.path);
  }

  void read_village(TownshipLedger& township, std::string path, const std::string& name) {
    auto file = FileReader::from_disk(root_, path, FileKind::village);
    VillageLedger village;
    village.file_name = name.substr(0, name.size() - 5);
    file.one("village", village.info);
    file.all("survey", village.surveys);
    file.all("step", village.steps);
    file.all("support", village.supports);
    file.all("problem", village.problems);
    file.all("task", village.tasks);
    file.all("milestone", village.milestones);
    file.all("entry", village.entries);
    file.all("acceptance", village.acceptances);
    file.all("follow", village.follows);
    village.complete = file.complete();
    finish(file, path);
    ++county_.ledger.village_files;
    if (village.complete) ++county_.ledger.village_files_read;
    village.path = std::move(path);
    if (file.readable()) township.villages.push_back(std::move(village));
  }

  const std::string& root_;
  LoadedCounty& county_;
};

}  // namespace

LoadedCounty load_county(const Workspace& workspace, const CountyFolder& folder) {
  LoadedCounty county;
  CountyLoader{workspace, county}.load(folder.folder);
  sort_by_place(county.diagnostics);
  return county;
}

Diagnostic locate(const LoadedCounty& county, const std::string& path,
                  const model::Finding& finding) {
  Diagnostic diagnostic{finding.severity, finding.code, {}, finding.facts};
  diagnostic.place.path = path;
  const auto source = county.sources.find(path);
  if (source == county.sources.end() || finding.record == Span{}) return diagnostic;
  diagnostic.place = source->second.place(key_span(source->second, finding.record, finding.key));
  if (finding.other != Span{})
    diagnostic.facts.emplace_back("other_line",
                                  std::to_string(source->second.place(finding.other).line));
  return diagnostic;
}

}  // namespace taizhang::store
