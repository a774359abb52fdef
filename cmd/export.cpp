#include "transfer/export.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include "arguments.hpp"
#include "base/text.hpp"
#include "reading.hpp"
#include "store/rule_files.hpp"

namespace taizhang::cmd {

namespace {

struct ExportCommand : ReadingOptions {
  std::string kind;
  bool redact = false;
};

Exit unknown_kind(Session& session, const std::string& kind) {
  Diagnostic diagnostic;
  diagnostic.code = "export-unknown";
  diagnostic.facts = {
      {"kind", kind},
      {"nearest", std::string{nearest(kind, transfer::export_kinds()).value_or("")}}};
  session.complain(diagnostic);
  return Exit::usage;
}

/// Those that can be read.
std::vector<model::RuleSet> loaded_rules(const Reading& reading, const std::set<std::string>& ids) {
  std::vector<model::RuleSet> all;
  for (const std::string& id : ids)
    if (auto loaded = store::load_rules(*reading.workspace.tree, id); loaded.rules)
      all.push_back(std::move(*loaded.rules));
  return all;
}

}  // namespace

Runner declare_export(Arguments& args) {
  auto options = std::make_shared<ExportCommand>();
  args.positional("KIND", options->kind);
  for (const std::string_view kind : transfer::export_kinds()) args.offer(kind);
  args.positional("PLACE", options->place, Need::optional);
  args.option("--as-of", options->as_of);
  declare_revision(args, *options);
  args.option("--round", options->round);
  args.flag("--redact", options->redact);
  args.choice("--format", options->format.format, {"csv", "jsonl", "xlsx"});
  args.option("-o", options->format.file);
  args.choice("--csv-for", options->format.csv_for, {"excel"});
  return [options](Session& session) {
    const auto kinds = transfer::export_kinds();
    const auto kind = std::ranges::find(kinds, options->kind);
    if (kind == kinds.end()) return unknown_kind(session, options->kind);
    const std::string_view chosen = options->format.chosen();
    if (chosen != "jsonl" && chosen != "xlsx") options->format.format = "csv";
    if (const auto refused = refuse_output(session, options->format)) return *refused;
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    transfer::Export table{{*kind, options->round, options->as_of, options->redact}};
    std::set<std::string> rules;
    for_each_county(session, *reading, [&](const auto& state) {
      table.add(state);
      rules.insert(state.county->info.rules);
    });
    // For a person at a spreadsheet; programs find the keys in the other formats.
    const bool for_office = options->format == "xlsx" || options->format.csv_for == "excel";
    if (for_office && session.catalogue().language() == model::Language::zh)
      table.name_columns(loaded_rules(*reading, rules));
    const std::string place = reading->place_name();
    std::vector<report::Label> subtitle{
        {"export.scope",
         {{"place", place.empty() ? reading->occasion.workspace : place},
          {"as_of", format_date(reading->occasion.as_of)},
          {"round", options->round ? std::to_string(*options->round) : ""}}}};
    if (reading->occasion.example) subtitle.push_back({"subtitle.example", {}});
    session.emit(
        table.finish({"export.title", {{"kind", std::string{transfer::kind_label(*kind)}}}},
                     std::move(subtitle)),
        options->format);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
