#include <doctest/doctest.h>

#include <string>

#include "render/csv.hpp"
#include "render/html.hpp"
#include "render/markdown.hpp"
#include "render/xlsx.hpp"
#include "samples.hpp"

using namespace taizhang;
using namespace taizhang::report;
using namespace taizhang::render;

namespace {

Report report_of(std::string text) {
  Table table{"one", {}, {{"text", "column.text"}}, {{{std::move(text)}}}, true};
  Report report;
  report.tables = {table};
  return report;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("No markup in HTML comes from the data") {
  const std::string page = render_html(
      Catalogue(Language::zh), report_of("<script>alert('村')</script>&\"\n<b style=\"x\">"));
  CHECK(has(page,
            "&lt;script&gt;alert(&#39;村&#39;)&lt;/script&gt;&amp;&quot;<br>&lt;b style=&quot;"));
  CHECK(!has(page, "<script"));
}

TEST_CASE("HTML shows shares as bars, what is missing as such, and lights with their words") {
  const std::string page = render_html(Catalogue(Language::zh), sample_report());
  CHECK(has(page, "45.5%<svg"));
  CHECK(has(page, "<rect width=\"45\""));
  CHECK(has(page, "<span class=\"light yellow\">黄</span>"));
  CHECK(has(page, "missing\">未填</td>"));
  CHECK(has(page, "<tr class=\"total\">"));
  CHECK(page == render_html(Catalogue(Language::zh), sample_report()));
}

TEST_CASE("No markup in Markdown comes from the data") {
  CHECK(has(render_markdown(Catalogue(Language::zh), report_of("a|b <b>*x*\n- `c`")),
            "| a\\|b \\<b\\>\\*x\\*<br>- \\`c\\` |\n"));
  CHECK(has(render_markdown(Catalogue(Language::zh), report_of("- 一")), "| \\- 一 |\n"));
}

TEST_CASE("Markdown aligns figures to the right and sets totals apart") {
  const std::string text = render_markdown(Catalogue(Language::zh), sample_report());
  CHECK(has(text, "| --- | --- | ---: | ---: | --- |\n"));
  CHECK(has(text, "| 示例甲村 | 整改中 | 13 | 45.5% 黄 | 2023-06-30 |\n"));
  CHECK(has(text, "| **合计** | | **20** |"));
}

TEST_CASE("A workbook is the same bytes each time, in either language") {
  const std::string book = render_xlsx(Catalogue(Language::zh), sample_report());
  CHECK(book.starts_with("PK"));
  CHECK(book == render_xlsx(Catalogue(Language::zh), sample_report()));
  CHECK(book != render_xlsx(Catalogue(Language::en), sample_report()));
}

TEST_CASE("A workbook takes any text, any number of tables of one name, and none") {
  const Catalogue zh(Language::zh);
  CHECK(!render_xlsx(zh, Report{}).empty());
  Report report = report_of(std::string(40000, 'x') + "\n[*]:/?");
  report.tables.push_back(report.tables.front());
  report.tables.push_back({"empty", {"group.reports", {}}, {}, {}, true});
  report.title = {
      "show.title",
      {{"township", "镇[1]/2:*?"}, {"village", "'村'的一个特别特别长的名字名字名字名字名字名字"}}};
  CHECK(!render_xlsx(zh, report).empty());
}

TEST_CASE("CSV for Excel has a mark and guards texts that begin like a formula, but no figures") {
  const Catalogue zh(Language::zh);
  for (const std::string text : {"=1+1", "+1", "-1", "@x", "＝1", "－x"})
    CHECK(has(render_csv(zh, report_of(text), CsvFor::excel), "\r\n'" + text + "\r\n"));
  Report report = report_of("");
  report.tables.front().rows = {{{std::int64_t{-1}}}};
  CHECK(render_csv(zh, report, CsvFor::excel) ==
        "\xEF\xBB\xBF"
        "内容\r\n-1\r\n");
  CHECK(render_csv(zh, report_of("=1"), CsvFor::programs) == "内容\r\n=1\r\n");
}
