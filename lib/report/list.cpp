#include "report/list.hpp"

#include <fmt/format.h>

namespace taizhang::report {

ListReport::ListReport(const Occasion& occasion, std::string_view place) : occasion_(occasion) {
  report_.schema = "taizhang.list/1";
  report_.title = {"list.title"};
  report_.subtitle = subtitle(occasion, place);
  Table table;
  table.id = "villages";
  table.columns = {{"code", "column.code"},
                   {"township", "column.township"},
                   {"village", "column.village"},
                   {"kind", "column.kind"},
                   {"stage", "column.stage"},
                   {"problems", "column.problems", Align::right},
                   {"tasks", "column.tasks", Align::right},
                   {"closed", "column.closed", Align::right},
                   {"overdue", "column.overdue", Align::right}};
  report_.tables.push_back(std::move(table));
}

void ListReport::add(const CountyState& state) {
  coverage_.add(state);
  for (const VillageState& village : state.villages) {
    const auto& info = village.ledger->info;
    Tally tally;
    for (const auto& life : village.life.tasks) tally.add(life, occasion_.as_of);
    std::int64_t problems = 0;
    for (const auto& problem : village.ledger->problems)
      problems +=
          problem.round == occasion_.round && (!problem.found || *problem.found <= occasion_.as_of);
    // a listed village without records of the kind has not filled them in; others have none to fill
    const auto figure = [&](bool kept, std::int64_t count) {
      if (!kept && !village.life.listed()) return Cell{};
      Cell cell;
      cell.content = count_or_missing(kept, count);
      return cell;
    };
    Row row;
    row.cells = {info.code,
                 village.township->folder,
                 info.name,
                 Term{model::term(village.ledger->kind())},
                 Term{workflow::term(village.life.stage)},
                 figure(problems > 0, problems),
                 figure(tally.total > 0, tally.total),
                 figure(tally.total > 0, tally.closed),
                 figure(tally.total > 0, tally.overdue)};
    row.path = village.ledger->path;
    row.line = line_of(state, village.ledger->path, info.at);
    add_again(row, village.life);
    report_.tables.front().rows.push_back(row);
  }
}

void ListReport::add_again(Row& row, const workflow::VillageLife& life) {
  Cell cell;
  if (life.relapse_of)
    cell.content = Label{"list.relapse", {{"round", fmt::format("{}", *life.relapse_of)}}};
  else if (life.continued) cell.content = Label{"list.continued"};
  again_ = again_ || life.relapse_of || life.continued;
  row.cells.push_back(std::move(cell));
}

namespace {

void drop_last_cells(Table& table) {
  Rows rows;
  for (Row row : table.rows) {
    row.cells.pop_back();
    rows.push_back(row);
  }
  table.rows = std::move(rows);
}

}  // namespace

Report ListReport::finish() && {
  Table& table = report_.tables.front();
  if (again_) table.columns.push_back({"again", "column.listed_before"});
  else drop_last_cells(table);
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
