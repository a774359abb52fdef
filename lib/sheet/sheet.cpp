#include "sheet/sheet.hpp"

#include <algorithm>

namespace taizhang::sheet {

const Cell* Row::find(std::uint32_t column) const {
  const auto found = std::ranges::lower_bound(cells, column, {}, &Cell::column);
  return found != cells.end() && found->column == column ? &*found : nullptr;
}

const Row* Sheet::find(std::uint32_t number) const {
  const auto found = std::ranges::lower_bound(rows, number, {}, &Row::number);
  return found != rows.end() && found->number == number ? &*found : nullptr;
}

std::span<const Merged> Sheet::merged_from(std::uint32_t row) const {
  return {std::ranges::lower_bound(merged, row, {}, &Merged::first_row),
          std::ranges::upper_bound(merged, row, {}, &Merged::first_row)};
}

std::string column_name(std::uint32_t column) {
  std::string name;
  for (; column > 0; column = (column - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  return name;
}

std::string cell_name(std::uint32_t column, std::uint32_t row) {
  return column_name(column) + std::to_string(row);
}

}  // namespace taizhang::sheet
