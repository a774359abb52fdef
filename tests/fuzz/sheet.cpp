// Reads sheets that fuzzing made, as a whole file and as the rows of a workbook, and every cell in
// every way a field may want it: nothing crashes, rows and cells come in order, codes have their digits.

#include <cstdlib>

#include "../unit/sheet/make_xlsx.hpp"
#include "model/field.hpp"
#include "sheet/read.hpp"
#include "transfer/convert.hpp"

using namespace taizhang;

namespace {

void insist(bool good) {
  if (!good) std::abort();
}

void look_at(const sheet::Cell& cell) {
  if (const auto code = transfer::read_code(cell, 12)) insist(code->size() == 12);
  for (const model::RecordKind& kind : model::record_kinds())
    if (kind.file == model::FileKind::village)
      for (const model::Field& field : kind.fields)
        static_cast<void>(transfer::read_cell(field, cell));
}

void look_at(std::string_view bytes) {
  const auto sheets = sheet::read_sheets("a", bytes);
  if (!sheets) return;
  std::size_t looked = 0;
  for (const sheet::Sheet& each : *sheets) {
    std::uint32_t last_row = 0;
    for (const sheet::Row& row : each.rows) {
      insist(row.number > last_row && !row.cells.empty());
      last_row = row.number;
      std::uint32_t last_column = 0;
      for (const sheet::Cell& cell : row.cells) {
        insist(cell.column > last_column && !cell.text.empty());
        last_column = cell.column;
        if (++looked < 20) look_at(cell);
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  look_at(bytes);
  look_at(make_xlsx(bytes, bytes));
  return 0;
}
