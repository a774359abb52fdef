#include "sheet/sheet.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace taizhang::sheet {

const Cell* Row::find(std::uint32_t column) const {
  const auto found = std::ranges::lower_bound(cells, column, {}, &Cell::column);
  return found != cells.end() && found->column == column ? &*found : nullptr;
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

std::string half_width(std::string_view text) {
  constexpr std::int32_t first = 0xFF01, last = 0xFF5E, wide_space = 0x3000, shift = 0xFEE0;
  std::string made;
  while (!text.empty()) {
    const auto [code, length] = utf8::step(text);
    if (code >= first && code <= last) made += static_cast<char>(code - shift);
    else if (code == wide_space) made += ' ';
    else made += text.substr(0, length);
    text.remove_prefix(length);
  }
  return made;
}

}  // namespace taizhang::sheet
