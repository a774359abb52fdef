#include "report/undo_list.hpp"

#include "base/text.hpp"

namespace taizhang::report {

namespace {

Label state_of(const store::UndoEntry& entry) {
  if (entry.undone_by) return {"undo.state.undone", {{"number", std::to_string(*entry.undone_by)}}};
  return entry.undoable ? Label{"undo.state.possible"} : Label{"undo.state.changed"};
}

/// For people also which change it took back.
Cell told(const store::UndoEntry& entry, std::size_t columns) {
  if (columns == 0) return entry.note.command;
  std::string command = cut(visible(entry.note.command), columns);
  if (!entry.note.undoes) return command;
  return Label{"undo.took_back",
               {{"command", std::move(command)}, {"number", std::to_string(*entry.note.undoes)}}};
}

}  // namespace

Report undo_list(const store::UndoList& list, std::size_t command_columns) {
  Report report;
  report.schema = "taizhang.undo/1";
  report.title = {"undo.title"};
  Table table;
  table.id = "changes";
  table.columns = {{"number", "column.change_number", Align::right},
                   {"time", "column.time"},
                   {"command", "column.command"},
                   {"files", "column.files", Align::right},
                   {"state", "column.undo"}};
  for (const store::UndoEntry& entry : list.entries) {
    Row row;
    row.cells = {std::int64_t{entry.number}, entry.note.time, told(entry, command_columns),
                 static_cast<std::int64_t>(entry.paths.size()), state_of(entry)};
    table.rows.push_back(row);
  }
  report.tables.push_back(std::move(table));
  return report;
}

}  // namespace taizhang::report
