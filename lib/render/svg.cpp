#include "render/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>
#include <vector>

#include "base/text.hpp"
#include "render/cell.hpp"

namespace taizhang::render {

namespace {

using report::Drawing;

constexpr std::size_t most_bars = 40;
constexpr std::size_t most_points = 60;
constexpr std::size_t widest_name = 24;  ///< columns of text
constexpr int width = 760;               ///< of a drawing, in its own units
constexpr std::string_view ink = "#1d2329", faint = "#e3e7eb", strong = "#2f6fa7", line = "#8b959e";

/// One value of the drawing, between 0 and `most`.
struct Point {
  std::string name, shown;
  double value = 0;
};

std::vector<Point> points_of(const Catalogue& catalogue, const report::Table& table) {
  std::vector<Point> points;
  const Drawing& drawing = table.drawing;
  for (const report::Row& row : table.rows) {
    if (row.total != drawing.totals || row.cells.size() <= std::max(drawing.names, drawing.values))
      continue;
    const report::Content& value = row.cells[drawing.values].content;
    Point point{cut(content_text(catalogue, row.cells[drawing.names].content), widest_name),
                content_text(catalogue, value), 0};
    if (const auto* share = std::get_if<report::Share>(&value)) {
      if (share->whole == 0) continue;
      point.value = static_cast<double>(share->part) / static_cast<double>(share->whole);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      point.value = static_cast<double>(*number);
    } else {
      continue;
    }
    points.push_back(std::move(point));
  }
  return points;
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
  return fmt::format(
      R"(<text x="{:.1f}" y="{:.1f}" font-size="13" fill="{}" text-anchor="{}">{}</text>)", x, y,
      ink, anchor, html_text(text));
}

std::string opening(int height, const std::string& title) {
  return fmt::format(
      "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\">\n<title>{}</title>\n", width,
      height, html_text(title));
}

/// A bar for each name; shares fill up to a whole, counts up to the largest.
std::string bars(const std::string& title, const std::vector<Point>& points, bool shares) {
  constexpr int names = 200, values = 80, step = 26, thick = 16;
  double most = shares ? 1 : 0;
  for (const Point& point : points) most = std::max(most, point.value);
  if (most <= 0) return {};
  const int room = width - names - values;
  std::string out = opening(step * static_cast<int>(points.size()) + 8, title);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const int top = step * static_cast<int>(i) + 8;
    out += text_at(names - 10, top + 13, "end", points[i].name);
    for (const auto& [filled, colour] :
         {std::pair{1.0, faint}, std::pair{points[i].value / most, strong}})
      out += fmt::format(R"(<rect x="{}" y="{}" width="{:.1f}" height="{}" fill="{}"/>)", names,
                         top, filled * room, thick, colour);
    out += text_at(width - values + 8, top + 13, "start", points[i].shown) + "\n";
  }
  return out + "</svg>\n";
}

/// A line over the names, which stand in their order of time.
std::string line_over(const std::string& title, const std::vector<Point>& points) {
  constexpr int left = 40, right = 40, top = 24, bottom = 190, height = 224;
  double most = 0;
  for (const Point& point : points) most = std::max(most, point.value);
  if (most <= 0 || points.size() < 2) return {};
  const double step =
      static_cast<double>(width - left - right) / static_cast<double>(points.size() - 1);
  const auto x = [&](std::size_t i) { return left + step * static_cast<double>(i); };
  const auto y = [&](const Point& point) { return bottom - point.value / most * (bottom - top); };
  const std::size_t every = (points.size() + 7) / 8;  // names do not run into each other
  std::string way, dots;
  for (std::size_t i = 0; i < points.size(); ++i) {
    way += fmt::format("{:.1f},{:.1f} ", x(i), y(points[i]));
    const bool told = i % every == (points.size() - 1) % every;
    if (!told) continue;
    dots += fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="3.5" fill="{}"/>)", x(i),
                        y(points[i]), strong);
    dots += text_at(x(i), y(points[i]) - 9, "middle", points[i].shown);
    dots += text_at(x(i), bottom + 20, "middle", points[i].name) + "\n";
  }
  std::string out = opening(height, title);
  out += fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"/>)", left, bottom,
                     width - right, bottom, line);
  out += fmt::format(R"(<polygon points="{}{:.1f},{} {},{}" fill="{}"/>)", way,
                     x(points.size() - 1), bottom, left, bottom, "#eaf1f7");
  out += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\"/>\n",
                     way, strong);
  return out + dots + "</svg>\n";
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string drawing_svg(const Catalogue& catalogue, const report::Table& table) {
  if (table.drawing.kind == Drawing::Kind::none) return {};
  const std::vector<Point> points = points_of(catalogue, table);
  const std::string title = label_text(catalogue, table.title) + " " +
                            heading_text(catalogue, table.columns[table.drawing.values]);
  if (table.drawing.kind == Drawing::Kind::line)
    return points.size() > most_points ? "" : line_over(title, points);
  if (points.size() < 2 || points.size() > most_bars) return {};
  const bool shares = std::ranges::any_of(table.rows, [&](const report::Row& row) {
    return table.drawing.values < row.cells.size() &&
           std::holds_alternative<report::Share>(row.cells[table.drawing.values].content);
  });
  return bars(title, points, shares);
}

}  // namespace taizhang::render
