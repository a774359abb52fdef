#include "store/folders.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "store/workspace.hpp"

namespace taizhang::store {

bool is_ledger_name(std::string_view name) {
  constexpr std::string_view ending = ".toml";
  if (name.size() <= ending.size() || name.front() == '.' || name.ends_with(".map.toml"))
    return false;
  return std::ranges::equal(name.substr(name.size() - ending.size()), ending, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
  });
}

bool is_file_name(std::string_view name) {
  constexpr std::array<std::string_view, 6> taken{"rules",    "schema",   "county",
                                                  "taizhang", "township", "inspections"};
  return !name.empty() && trim(name) == name && !first_invalid_utf8(name) &&
         !has_hidden_characters(name) && name.size() <= 200 && name.front() != '.' &&
         name.find_first_of("\n/\\") == std::string_view::npos &&
         std::ranges::find(taken, name) == taken.end();
}

std::vector<disk::DirectoryEntry> Folders::list(const std::string& folder) {
  auto entries = tree_.list(folder);
  if (!entries) {
    diagnostics_.push_back(std::move(entries.error()));
    ++unreadable_;
    return {};
  }
  std::erase_if(*entries, [](const auto& entry) { return entry.name.front() == '.'; });
  return std::move(*entries);
}

bool Folders::holds_ledgers(const std::string& folder, int depth) {
  const auto entries = list(folder);
  return std::ranges::any_of(entries, [&](const disk::DirectoryEntry& entry) {
    if (!entry.is_directory) return is_ledger_name(entry.name);
    return depth > 0 && holds_ledgers(join(folder, entry.name), depth - 1);
  });
}

void Folders::refuse_ledgers_below(const std::string& folder) {
  for (const auto& entry : list(folder)) {
    const std::string path = join(folder, entry.name);
    if (is_ledger_name(entry.name)) refuse(path, "ledger-misplaced");
    else if (entry.is_directory) refuse_ledgers_below(path);
  }
}

void Folders::refuse_link(const std::string& path, int depth) {
  if (tree_.is_folder(path) && holds_ledgers(path, depth)) refuse(path, "folder-linked");
}

void Folders::refuse(const std::string& path, std::string_view code) {
  Diagnostic diagnostic{Severity::error, code, {}, {{"path", path}}};
  diagnostic.place.path = path;
  diagnostics_.push_back(std::move(diagnostic));
  ++unreadable_;
}

}  // namespace taizhang::store
