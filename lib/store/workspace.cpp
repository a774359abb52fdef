#include "store/workspace.hpp"

#include <algorithm>
#include <tuple>

#include "base/disk.hpp"
#include "document/document.hpp"
#include "store/read_file.hpp"

namespace taizhang::store {

std::string join(std::string_view folder, std::string_view name) {
  if (folder.empty()) return std::string{name};
  return std::string{folder} + '/' + std::string{name};
}

namespace {

constexpr std::string_view marker = "taizhang.toml";

std::string find_root(const std::string& start) {
  for (std::string folder = start; !folder.empty(); folder.erase(folder.rfind('/'))) {
    if (disk::exists(folder + '/' + std::string{marker})) return folder;
  }
  return disk::exists('/' + std::string{marker}) ? "/" : "";
}

bool is_ledger_name(std::string_view name) {
  return name.size() > 5 && name.front() != '.' && name.ends_with(".toml");
}

/// True when the folder, or a folder in it, holds TOML files.
bool holds_ledgers(const std::string& path, int depth = 2) {
  const auto entries = disk::list_folder(path, path);
  if (!entries) return false;
  return std::ranges::any_of(*entries, [&](const disk::DirectoryEntry& entry) {
    if (entry.name.front() == '.') return false;
    if (!entry.is_directory) return is_ledger_name(entry.name);
    return depth > 0 && holds_ledgers(path + '/' + entry.name, depth - 1);
  });
}

void read_settings(Workspace& workspace) {
  workspace.ledger.path = marker;
  auto file = FileReader::from_disk(workspace.root, std::string{marker}, model::FileKind::workspace);
  file.one("workspace", workspace.ledger.info);
  file.all("round", workspace.ledger.rounds);
  if (!file.readable()) ++workspace.unreadable;
  file.move_diagnostics_to(workspace.diagnostics);
  std::ranges::sort(workspace.ledger.rounds, {}, &model::Round::year);
}

void add_county(Workspace& workspace, const std::string& folder) {
  auto file = FileReader::from_disk(workspace.root, join(folder, "county.toml"), model::FileKind::county);
  model::CountyInfo info;
  file.one("county", info);  // its diagnostics are reported when the county is loaded
  workspace.counties.push_back({folder, info.code, info.name});
}

void list_counties(Workspace& workspace) {
  if (disk::exists(workspace.root + "/county.toml")) return add_county(workspace, "");
  const auto entries = disk::list_folder(workspace.root, ".");
  if (!entries) {
    workspace.diagnostics.push_back(entries.error());
    ++workspace.unreadable;
    return;
  }
  for (const auto& entry : *entries) {
    if (!entry.is_directory || entry.name.front() == '.' || entry.name == "rules") continue;
    const std::string path = workspace.root + '/' + entry.name;
    if (disk::exists(path + "/county.toml")) {
      add_county(workspace, entry.name);
    } else if (holds_ledgers(path)) {
      Diagnostic missing{Severity::error, "county-file-missing", {}, {{"folder", entry.name}}};
      missing.place.path = entry.name;
      workspace.diagnostics.push_back(std::move(missing));
      ++workspace.unreadable;
    }
  }
  std::ranges::sort(workspace.counties, [](const CountyFolder& a, const CountyFolder& b) {
    return std::tie(a.code, a.folder) < std::tie(b.code, b.folder);
  });
}

}  // namespace

tl::expected<Workspace, Diagnostic> open_workspace(const std::string& start) {
  const std::string real = disk::real_path(start);
  if (real.empty() || !disk::is_folder(real))
    return tl::unexpected{Diagnostic{Severity::error, "folder-missing", {}, {{"path", start}}}};
  Workspace workspace;
  workspace.root = find_root(real);
  if (workspace.root.empty())
    return tl::unexpected{Diagnostic{Severity::error, "no-workspace", {}, {{"path", start}}}};
  read_settings(workspace);
  list_counties(workspace);
  return workspace;
}

}  // namespace taizhang::store
