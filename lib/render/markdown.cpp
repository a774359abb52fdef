#include "render/markdown.hpp"

#include <string_view>

#include "render/cell.hpp"

namespace taizhang::render {

namespace {

/// The text on one line, with nothing in it that Markdown or HTML understands.
std::string escaped(std::string_view text) {
  constexpr std::string_view special = R"(\`*_{}[]<>#|~!&$)";
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "<br>";
      continue;
    }
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  // what begins a list or a rule only does so at the beginning of a line
  if (!out.empty() && (out.front() == '-' || out.front() == '+' || out.front() == '='))
    out.insert(0, "\\");
  return out;
}

std::string cell_text(const Catalogue& catalogue, const report::Cell& cell) {
  std::string text = content_text(catalogue, cell.content);
  const std::string light = light_word(catalogue, cell.light);
  if (!text.empty() && !light.empty()) text += ' ';
  return escaped(text + light);
}

void add_table(std::string& out, const Catalogue& catalogue, const report::Table& table) {
  std::string headings = "|", rule = "|";
  for (const report::Column& column : table.columns) {
    const bool right = column.align == report::Align::right;
    headings += ' ';
    if (table.headings) headings += escaped(heading_text(catalogue, column)) + " ";
    headings += '|';
    rule += right ? " ---: |" : " --- |";
  }
  out += headings + "\n" + rule + "\n";
  for (const report::Row& row : table.rows) {
    out += '|';
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const std::string text =
          c < row.cells.size() ? cell_text(catalogue, row.cells[c]) : std::string{};
      out += ' ';
      if (!text.empty()) out += (row.total ? "**" + text + "**" : text) + " ";
      out += '|';
    }
    out += '\n';
  }
}

}  // namespace

std::string render_markdown(const Catalogue& catalogue, const report::Report& report) {
  std::string out;
  const auto next = [&out] {
    if (!out.empty()) out += '\n';
  };
  if (!report.title.id.empty()) out += "# " + escaped(label_text(catalogue, report.title)) + "\n";
  for (std::size_t i = 0; i < report.subtitle.size(); ++i) {
    if (i == 0) next();
    out += escaped(label_text(catalogue, report.subtitle[i]));
    out += i + 1 < report.subtitle.size() ? "  \n" : "\n";  // two blanks keep the lines apart
  }
  for (const report::Table& table : report.tables) {
    next();
    if (!table.title.id.empty())
      out += "## " + escaped(label_text(catalogue, table.title)) + "\n\n";
    if (table.rows.empty()) out += escaped(catalogue.text("table.empty")) + "\n";
    else add_table(out, catalogue, table);
  }
  if (!report.notes.empty()) next();
  for (const report::Label& note : report.notes)
    out += "- " + escaped(label_text(catalogue, note)) + "\n";
  return out;
}

}  // namespace taizhang::render
