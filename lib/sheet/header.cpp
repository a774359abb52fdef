#include "sheet/header.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace taizhang::sheet {

namespace {

constexpr std::size_t rows_searched = 30;
constexpr std::size_t most_rows = 3;
constexpr std::uint32_t columns_searched = 1024;

/// What the cell says, or the first one of the merged cells it belongs to.
std::string_view text_at(const Sheet& sheet, const Row& row, std::uint32_t column) {
  if (const Cell* cell = row.find(column)) return trim(cell->text);
  for (const Merged& merged : sheet.merged_from(row.number)) {
    const bool holds = merged.first_column <= column && column <= merged.last_column;
    const Cell* first = holds ? row.find(merged.first_column) : nullptr;
    if (first) return trim(first->text);
  }
  return {};
}

Header header_of(const Sheet& sheet, std::size_t from, std::size_t count) {
  Header header;
  header.first_row = sheet.rows[from].number;
  header.last_row = sheet.rows[from + count - 1].number;
  std::map<std::uint32_t, Heading> headings;
  for (std::size_t r = from; r < from + count; ++r)
    for (const Cell& cell : sheet.rows[r].cells)
      if (cell.column <= columns_searched) headings[cell.column].column = cell.column;
  for (auto& [column, heading] : headings) {
    for (std::size_t r = from; r < from + count; ++r) {
      const std::string_view text = text_at(sheet, sheet.rows[r], column);
      if (text.empty()) continue;
      heading.text = text;
      heading.whole += text;
    }
    header.headings.push_back(heading);
  }
  return header;
}

}  // namespace

std::optional<Header> find_header(const Sheet& sheet,
                                  const std::function<bool(const Heading&)>& known,
                                  std::size_t least) {
  std::optional<Header> best;
  for (std::size_t count = 1; count <= most_rows; ++count)
    for (std::size_t from = 0; from + count <= std::min(sheet.rows.size(), rows_searched); ++from) {
      if (sheet.rows[from + count - 1].number - sheet.rows[from].number != count - 1) continue;
      Header header = header_of(sheet, from, count);
      header.known = static_cast<std::size_t>(std::ranges::count_if(header.headings, known));
      if (header.known >= least && (!best || header.known > best->known)) best = std::move(header);
    }
  return best;
}

}  // namespace taizhang::sheet
