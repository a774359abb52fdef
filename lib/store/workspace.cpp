#include "store/workspace.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/date.hpp"
#include "base/disk.hpp"
#include "document/document.hpp"
#include "store/folders.hpp"
#include "store/read_file.hpp"
#include "store/read_record.hpp"

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

/// Rounds that cannot be what was meant.
void check_rounds(const document::Source& source, const std::vector<model::Round>& rounds,
                  Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    const model::Round& round = rounds[i];
    if (round.from && round.to && *round.to < *round.from)
      diagnostics.push_back(
          at(source, key_span(source, round.at, "to"), Severity::error, "round-reversed",
             {{"from", format_date(*round.from)}, {"to", format_date(*round.to)}}));
    for (std::size_t earlier = 0; round.year && earlier < i; ++earlier)
      if (rounds[earlier].year == round.year)
        diagnostics.push_back(
            at(source, key_span(source, round.at, "year"), Severity::error, "round-twice",
               {{"year", std::to_string(*round.year)},
                {"other_line", std::to_string(source.place(rounds[earlier].at).line)}}));
  }
}

void read_settings(Workspace& workspace) {
  workspace.ledger.path = marker;
  auto file =
      FileReader::from_tree(*workspace.tree, std::string{marker}, model::FileKind::workspace);
  file.one("workspace", workspace.ledger.info);
  file.all("round", workspace.ledger.rounds);
  if (!file.readable()) ++workspace.unreadable;
  if (file.document())
    check_rounds(file.document()->source, workspace.ledger.rounds, workspace.diagnostics);
  file.move_diagnostics_to(workspace.diagnostics);
  std::ranges::sort(workspace.ledger.rounds, {}, &model::Round::year);
}

/// The text up to the record behind [county]. Lists of units make county.toml long, and who only looks
/// for counties need not read them.
std::string identity_part(const std::string& text) {
  const std::size_t header = text.find("\n[county]");
  if (header == std::string::npos) return text;
  const std::size_t next = text.find("\n[", header + 1);
  return text.substr(0, next == std::string::npos ? next : next + 1);
}

/// A county.toml as far as its identity goes; all of it when that does not tell. Nothing when there is
/// none.
std::optional<FileReader> read_identity(const Tree& tree, const std::string& path,
                                        model::CountyInfo& info) {
  if (const auto text = tree.read(path)) {
    auto part = FileReader::from_text(path, identity_part(*text), model::FileKind::county);
    part.one("county", info);
    if (part.complete() && !info.code.empty()) return part;
  } else if (!tree.exists(path)) {
    return std::nullopt;
  }
  info = {};
  auto whole = FileReader::from_tree(tree, path, model::FileKind::county);
  whole.one("county", info);
  return whole;
}

/// Whether the folder is a county's.
bool add_county(Workspace& workspace, const std::string& folder) {
  const std::string path = join(folder, "county.toml");
  model::CountyInfo info;  // its diagnostics are reported when the county is loaded
  const auto file = read_identity(*workspace.tree, path, info);
  if (!file) return false;
  const auto twin = std::ranges::find(workspace.counties, info.code, &CountyFolder::code);
  if (!info.code.empty() && twin != workspace.counties.end()) {
    const auto& source = file->document()->source;
    workspace.diagnostics.push_back(
        at(source, key_span(source, info.at, "code"), Severity::error, "county-code-twice",
           {{"code", info.code}, {"other", join(twin->folder, "county.toml")}}));
  }
  workspace.counties.push_back({folder, info.code, info.name});
  return true;
}

void list_counties(Workspace& workspace) {
  if (add_county(workspace, "")) return;
  Folders folders{*workspace.tree, workspace.diagnostics, workspace.unreadable};
  for (const auto& entry : folders.list("")) {
    if (entry.name == marker || entry.name == "rules") continue;
    if (!entry.is_directory) {
      if (is_ledger_name(entry.name)) folders.refuse(entry.name, "ledger-misplaced");
      else folders.refuse_link(entry.name, 2);
    } else if (!add_county(workspace, entry.name) && folders.holds_ledgers(entry.name, 2)) {
      folders.refuse(entry.name, "county-file-missing");
    }
  }
  std::ranges::sort(workspace.counties, [](const CountyFolder& a, const CountyFolder& b) {
    return std::tie(a.code, a.folder) < std::tie(b.code, b.folder);
  });
}

tl::unexpected<Diagnostic> refuse_start(std::string_view code, const std::string& start) {
  Diagnostic diagnostic{Severity::error, code, {}, {{"path", start}}};
  diagnostic.place.path = start;
  return tl::make_unexpected(std::move(diagnostic));
}

}  // namespace

tl::expected<std::string, Diagnostic> find_workspace(const std::string& start) {
  const std::string real = disk::real_path(start);
  if (real.empty() || !disk::is_folder(real)) return refuse_start("folder-missing", start);
  std::string root = find_root(real);
  if (root.empty()) return refuse_start("no-workspace", start);
  return root;
}

std::string state_folder(const std::string& root) { return root + "/.taizhang"; }

tl::expected<Workspace, Diagnostic> open_workspace(const std::string& start) {
  auto root = find_workspace(start);
  if (!root) return tl::make_unexpected(std::move(root.error()));
  auto tree = disk_tree(*root);
  return read_workspace(std::move(*root), std::move(tree));
}

Workspace read_workspace(std::string root, std::shared_ptr<const Tree> tree) {
  Workspace workspace;
  workspace.root = std::move(root);
  workspace.tree = std::move(tree);
  read_settings(workspace);
  list_counties(workspace);
  sort_by_place(workspace.diagnostics);
  return workspace;
}

}  // namespace taizhang::store
