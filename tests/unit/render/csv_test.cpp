#include "render/csv.hpp"

#include <doctest/doctest.h>

#include "render/samples.hpp"

using namespace taizhang;
using namespace taizhang::report;
using render::Catalogue;
using render::Language;
using render::render_csv;

namespace {

std::string field(const std::string& text) {
  Report report;
  report.tables.resize(1);
  report.tables[0].headings = false;
  report.tables[0].columns = {{"key", "column.key"}};
  report.tables[0].rows = {{{text}}};
  return render_csv(Catalogue(Language::zh), report);
}

}  // namespace

TEST_CASE("one table is its headings and rows, lights in a column of their own") {
  CHECK(render_csv(Catalogue(Language::zh), sample_report()) ==
        "sample.name,sample.state,sample.tasks,sample.done,sample.done 灯,sample.due\r\n"
        "示例甲村,整改中,13,45.5%,黄,2023-06-30\r\n"
        "“四个一”示例村,已销号,7,100.0%,绿,未填\r\n"
        "合计,,20,未填,,\r\n");
}

TEST_CASE("several tables have their titles above and an empty row between, all rows as long") {
  Report report = sample_report();
  Table second;
  second.title = {"group.view", {}};
  second.columns = {{"key", "sample.key"}};
  second.rows = {{{std::int64_t{1}}}};
  report.tables[0].rows = {};
  report.tables.push_back(second);
  CHECK(render_csv(Catalogue(Language::zh), report) ==
        "报告,,,,\r\n"
        "sample.name,sample.state,sample.tasks,sample.done,sample.due\r\n"
        ",,,,\r\n"
        "查看,,,,\r\n"
        "sample.key,,,,\r\n"
        "1,,,,\r\n");
}

TEST_CASE("a table without a title has no row for it") {
  Report report = sample_report();
  report.tables[0].title = {};
  report.tables.push_back(report.tables[0]);
  report.tables[0].rows = {};
  report.tables[1].rows = {};
  CHECK(render_csv(Catalogue(Language::zh), report) ==
        "sample.name,sample.state,sample.tasks,sample.done,sample.due\r\n"
        ",,,,\r\n"
        "sample.name,sample.state,sample.tasks,sample.done,sample.due\r\n");
}

TEST_CASE("only fields that need quotes have them") {
  CHECK(field("甲，乙") == "甲，乙\r\n");
  CHECK(field("a,b") == "\"a,b\"\r\n");
  CHECK(field("他说\"好\"") == "\"他说\"\"好\"\"\"\r\n");
  CHECK(field("一\n二") == "\"一\n二\"\r\n");
  CHECK(field("一\r二") == "一<U+000D>二\r\n");
}

TEST_CASE("what is hidden is shown, in quotes where it needs them") {
  CHECK(field("甲\u202E村") == "甲<U+202E>村\r\n");
  CHECK(field("甲\u202E,村\n乙") == "\"甲<U+202E>,村\n乙\"\r\n");
}

TEST_CASE("for Excel a text that looks like a formula is marked before it is put in quotes") {
  Report report;
  report.tables.resize(1);
  report.tables[0].headings = false;
  report.tables[0].columns = {{"a", "column.key"}, {"b", "column.key"}, {"c", "column.key"}};
  report.tables[0].rows = {{{"=A1,\"B\"", std::int64_t{-5}, Share{-1, 2}}}};
  CHECK(render_csv(Catalogue(Language::zh), report, render::CsvFor::excel) ==
        "\xEF\xBB\xBF\"'=A1,\"\"B\"\"\",-5,-50.0%\r\n");
}

TEST_CASE("a long table is the same bytes from several workers as from one") {
  Report report;
  report.tables.resize(1);
  report.tables[0].columns = {{"key", "sample.key"}, {"name", "sample.name"}};
  for (std::int64_t i = 0; i < 20'000; ++i)
    report.tables[0].rows.push_back({{i, std::string("示例村,") + std::to_string(i)}});
  const Catalogue catalogue(Language::zh);
  const std::string alone = render_csv(catalogue, report);
  REQUIRE(alone.size() > 400'000);
  for (const std::size_t jobs : {2u, 5u}) {
    std::string together;
    render::write_csv(catalogue, report, render::CsvFor::programs, jobs,
                      [&](std::string_view part) { together += part; });
    CHECK(together == alone);
  }
}
