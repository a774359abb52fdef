#include "import_report.hpp"

#include <algorithm>
#include <array>
#include <set>
#include "transfer/export.hpp"

namespace taizhang::cmd {

using report::Cell;
using transfer::Fate;
using transfer::RowFate;

namespace {

std::string_view term_of(Fate fate) {
  constexpr std::array<std::string_view, 5> terms{"新", "改", "同", "拒", "略"};
  return terms[static_cast<std::size_t>(fate)];
}

/// `户数 412→415；党员数 46`.
std::string changes_text(const RowFate& fate) {
  std::string text;
  for (const transfer::FactChange& change : fate.changes) {
    if (!text.empty()) text += "; ";
    text += change.heading + " ";
    if (!change.before.empty()) text += change.before + "→";
    text += change.after;
  }
  return text;
}

/// `户数: 四百`; what stands in the cell at fault, where the reason names it.
std::string cell_refused(const Diagnostic& reason) {
  const auto fact = [&](std::string_view name) {
    const auto found = std::ranges::find(reason.facts, name, &Facts::value_type::first);
    return found == reason.facts.end() ? std::string{} : found->second;
  };
  const std::string value = fact("value");
  return value.empty() ? std::string{} : fact("heading") + ": " + value;
}

void add_rows(report::Table& table, const RowFate& fate) {
  const auto row = [&](Cell detail, const std::string& column) {
    report::Row made;
    made.cells = {std::int64_t{fate.row}, column, report::Term{term_of(fate.fate)},
                  fate.place + (fate.record.empty() ? "" : " " + fate.record), std::move(detail)};
    table.rows.push_back(made);
  };
  // Why a row was refused, and what to do, is told once: below the table.
  for (const Diagnostic& reason : fate.reasons)
    row(cell_refused(reason),
        reason.place.column > 0 ? sheet::column_name(reason.place.column) : "");
  if (fate.reasons.empty()) row(changes_text(fate), "");
}

}  // namespace

Tally count_fates(const transfer::Plan& plan) {
  Tally tally;
  const std::array counts{&tally.added, &tally.changed, &tally.same, &tally.refused, &tally.aside};
  for (const RowFate& fate : plan.fates) ++*counts[static_cast<std::size_t>(fate.fate)];
  return tally;
}

Facts tally_facts(const Tally& tally) {
  return {{"added", std::to_string(tally.added)},
          {"changed", std::to_string(tally.changed)},
          {"same", std::to_string(tally.same)},
          {"refused", std::to_string(tally.refused)},
          {"aside", tally.aside > 0 ? std::to_string(tally.aside) : ""}};
}

report::Report import_report(const transfer::BoundSheet& bound, const transfer::KindInfo& kind,
                             const transfer::Plan& plan) {
  std::set<std::uint32_t> columns;
  for (const transfer::BoundColumn& each : bound.columns) columns.insert(each.column);
  report::Report report;
  report.schema = "taizhang.import/1";
  report.title = {"import.title",
                  {{"file", bound.path}, {"kind", std::string{transfer::kind_label(kind.name)}}}};
  report.subtitle.push_back({"import.header",
                             {{"sheet", bound.sheet->name},
                              {"row", std::to_string(bound.header.last_row)},
                              {"columns", std::to_string(columns.size())}}});
  report::Table table;
  table.id = "rows";
  table.columns = {{"row", "column.sheet_row", report::Align::right},
                   {"column", "column.sheet_column"},
                   {"fate", "column.fate"},
                   {"place", "column.fate_place"},
                   {"detail", "column.fate_detail"}};
  for (const RowFate& fate : plan.fates) add_rows(table, fate);
  report.tables.push_back(std::move(table));
  return report;
}

}  // namespace taizhang::cmd
