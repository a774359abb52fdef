#pragma once

#include "report/table.hpp"

namespace taizhang::report {

/// A small table with a cell of every sort.
inline Report sample_report() {
  using namespace std::chrono;
  Table table;
  table.id = "villages";
  table.title = {"group.reports", {}};
  table.columns = {{"name", "sample.name"},
                   {"state", "sample.state"},
                   {"tasks", "sample.tasks", Align::right},
                   {"done", "sample.done", Align::right},
                   {"due", "sample.due"}};
  table.rows.push_back({{std::string("示例甲村"), Term{"整改中"}, std::int64_t{13},
                         Cell{Share{5, 11}, Light::yellow}, Date{2023y / June / 30}},
                        "眉县/汤峪镇/示例甲村.toml",
                        12});
  table.rows.push_back({{std::string("“四个一”示例村"), Term{"已销号"}, std::int64_t{7},
                         Cell{Share{7, 7}, Light::green}, Missing{}}});
  Row total{{Label{"value.total", {}}, {}, std::int64_t{20}, Share{0, 0}, {}}};
  total.total = true;
  table.rows.push_back(total);

  Report report;
  report.schema = "taizhang.sample/1";
  report.title = {"sample.title", {{"year", "2023"}}};
  report.subtitle = {{"sample.place", {}}};
  report.tables = {table};
  report.notes = {{"sample.note", {}}};
  return report;
}

}  // namespace taizhang::report
