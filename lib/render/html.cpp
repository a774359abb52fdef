#include "render/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "render/cell.hpp"
#include "render/svg.hpp"

namespace taizhang::render {

namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 2rem auto; padding: 0 1.5rem; max-width: 96rem; color: #1d2329; background: #fff;
  font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
header { border-bottom: 3px solid #b3261e; margin-bottom: 1.5rem; padding-bottom: .75rem; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .4rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
header p { margin: 0; color: #4d5761; }
table { border-collapse: collapse; min-width: 60%; font-size: .9rem; font-variant-numeric: tabular-nums; }
table.figures { min-width: 22rem; }
th, td { border: 1px solid #cfd6dc; padding: .3rem .55rem; text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
th { background: #eef1f4; font-weight: 600; }
.r { text-align: right; white-space: nowrap; }
.k { white-space: nowrap; }
.w { min-width: 6em; }
table.wide { font-size: .78rem; }
table.wide th, table.wide td { padding: .25rem .35rem; }
.total > td { font-weight: 600; background: #f7f8fa; border-top: 2px solid #8b959e; }
.missing { color: #6b747c; }
.light { display: inline-block; padding: 0 .4em; border-radius: .3em; font-size: .85em; white-space: nowrap; }
.red { background: #fbe3e1; color: #8c1d18; }
.yellow { background: #fdf1c7; color: #6b5200; }
.green { background: #dff2e1; color: #1c5b25; }
.bar { width: 5rem; height: .6rem; margin-left: .5rem; vertical-align: middle; }
.chart { display: block; width: 47.5rem; max-width: 100%; margin: .8rem 0 0; }
.scroll { overflow-x: auto; }
footer { margin-top: 2rem; border-top: 1px solid #cfd6dc; color: #4d5761; font-size: .9rem; }
@media print {
  @page { size: A4 landscape; margin: 14mm 12mm; }
  body { margin: 0; padding: 0; max-width: none; font-size: 11pt; }
  table { font-size: 9.5pt; }
  thead { display: table-header-group; }
  tr, .bar, .chart { break-inside: avoid; }
  .chart { width: 170mm; }
  table.wide { font-size: 7.5pt; }
  table.wide th, table.wide td { padding: .15rem .2rem; }
  .w { min-width: 4.5em; }
  h2 { break-after: avoid; }
  .scroll { overflow: visible; }
  th, .light, .total > td, .bar, .chart { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)";

constexpr std::string_view policy =
    "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'";

/// Base64 of bytes written as hexadecimal digits.
std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < hex.size(); at += 6) {
    const std::string_view part = hex.substr(at, 6);
    std::uint32_t bits = 0;
    std::from_chars(part.data(), part.data() + part.size(), bits, 16);
    bits <<= 4 * (6 - part.size());
    for (std::size_t i = 0; i < 4; ++i)
      out += i * 6 < part.size() * 4 ? digits[bits >> (18 - 6 * i) & 63u] : '=';
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (std::string marked = html_text(text); const char c : marked)
    if (c == '\n') out += "<br>";
    else out += c;
  return out;
}

/// A bar as wide as the share, between nothing and all.
std::string bar(const report::Share& share) {
  const std::int64_t part = std::clamp<std::int64_t>(share.part, 0, share.whole);
  return fmt::format(
      R"(<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">)"
      R"(<rect width="100" height="10" fill="#e3e7eb"/><rect width="{}" height="10" fill="#2f6fa7"/></svg>)",
      part * 100 / share.whole);
}

constexpr std::size_t widest_unbroken = 12;  ///< columns of text
constexpr std::size_t many_columns = 12;

/// For each column the class of its cells: figures to the right, short words unbroken, running text not
/// squeezed.
std::vector<std::string_view> classes_of(const Catalogue& catalogue, const report::Table& table) {
  std::vector<std::size_t> widest(table.columns.size());
  for (const report::Row& row : table.rows)
    for (std::size_t c = 0; c < std::min(widest.size(), row.cells.size()); ++c)
      widest[c] = std::max(widest[c], display_width(content_text(catalogue, row.cells[c].content)));
  std::vector<std::string_view> classes;
  for (std::size_t c = 0; c < widest.size(); ++c) {
    const bool right = table.columns[c].align == report::Align::right;
    classes.push_back(right ? "r" : widest[c] <= widest_unbroken ? "k" : "w");
  }
  return classes;
}

void add_cell(std::string& out, const Catalogue& catalogue, std::string_view shape,
              const report::Cell& cell) {
  out += fmt::format(R"(<td class="{}{}">)", shape, is_missing(cell.content) ? " missing" : "");
  const std::string text = escaped(content_text(catalogue, cell.content));
  out += text;
  const auto* share = std::get_if<report::Share>(&cell.content);
  if (share && share->whole > 0) out += bar(*share);
  if (cell.light != report::Light::none)
    out += fmt::format(R"({}<span class="light {}">{}</span>)", text.empty() ? "" : " ",
                       light_name(cell.light), escaped(light_word(catalogue, cell.light)));
  out += "</td>";
}

void add_table(std::string& out, const Catalogue& catalogue, const report::Table& table) {
  const std::vector<std::string_view> classes = classes_of(catalogue, table);
  out += R"(<div class="scroll">)";
  out += !table.headings                       ? "<table class=\"figures\">\n"
         : table.columns.size() > many_columns ? "<table class=\"wide\">\n"
                                               : "<table>\n";
  if (table.headings) {
    out += "<thead><tr>";
    for (const report::Column& column : table.columns)
      out += fmt::format("<th scope=\"col\"{}>{}</th>",
                         column.align == report::Align::right ? " class=\"r\"" : "",
                         escaped(heading_text(catalogue, column)));
    out += "</tr></thead>\n";
  }
  out += "<tbody>\n";
  for (const report::Row& row : table.rows) {
    out += row.total ? "<tr class=\"total\">" : "<tr>";
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      add_cell(out, catalogue, classes[c], c < row.cells.size() ? row.cells[c] : report::Cell{});
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
}

}  // namespace

std::string render_html(const Catalogue& catalogue, const report::Report& report) {
  const std::string title = escaped(label_text(catalogue, report.title));
  std::string out = "<!DOCTYPE html>\n";
  out += fmt::format("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
                     catalogue.language() == Language::zh ? "zh-CN" : "en");
  out += fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n",
                     fmt::format(policy, base64_of_hex(sha256(style))));
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += fmt::format("<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n", title, style);
  out += fmt::format("<header>\n<h1>{}</h1>\n", title);
  for (const report::Label& line : report.subtitle)
    out += fmt::format("<p>{}</p>\n", escaped(label_text(catalogue, line)));
  out += "</header>\n<main>\n";
  for (const report::Table& table : report.tables) {
    if (!table.title.id.empty())
      out += fmt::format("<h2>{}</h2>\n", escaped(label_text(catalogue, table.title)));
    if (table.rows.empty())
      out += fmt::format("<p>{}</p>\n", escaped(catalogue.text("table.empty")));
    else add_table(out, catalogue, table);
    out += drawing_svg(catalogue, table);
  }
  out += "</main>\n";
  if (!report.notes.empty()) {
    out += "<footer><ul>\n";
    for (const report::Label& note : report.notes)
      out += fmt::format("<li>{}</li>\n", escaped(label_text(catalogue, note)));
    out += "</ul></footer>\n";
  }
  return out + "</body>\n</html>\n";
}

}  // namespace taizhang::render
