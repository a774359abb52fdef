#include "render/text.hpp"

#include <doctest/doctest.h>

#include <limits>

#include <algorithm>
#include <sstream>
#include <string>

#include "base/text.hpp"
#include "render/samples.hpp"

using namespace taizhang;
using namespace taizhang::report;
using render::Catalogue;
using render::Language;
using render::render_text;

namespace {

std::string text_of(const Table& table, const render::TextOptions& options = {}) {
  Report report;
  report.tables = {table};
  return render_text(Catalogue(Language::zh), report, options);
}

std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, display_width(line));
  return widest;
}

/// A table of `columns` texts, one row with the same text in each.
Table wide_table(std::size_t columns, const std::string& text) {
  Table table;
  table.columns.assign(columns, {"key", "value.missing"});
  Row row;
  row.cells.assign(columns, Cell{text});
  table.rows = {row};
  return table;
}

}  // namespace

TEST_CASE("a report is its title, the lines below, its tables and its notes") {
  CHECK(render_text(Catalogue(Language::zh), sample_report()) ==
        "sample.title\n"
        "sample.place\n"
        "\n"
        "报告\n"
        "sample.name     sample.state  sample.tasks  sample.done  sample.due\n"
        "--------------  ------------  ------------  -----------  ----------\n"
        "示例甲村        整改中                  13     45.5% 黄  2023-06-30\n"
        "“四个一”示例村  已销号                   7    100.0% 绿  未填\n"
        "--------------  ------------  ------------  -----------  ----------\n"
        "合计                                    20      未填\n"
        "\n"
        "- sample.note\n");
}

TEST_CASE("columns start alike whatever the script") {
  Table table = sample_report().tables.front();
  Rows two;
  for (const Row& row : table.rows)
    if (two.size() < 2) two.push_back(row);
  table.rows = two;
  std::istringstream lines(text_of(table));
  std::string line;
  std::getline(lines, line);  // title
  std::getline(lines, line);
  const std::size_t heading = display_width(line.substr(0, line.find("sample.state")));
  std::getline(lines, line);
  std::getline(lines, line);
  CHECK(display_width(line.substr(0, line.find("整改中"))) == heading);
  std::getline(lines, line);
  CHECK(display_width(line.substr(0, line.find("已销号"))) == heading);
}

TEST_CASE("terms, lights and gaps are in the language of the catalogue") {
  const std::string text = render_text(Catalogue(Language::en), sample_report());
  CHECK(text.find("in progress") != std::string::npos);
  CHECK(text.find(" 45.5% yellow  2023-06-30\n") != std::string::npos);
  CHECK(text.find("100.0% green   not filled in\n") != std::string::npos);
}

TEST_CASE("colour goes around the word of the light and nowhere else") {
  render::TextOptions options;
  options.colour = true;
  const std::string text = text_of(sample_report().tables.front(), options);
  CHECK(text.find(" 45.5% \x1b[33m黄\x1b[0m  2023-06-30") != std::string::npos);
  CHECK(text.find("100.0% \x1b[32m绿\x1b[0m  未填") != std::string::npos);
  CHECK(text_of(sample_report().tables.front()).find('\x1b') == std::string::npos);
}

TEST_CASE("the place of a row stands below it when asked for") {
  render::TextOptions options;
  options.places = true;
  const std::string text = text_of(sample_report().tables.front(), options);
  CHECK(text.find("2023-06-30\n    眉县/汤峪镇/示例甲村.toml:12\n“四个一”") != std::string::npos);
}

TEST_CASE("a list of figures has no heading and no rule") {
  Table table;
  table.headings = false;
  table.columns = {{"what", "sample.what"}, {"number", "sample.number", Align::right}};
  table.rows = {{{Label{"value.total", {}}, std::int64_t{116}}},
                {{std::string("其中未走访"), std::int64_t{2}}}};
  CHECK(text_of(table) ==
        "合计        116\n"
        "其中未走访    2\n");
}

