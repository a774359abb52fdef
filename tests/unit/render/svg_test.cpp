#include "render/svg.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace taizhang::render;
using report::Drawing;

namespace {

report::Table towns(Drawing drawing,
                    const std::vector<std::pair<std::string, report::Content>>& rows) {
  report::Table table{"t", {"halfmonth.state"}, {{"name", ""}, {"value", ""}}, {}, true, drawing};
  for (const auto& [name, value] : rows) {
    report::Row row;
    row.cells = {name, {}};
    row.cells[1].content = value;
    table.rows.push_back(std::move(row));
  }
  return table;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const Catalogue chinese{Language::zh};

}  // namespace

TEST_CASE("Bars are as long as their shares and have their names and figures as words") {
  const Drawing bars{Drawing::Kind::bars, 0, 1, false};
  const std::string svg = drawing_svg(
      chinese, towns(bars, {{"甲镇", report::Share{1, 4}}, {"<b>&", report::Share{1, 1}}}));
  CHECK(has(svg, "width=\"120.0\" height=\"16\" fill=\"#2f6fa7\""));  // a quarter of 480
  CHECK(has(svg, ">甲镇</text>"));
  CHECK(has(svg, ">25.0%</text>"));
  CHECK(has(svg, "&lt;b&gt;&amp;"));
  CHECK(!has(svg, "<b>"));
  CHECK(!has(svg, "style="));
}

TEST_CASE("What cannot be compared is not drawn") {
  const Drawing bars{Drawing::Kind::bars, 0, 1, false}, line{Drawing::Kind::line, 0, 1, false};
  CHECK(drawing_svg(chinese, towns({}, {{"甲镇", report::Share{1, 4}}})).empty());
  CHECK(drawing_svg(chinese, towns(bars, {{"甲镇", report::Share{1, 4}}})).empty());
  CHECK(drawing_svg(chinese, towns(bars, {{"甲", report::Share{0, 0}}, {"乙", report::Missing{}}}))
            .empty());
  CHECK(
      drawing_svg(chinese, towns(line, {{"1", std::int64_t{0}}, {"2", std::int64_t{0}}})).empty());
  std::vector<std::pair<std::string, report::Content>> many(41, {"镇", report::Share{1, 2}});
  CHECK(drawing_svg(chinese, towns(bars, many)).empty());
}

TEST_CASE("A line falls as the counts do and names its last point") {
  const std::string svg = drawing_svg(
      chinese, towns({Drawing::Kind::line, 0, 1, false},
                     {{"2023-05-H2", std::int64_t{40}}, {"2023-06-H1", std::int64_t{20}}}));
  CHECK(has(svg, "points=\"40.0,24.0 720.0,107.0 \""));
  CHECK(has(svg, ">2023-06-H1</text>"));
}
