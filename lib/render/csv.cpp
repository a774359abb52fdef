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

std::string guarded(std::string text, CsvFor reader) {
  if (reader == CsvFor::excel && looks_like_formula(text)) text.insert(0, 1, '\'');
  return text;
}

/// Figures are our own and stay as they are.
bool is_figure(const report::Content& content) {
  const bool number = std::holds_alternative<std::int64_t>(content) ||
                      std::holds_alternative<report::Share>(content) ||
                      std::holds_alternative<report::Decimal>(content);
  return number && !is_missing(content);
}

/// Whether a field with the character stands in quotes.
bool wants_quotes(char c) {
  const bool low = static_cast<unsigned char>(c) <= ',';  // few are
  return low && (c == ',' || c == '"' || c == '\r' || c == '\n');
}

class Writer {
 public:
  Writer(const Catalogue& catalogue, CsvFor reader, std::size_t widest, const Sink& sink)
      : catalogue_(catalogue), cells_(catalogue), reader_(reader), widest_(widest), sink_(sink) {
    if (reader == CsvFor::excel) sink("\xEF\xBB\xBF");
  }

  void title(const report::Label& label) {
    add(guarded(label_text(catalogue_, label), reader_));
    end_line();
  }

  void table(const report::Table& table, const std::vector<bool>& lit) {
    if (table.headings) {
      for (std::size_t c = 0; c < lit.size(); ++c) {
        const std::string heading = guarded(heading_text(catalogue_, table.columns[c]), reader_);
        add(heading);
        if (lit[c]) add(catalogue_.text("column.light", {{"column", heading}}));
      }
      end_line();
    }
    static const report::Cell empty;
    for (const report::Row& row : table.rows) {
      for (std::size_t c = 0; c < lit.size(); ++c) {
        const report::Cell& cell = c < row.cells.size() ? row.cells[c] : empty;
        add_content(cell.content);
        if (lit[c]) add(cells_.light_word(cell.light));
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
    const std::size_t begin = begin_field();
    line_ += field;
    end_field(begin);
  }

  void add_content(const report::Content& content) {
    const std::size_t begin = begin_field();
    cells_.add(line_, content);
    if (is_figure(content)) return;
    if (reader_ == CsvFor::excel && looks_like_formula(std::string_view{line_}.substr(begin)))
      line_.insert(begin, 1, '\'');
    end_field(begin);
  }

  /// Where it begins in the line.
  std::size_t begin_field() {
    if (fields_++ > 0) line_ += ',';
    return line_.size();
  }

  /// Puts what was added to the line in quotes if it has to be.
  void end_field(std::size_t begin) {
    if (std::none_of(line_.begin() + static_cast<std::ptrdiff_t>(begin), line_.end(), wants_quotes))
      return;
    const std::string field = line_.substr(begin);
    line_.resize(begin);
    line_ += '"';
    for (const char c : field) {
      if (c == '"') line_ += '"';
      line_ += c;
    }
    line_ += '"';
  }

  const Catalogue& catalogue_;
  CellWriter cells_;
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
