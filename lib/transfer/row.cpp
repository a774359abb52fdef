#include "transfer/row.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/typed.hpp"

namespace taizhang::transfer {

std::optional<sheet::Cell> RowCells::find(std::string_view key) const {
  if (const BoundColumn* column = bound_.find(key))
    if (const sheet::Cell* cell = cell_in(*column); cell && !trim(cell->text).empty()) return *cell;
  if (const auto fixed = mapping_.fixed().find(key);
      fixed != mapping_.fixed().end() && !fixed->second.empty())
    return sheet::Cell{0, sheet::CellKind::text, fixed->second};
  return std::nullopt;
}

const sheet::Merged* RowCells::range_of(const BoundColumn& column) const {
  const auto next =
      std::ranges::upper_bound(column.merged, row_.number, {}, &sheet::Merged::first_row);
  if (next == column.merged.begin()) return nullptr;
  const sheet::Merged& range = *std::prev(next);
  return range.last_row < row_.number ? nullptr : &range;
}

const sheet::Cell* RowCells::cell_in(const BoundColumn& column) const {
  const sheet::Cell* own = row_.find(column.column);
  const sheet::Merged* range = own ? nullptr : range_of(column);
  const sheet::Row* first = range ? bound_.sheet->find(range->first_row) : nullptr;
  return first ? first->find(column.column) : own;
}

bool RowCells::has(std::string_view key) const {
  return bound_.find(key) || mapping_.fixed().contains(key);
}

bool RowCells::shares(std::string_view key) const {
  const BoundColumn* column = bound_.find(key);
  return column && range_of(*column);
}

bool RowCells::continues(std::string_view key) const {
  const BoundColumn* column = bound_.find(key);
  const sheet::Merged* range = column ? range_of(*column) : nullptr;
  return range && range->first_row < row_.number && !row_.find(column->column);
}

std::string RowCells::heading_of(std::string_view key) const {
  const BoundColumn* column = bound_.find(key);
  return column ? column->heading : std::string{key};
}

Diagnostic RowCells::at(Diagnostic reason, std::string_view key) const {
  const BoundColumn* column = bound_.find(key);
  reason.place = {};
  reason.place.path = bound_.path;
  reason.place.line = row_.number;
  reason.place.column = column ? column->column : 0;
  reason.facts.emplace_back("heading", heading_of(key));
  if (column) reason.facts.emplace_back("cell", sheet::cell_name(column->column, row_.number));
  else reason.facts.emplace_back("line", std::to_string(row_.number));
  return reason;
}

bool RowCells::is_aside() const {
  constexpr std::array<std::string_view, 4> sums{"合计", "总计", "小计", "共计"};
  constexpr std::array<std::string_view, 7> remarks{"注",   "备注", "说明", "填表",
                                                    "填报", "制表", "审核"};
  std::string first = half_width(row_.cells.front().text);
  std::erase(first, ' ');
  if (std::ranges::find(sums, first) != sums.end()) return true;
  if (row_.cells.size() == 1) {
    const std::uint32_t column = row_.cells.front().column;
    for (const sheet::Merged& merged : bound_.sheet->merged_from(row_.number))
      if (merged.first_column <= column && merged.last_column > column) return true;
    if (std::ranges::any_of(remarks, [&](auto each) { return first.starts_with(each); }))
      return true;
  }
  return std::ranges::none_of(bound_.columns,
                              [&](const BoundColumn& each) { return row_.find(each.column); });
}

}  // namespace taizhang::transfer
