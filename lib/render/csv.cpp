#include "render/csv.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
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

std::vector<Fields> fields_of(const Catalogue& catalogue, const report::Table& table) {
  std::vector<bool> lights;
  for (std::size_t c = 0; c < table.columns.size(); ++c) lights.push_back(has_lights(table, c));

  std::vector<Fields> lines;
  if (table.headings) {
    Fields headings;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      headings.push_back(heading_text(catalogue, table.columns[c]));
      if (lights[c])
        headings.push_back(catalogue.text("column.light", {{"column", headings.back()}}));
    }
    lines.push_back(std::move(headings));
  }
  for (const report::Row& row : table.rows) {
    Fields fields;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const bool present = c < row.cells.size();
      fields.push_back(present ? content_text(catalogue, row.cells[c].content) : std::string{});
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

std::string render_csv(const Catalogue& catalogue, const report::Report& report) {
  std::vector<Fields> lines;
  for (const report::Table& table : report.tables) {
    if (report.tables.size() > 1) {
      if (!lines.empty()) lines.emplace_back();
      if (!table.title.id.empty()) lines.push_back({label_text(catalogue, table.title)});
    }
    for (Fields& fields : fields_of(catalogue, table)) lines.push_back(std::move(fields));
  }
  std::size_t widest = 1;
  for (const Fields& fields : lines) widest = std::max(widest, fields.size());

  std::string out;
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
