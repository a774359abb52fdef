#include "sheet/xlsx_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "sheet/limits.hpp"
#include "sheet/number_format.hpp"
#include "sheet/package.hpp"

namespace taizhang::sheet {

namespace {

constexpr std::uint32_t most_rows = 1'048'576;
constexpr std::uint32_t most_columns = 16'384;
constexpr std::size_t most_merged = 100'000;  ///< further ones are left alone

std::optional<std::uint32_t> whole(std::string_view text) {
  std::uint32_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

struct Position {
  std::uint32_t column = 0;
  std::uint32_t row = 0;
};

/// "C17"; nothing for what no spreadsheet has.
std::optional<Position> position_of(std::string_view name) {
  Position position;
  while (!name.empty() && name.front() >= 'A' && name.front() <= 'Z' &&
         position.column <= most_columns) {
    position.column = position.column * 26 + static_cast<std::uint32_t>(name.front() - 'A') + 1;
    name.remove_prefix(1);
  }
  const auto row = whole(name);
  if (!row || *row == 0 || *row > most_rows || position.column == 0 ||
      position.column > most_columns)
    return std::nullopt;
  position.row = *row;
  return position;
}

/// The folder of a part, and the path of one seen from there.
std::string path_from(std::string_view part, std::string_view target) {
  if (target.starts_with('/')) return std::string{target.substr(1)};
  const std::size_t slash = part.rfind('/');
  std::string folder{slash == std::string_view::npos ? std::string_view{} : part.substr(0, slash)};
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    const std::size_t above = folder.rfind('/');
    folder.resize(above == std::string::npos ? 0 : above);
  }
  return folder.empty() ? std::string{target} : folder + '/' + std::string{target};
}

std::string relations_of(const std::string& part) {
  const std::size_t slash = part.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  return part.substr(0, name) + "_rels/" + part.substr(name) + ".rels";
}

struct SheetEntry {
  std::string name;
  std::string relation;
  bool hidden = false;
};

/// What a part's relationships lead to.
struct Relation {
  std::string id;
  std::string type;  ///< its last word: worksheet, sharedStrings, styles, officeDocument
  std::string target;
};

/// Collects the cells of one worksheet.
class SheetReader {
 public:
  SheetReader(const std::vector<std::string>& shared, const std::vector<bool>& dates,
              bool since_1904, Sheet& sheet)
      : shared_(shared), dates_(dates), since_1904_(since_1904), sheet_(sheet) {}

  bool too_large() const { return too_large_; }
  bool broken() const { return broken_; }

  void start(const Element& element) {
    if (element.name == "row") {
      const auto number = whole(element.attribute("r"));
      row_ = number.value_or(row_ + 1);
      column_ = 0;
      if (row_ == 0 || row_ > most_rows || (!number && !element.attribute("r").empty()))
        broken_ = true;
    } else if (element.name == "c") {
      const auto at = position_of(element.attribute("r"));
      if (at) {
        row_ = at->row;
        column_ = at->column;
      } else {
        ++column_;
        if (!element.attribute("r").empty()) broken_ = true;
      }
      type_ = element.attribute("t");
      style_ = whole(element.attribute("s")).value_or(0);
      text_.clear();
    } else if (element.name == "v" || element.name == "t") {
      takes_text_ = phonetic_ == 0;
    } else if (element.name == "rPh") {
      ++phonetic_;
    } else if (element.name == "mergeCell") {
      merge(element.attribute("ref"));
    }
  }

  void end(std::string_view name) {
    if (name == "v" || name == "t") takes_text_ = false;
    else if (name == "rPh") --phonetic_;
    else if (name == "c") add();
  }

  void text(std::string_view piece) {
    if (!takes_text_) return;
    if (text_.size() + piece.size() > most_cell_bytes) too_large_ = true;
    else text_ += piece;
  }

 private:
  void merge(std::string_view range) {
    const std::size_t colon = range.find(':');
    if (colon == std::string_view::npos || sheet_.merged.size() >= most_merged) return;
    const auto first = position_of(range.substr(0, colon));
    const auto last = position_of(range.substr(colon + 1));
    if (first && last)
      sheet_.merged.push_back({first->row, last->row, first->column, last->column});
  }

