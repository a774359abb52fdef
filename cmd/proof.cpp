#include "proof.hpp"

#include <algorithm>

#include "base/baked.hpp"
#include "base/disk.hpp"
#include "base/hash.hpp"
#include "base/save.hpp"
#include "report/figure_lines.hpp"
#include "store/read_file.hpp"

namespace taizhang::cmd {

namespace {

constexpr std::string_view workspace_fact = "workspace";

/// A path of the workspace as the sidecar writes it.
std::string from_sidecar(const std::string& workspace, const std::string& path) {
  return workspace == "." ? path : store::join(workspace, path);
}

bool same_but_commit(store::Sidecar a, store::Sidecar b) {
  for (store::Sidecar* each : {&a, &b})
    std::erase_if(each->facts, [](const auto& fact) { return fact.first == store::commit_fact; });
  return a.facts == b.facts && a.sums == b.sums && a.figures == b.figures;
}

model::CountyInfo county_info(const store::Tree& tree, const store::CountyFolder& folder) {
  model::CountyInfo info;
  store::FileReader::from_tree(tree, store::join(folder.folder, "county.toml"),
                               model::FileKind::county)
      .one("county", info);
  return info;
}

}  // namespace

Proof::Proof(Reading& reading) : reading_(reading), sums_(std::make_shared<store::ReadSums>()) {
  auto& tree = reading.workspace.tree;
  tree = store::recorded_tree(tree, sums_);
  [[maybe_unused]] const auto settings = tree->read(reading.workspace.ledger.path);
  std::vector<std::string> ids;
  for (const store::CountyFolder& folder : reading.counties) {
    const model::CountyInfo info = county_info(*tree, folder);
    for (const Text& id : {info.rules, info.scoring, info.sheet})
      if (!id.empty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  for (const std::string& id : ids) {
    if (tree->read("rules/" + id + ".toml")) continue;
    const std::string path = "data/rules/" + id + ".toml";
    if (const std::string_view text = baked_text(path); !text.empty())
      shipped_rules_.push_back(id + " " + sha256(text));
  }
}

std::string Proof::commit_read() {
  if (!reading_.commit.empty()) return reading_.commit;
  if (!last_commit_) last_commit_.emplace(reading_.workspace.root);
  return last_commit_->holding(*sums_);
}

store::Sidecar Proof::sidecar(const ReportHeader& header, const report::Report& report,
                              const std::string& folder, const NewFiles& files) {
  const std::string workspace = disk::path_from(folder, reading_.workspace.root);
  store::Sidecar made;
  note_header(header, made);
  made.facts.emplace_back("program", TAIZHANG_VERSION);
  made.facts.emplace_back(workspace_fact, workspace);
  if (const std::string commit = commit_read(); !commit.empty())
    made.facts.emplace_back(store::commit_fact, commit);
  for (const std::string& rules : shipped_rules_) made.facts.emplace_back("rules", rules);
  for (const auto& [name, bytes] : files) made.sums.push_back({sha256(bytes), name});
  for (const auto& [path, sum] : *sums_) made.sums.push_back({sum, from_sidecar(workspace, path)});
  made.figures = report::figure_lines(report);
  return made;
}

Proof::Changes Proof::changes_since(const store::Sidecar& sidecar) const {
  const std::string workspace = sidecar.fact(workspace_fact);
  Changes changes;
  std::vector<std::string> known;
  for (const auto& [path, sum] : *sums_) {
    known.push_back(from_sidecar(workspace, path));
    const auto found = std::ranges::find(sidecar.sums, known.back(), &store::FileSum::path);
    if (found == sidecar.sums.end()) changes.added.push_back(path);
    else if (found->sha256 != sum) changes.changed.push_back(path);
  }
  const std::string inside = from_sidecar(workspace, "");
  for (const store::FileSum& sum : sidecar.sums)
    if (sum.path.starts_with(inside) && sum.path.ends_with(".toml") &&
        std::ranges::find(known, sum.path) == known.end())
      changes.gone.push_back(sum.path.substr(inside.size()));
  for (const auto& [name, value] : sidecar.facts)
    if (name == "rules" && std::ranges::find(shipped_rules_, value) == shipped_rules_.end())
      changes.changed.push_back(value.substr(0, value.find(' ')));
  return changes;
}

Exit write_with_sidecar(Session& session, Proof& proof, const ReportHeader& header,
                        const report::Report& report, const Output& output) {
  const std::size_t slash = output.file.rfind('/');
  const std::string above = slash == std::string::npos ? "." : output.file.substr(0, slash + 1);
  const std::string name = slash == std::string::npos ? output.file : output.file.substr(slash + 1);
  const std::string bytes = session.document(report, output);
  const store::Sidecar sidecar =
      proof.sidecar(header, report, disk::real_path(above), {{name, bytes}});
  const std::string beside = store::sidecar_path(output.file);
  if (disk::exists(beside)) {
    const auto text = disk::read_file(beside, beside, disk::max_evidence_bytes);
    const auto old = text ? store::parse_sidecar(*text) : std::nullopt;
    if (!old || !same_but_commit(*old, sidecar)) {
      session.complain({Severity::error, "sidecar-exists", {}, {{"file", output.file}}});
      return Exit::findings;
    }
  } else {
    disk::write_document(beside, store::sidecar_text(sidecar));
  }
  disk::write_document(output.file, bytes);
  return Exit::done;
}

}  // namespace taizhang::cmd
