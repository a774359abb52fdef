#include "report/feed.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace taizhang::report {

namespace {

/// The cell under the first of these keys that the table has.
Cell cell_of(const Table& table, const Row& row, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const auto column = std::ranges::find(table.columns, key, &Column::key);
    if (column == table.columns.end()) continue;
    Cell cell = row.cells[static_cast<std::size_t>(column - table.columns.begin())];
    cell.light = Light::none;
    return cell;
  }
  return {};
}

Light light_of(const Row& row) {
  const auto lit =
      std::ranges::find_if(row.cells, [](const Cell& cell) { return cell.light != Light::none; });
  return lit == row.cells.end() ? Light::none : lit->light;
}

Row thing_to_do(const Table& table, const Row& row, Date as_of) {
  Row made;
  made.path = row.path;
  made.line = row.line;
  Cell day = cell_of(table, row, {"date", "due"});
  Cell days;
  if (const auto* date = std::get_if<Date>(&day.content))
    days = std::int64_t{days_between(as_of, *date)};
  days.light = light_of(row);
  made.cells = {table.title,
                cell_of(table, row, {"origin_county"}),
                cell_of(table, row, {"township"}),
                cell_of(table, row, {"village"}),
                cell_of(table, row, {"origin_code"}),
                cell_of(table, row, {"task", "id"}),
                cell_of(table, row, {"title", "milestone", "text", "kind", "period"}),
                std::move(day),
                std::move(days),
                cell_of(table, row, {"who", "why", "missing", "handling", "state"}),
                row.path};
  return made;
}

}  // namespace

Report feed(Report board, Date as_of) {
  Table all;
  all.id = "to_do";
  all.columns = {{"list", "column.list"},
                 {"county", "column.county"},
                 {"township", "column.township"},
                 {"village", "column.village"},
                 {"code", "column.code"},
                 {"id", "column.id"},
                 {"what", "column.thing"},
                 {"date", "column.date"},
                 {"days", "column.days_off", Align::right},
                 {"who", "column.who_or_why"},
                 {"ledger", "column.ledger"}};
  for (const Table& table : board.tables)
    if (table.headings)
      for (const Row& row : table.rows) all.rows.push_back(thing_to_do(table, row, as_of));
  board.tables.clear();
  board.tables.push_back(std::move(all));
  return board;
}

}  // namespace taizhang::report
