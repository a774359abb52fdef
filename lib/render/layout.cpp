#include "render/layout.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <variant>

#include "base/text.hpp"
#include "render/cell.hpp"

namespace taizhang::render {

namespace {

constexpr std::size_t readable_width = 16;  ///< running text is not squeezed below
constexpr std::size_t longest_id = 24;      ///< codes and ids up to that are not broken
constexpr std::size_t pleasant_lines = 3;   ///< of a cell; beyond, headings give way to text
constexpr std::size_t readable_lines = 6;   ///< of a cell; beyond, blocks read better

using Widths = std::vector<std::size_t>;

std::size_t widest_line(std::string_view text) {
  std::size_t widest = 0;
  while (true) {
    const std::size_t end = text.find('\n');
    widest = std::max(widest, display_width(text.substr(0, end)));
    if (end == std::string_view::npos) return widest;
    text.remove_prefix(end + 1);
  }
}

/// A heading may take two lines, but is not broken inside of a word.
std::size_t least_heading_width(std::string_view heading) {
  const std::size_t whole = display_width(heading);
  if (whole <= 4) return whole;
  std::size_t least = (whole / 2 + 1) / 2 * 2;
  while (!heading.empty()) {
    const std::size_t end = std::min(heading.find(' '), heading.size());
    const std::string_view word = heading.substr(0, end);
    if (display_width(word) == word.size()) least = std::max(least, word.size());
    heading.remove_prefix(std::min(end + 1, heading.size()));
  }
  return std::min(least, whole);
}

std::size_t natural_width(const TextColumn& column) {
  return std::max(column.content_width, display_width(column.heading));
}

std::size_t least_width(const TextColumn& column) {
  return std::max(column.least_width, least_heading_width(column.heading));
}

bool may_wrap(const TextColumn& column) { return column.least_width < column.content_width; }

std::size_t widest_word(std::string_view text) {
  std::size_t widest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    widest = std::max(widest, display_width(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return widest;
}

/// The widest word of ASCII only that is short enough to be kept whole: an id that people copy.
std::size_t widest_id(std::string_view text) {
  std::size_t widest = 0;
  std::size_t run = 0;
  for (const char each : text) {
    const bool part = each > ' ' && each < 127;
    if (part) ++run;
    if (!part || &each == &text.back()) {
      if (run <= longest_id) widest = std::max(widest, run);
      run = 0;
    }
  }
  return widest;
}

/// What a light takes behind a text.
std::size_t light_columns(const TextCell& cell) {
  if (cell.light.empty()) return 0;
  return display_width(cell.light) + (cell.text.empty() ? 0 : 1);
}

/// Running text may be broken anywhere, a term between its words, figures and dates nowhere.
std::size_t least_cell_width(const report::Content& content, const TextCell& cell) {
  const bool running = std::holds_alternative<std::string>(content) ||
                       std::holds_alternative<report::Names>(content) ||
                       std::holds_alternative<report::Label>(content);
  std::size_t least = widest_line(cell.text);
  if (std::holds_alternative<report::Term>(content)) least = widest_word(cell.text);
  else if (running) least = std::min(least, std::max(readable_width, widest_id(cell.text)));
  return least + light_columns(cell);
}

std::size_t total(const Widths& widths) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) +
         column_gap * (widths.empty() ? 0 : widths.size() - 1);
}

/// Hands what is left of the line to the columns of one sort, always to the one that lacks most.
void widen(const TextTable& table, bool wrapping, Widths& widths) {
  std::size_t left = text_columns - total(widths);
  for (; left > 0; --left) {
    std::size_t neediest = widths.size();
    std::size_t most = 0;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      const std::size_t lack = natural_width(table.columns[c]) - widths[c];
      if (may_wrap(table.columns[c]) != wrapping || lack <= most) continue;
      most = lack;
      neediest = c;
    }
    if (neediest == widths.size()) return;
    ++widths[neediest];
  }
}

std::size_t tallest_cell(const TextTable& table, const Widths& widths) {
  std::size_t tallest = 1;
  for (const auto& row : table.rows)
    for (std::size_t c = 0; c < widths.size(); ++c)
      if (may_wrap(table.columns[c]))
        tallest = std::max(tallest, cell_lines(row[c], widths[c]).size());
  return tallest;
}

}  // namespace

std::string TextCell::joined() const {
  if (light.empty()) return text;
  return text.empty() ? light : text + " " + light;
}

std::vector<std::string> heading_lines(const TextColumn& column, std::size_t width) {
  const bool fits = display_width(column.heading) <= width;
  return wrap(column.heading, fits ? width : least_heading_width(column.heading));
}

std::vector<std::string> cell_lines(const TextCell& cell, std::size_t width) {
  const std::size_t lit = light_columns(cell);
  std::vector<std::string> lines = wrap(cell.text, width > lit ? width - lit : 1);
  if (lit > 0) lines.back() = TextCell{lines.back(), cell.light}.joined();
  return lines;
}

TextTable in_words(const Catalogue& catalogue, const report::Table& table) {
  TextTable words;
  for (const report::Column& column : table.columns) {
    TextColumn made;
    if (table.headings) made.heading = heading_text(catalogue, column);
    made.right = column.align == report::Align::right;
    words.columns.push_back(std::move(made));
  }
  for (const report::Row& row : table.rows) {
    std::vector<TextCell> cells(words.columns.size());
    for (std::size_t c = 0; c < cells.size() && c < row.cells.size(); ++c) {
      const report::Cell& cell = row.cells[c];
      TextColumn& column = words.columns[c];
      cells[c] = {content_text(catalogue, cell.content), light_word(catalogue, cell.light)};
      column.least_width = std::max(column.least_width, least_cell_width(cell.content, cells[c]));
      column.light_width = std::max(column.light_width, display_width(cells[c].light));
    }
    words.rows.push_back(cells);
  }
  for (std::size_t c = 0; c < words.columns.size(); ++c) {
    TextColumn& column = words.columns[c];
    std::size_t widest = 0;
    for (const auto& cells : words.rows)
      widest = std::max(widest, widest_line(column.right ? cells[c].text : cells[c].joined()));
    if (column.right && column.light_width > 0) widest += column.light_width + (widest > 0 ? 1 : 0);
    column.content_width = widest;
    if (column.right || table.columns[c].whole) column.least_width = widest;
  }
  return words;
}

std::optional<std::vector<std::size_t>> fit_columns(const TextTable& table) {
  Widths natural, least;
  for (const TextColumn& column : table.columns) {
    natural.push_back(natural_width(column));
    least.push_back(least_width(column));
  }
  if (total(natural) <= text_columns) return natural;
  if (total(least) > text_columns) return std::nullopt;
  Widths headings_first = least;
  widen(table, false, headings_first);
  widen(table, true, headings_first);
  if (tallest_cell(table, headings_first) <= pleasant_lines) return headings_first;
  Widths text_first = least;
  widen(table, true, text_first);
  widen(table, false, text_first);
  if (tallest_cell(table, text_first) <= readable_lines) return text_first;
  return std::nullopt;
}

}  // namespace taizhang::render
