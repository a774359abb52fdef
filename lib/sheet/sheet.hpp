#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace taizhang::sheet {

enum class CellKind : std::uint8_t {
  text,
  number,   ///< `text` is its shortest exact spelling
  date,     ///< `text` is YYYY-MM-DD
  no_date,  ///< formatted as a date, but no day: a time, or out of range
  error,    ///< #N/A and the like
};

/// A cell with something in it.
struct Cell {
  std::uint32_t column = 0;  ///< from 1
  CellKind kind = CellKind::text;
  std::string text;
};

/// A row with something in it; its cells go from left to right.
struct Row {
  std::uint32_t number = 0;  ///< from 1, as spreadsheets show it
  std::vector<Cell> cells;

  /// nullptr when nothing stands there.
  const Cell* find(std::uint32_t column) const;
};

/// A rectangle of cells, of which the first holds the content.
struct Merged {
  std::uint32_t first_row = 0, last_row = 0, first_column = 0, last_column = 0;
};

/// One sheet of a workbook, or a CSV text: rows by number, empty ones left out.
struct Sheet {
  std::string name;  ///< empty for CSV
  bool hidden = false;
  std::vector<Row> rows;
  std::vector<Merged> merged;  ///< by their first rows

  /// nullptr when nothing stands in that row.
  const Row* find(std::uint32_t number) const;

  /// The merged cells that begin in that row.
  std::span<const Merged> merged_from(std::uint32_t row) const;
};

/// 1 is A, 27 is AA.
std::string column_name(std::uint32_t column);

/// "C17", as spreadsheets call a cell.
std::string cell_name(std::uint32_t column, std::uint32_t row);

}  // namespace taizhang::sheet
