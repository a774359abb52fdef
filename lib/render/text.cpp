#include "render/text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "render/cell.hpp"
#include "render/layout.hpp"

namespace taizhang::render {

namespace {

void end_line(std::string& out) {
  while (out.ends_with(' ')) out.pop_back();
  out += '\n';
}

void add_wrapped(std::string& out, std::string_view text, std::string first, std::size_t hanging) {
  for (const std::string& line : wrap(text, text_columns - hanging)) {
    out += first;
    out += line;
    end_line(out);
    first.assign(hanging, ' ');
  }
}

std::string_view colour_of(report::Light light) {
  switch (light) {
    case report::Light::none:
      break;
    case report::Light::red:
      return "\x1b[31m";
    case report::Light::yellow:
      return "\x1b[33m";
    case report::Light::green:
      return "\x1b[32m";
  }
  return {};
}

class TableWriter {
 public:
  TableWriter(const Catalogue& catalogue, const report::Table& table, const TextOptions& options,
              std::string& out)
      : table_(table), options_(options), words_(in_words(catalogue, table)), out_(out) {
    for (const report::Row& row : table.rows) rows_.push_back(row);
  }

  void write() {
    if (const auto widths = fit_columns(words_)) {
      widths_ = *widths;
      write_grid();
    } else {
      write_blocks();
    }
  }

 private:
  /// The lines of a cell, padded to their column except where they end the line.
  using CellLines = std::vector<std::string>;

  void write_grid() {
    if (table_.headings) {
      write_headings();
      write_rule();
    }
    for (std::size_t r = 0; r < words_.rows.size(); ++r) {
      if (rows_[r].total && r > 0 && !rows_[r - 1].total) write_rule();
      std::vector<CellLines> cells;
      for (std::size_t c = 0; c < widths_.size(); ++c) cells.push_back(cell_lines(r, c));
      write_beside(cells, false);
      write_place(rows_[r]);
    }
  }

  void write_headings() {
    std::vector<CellLines> cells;
    for (std::size_t c = 0; c < widths_.size(); ++c) {
      const TextColumn& column = words_.columns[c];
      CellLines lines = heading_lines(column, widths_[c]);
      for (std::string& line : lines)
        line = column.right ? pad_left(line, widths_[c]) : pad_right(line, widths_[c]);
      cells.push_back(std::move(lines));
    }
    write_beside(cells, true);
  }

  void write_rule() {
    for (std::size_t c = 0; c < widths_.size(); ++c) {
      if (c > 0) out_.append(column_gap, ' ');
      out_.append(widths_[c], '-');
    }
    end_line(out_);
  }

  void write_beside(const std::vector<CellLines>& cells, bool at_bottom) {
    std::size_t height = 0;
    for (const CellLines& lines : cells) height = std::max(height, lines.size());
    for (std::size_t h = 0; h < height; ++h) {
      for (std::size_t c = 0; c < cells.size(); ++c) {
        if (c > 0) out_.append(column_gap, ' ');
        const std::size_t skipped = at_bottom ? height - cells[c].size() : 0;
        if (h < skipped || h - skipped >= cells[c].size()) out_.append(widths_[c], ' ');
        else out_ += cells[c][h - skipped];
      }
      end_line(out_);
    }
  }

  CellLines cell_lines(std::size_t r, std::size_t c) const {
    const TextColumn& column = words_.columns[c];
    const TextCell& cell = words_.rows[r][c];
    if (column.right) {
      const std::size_t lit = column.light_width;
      const std::size_t used = lit == 0 ? 0 : std::min(lit + 1, widths_[c]);
      CellLines lines = wrap(cell.text, widths_[c] - used);
      for (std::string& line : lines) line = pad_left(line, widths_[c] - used);
      if (used > 0) {
        for (std::string& line : lines) line.append(used - lit, ' ');
        lines.front() += coloured(pad_right(cell.light, lit), cell.light, light(r, c));
        for (std::size_t i = 1; i < lines.size(); ++i) lines[i].append(lit, ' ');
      }
      return lines;
    }
    CellLines lines = render::cell_lines(cell, widths_[c]);
    for (std::string& line : lines) line = pad_right(line, widths_[c]);
    lines.back() = coloured(std::move(lines.back()), cell.light, light(r, c));
    return lines;
  }

  /// One block for each row: headings in front of their values, a blank line between.
  void write_blocks() {
    std::size_t widest = 0;
    for (const TextColumn& column : words_.columns)
      widest = std::max(widest, display_width(column.heading));
    for (std::size_t r = 0; r < words_.rows.size(); ++r) {
      if (r > 0) out_ += '\n';
      for (std::size_t c = 0; c < words_.columns.size(); ++c) {
        const std::string value = words_.rows[r][c].joined();
        if (value.empty()) continue;
        if (widest == 0) write_value(value, c == 0 ? 0 : 2, "", r, c);
        else write_value(value, widest + 2, words_.columns[c].heading + ":", r, c);
      }
      write_place(rows_[r]);
    }
  }

  void write_value(const std::string& value, std::size_t indent, std::string_view first,
                   std::size_t r, std::size_t c) {
    CellLines lines = wrap(value, text_columns - indent);
    lines.back() = coloured(std::move(lines.back()), words_.rows[r][c].light, light(r, c));
    for (const std::string& line : lines) {
      out_ += pad_right(first, indent);
      out_ += line;
      end_line(out_);
      first = {};
    }
  }

  void write_place(const report::Row& row) {
    if (!options_.places || row.path.empty()) return;
    out_ += "    " + visible(row.path);
    if (row.line > 0) out_ += ':' + std::to_string(row.line);
    out_ += '\n';
  }

  report::Light light(std::size_t r, std::size_t c) const {
    const auto& cells = rows_[r].cells;
    return c < cells.size() ? cells[c].light : report::Light::none;
  }

  /// `line` with the last `word` in it in the colour of the light.
  std::string coloured(std::string line, const std::string& word, report::Light light) const {
    if (!options_.colour || word.empty()) return line;
    const std::size_t at = line.rfind(word);
    if (at == std::string::npos) return line;
    line.insert(at + word.size(), "\x1b[0m");
    line.insert(at, colour_of(light));
    return line;
  }

  const report::Table& table_;
  std::vector<report::Row> rows_;  ///< its rows
  const TextOptions& options_;
  TextTable words_;
  std::vector<std::size_t> widths_;
  std::string& out_;
};

}  // namespace

std::string render_text(const Catalogue& catalogue, const report::Report& report,
                        const TextOptions& options) {
  std::string out;
  if (!report.title.id.empty()) add_wrapped(out, label_text(catalogue, report.title), "", 0);
  for (const report::Label& line : report.subtitle)
    add_wrapped(out, label_text(catalogue, line), "", 0);
  for (const report::Table& table : report.tables) {
    if (!out.empty()) out += '\n';
    if (!table.title.id.empty()) add_wrapped(out, label_text(catalogue, table.title), "", 0);
    if (table.rows.empty()) add_wrapped(out, catalogue.text("table.empty"), "", 0);
    else TableWriter(catalogue, table, options, out).write();
  }
  if (!report.notes.empty() && !out.empty()) out += '\n';
  for (const report::Label& note : report.notes)
    add_wrapped(out, label_text(catalogue, note), "- ", 2);
  return out;
}

}  // namespace taizhang::render
