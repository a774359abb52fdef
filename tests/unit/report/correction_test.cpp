#include "report/correction.hpp"

#include <doctest/doctest.h>

#include "report/figure_lines.hpp"

using namespace taizhang;
using namespace taizhang::report;

namespace {

std::string words(const Content& content) {
  if (const auto* text = std::get_if<std::string>(&content)) return *text;
  if (const auto* label = std::get_if<Label>(&content)) return std::string{label->id};
  return std::holds_alternative<Missing>(content) ? "未填" : "";
}

Report state(std::vector<Row> rows) {
  Report report;
  report.tables = {{"state",
                    {"halfmonth.state"},
                    {{"county", "column.county"},
                     {"township", "column.township"},
                     {"closed", "column.closed", Align::right},
                     {"overdue", "column.overdue", Align::right}},
                    std::move(rows),
                    true}};
  return report;
}

Row town(std::string name, std::int64_t closed, std::int64_t overdue) {
  return {{std::string{"眉县"}, std::move(name), closed, overdue}};
}

using Told = std::vector<std::string>;

std::vector<Told> told(const Report& was, const Report& now) {
  std::vector<Told> rows;
  for (const Row& row : correction_table(figure_lines(was), figure_lines(now), now, words).rows) {
    Told cells;
    for (const Cell& cell : row.cells) cells.push_back(std::get<std::string>(cell.content));
    rows.push_back(std::move(cells));
  }
  return rows;
}

}  // namespace

TEST_CASE("A correction names each figure that changed, by table, row and column") {
  CHECK(told(state({town("甲镇", 1, 2), town("乙镇", 3, 4)}),
             state({town("甲镇", 1, 0), town("乙镇", 3, 4)})) ==
        std::vector<Told>{{"halfmonth.state", "眉县/甲镇", "column.overdue", "2", "0"}});
  CHECK(told(state({town("甲镇", 1, 2)}), state({town("甲镇", 1, 2)})).empty());
}

TEST_CASE("Rows and tables that came or went are corrections too") {
  CHECK(told(state({town("甲镇", 1, 2), town("乙镇", 3, 4)}), state({town("甲镇", 1, 2)})) ==
        std::vector<Told>{{"halfmonth.state", "眉县/乙镇", "", "3 4", ""}});
  CHECK(told(state({town("甲镇", 1, 2)}), state({town("丙镇", 5, 6), town("甲镇", 1, 2)})) ==
        std::vector<Told>{{"halfmonth.state", "眉县/丙镇", "", "", "5 6"}});
  CHECK(told(state({town("甲镇", 1, 2)}), Report{}) ==
        std::vector<Told>{{"halfmonth.state", "眉县/甲镇", "", "1 2", ""}});
}
