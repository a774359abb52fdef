#include "sheet/csv_reader.hpp"

#include <csv.h>

#include <algorithm>
#include <array>
#include <new>

#include "base/text.hpp"
#include "sheet/limits.hpp"

namespace taizhang::sheet {

namespace {

/// Line feeds only: libcsv takes each of CR and LF for the end of a row.
std::string with_line_feeds(std::string_view text) {
  std::string made;
  made.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') made += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n') made += '\n';
  }
  return made;
}

char delimiter_of(std::string_view text) {
  constexpr std::array<char, 3> candidates{',', '\t', ';'};
  const std::string_view line = text.substr(0, text.find('\n'));
  return *std::ranges::max_element(candidates, {},
                                   [&](char each) { return std::ranges::count(line, each); });
}

/// Collects what libcsv hands over; nothing may be thrown through its frames.
class Collector {
 public:
  static void take_field(void* bytes, std::size_t size, void* self) {
    static_cast<Collector*>(self)->field({static_cast<const char*>(bytes), size});
  }
  static void take_row(int, void* self) { static_cast<Collector*>(self)->end_row(); }

  Sheet sheet;
  Row row{1, {}};
  std::uint32_t column = 1;
  std::size_t cells = 0;
  bool too_large = false;
  bool no_memory = false;

 private:
  void field(std::string_view text) try {
    if (cells >= most_cells || text.size() > most_cell_bytes) too_large = true;
    else if (const auto content = trim(text); !content.empty()) {
      row.cells.push_back({column, CellKind::text, std::string{content}});
      ++cells;
    }
    ++column;
  } catch (const std::bad_alloc&) {
    no_memory = true;
  }

  void end_row() try {
    const std::uint32_t next = row.number + 1;
    if (!row.cells.empty()) sheet.rows.push_back(std::move(row));
    row = {next, {}};
    column = 1;
  } catch (const std::bad_alloc&) {
    no_memory = true;
  }
};

Diagnostic fault(std::string_view code, std::string_view path, const Collector& read) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.place.path = path;
  diagnostic.place.line = read.row.number;
  diagnostic.place.column = read.column;
  diagnostic.facts = {{"cell", cell_name(read.column, read.row.number)}};
  return diagnostic;
}

}  // namespace

tl::expected<Sheet, Diagnostic> read_csv(std::string_view path, std::string_view utf8) {
  const std::string text = with_line_feeds(utf8);
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) throw std::bad_alloc();
  csv_set_delim(&parser, static_cast<unsigned char>(delimiter_of(text)));
  Collector collector;
  const std::size_t done = csv_parse(&parser, text.data(), text.size(), &Collector::take_field,
                                     &Collector::take_row, &collector);
  const bool good = done == text.size() && csv_fini(&parser, &Collector::take_field,
                                                    &Collector::take_row, &collector) == 0;
  const bool memory = csv_error(&parser) != CSV_ENOMEM && !collector.no_memory;
  csv_free(&parser);
  if (!memory) throw std::bad_alloc();
  if (collector.too_large) return tl::make_unexpected(fault("sheet-too-large", path, collector));
  if (!good) return tl::make_unexpected(fault("csv-quotes", path, collector));
  if (!collector.row.cells.empty()) collector.sheet.rows.push_back(std::move(collector.row));
  return std::move(collector.sheet);
}

}  // namespace taizhang::sheet
