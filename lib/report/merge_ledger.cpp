#include "report/merge_ledger.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "report/judgement.hpp"
#include "store/record_names.hpp"
#include "store/workspace.hpp"

namespace taizhang::report {

namespace {

/// The ledger and those above it, which say what its units and rules are.
std::set<std::string> files_for(const std::string& path) {
  std::set<std::string> files{path, "taizhang.toml"};
  std::string folder = path;
  while (true) {
    const std::size_t slash = folder.rfind('/');
    folder.erase(slash == std::string::npos ? 0 : slash);
    for (const char* name : {"county.toml", "township.toml"})
      files.insert(store::join(folder, name));
    if (folder.empty()) return files;
  }
}

Diagnostics errors_of(const MergeSpot& spot, const std::string& text) {
  const auto part = store::part_of_tree(spot.tree, files_for(spot.path));
  const auto tree = store::changed_tree(part, {{spot.path, std::nullopt, text}});
  const store::Workspace workspace = store::read_workspace(spot.root, tree);
  Diagnostics found = judge(workspace, workspace.counties, spot.today, {}).diagnostics;
  std::erase_if(found, [&](const Diagnostic& each) {
    return each.severity != Severity::error || each.place.path != spot.path;
  });
  return found;
}

Diagnostics faults_of(const MergeSpot& spot, const std::string& ours, const std::string& theirs,
                      const std::string& merged) {
  if (!spot.tree) return {};
  const Diagnostics found = errors_of(spot, merged);
  if (found.empty()) return {};
  Diagnostics known = errors_of(spot, ours);
  for (Diagnostic& each : errors_of(spot, theirs)) known.push_back(std::move(each));
  return news(known, found);
}

/// The tasks whose records the faults are about.
std::set<std::string> tasks_of(const Diagnostics& faults, const std::string& merged) {
  std::set<std::string> tasks;
  const auto document = document::parse("", merged);
  if (!document) return tasks;
  const auto records = document::records_of(*document, store::record_identity);
  for (const Diagnostic& fault : faults) {
    const document::NamedRecord* holder = nullptr;
    for (const auto& record : records)
      if (!record.kind.empty() && document->source.place(record.at).line <= fault.place.line)
        holder = &record;
    if (!holder) continue;
    if (std::string task = store::record_task(holder->kind, *holder->table); !task.empty())
      tasks.insert(std::move(task));
  }
  return tasks;
}

}  // namespace

std::optional<MergedLedger> merge_ledger(const MergeSpot& spot, const std::string& base,
                                         const std::string& ours, const std::string& theirs) {
  const auto was = document::parse(spot.path, base);
  const auto we = document::parse(spot.path, ours);
  const auto they = document::parse(spot.path, theirs);
  if (!was || !we || !they) return std::nullopt;
  document::MergeRules rules = store::merge_rules();
  MergedLedger result{document::merge(*was, *we, *they, rules), {}};
  if (!result.merged.clean()) return result;
  std::string text = result.merged.text();
  result.faults = faults_of(spot, ours, theirs, text);
  if (result.faults.empty()) {
    // Entries of one day must go together in either order, for neither side knew the other's.
    rules.reversed = true;
    std::string turned = document::merge(*was, *we, *they, rules).text();
    if (turned == text) return result;
    result.faults = faults_of(spot, ours, theirs, turned);
    if (result.faults.empty()) return result;
    text = std::move(turned);
    rules.reversed = false;
  }
  result.merged = document::merge(*was, *we, *they, rules, tasks_of(result.faults, text));
  return result;
}

}  // namespace taizhang::report