TEST_CASE("a table without rows says so") {
  Table table;
  table.columns = {{"what", "sample.what"}};
  CHECK(text_of(table) == "(没有)\n");
}

TEST_CASE("running text wraps inside its column") {
  Table table;
  table.columns = {{"id", "column.id"}, {"text", "column.text"}};
  std::string sentence;
  for (int i = 0; i < 12; ++i) sentence += "每月一次主题党日";
  table.rows = {{{Term{"T1"}, sentence}}, {{Term{"T2"}, std::string("短")}}};
  const std::string text = text_of(table);
  CHECK(widest_line(text) <= 80);
  CHECK(text.find("\nT1    每月") != std::string::npos);
  CHECK(text.find("\n      ") != std::string::npos);
  CHECK(text.find("\nT2    短\n") != std::string::npos);
}

TEST_CASE("a table that is too wide becomes one block for each row") {
  const std::string text = text_of(wide_table(9, "示例甲村整顿工作组"));
  CHECK(text.starts_with("未填: 示例甲村整顿工作组\n未填: 示例甲村整顿工作组\n"));
  CHECK(widest_line(text) <= 80);
}

TEST_CASE("blocks leave empty cells out and stand apart") {
  Table table = wide_table(9, "示例甲村整顿工作组");
  Row row = *table.rows.begin();
  row.cells[1] = {};
  table.rows = {row, row};
  const std::string text = text_of(table);
  CHECK(text.find("\n\n未填: ") != std::string::npos);
  CHECK(std::ranges::count(text, '\n') == 8 + 1 + 8);
}

TEST_CASE("no line is wider than 80 columns, however many columns and however long the text") {
  std::string words = "abc ";
  for (int i = 0; i < 7; ++i) words += words + "示例";
  for (std::size_t columns = 1; columns <= 20; ++columns)
    for (const std::size_t length : {3u, 9u, 21u, 60u, 240u}) {
      CAPTURE(columns);
      CAPTURE(length);
      Table table = wide_table(columns, cut(words, length));
      CHECK(widest_line(text_of(table)) <= 80);
      table.headings = false;
      CHECK(widest_line(text_of(table)) <= 80);
    }
}

TEST_CASE("hidden characters in a cell are shown and line breaks kept") {
  const std::string text = text_of(wide_table(1, "甲\x1b[2J\n乙"));
  CHECK(text.ends_with("甲<U+001B>[2J\n乙\n"));
}

TEST_CASE("shares have one digit, halves rounded up, and 0 of 0 is not filled in") {
  const auto shown = [](std::int64_t part, std::int64_t whole) {
    Table table = wide_table(1, "");
    table.headings = false;
    table.rows = {{{Share{part, whole}}}};
    return text_of(table);
  };
  CHECK(shown(0, 3) == "0.0%\n");
  CHECK(shown(1, 3) == "33.3%\n");
  CHECK(shown(2, 3) == "66.7%\n");
  CHECK(shown(1, 2000) == "0.1%\n");
  CHECK(shown(5, 4) == "125.0%\n");
  CHECK(shown(0, 0) == "未填\n");
  CHECK(shown(9'007'199'254'740'992, 9'007'199'254'740'992) == "100.0%\n");
  CHECK(shown(std::numeric_limits<std::int64_t>::max(), 1).ends_with("00.0%\n"));
}

TEST_CASE("a light stands beside its word, however narrow the column is") {
  Table table = wide_table(4, "开展“三会一课”和主题党日活动，健全村级组织各项制度");
  table.columns.push_back({"state", "value.missing"});
  Row row = *table.rows.begin();
  row.cells.push_back({Term{"整改中"}, Light::yellow});
  table.rows = {row};
  const std::string text = text_of(table);
  CHECK(text.find("整改中 黄") != std::string::npos);
  CHECK(widest_line(text) <= 80);
}