  Cell content() const {
    if (type_ == "s") {
      const auto index = whole(text_);
      return {column_, CellKind::text,
              index && *index < shared_.size() ? shared_[*index] : std::string{}};
    }
    if (type_ == "e") return {column_, CellKind::error, text_};
    if (type_ == "b") return {column_, CellKind::text, is_true(text_) ? "是" : "否"};
    if (type_ == "d") return {column_, CellKind::date, text_.substr(0, 10)};
    if (type_ == "str" || type_ == "inlineStr") return {column_, CellKind::text, text_};
    if (style_ < dates_.size() && dates_[style_]) return date_cell(column_, text_, since_1904_);
    return {column_, CellKind::number, number_text(text_)};
  }

  void add() {
    if (column_ > most_columns) broken_ = true;
    if (text_.empty() || broken_) return;
    Cell cell = content();
    cell.text = std::string{trim(cell.text)};
    if (cell.text.empty()) return;
    bytes_ += cell.text.size();  // many cells may share one long text
    if (++cells_ > most_cells || bytes_ > most_unpacked) {
      too_large_ = true;
      return;
    }
    if (sheet_.rows.empty() || sheet_.rows.back().number != row_) sheet_.rows.push_back({row_, {}});
    sheet_.rows.back().cells.push_back(std::move(cell));
  }

  const std::vector<std::string>& shared_;
  const std::vector<bool>& dates_;
  bool since_1904_;
  Sheet& sheet_;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::uint32_t style_ = 0;
  std::string type_;
  std::string text_;
  std::size_t cells_ = 0;
  std::size_t bytes_ = 0;
  int phonetic_ = 0;
  bool takes_text_ = false;
  bool too_large_ = false;
  bool broken_ = false;
};

/// Rows and cells in order, each once: files need not keep it.
bool put_in_order(Sheet& sheet) {
  const auto twice = [](const auto& items, auto member) {
    return std::ranges::adjacent_find(items, {}, member) != items.end();
  };
  std::ranges::stable_sort(sheet.merged, {}, &Merged::first_row);
  std::ranges::stable_sort(sheet.rows, {}, &Row::number);
  if (twice(sheet.rows, &Row::number)) return false;
  for (Row& row : sheet.rows) {
    std::ranges::stable_sort(row.cells, {}, &Cell::column);
    if (twice(row.cells, &Cell::column)) return false;
  }
  return true;
}

/// Reads a workbook part by part.
class WorkbookReader {
 public:
  WorkbookReader(std::string_view path, std::string_view bytes) : path_(path), package_(bytes) {}

  tl::expected<std::vector<Sheet>, Diagnostic> read() {
    if (!package_) return refuse("xlsx-broken", "zip");
    std::string book;
    for (const Relation& relation : relations("_rels/.rels", ""))
      if (relation.type == "officeDocument") book = relation.target;
    if (problem_) return fault();
    if (book.empty()) return refuse("xlsx-no-workbook", "_rels/.rels");
    read_book(book);
    const std::vector<Relation> links = relations(relations_of(book), book);
    for (const Relation& link : links)
      if (link.type == "sharedStrings") read_shared(link.target);
      else if (link.type == "styles") read_styles(link.target);
    std::vector<Sheet> sheets;
    for (const SheetEntry& entry : entries_) {
      const auto link = std::ranges::find(links, entry.relation, &Relation::id);
      if (link == links.end() || link->type != "worksheet") continue;  // a sheet of charts
      sheets.push_back({entry.name, entry.hidden, {}, {}});
      read_sheet(link->target, sheets.back());
      if (problem_) break;
    }
    if (problem_) return fault();
    if (sheets.empty()) return refuse("xlsx-no-workbook", book);
    return sheets;
  }

 private:
  tl::unexpected<Diagnostic> refuse(std::string_view code, const std::string& part) const {
    Diagnostic diagnostic{Severity::error, code, {}, {{"part", part}}};
    diagnostic.place.path = path_;
    return tl::make_unexpected(std::move(diagnostic));
  }
  tl::unexpected<Diagnostic> fault() const { return refuse(problem_->first, problem_->second); }

  /// Reads a part; remembers the first thing that is wrong. Parts that need not be there may be
  /// missing.
  void take(const std::string& part, const PartReader& reader, bool needed = true) {
    if (problem_) return;
    switch (package_.read(part, reader)) {
      case PartOutcome::done:
        return;
      case PartOutcome::missing:
        if (needed) problem_ = {"xlsx-broken", part};
        return;
      case PartOutcome::broken:
        problem_ = {"xlsx-broken", part};
        return;
      case PartOutcome::doctype:
        problem_ = {"xlsx-doctype", part};
        return;
      case PartOutcome::too_large:
      case PartOutcome::stopped:
        problem_ = {"sheet-too-large", part};
        return;
    }
  }

