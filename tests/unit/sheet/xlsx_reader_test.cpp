#include "sheet/xlsx_reader.hpp"

#include <doctest/doctest.h>

#include "sheet/make_xlsx.hpp"

using namespace taizhang;
using namespace taizhang::sheet;

namespace {

Sheet sheet_of(const std::string& rows, const std::string& shared = "") {
  auto sheets = read_xlsx("a.xlsx", make_xlsx(rows, shared));
  REQUIRE(sheets);
  REQUIRE(sheets->size() == 1);
  return sheets->front();
}

/// The one cell of the row, as kind and text.
Cell cell_of(const std::string& cell, const std::string& shared = "") {
  const Sheet sheet = sheet_of("<row r=\"1\">" + cell + "</row>", shared);
  REQUIRE(sheet.rows.size() == 1);
  REQUIRE(sheet.rows.front().cells.size() == 1);
  return sheet.rows.front().cells.front();
}

std::string code_of(const std::string& bytes) {
  const auto sheets = read_xlsx("a.xlsx", bytes);
  return sheets ? "" : std::string{sheets.error().code};
}

std::string code_of_rows(const std::string& rows) { return code_of(make_xlsx(rows)); }

}  // namespace

TEST_CASE("a cell says what people see, whichever way it is stored") {
  const std::string shared =
      "<si><t>甲村</t><rPh><t>jia</t></rPh></si><si><r><t>乙</t></r><r><t>村</t></r></si>";
  CHECK(cell_of("<c r=\"A1\" t=\"s\"><v>0</v></c>", shared).text == "甲村");
  CHECK(cell_of("<c r=\"A1\" t=\"s\"><v>1</v></c>", shared).text == "乙村");
  CHECK(cell_of("<c r=\"A1\" t=\"inlineStr\"><is><t> 丙村 </t></is></c>").text == "丙村");
  CHECK(cell_of("<c r=\"A1\" t=\"str\"><f>A2</f><v>丁村</v></c>").text == "丁村");
  CHECK(cell_of("<c r=\"A1\" t=\"b\"><v>1</v></c>").text == "是");
  const Cell broken = cell_of("<c r=\"A1\" t=\"e\"><v>#N/A</v></c>");
  CHECK(broken.kind == CellKind::error);
}

TEST_CASE("a number keeps all its digits") {
  CHECK(cell_of("<c r=\"A1\"><v>610326103901</v></c>").text == "610326103901");
  CHECK(cell_of("<c r=\"A1\"><v>6.10326103901E+11</v></c>").text == "610326103901");
  CHECK(cell_of("<c r=\"A1\"><v>41.5</v></c>").text == "41.5");
  CHECK(cell_of("<c r=\"A1\"><v>41.5</v></c>").kind == CellKind::number);
}

TEST_CASE("a number is a date when its format shows one") {
  for (const char* style : {"1", "2"}) {
    const Cell date = cell_of("<c r=\"A1\" s=\"" + std::string{style} + "\"><v>45079.5</v></c>");
    CHECK(date.kind == CellKind::date);
    CHECK(date.text == "2023-06-02");
  }
  CHECK(cell_of("<c r=\"A1\" s=\"0\"><v>45079</v></c>").kind == CellKind::number);
  CHECK(cell_of("<c r=\"A1\" s=\"3\"><v>0.5</v></c>").kind == CellKind::number);
  CHECK(cell_of("<c r=\"A1\" s=\"1\"><v>60</v></c>").kind == CellKind::no_date);
  CHECK(cell_of("<c r=\"A1\" s=\"1\"><v>1e300</v></c>").kind == CellKind::no_date);
}

TEST_CASE("days counted from 1904 are other days") {
  Parts parts = workbook_parts("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>43617</v></c></row>");
  parts[1].second.insert(parts[1].second.find("<sheets>"), "<workbookPr date1904=\"1\"/>");
  const auto sheets = read_xlsx("a.xlsx", make_zip(parts));
  REQUIRE(sheets);
  CHECK(sheets->front().rows.front().cells.front().text == "2023-06-02");
}

TEST_CASE("rows and cells stand where they say, in order, empty ones left out") {
  const Sheet sheet = sheet_of(
      "<row r=\"9\"><c r=\"AA9\"><v>1</v></c><c r=\"B9\"><v>2</v></c><c r=\"C9\" s=\"1\"/></row>"
      "<row r=\"2\"><c><v>3</v></c><c><v>4</v></c></row>");
  REQUIRE(sheet.rows.size() == 2);
  CHECK(sheet.rows[0].number == 2);
  CHECK(sheet.rows[0].cells[1].column == 2);
  CHECK(sheet.rows[1].cells[0].column == 2);
  CHECK(sheet.rows[1].cells[1].column == 27);
}

TEST_CASE("a place that no spreadsheet has, or one given twice, is damage") {
  CHECK(code_of_rows("<row r=\"4294967297\"><c r=\"A1\"><v>1</v></c></row>") == "xlsx-broken");
  CHECK(code_of_rows("<row r=\"1048577\"><c><v>1</v></c></row>") == "xlsx-broken");
  CHECK(code_of_rows("<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>") == "xlsx-broken");
  CHECK(code_of_rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>") ==
        "xlsx-broken");
}

TEST_CASE("a workbook that is cut short or no workbook is refused") {
  const std::string whole = make_xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
  CHECK(code_of(whole) == "");
  for (std::size_t size = 4; size < whole.size(); size += 97)
    CHECK(code_of(whole.substr(0, size)) == "xlsx-broken");
  CHECK(code_of(make_zip({{"word/document.xml", "<a/>"}})) == "xlsx-broken");
  CHECK(code_of(make_zip({{"_rels/.rels", "<Relationships/>"}})) == "xlsx-no-workbook");
  CHECK(code_of_rows("<row r=\"1\"><c r=\"A1\"><v>1</c></row>") == "xlsx-broken");
}

TEST_CASE("document types and what they declare are not read") {
  Parts parts =
      workbook_parts("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&x;</t></is></c></row>");
  parts.back().second =
      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + parts.back().second;
  CHECK(code_of(make_zip(parts)) == "xlsx-doctype");
}

TEST_CASE("a cell that would fill the memory ends the reading") {
  const std::string huge(200'000, 'x');
  CHECK(code_of_rows("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>" + huge + "</v></c></row>") ==
        "sheet-too-large");
  // One long text that a thousand cells share.
  std::string rows;
  for (int i = 1; i <= 1200; ++i) rows += "<row><c t=\"s\"><v>0</v></c></row>";
  CHECK(code_of(make_xlsx(rows, "<si><t>" + std::string(120'000, 'x') + "</t></si>")) ==
        "sheet-too-large");
}
