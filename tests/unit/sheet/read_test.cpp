#include "sheet/read.hpp"

#include <doctest/doctest.h>

#include "base/encoding.hpp"
#include "sheet/header.hpp"

using namespace taizhang;
using namespace taizhang::sheet;

namespace {

Sheet read(std::string_view bytes) {
  auto sheets = read_sheets("a.csv", bytes);
  REQUIRE(sheets);
  return sheets->front();
}

Diagnostic refused(std::string_view bytes) {
  const auto sheets = read_sheets("a.csv", bytes);
  REQUIRE_FALSE(sheets);
  return sheets.error();
}

std::string fact(const Diagnostic& diagnostic, std::string_view name) {
  for (const auto& [key, value] : diagnostic.facts)
    if (key == name) return value;
  return "-";
}

}  // namespace

TEST_CASE("rows are numbered as spreadsheets number them") {
  const Sheet sheet = read("村名,户数\r\n\r\n\"甲\r\n村\",412\r\n乙村,\"1,234\"");
  REQUIRE(sheet.rows.size() == 3);
  CHECK(sheet.rows[1].number == 3);
  CHECK(sheet.rows[1].cells[0].text == "甲\n村");
  CHECK(sheet.rows[2].number == 4);
  CHECK(sheet.rows[2].cells[1].text == "1,234");
}

TEST_CASE("tabs and semicolons part cells too") {
  CHECK(read("村名\t户数\n甲村\t1,2\n").rows[1].cells[1].text == "1,2");
  CHECK(read("村名;户数\n甲村;1,2\n").rows[1].cells[1].text == "1,2");
}

TEST_CASE("a cell without content is none, and its neighbours keep their columns") {
  const Sheet sheet = read("村名,镇,户数\n甲村, ,3\n");
  CHECK(sheet.rows[1].cells.size() == 2);
  CHECK(sheet.rows[1].find(2) == nullptr);
  CHECK(sheet.rows[1].find(3)->text == "3");
}

TEST_CASE("unbalanced quotes are refused at their row and column") {
  const Diagnostic open = refused("村名,户数\n甲村,\"412\n乙村,3\n");
  CHECK(open.code == "csv-quotes");
  CHECK(open.place.line == 2);
  CHECK(open.place.column == 2);
  const Diagnostic inside = refused("村名,户数\n甲\"村,412\n");
  CHECK(inside.code == "csv-quotes");
  CHECK(fact(inside, "cell") == "A2");
}

TEST_CASE("a cell of more than any office writes is refused") {
  CHECK(refused("村名,户数\n" + std::string(200'000, 'x') + ",1\n").code == "sheet-too-large");
}

TEST_CASE("UTF-8 with and without mark, GB18030 and UTF-16 read the same") {
  const std::string utf8 = "村名,户数\n示例甲村,412\n";
  const std::string gb18030 =
      "\xB4\xE5\xC3\xFB,\xBB\xA7\xCA\xFD\n\xCA\xBE\xC0\xFD\xBC\xD7\xB4\xE5,412\n";
  const std::string utf16("\xFF\xFE\x51\x67\x0D\x54,\0\n\0", 10);
  CHECK(text_of(utf8) == utf8);
  CHECK(text_of("\xEF\xBB\xBF" + utf8) == utf8);
  CHECK(text_of(gb18030) == utf8);
  CHECK(text_of(utf16) == "村名,\n");
}

TEST_CASE("what is neither UTF-8 nor GB18030 is refused at its bytes") {
  const Diagnostic neither = refused("村名,户数\n甲村\xFF,412\n");
  CHECK(neither.code == "sheet-not-text");
  CHECK(fact(neither, "utf8") == "20");
  CHECK(fact(neither, "gb18030") != "");
  const Diagnostic marked = refused("\xEF\xBB\xBF村名\xFF");
  CHECK(fact(marked, "utf8") == "9");
  CHECK(fact(marked, "gb18030") == "");
}

TEST_CASE("a text too short to tell its encoding is asked about") {
  CHECK(refused("\xE6\x9D\x91\xE5\x90\x8D,1\n").code == "sheet-encoding-unclear");
  CHECK(read_sheets("a.csv", "\xE6\x9D\x91\xE5\x90\x8D,1\n", Encoding::utf8)
            ->front()
            .rows[0]
            .cells[0]
            .text == "村名");
  CHECK(read_sheets("a.csv", "\xB4\xE5,1\n", Encoding::gb18030)->front().rows[0].cells[0].text ==
        "村");
}

TEST_CASE("an old or locked workbook is told apart from text") {
  CHECK(refused("\xD0\xCF\x11\xE0\xA1\xB1").code == "sheet-old-format");
  CHECK(refused("PK\x03\x04 no zip at all").code == "xlsx-broken");
}

namespace {

std::optional<Header> header_of(std::string_view csv) {
  static Sheet sheet;
  sheet = read(csv);
  return find_header(
      sheet,
      [](const Heading& heading) {
        for (const char* known : {"村名", "编码", "党员总数", "户数", "人口"})
          if (heading.whole == known || heading.text == known) return true;
        return false;
      },
      2);
}

}  // namespace

TEST_CASE("the header is found below titles, in one row or over merged ones") {
  const auto plain = header_of("眉县村名册,,\n制表:组织部,,\n村名,编码,备注\n甲村,1,\n");
  REQUIRE(plain);
  CHECK(plain->first_row == 3);
  CHECK(plain->last_row == 3);
  const auto grouped =
      header_of("眉县村名册,,,\n村名,编码,基本情况,,党员\n,,户数,人口,总数\n甲村,1,2,3,4\n");
  REQUIRE(grouped);
  CHECK(grouped->last_row == 3);
  CHECK(grouped->known == 5);
  CHECK(grouped->headings[4].whole == "党员总数");
}

TEST_CASE("without enough known headings there is no header") {
  CHECK_FALSE(header_of("姓名,电话\n甲,乙\n"));
  CHECK_FALSE(header_of("村名,电话\n甲,乙\n"));
}
