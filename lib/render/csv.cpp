#include "render/csv.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "render/cell.hpp"

namespace taizhang::render {

namespace {

/// Columns with lights are followed by one with their words.
std::vector<bool> lit_columns(const report::Table& table) {
  std::vector<bool> lit(table.columns.size());
  for (std::size_t c = 0; c < lit.size(); ++c) lit[c] = table.rows.is_lit(c);
  return lit;
}

/// Whether a spreadsheet would take the text for a formula.
bool looks_like_formula(std::string_view text) {
  constexpr std::array<std::string_view, 10> beginnings{"=",  "+",  "-",  "@",  "\t",
                                                        "\n", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(beginnings,
                             [&](std::string_view each) { return text.starts_with(each); });
}

/// Figures are our own and stay as they are.
std::string guarded(const report::Content& content, std::string text, CsvFor reader) {
  const bool figure = std::holds_alternative<std::int64_t>(content) ||
                      std::holds_alternative<report::Share>(content) ||
                      std::holds_alternative<report::Decimal>(content);
  if (reader == CsvFor::excel && !figure && looks_like_formula(text)) text.insert(0, 1, '\'');
  return text;
}

class Writer {
 public:
  Writer(const Catalogue& catalogue, CsvFor reader, std::size_t widest, const Sink& sink)
      : catalogue_(catalogue), reader_(reader), widest_(widest), sink_(sink) {
    if (reader == CsvFor::excel) sink("\xEF\xBB\xBF");
  }

  void title(const report::Label& label) {
    add(guarded({}, label_text(catalogue_, label), reader_));
    end_line();
  }

  void table(const report::Table& table, const std::vector<bool>& lit) {
    if (table.headings) {
      for (std::size_t c = 0; c < lit.size(); ++c) {
        const std::string heading =
            guarded({}, heading_text(catalogue_, table.columns[c]), reader_);
        add(heading);
        if (lit[c]) add(catalogue_.text("column.light", {{"column", heading}}));
      }
      end_line();
    }
    static const report::Cell empty;
    for (const report::Row& row : table.rows) {
      for (std::size_t c = 0; c < lit.size(); ++c) {
        const report::Cell& cell = c < row.cells.size() ? row.cells[c] : empty;
        add(guarded(cell.content, content_text(catalogue_, cell.content), reader_));
        if (lit[c]) add(light_word(catalogue_, cell.light));
      }
      end_line();
    }
  }

  /// Lines are equally long: what is left of one stays empty.
  void end_line() {
    if (fields_ == 0) fields_ = 1;
    line_.append(widest_ - fields_, ',');
    line_ += "\r\n";
    sink_(line_);
    line_.clear();
    fields_ = 0;
  }

 private:
  void add(std::string_view field) {
    if (fields_++ > 0) line_ += ',';
    if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
      line_ += field;
      return;
    }
    line_ += '"';
    for (const char c : field) {
      if (c == '"') line_ += '"';
      line_ += c;
    }
    line_ += '"';
  }

  const Catalogue& catalogue_;
  CsvFor reader_;
  std::size_t widest_;
  const Sink& sink_;
  std::string line_;
  std::size_t fields_ = 0;  ///< of the line
};

}  // namespace

void write_csv(const Catalogue& catalogue, const report::Report& report, CsvFor reader,
               const Sink& sink) {
  std::size_t widest = 1;
  std::vector<std::vector<bool>> lit;
  for (const report::Table& table : report.tables) {
    lit.push_back(lit_columns(table));
    const auto lights = std::ranges::count(lit.back(), true);
    if (table.headings || !table.rows.empty())
      widest = std::max(widest, table.columns.size() + static_cast<std::size_t>(lights));
  }
  Writer writer{catalogue, reader, widest, sink};
  const bool several = report.tables.size() > 1;
  for (std::size_t t = 0; t < report.tables.size(); ++t) {
    const report::Table& table = report.tables[t];
    if (several && t > 0) writer.end_line();
    if (several && !table.title.id.empty()) writer.title(table.title);
    writer.table(table, lit[t]);
  }
}

std::string render_csv(const Catalogue& catalogue, const report::Report& report, CsvFor reader) {
  std::string out;
  write_csv(catalogue, report, reader, [&](std::string_view part) { out += part; });
  return out;
}

}  // namespace taizhang::render