  std::vector<Relation> relations(const std::string& part, const std::string& of) {
    std::vector<Relation> all;
    PartReader reader;
    reader.start = [&](const Element& element) {
      if (element.name != "Relationship" || element.attribute("TargetMode") == "External") return;
      const std::string_view type = element.attribute("Type");
      all.push_back({std::string{element.attribute("Id")},
                     std::string{type.substr(type.rfind('/') + 1)},
                     path_from(of, element.attribute("Target"))});
    };
    reader.enough = [&] { return all.size() > 10'000; };
    take(part, reader);
    return all;
  }

  void read_book(const std::string& part) {
    PartReader reader;
    reader.start = [&](const Element& element) {
      if (element.name == "workbookPr") since_1904_ = is_true(element.attribute("date1904"));
      if (element.name != "sheet") return;
      const std::string_view state = element.attribute("state");
      entries_.push_back({std::string{element.attribute("name")},
                          std::string{element.attribute("id")},
                          state == "hidden" || state == "veryHidden"});
    };
    reader.enough = [&] { return entries_.size() > 1000; };
    take(part, reader);
  }

  void read_shared(const std::string& part) {
    bool in_text = false, too_large = false;
    int phonetic = 0;
    PartReader reader;
    reader.start = [&](const Element& element) {
      if (element.name == "si") shared_.emplace_back();
      else if (element.name == "rPh") ++phonetic;
      else if (element.name == "t") in_text = phonetic == 0 && !shared_.empty();
    };
    reader.end = [&](std::string_view name) {
      if (name == "t") in_text = false;
      else if (name == "rPh") --phonetic;
    };
    reader.text = [&](std::string_view piece) {
      if (!in_text) return;
      if (shared_.back().size() + piece.size() > most_cell_bytes) too_large = true;
      else shared_.back() += piece;
    };
    reader.enough = [&] { return too_large || shared_.size() > most_cells; };
    take(part, reader);
  }

  void read_styles(const std::string& part) {
    std::vector<std::pair<std::uint32_t, std::string>> codes;
    bool in_cells = false;
    PartReader reader;
    reader.start = [&](const Element& element) {
      if (element.name == "numFmt")
        codes.emplace_back(whole(element.attribute("numFmtId")).value_or(0),
                           element.attribute("formatCode"));
      else if (element.name == "cellXfs") in_cells = true;
      else if (element.name == "xf" && in_cells)
        formats_.push_back(whole(element.attribute("numFmtId")).value_or(0));
    };
    reader.end = [&](std::string_view name) { in_cells = in_cells && name != "cellXfs"; };
    reader.enough = [&] { return codes.size() + formats_.size() > 100'000; };
    take(part, reader, false);
    std::ranges::stable_sort(codes, {}, &std::pair<std::uint32_t, std::string>::first);
    for (const std::uint32_t format : formats_) {
      const auto code = std::ranges::lower_bound(codes, format, {},
                                                 &std::pair<std::uint32_t, std::string>::first);
      const bool has_code = code != codes.end() && code->first == format;
      dates_.push_back(shows_date(format, has_code ? std::string_view{code->second} : ""));
    }
  }

  void read_sheet(const std::string& part, Sheet& sheet) {
    SheetReader cells{shared_, dates_, since_1904_, sheet};
    PartReader reader;
    reader.start = [&](const Element& element) { cells.start(element); };
    reader.end = [&](std::string_view name) { cells.end(name); };
    reader.text = [&](std::string_view piece) { cells.text(piece); };
    reader.enough = [&] { return cells.too_large(); };
    take(part, reader);
    if (!problem_ && (cells.broken() || !put_in_order(sheet))) problem_ = {"xlsx-broken", part};
  }

  std::string path_;
  Package package_;
  std::optional<std::pair<std::string_view, std::string>> problem_;
  std::vector<SheetEntry> entries_;
  std::vector<std::string> shared_;
  std::vector<std::uint32_t> formats_;
  std::vector<bool> dates_;
  bool since_1904_ = false;
};

}  // namespace

tl::expected<std::vector<Sheet>, Diagnostic> read_xlsx(std::string_view path,
                                                       std::string_view bytes) {
  return WorkbookReader{path, bytes}.read();
}

}  // namespace taizhang::sheet
