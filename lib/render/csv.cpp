#include "render/csv.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "render/cell.hpp"

namespace taizhang::render {

namespace {

using Fields = std::vector<std::string>;

bool has_lights(const report::Table& table, std::size_t column) {
  return std::ranges::any_of(table.rows, [&](const report::Row& row) {
    return column < row.cells.size() && row.cells[column].light != report::Light::none;
  });
}

/// Whether a spreadsheet would take the text for a formula.
bool looks_like_formula(std::string_view text) {
  constexpr std::array<std::string_view, 10> beginnings{"=",  "+",  "-",  "@",  "\t",
                                                        "\n", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(beginnings,
                             [&](std::string_view each) { return text.starts_with(each); });
}

/// Figures are our own and stay as they are.
std::string guarded(const report::Content& content, std::string text, CsvFor reader) {
  const bool figure = std::holds_alternative<std::int64_t>(content) ||
                      std::holds_alternative<report::Share>(content) ||
                      std::holds_alternative<report::Decimal>(content);
  if (reader == CsvFor::excel && !figure && looks_like_formula(text)) text.insert(0, 1, '\'');
  return text;
}

std::vector<Fields> fields_of(const Catalogue& catalogue, const report::Table& table,
                              CsvFor reader) {
  std::vector<bool> lights;
  for (std::size_t c = 0; c < table.columns.size(); ++c) lights.push_back(has_lights(table, c));

  std::vector<Fields> lines;
  if (table.headings) {
    Fields headings;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      headings.push_back(guarded({}, heading_text(catalogue, table.columns[c]), reader));
      if (lights[c])
        headings.push_back(catalogue.text("column.light", {{"column", headings.back()}}));
    }
    lines.push_back(std::move(headings));
  }
  for (const report::Row& row : table.rows) {
    Fields fields;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const bool present = c < row.cells.size();
      const report::Content content = present ? row.cells[c].content : report::Content{};
      fields.push_back(guarded(content, content_text(catalogue, content), reader));
      if (lights[c])
        fields.push_back(present ? light_word(catalogue, row.cells[c].light) : std::string{});
    }
    lines.push_back(std::move(fields));
  }
  return lines;
}

void add_field(std::string& out, std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string render_csv(const Catalogue& catalogue, const report::Report& report, CsvFor reader) {
  std::vector<Fields> lines;
  for (const report::Table& table : report.tables) {
    if (report.tables.size() > 1) {
      if (!lines.empty()) lines.emplace_back();
      if (!table.title.id.empty())
        lines.push_back({guarded({}, label_text(catalogue, table.title), reader)});
    }
    for (Fields& fields : fields_of(catalogue, table, reader)) lines.push_back(std::move(fields));
  }
  std::size_t widest = 1;
  for (const Fields& fields : lines) widest = std::max(widest, fields.size());

  std::string out = reader == CsvFor::excel ? "\xEF\xBB\xBF" : "";
  for (const Fields& fields : lines) {
    for (std::size_t f = 0; f < widest; ++f) {
      if (f > 0) out += ',';
      if (f < fields.size()) add_field(out, fields[f]);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace taizhang::render
