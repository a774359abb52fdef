#include "render/csv.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/in_order.hpp"
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
  Writer(const Catalogue& catalogue, CsvFor reader, std::size_t widest)
      : catalogue_(catalogue), cells_(catalogue), reader_(reader), widest_(widest) {}

  void title(const report::Label& label) {
    add(guarded(label_text(catalogue_, label), reader_));
    end_line();
  }

  void headings(const report::Table& table, const std::vector<bool>& lit) {
    for (std::size_t c = 0; c < lit.size(); ++c) {
      const std::string heading = guarded(heading_text(catalogue_, table.columns[c]), reader_);
      add(heading);
      if (lit[c]) add(catalogue_.text("column.light", {{"column", heading}}));
    }
    end_line();
  }

  void rows(const report::Rows::Part& part, const std::vector<bool>& lit) {
    static const report::Cell empty;
    for (const report::Row& row : part) {
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
    out_.append(widest_ - fields_, ',');
    out_ += "\r\n";
    fields_ = 0;
  }

  std::string take() { return std::move(out_); }

 private:
  void add(std::string_view field) {
    const std::size_t begin = begin_field();
    out_ += field;
    end_field(begin);
  }

  void add_content(const report::Content& content) {
    const std::size_t begin = begin_field();
    cells_.add(out_, content);
    if (is_figure(content)) return;
    if (reader_ == CsvFor::excel && looks_like_formula(std::string_view{out_}.substr(begin)))
      out_.insert(begin, 1, '\'');
    end_field(begin);
  }

  /// Where it begins in the line.
  std::size_t begin_field() {
    if (fields_++ > 0) out_ += ',';
    return out_.size();
  }

  /// Puts what was added to the line in quotes if it has to be.
  void end_field(std::size_t begin) {
    if (std::none_of(out_.begin() + static_cast<std::ptrdiff_t>(begin), out_.end(), wants_quotes))
      return;
    const std::string field = out_.substr(begin);
    out_.resize(begin);
    out_ += '"';
    for (const char c : field) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }

  const Catalogue& catalogue_;
  CellWriter cells_;
  CsvFor reader_;
  std::size_t widest_;
  std::string out_;
  std::size_t fields_ = 0;  ///< of the line
};

}  // namespace

namespace {

/// Rows of a table that are written at one go: the first with what stands above them.
struct Piece {
  std::size_t table;
  std::size_t part;
};

class Document {
 public:
  Document(const Catalogue& catalogue, const report::Report& report, CsvFor reader)
      : catalogue_(catalogue), report_(report), reader_(reader) {
    for (std::size_t t = 0; t < report.tables.size(); ++t) {
      const report::Table& table = report.tables[t];
      lit_.push_back(lit_columns(table));
      const auto lights = std::ranges::count(lit_.back(), true);
      if (table.headings || !table.rows.empty())
        widest_ = std::max(widest_, table.columns.size() + static_cast<std::size_t>(lights));
      for (std::size_t p = 0; p < table.rows.part_count(); ++p) pieces_.push_back({t, p});
    }
  }

  std::size_t pieces() const { return pieces_.size(); }

  std::string piece(std::size_t index) const {
    const auto [t, part] = pieces_[index];
    const report::Table& table = report_.tables[t];
    Writer writer{catalogue_, reader_, widest_};
    if (part == 0) {
      const bool several = report_.tables.size() > 1;
      if (several && t > 0) writer.end_line();
      if (several && !table.title.id.empty()) writer.title(table.title);
      if (table.headings) writer.headings(table, lit_[t]);
    }
    writer.rows(table.rows.part(part), lit_[t]);
    return writer.take();
  }

 private:
  const Catalogue& catalogue_;
  const report::Report& report_;
  CsvFor reader_;
  std::size_t widest_ = 1;
  std::vector<std::vector<bool>> lit_;  ///< by table
  std::vector<Piece> pieces_;
};

}  // namespace

void write_csv(const Catalogue& catalogue, const report::Report& report, CsvFor reader,
               std::size_t jobs, const Sink& sink) {
  if (reader == CsvFor::excel) sink("\xEF\xBB\xBF");
  const Document document{catalogue, report, reader};
  // To start a thread takes longer than what is on a few pages.
  const bool large = document.pieces() > 2 * report.tables.size();
  in_order(
      document.pieces(), large ? jobs : 1, [&](std::size_t index) { return document.piece(index); },
      [&](const std::string& piece) { sink(piece); });
}

std::string render_csv(const Catalogue& catalogue, const report::Report& report, CsvFor reader) {
  std::string out;
  write_csv(catalogue, report, reader, 1, [&](std::string_view part) { out += part; });
  return out;
}

}  // namespace taizhang::render
