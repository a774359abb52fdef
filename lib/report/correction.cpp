#include "report/correction.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "report/figure_lines.hpp"

namespace taizhang::report {

namespace {

using Cells = std::vector<std::string>;

/// One table of a report as its lines tell it.
struct Told {
  std::string id, title;
  Cells columns;
  std::vector<Cells> rows;
};

std::vector<Told> told(const std::vector<std::string>& lines) {
  std::vector<Told> tables;
  for (const std::string& line : lines) {
    Cells cells = figure_cells(line);
    std::string first = std::move(cells.front());
    cells.erase(cells.begin());
    if (first.starts_with('[') && first.ends_with(']')) {
      for (std::string& column : cells)
        if (column.ends_with('#')) column.pop_back();
      const std::string name = first.substr(1, first.size() - 2);
      const std::size_t space = std::min(name.find(' '), name.size());
      const std::string title = name.substr(std::min(space + 1, name.size()));
      tables.push_back({name.substr(0, space), title, std::move(cells), {}});
    } else if (!tables.empty()) {
      tables.back().rows.push_back(cells);
    }
  }
  return tables;
}

/// The columns that say what a row is about.
bool names_row(std::string_view column) {
  constexpr std::array<std::string_view, 7> naming{"item",    "kind", "county", "township",
                                                   "village", "task", "target"};
  return std::ranges::find(naming, column) != naming.end();
}

class Comparison {
 public:
  Comparison(const Report& report, const Words& words) : report_(report), words_(words) {}

  void compare(const Told& was, const Told& now) {
    table_ = &now;
    find_words(now.id);
    std::multimap<Cells, const Cells*> old;
    for (const Cells& row : was.rows) old.emplace(key_of(was.columns, row), &row);
    std::vector<const Cells*> added;
    for (const Cells& row : now.rows) {
      const auto found = old.find(key_of(now.columns, row));
      if (found == old.end()) {
        added.push_back(&row);
        continue;
      }
      for (std::size_t c = 0; c < now.columns.size(); ++c)
        compare_cell(row, c, value(was, *found->second, now.columns[c]),
                     c < row.size() ? row[c] : "");
      old.erase(found);
    }
    for (const Cells& row : was.rows)  // in their old order
      if (std::ranges::any_of(old, [&](const auto& each) { return each.second == &row; }))
        push(row_words(was.columns, row), "", whole(was.columns, row), "");
    for (const Cells* row : added)
      push(row_words(now.columns, *row), "", "", whole(now.columns, *row));
  }

  Rows rows;

 private:
  static Cells key_of(const Cells& columns, const Cells& row) {
    Cells key;
    for (std::size_t c = 0; c < columns.size() && c < row.size(); ++c)
      if (names_row(columns[c])) key.push_back(row[c]);
    if (key.empty() && !row.empty()) key.push_back(row.front());
    return key;
  }

  static std::string value(const Told& table, const Cells& row, const std::string& column) {
    const auto found = std::ranges::find(table.columns, column);
    const auto at = static_cast<std::size_t>(found - table.columns.begin());
    return found != table.columns.end() && at < row.size() ? row[at] : "";
  }

  void find_words(const std::string& id) {
    const auto found = std::ranges::find(report_.tables, id, &Table::id);
    words_of_ = found == report_.tables.end() ? nullptr : &*found;
  }

  void compare_cell(const Cells& row, std::size_t column, const std::string& was,
                    const std::string& now) {
    if (was != now)
      push(row_words(table_->columns, row), heading(column), words_(figure_content(was)),
           words_(figure_content(now)));
  }

  std::string heading(std::size_t column) const {
    if (!words_of_ || column >= words_of_->columns.size()) return table_->columns[column];
    if (!words_of_->headings) return {};  // a list of figures: its rows say what they are
    const Column& found = words_of_->columns[column];
    return found.own_heading.empty() ? words_(Label{found.heading, {}}) : found.own_heading;
  }

  std::string row_words(const Cells& columns, const Cells& row) const {
    std::string joined;
    for (const std::string& cell : key_of(columns, row)) {
      const std::string word = words_(figure_content(cell));
      if (!word.empty()) joined += (joined.empty() ? "" : "/") + word;
    }
    return joined;
  }

  /// All that a row said besides what it is about.
  std::string whole(const Cells& columns, const Cells& row) const {
    std::string joined;
    for (std::size_t c = 0; c < columns.size() && c < row.size(); ++c) {
      const std::string word = names_row(columns[c]) ? "" : words_(figure_content(row[c]));
      if (!word.empty()) joined += (joined.empty() ? "" : " ") + word;
    }
    return joined;
  }

  void push(std::string row_name, std::string column, std::string was, std::string now) {
    Label title{table_->title, {}};
    if (words_of_) title = words_of_->title;
    Row row;
    row.cells = {title.id.empty() ? table_->id : words_(title), std::move(row_name),
                 std::move(column), std::move(was), std::move(now)};
    rows.push_back(row);
  }

  const Report& report_;
  const Words& words_;
  const Told* table_ = nullptr;
  const Table* words_of_ = nullptr;
};

}  // namespace

Table correction_table(const std::vector<std::string>& was, const std::vector<std::string>& now,
                       const Report& report, const Words& words) {
  Comparison comparison{report, words};
  const std::vector<Told> before = told(was), after = told(now);
  for (const Told& table : after) {
    const auto old = std::ranges::find(before, table.id, &Told::id);
    comparison.compare(old == before.end() ? Told{table.id, table.title, table.columns, {}} : *old,
                       table);
  }
  for (const Told& table : before)
    if (std::ranges::find(after, table.id, &Told::id) == after.end())
      comparison.compare(table, {table.id, table.title, table.columns, {}});
  return {"correction",
          {"correction.table"},
          {{"table", "column.table"},
           {"row", "column.row"},
           {"column", "column.column"},
           {"was", "column.was"},
           {"now", "column.now"}},
          std::move(comparison.rows),
          true};
}

}  // namespace taizhang::report
