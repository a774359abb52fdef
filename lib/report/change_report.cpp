#include "report/change_report.hpp"

#include <utility>

namespace taizhang::report {

using What = FactChange::What;

ChangeReport::ChangeReport(Label title, KeyWords keys, KindWords kinds, bool in_parts)
    : keys_(std::move(keys)), kinds_(std::move(kinds)), in_parts_(in_parts) {
  report_.title = std::move(title);
  table_.id = "changes";
}

ChangeReport ChangeReport::of_history(Label title, KeyWords keys, KindWords kinds, bool in_parts) {
  ChangeReport made{std::move(title), std::move(keys), std::move(kinds), in_parts};
  made.report_.schema = "taizhang.history/1";
  made.table_.columns = {
      {"date", "column.date"}, {"author", "column.author"}, {"commit", "column.commit"}};
  made.add_columns();
  return made;
}

ChangeReport ChangeReport::of_difference(Label title, KeyWords keys, KindWords kinds,
                                         bool in_parts) {
  ChangeReport made{std::move(title), std::move(keys), std::move(kinds), in_parts};
  made.report_.schema = "taizhang.diff/1";
  made.table_.columns = {{"ledger", "column.ledger"}};
  made.add_columns();
  return made;
}

void ChangeReport::add_columns() {
  table_.columns.push_back({"change", "column.what_changed"});
  if (!in_parts_) return;
  for (const auto& [key, heading] : {std::pair{"kind", "column.kind"},
                                     {"record", "column.id"},
                                     {"task", "column.task"},
                                     {"key", "column.key"},
                                     {"old", "column.old"},
                                     {"new", "column.new"}})
    table_.columns.push_back({key, heading});
}

void ChangeReport::add(const store::Commit& commit, const FactChange& change) {
  add(Row{{commit.author_day, commit.author, commit.short_id()}}, change);
}

void ChangeReport::add(std::string_view ledger, const FactChange& change) {
  add(Row{{std::string{ledger}}}, change);
}

void ChangeReport::add(Row row, const FactChange& change) {
  row.cells.emplace_back(words(change));
  if (in_parts_)
    for (const std::string* part : {&change.kind, &change.name, &change.task, &change.key,
                                    &change.old_value, &change.new_value})
      row.cells.emplace_back(*part);
  table_.rows.push_back(row);
}

Label ChangeReport::words(const FactChange& change) const {
  const std::string kind = change.kind.empty() ? "" : kinds_(change.kind);
  const bool is_entry = change.kind == "entry";
  switch (change.what) {
    case What::added:
      return {is_entry ? "change.entry" : "change.added",
              {{"kind", kind}, {"name", change.name}, {"about", change.new_value}}};
    case What::removed:
      return {"change.removed",
              {{"kind", kind}, {"name", change.name}, {"about", change.old_value}}};
    case What::unreadable:
      return {"change.unreadable"};
    case What::changed:
      break;
  }
  std::string_view id = "change.changed";
  if (change.old_value.empty()) id = "change.filled";
  if (change.new_value.empty()) id = "change.emptied";
  return {id,
          {{"name", change.name.empty() ? kind : change.name},
           {"key", keys_(change.kind, change.key)},
           {"old", change.old_value},
           {"new", change.new_value}}};
}

Report ChangeReport::finish() && {
  if (table_.rows.empty()) report_.notes.push_back({"change.none"});
  else report_.tables.push_back(std::move(table_));
  return std::move(report_);
}

}  // namespace taizhang::report
