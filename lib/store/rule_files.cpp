#include "store/rule_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/baked.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "store/folders.hpp"
#include "store/read_file.hpp"
#include "store/read_record.hpp"
#include "store/read_value.hpp"
#include "store/workspace.hpp"

namespace taizhang::store {

namespace {

constexpr std::string_view baked_folder = "data/rules/";
constexpr std::string_view local_folder = "rules";
constexpr std::string_view ending = ".toml";

LoadedRules read_rules(FileReader file, const std::string& path, std::string_view id) {
  LoadedRules loaded;
  model::RuleSet rules;
  rules.path = path;
  file.one("rules", rules.info);
  file.all("question", rules.questions);
  file.all("problem_type", rules.problem_types);
  file.all("criterion", rules.criteria);
  file.all("score", rules.scores);
  file.all("item", rules.items);
  file.all("knockout", rules.knockouts);
  file.all("band", rules.bands);
  file.all("ranking", rules.rankings);
  file.all("key", rules.keys);
  file.all("term", rules.terms);
  file.all("quota", rules.quotas);
  file.move_diagnostics_to(loaded.diagnostics);
  if (!file.document()) return loaded;
  if (file.complete() && rules.info.id != id)
    loaded.diagnostics.push_back(at(
        file.document()->source, key_span(file.document()->source, rules.info.at, "id"),
        Severity::error, "rules-id-differs", {{"id", rules.info.id}, {"name", std::string{id}}}));
  rules.sha256 = sha256(file.document()->source.text());
  if (file.complete()) loaded.rules = std::move(rules);
  loaded.source = file.take_source();
  return loaded;
}

LoadedRules unknown_rules(const Tree& tree, std::string_view id) {
  LoadedRules unknown;
  const auto ids = rule_set_ids(tree);
  const std::vector<std::string_view> views{ids.begin(), ids.end()};
  const auto near = nearest(id, views);
  unknown.diagnostics.push_back({Severity::error,
                                 "rules-unknown",
                                 {},
                                 {{"id", std::string{id}},
                                  {"nearest", std::string{near.value_or("")}},
                                  {"choices", fmt::format("{}", fmt::join(ids, " "))}}});
  return unknown;
}

}  // namespace

LoadedRules load_rules(const Tree& tree, std::string_view id) {
  if (!has_format(id, model::Format::id)) return unknown_rules(tree, id);
  const std::string name = std::string{id} + std::string{ending};
  const std::string local = "rules/" + name;
  if (tree.exists(local))
    return read_rules(FileReader::from_tree(tree, local, model::FileKind::rules), local, id);
  const std::string baked = std::string{baked_folder} + name;
  const std::string_view text = baked_text(baked);
  if (!text.empty())
    return read_rules(FileReader::from_text(baked, std::string{text}, model::FileKind::rules),
                      baked, id);
  return unknown_rules(tree, id);
}

std::vector<LoadedRules> load_local_rules(const Tree& tree) {
  std::vector<LoadedRules> all;
  if (!tree.exists(std::string{local_folder})) return all;
  LoadedRules lost;
  std::size_t unreadable = 0;
  Folders folders{tree, lost.diagnostics, unreadable};
  for (const auto& entry : folders.list(std::string{local_folder})) {
    if (!is_ledger_name(entry.name)) continue;
    const std::string path = join(local_folder, entry.name);
    all.push_back(read_rules(FileReader::from_tree(tree, path, model::FileKind::rules), path,
                             entry.name.substr(0, entry.name.size() - ending.size())));
  }
  if (!lost.diagnostics.empty()) all.push_back(std::move(lost));
  return all;
}

std::vector<std::string> rule_set_ids(const Tree& tree) {
  std::vector<std::string> ids;
  const auto take = [&](std::string_view name) {
    if (name.ends_with(ending) && name.front() != '.')
      ids.emplace_back(name.substr(0, name.size() - ending.size()));
  };
  for (const BakedFile& file : baked_files())
    if (file.path.starts_with(baked_folder)) take(file.path.substr(baked_folder.size()));
  if (const auto entries = tree.list(std::string{local_folder}))
    for (const auto& entry : *entries)
      if (!entry.is_directory) take(entry.name);
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace taizhang::store
