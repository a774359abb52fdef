#include "report/figure_lines.hpp"

#include <doctest/doctest.h>

#include "../render/samples.hpp"

using namespace taizhang;
using namespace taizhang::report;

using Lines = std::vector<std::string>;

TEST_CASE("The figures of a report are lines without headings, language or places") {
  Report report = sample_report();
  CHECK(figure_lines(report) == Lines{"[villages group.reports]\tname\tstate\ttasks#\tdone#\tdue",
                                      "villages\t示例甲村\t整改中\t13\t=5/11\t2023-06-30",
                                      "villages\t“四个一”示例村\t已销号\t7\t=7/7\t~",
                                      "villages\t:value.total\t\t20\t=0/0\t"});
  const Lines before = figure_lines(report);
  std::vector<Row> elsewhere;
  for (Row row : report.tables.front().rows) {
    row.line = 99;
    elsewhere.push_back(row);
  }
  report.tables.front().rows = elsewhere;
  report.tables.front().columns.front().heading = "sample.state";
  CHECK(figure_lines(report) == before);
}

TEST_CASE("Whatever a text holds, it stays one cell and comes back as it was") {
  for (const std::string text : {"~", ":a", "=1/2", "a\tb\nc\rd", "\\", "a|b", "\\t", ""}) {
    Table table{"t", {}, {{"text", ""}, {"more", ""}}, {{{text, std::string{"x"}}}}, true};
    Report report;
    report.tables = {table};
    const Lines cells = figure_cells(figure_lines(report).at(1));
    REQUIRE(cells.size() == 3);
    CAPTURE(cells[1]);
    const Content content = figure_content(cells[1]);
    if (text.empty()) CHECK(std::holds_alternative<std::monostate>(content));
    else CHECK(std::get<std::string>(content) == text);
  }
}

TEST_CASE("Labels with facts, shares and what is missing come back from their cells") {
  Table table{
      "t", {}, {{"a", ""}}, {{{Label{"value.of", {{"part", "1|2"}, {"whole", "三\t"}}}}}}, true};
  Report report;
  report.tables = {table};
  const std::string cell = figure_cells(figure_lines(report).at(1)).at(1);
  const auto label = std::get<Label>(figure_content(cell));
  CHECK(label.id == "value.of");
  CHECK(label.facts == Facts{{"part", "1|2"}, {"whole", "三\t"}});
  CHECK(std::get<Share>(figure_content("=5/11")).whole == 11);
  CHECK(std::holds_alternative<Missing>(figure_content("~")));
}
