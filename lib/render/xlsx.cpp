#include "render/xlsx.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "base/failure.hpp"
#include "base/memory_file.hpp"
#include "base/text.hpp"
#include "render/cell.hpp"
#include "render/layout.hpp"
#include "render/xlsx_library.hpp"

namespace taizhang::render {

namespace {

constexpr std::size_t widest_sheet = 170;  ///< columns of text; more would print too small
constexpr std::size_t widest_column = 60;
constexpr std::size_t narrowest_sheet = 64;    ///< so that the title fits
constexpr std::size_t narrowest_wrapped = 14;  ///< running text is not squeezed below
constexpr double highest_row = 409;            ///< points; spreadsheets allow no more
constexpr std::size_t date_width = 12;
constexpr std::size_t lines_of_page = 28;
constexpr std::size_t lines_of_chart = 16;
constexpr std::size_t longest_cell = 32000;  ///< characters; spreadsheets take 32767
constexpr double line_height = 15;           ///< points, of the font's size 11
constexpr std::string_view text_format = "@";
constexpr std::string_view date_format = R"(yyyy\-mm\-dd)";
constexpr std::string_view decimal_format = "0.00";
constexpr std::string_view share_format = "0.0%";

enum class Look : std::uint8_t { title, subtitle, section, heading, body, total, missing, note };

/// What decides the format of a cell.
struct Style {
  Look look{};
  bool right = false;
  report::Light light{};
  std::string number;

  friend bool operator<(const Style& a, const Style& b) {
    return std::tie(a.look, a.right, a.light, a.number) <
           std::tie(b.look, b.right, b.light, b.number);
  }
};

std::string at_most(std::string text, std::size_t characters) {
  if (count_code_points(text) <= characters) return text;
  std::size_t end = 0;
  for (std::size_t seen = 0; end < text.size(); ++end)
    if ((static_cast<unsigned char>(text[end]) & 0xC0u) != 0x80u && seen++ == characters) break;
  return text.resize(end), text;
}

/// The day that the report speaks of; a workbook carries it as the time of its making.
std::optional<Date> day_of(const report::Report& report) {
  for (const report::Label& line : report.subtitle)
    for (const auto& [name, value] : line.facts)
      if (name == "as_of") return parse_date(value);
  return std::nullopt;
}

/// Tables that share a sheet, and the widths of its columns.
struct Sheet {
  std::vector<std::size_t> tables;  ///< their numbers in the report
  std::vector<std::size_t> widths;
  std::size_t lines = 0;
};

std::size_t sum(const std::vector<std::size_t>& all) {
  return std::accumulate(all.begin(), all.end(), std::size_t{0});
}

class Workbook {
 public:
  Workbook(const Catalogue& catalogue, const report::Report& report)
      : catalogue_(catalogue), report_(report), book_(api_.workbook_new(file_.path().c_str())) {
    if (!book_) throw Failure("xlsx-failed");
  }

  std::string write() {
    set_properties();
    for (const Sheet& sheet : sheets()) add_sheet(sheet);
    if (api_.workbook_close(book_) != LXW_NO_ERROR) throw Failure("xlsx-failed");
    return file_.bytes();
  }

 private:
  void set_properties() {
    std::string title = label_text(catalogue_, report_.title);
    lxw_doc_properties properties{};
    properties.title = title.data();
    using namespace std::chrono;
    const Date day = day_of(report_).value_or(2000y / January / 1);
    properties.created = sys_seconds{sys_days{day}}.time_since_epoch().count();
    api_.workbook_set_properties(book_, &properties);
  }

  lxw_format* format(const Style& style) {
    lxw_format*& made = formats_[style];
    if (made) return made;
    made = api_.workbook_add_format(book_);
    api_.format_set_font_name(made, "宋体");
    api_.format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
    if (style.number.starts_with(text_format)) api_.format_set_text_wrap(made);
    api_.format_set_num_format(made, style.number.c_str());
    if (style.look == Look::title) {
      api_.format_set_font_size(made, 16);
      api_.format_set_bold(made);
      api_.format_set_align(made, LXW_ALIGN_CENTER);
      return made;
    }
    if (style.look == Look::section) {
      api_.format_set_bold(made);
      return made;
    }
    if (style.look == Look::subtitle || style.look == Look::note) {
      api_.format_set_font_color(made, 0x4D5761);
      if (style.look == Look::subtitle) api_.format_set_align(made, LXW_ALIGN_CENTER);
      return made;
    }
    api_.format_set_border(made, LXW_BORDER_THIN);
    api_.format_set_border_color(made, 0x8B959E);
    if (style.look == Look::heading) {
      api_.format_set_bold(made);
      api_.format_set_bg_color(made, 0xE3E7EB);
      api_.format_set_align(made, LXW_ALIGN_CENTER);
      return made;
    }
    if (style.right) {
      api_.format_set_align(made, LXW_ALIGN_RIGHT);
      api_.format_set_indent(made, 1);  // away from a text that follows
    }
    if (style.number.starts_with(date_format)) api_.format_set_align(made, LXW_ALIGN_CENTER);
    if (style.look == Look::total) api_.format_set_bold(made);
    if (style.look == Look::missing) api_.format_set_font_color(made, 0x6B747C);
    constexpr std::array<lxw_color_t, 4> backgrounds{0, 0xFBE3E1, 0xFDF1C7, 0xDFF2E1};
    if (style.light != report::Light::none)
      api_.format_set_bg_color(made, backgrounds[static_cast<std::size_t>(style.light)]);
    return made;
  }

  /// A name of at most 31 characters without those that spreadsheets forbid, and no other sheet's.
  std::string sheet_name(const Sheet& sheet) {
    const report::Label* title = &report_.title;
    if (!sheet.tables.empty() && !report_.tables[sheet.tables.front()].title.id.empty())
      title = &report_.tables[sheet.tables.front()].title;
    std::string name = label_text(catalogue_, *title);
    if (sheet.tables.size() > 1)
      name = catalogue_.text("xlsx.several", {{"first", at_most(std::move(name), 18)},
                                              {"count", std::to_string(sheet.tables.size())}});
    for (char& c : name)
      if (std::string_view(R"([]:*?/\')").find(c) != std::string_view::npos || c == '\n') c = ' ';
    name = at_most(std::string(trim(name)), 26);
    if (name.empty()) name = std::to_string(names_.size() + 1);
    std::string made = name;
    for (int again = 2; std::ranges::find(names_, made) != names_.end(); ++again)
      made = name + " " + std::to_string(again);
    names_.push_back(made);
    return made;
  }

  /// Neighbours share a sheet while they fit on a printed page and none becomes much wider by it.
  std::vector<Sheet> sheets() const {
    std::vector<Sheet> all;
    std::size_t widest = 0;  // of the tables on the last sheet
    for (std::size_t t = 0; t < report_.tables.size(); ++t) {
      const report::Table& table = report_.tables[t];
      const std::vector<std::size_t> own = column_widths(table);
      const std::size_t lines =
          table.rows.size() + 3 + (drawn_rows(table) > 0 ? lines_of_chart : 0);
      if (!all.empty()) {
        Sheet& last = all.back();
        std::vector<std::size_t> shared = last.widths;
        shared.resize(std::max(shared.size(), own.size()));
        for (std::size_t c = 0; c < own.size(); ++c) shared[c] = std::max(shared[c], own[c]);
        const std::size_t most = std::max(widest, sum(own));
        if (last.lines + lines <= lines_of_page &&
            sum(shared) <= std::max(narrowest_sheet, most * 4 / 3)) {
          last = {std::move(last.tables), std::move(shared), last.lines + lines};
          last.tables.push_back(t);
          widest = most;
          continue;
        }
      }
      all.push_back({{t}, own, 1 + report_.subtitle.size() + lines});
      widest = sum(own);
    }
    if (all.empty()) all.push_back({});
    for (Sheet& sheet : all) widen(sheet.widths);
    return all;
  }

  static void widen(std::vector<std::size_t>& widths) {
    for (std::size_t c = 0; !widths.empty() && sum(widths) < narrowest_sheet;
         c = (c + 1) % widths.size())
      ++widths[c];
  }

  void add_sheet(const Sheet& sheet) {
    sheet_ = api_.workbook_add_worksheet(book_, sheet_name(sheet).c_str());
    if (!sheet_) throw Failure("xlsx-failed");
    set_up_page();
    for (std::size_t c = 0; c < sheet.widths.size(); ++c)
      api_.worksheet_set_column(sheet_, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c),
                                static_cast<double>(sheet.widths[c]), nullptr);
    row_ = 0;
    add_line(label_text(catalogue_, report_.title), Look::title, sheet.widths);
    for (const report::Label& line : report_.subtitle)
      add_line(label_text(catalogue_, line), Look::subtitle, sheet.widths);
    const bool alone = sheet.tables.size() == 1;
    for (const std::size_t t : sheet.tables) {
      if (t != sheet.tables.front()) ++row_;
      add_table(report_.tables[t], sheet.widths, alone);
    }
    if (sheet.tables.empty()) add_line(catalogue_.text("table.empty"), Look::note, sheet.widths);
    if (names_.size() > 1) return;
    for (const report::Label& note : report_.notes)
      add_line(label_text(catalogue_, note), Look::note, sheet.widths);
  }

  /// A table alone on its sheet keeps its headings in sight and can be filtered.
  void add_table(const report::Table& table, const std::vector<std::size_t>& widths, bool alone) {
    if (!table.title.id.empty())
      add_line(label_text(catalogue_, table.title), Look::section, widths);
    const lxw_row_t headings = row_;
    if (table.headings && !table.columns.empty()) add_headings(table, widths);
    const lxw_row_t first = row_;
    for (const report::Row& row : table.rows) add_row(table, row, widths);
    if (table.rows.empty()) return add_line(catalogue_.text("table.empty"), Look::note, widths);
    if (alone && table.headings) {
      api_.worksheet_freeze_panes(sheet_, first, 0);
      api_.worksheet_repeat_rows(sheet_, headings, headings);
      api_.worksheet_autofilter(sheet_, headings, 0, row_ - 1,
                                static_cast<lxw_col_t>(table.columns.size() - 1));
    }
    if (const lxw_row_t rows = drawn_rows(table); rows > 0) {
      add_chart(table, first, rows);
      row_ += static_cast<lxw_row_t>(lines_of_chart);
    }
  }

  /// How many rows a table's drawing shows, which must stand together; 0: it has none.
  static lxw_row_t drawn_rows(const report::Table& table) {
    using report::Drawing;
    if (table.drawing.kind == Drawing::Kind::none || table.drawing.totals) return 0;
    lxw_row_t rows = 0;
    bool total = false;
    for (const report::Row& row : table.rows) {
      if (total && !row.total) return 0;
      total = row.total;
      if (!total) ++rows;
    }
    return rows < 2 ? 0 : rows;
  }

  void add_chart(const report::Table& table, lxw_row_t first, lxw_row_t rows) {
    using report::Drawing;
    const Drawing& drawing = table.drawing;
    const bool is_line = drawing.kind == Drawing::Kind::line;
    lxw_chart* const chart =
        api_.workbook_add_chart(book_, is_line ? LXW_CHART_LINE : LXW_CHART_BAR);
    lxw_chart_series* const series =
        chart ? api_.chart_add_series(chart, nullptr, nullptr) : nullptr;
    if (!series) throw Failure("xlsx-failed");
    const lxw_row_t last = first + rows - 1;
    const auto names = static_cast<lxw_col_t>(drawing.names);
    const auto values = static_cast<lxw_col_t>(drawing.values);
    const char* const sheet = names_.back().c_str();
    api_.chart_series_set_categories(series, sheet, first, names, last, names);
    api_.chart_series_set_values(series, sheet, first, values, last, values);
    api_.chart_series_set_labels(series);
    const std::string title = label_text(catalogue_, table.title) + " " +
                              heading_text(catalogue_, table.columns[drawing.values]);
    api_.chart_title_set_name(chart, title.c_str());
    api_.chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    if (is_line) {
      api_.chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_ABOVE);
      api_.chart_axis_major_gridlines_set_visible(chart->y_axis, LXW_FALSE);
    } else {
      api_.chart_axis_set_reverse(chart->y_axis);  // first row on top
      api_.chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
      api_.chart_axis_set_max(chart->x_axis, 1);
      api_.chart_axis_set_num_format(chart->x_axis, "0%");
    }
    api_.worksheet_insert_chart(sheet_, row_ + 1, 0, chart);
  }

  void set_up_page() {
    api_.worksheet_set_landscape(sheet_);
    api_.worksheet_set_paper(sheet_, 9);  // A4
    api_.worksheet_set_margins(sheet_, 0.5, 0.5, 0.6, 0.6);
    api_.worksheet_fit_to_pages(sheet_, 1, 0);
    api_.worksheet_center_horizontally(sheet_);
    api_.worksheet_set_footer(sheet_, catalogue_.text("xlsx.footer").c_str());
    api_.worksheet_ignore_errors(sheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
  }

  static lxw_col_t last_column(const std::vector<std::size_t>& widths) {
    return static_cast<lxw_col_t>(widths.empty() ? 0 : widths.size() - 1);
  }

  /// As wide as what stands in them; running text gives way where the sheet would be too wide.
  std::vector<std::size_t> column_widths(const report::Table& table) const {
    const TextTable words = in_words(catalogue_, table);
    std::vector<bool> dates(table.columns.size());
    for (const report::Row& row : table.rows)
      for (std::size_t c = 0; c < std::min(dates.size(), row.cells.size()); ++c)
        if (std::holds_alternative<Date>(row.cells[c].content)) dates[c] = true;
    std::vector<std::size_t> natural, least;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const TextColumn& column = words.columns[c];
      const std::size_t heading = display_width(column.heading) + 3;  // and the filter's arrow
      const std::size_t content = std::max(column.content_width + 2, dates[c] ? date_width : 0);
      natural.push_back(std::max(heading, content));
      const bool wraps = column.least_width < column.content_width;
      least.push_back(
          std::max(heading > 9 ? (heading + 4) / 2 : heading,
                   wraps ? std::min(column.least_width + 2, narrowest_wrapped) : content));
    }
    std::vector<std::size_t> widths = natural;
    for (std::size_t most = widest_column; most == widest_column || sum(widths) > widest_sheet;
         --most) {
      if (most < narrowest_wrapped / 2) break;
      for (std::size_t c = 0; c < widths.size(); ++c)
        widths[c] = std::max(least[c], std::min(natural[c], most));
    }
    return widths;
  }

  /// Spreadsheets fit neither merged cells nor, all of them, rows that nobody has opened yet.
  void set_height(std::size_t lines, double scale = 1) {
    const double height = static_cast<double>(lines) * line_height * scale + 3;
    api_.worksheet_set_row(sheet_, row_, std::min(height, highest_row), nullptr);
  }

  /// A line over all columns.
  void add_line(const std::string& text, Look look, const std::vector<std::size_t>& widths) {
    const std::size_t room = sum(widths);
    const std::size_t size = look == Look::title ? 3 : 2;  // halves of the body's size
    const std::size_t columns = std::max<std::size_t>(room * 2 / size, 20);
    set_height(wrap(text, columns).size(), static_cast<double>(size) / 2);
    const std::string shown = at_most(text, longest_cell);
    lxw_format* const style = format({look, false, {}, std::string{text_format}});
    if (widths.size() > 1)
      api_.worksheet_merge_range(sheet_, row_, 0, row_, last_column(widths), shown.c_str(), style);
    else api_.worksheet_write_string(sheet_, row_, 0, shown.c_str(), style);
    ++row_;
  }

  void add_headings(const report::Table& table, const std::vector<std::size_t>& widths) {
    std::size_t lines = 1;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const std::string heading = heading_text(catalogue_, table.columns[c]);
      lines = std::max(lines, wrap(heading, widths[c]).size());
      api_.worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(c), heading.c_str(),
                                  format({Look::heading, false, {}, std::string{text_format}}));
    }
    set_height(lines);
    ++row_;
  }

  void add_row(const report::Table& table, const report::Row& row,
               const std::vector<std::size_t>& widths) {
    std::size_t lines = 1;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const report::Cell cell = c < row.cells.size() ? row.cells[c] : report::Cell{};
      const bool right = table.columns[c].align == report::Align::right;
      add_cell(static_cast<lxw_col_t>(c), cell, row.total ? Look::total : Look::body, right);
      lines = std::max(lines, wrap(words_of(cell), widths[c] - 1).size());
    }
    set_height(lines);
    ++row_;
  }

  std::string words_of(const report::Cell& cell) const {
    return at_most(
        TextCell{content_text(catalogue_, cell.content), light_word(catalogue_, cell.light)}
            .joined(),
        longest_cell);
  }

  void add_cell(lxw_col_t column, const report::Cell& cell, Look look, bool right) {
    const std::string word = light_word(catalogue_, cell.light);
    const auto style = [&](std::string_view number) {
      // the word of a light stands behind a number without making a text of it
      std::string whole{number};
      if (!word.empty() && number != text_format) whole += "\" " + word + "\"";
      return format({look, right, cell.light, whole});
    };
    if (is_missing(cell.content)) look = Look::missing;
    else if (const auto* number = std::get_if<std::int64_t>(&cell.content)) {
      api_.worksheet_write_number(sheet_, row_, column, static_cast<double>(*number), style("0"));
      return;
    } else if (const auto* share = std::get_if<report::Share>(&cell.content)) {
      api_.worksheet_write_number(
          sheet_, row_, column,
          static_cast<double>(share->part) / static_cast<double>(share->whole),
          style(share_format));
      return;
    } else if (const auto* decimal = std::get_if<report::Decimal>(&cell.content)) {
      api_.worksheet_write_number(sheet_, row_, column,
                                  static_cast<double>(decimal->hundredths) / 100,
                                  style(decimal_format));
      return;
    } else if (const auto* date = std::get_if<Date>(&cell.content)) {
      lxw_datetime day{};
      day.year = static_cast<int>(date->year());
      day.month = static_cast<int>(static_cast<unsigned>(date->month()));
      day.day = static_cast<int>(static_cast<unsigned>(date->day()));
      if (day.year >= 1900) {  // spreadsheets know none before
        api_.worksheet_write_datetime(sheet_, row_, column, &day, style(date_format));
        return;
      }
    }
    const std::string text = words_of(cell);
    if (text.empty()) api_.worksheet_write_blank(sheet_, row_, column, style(text_format));
    else api_.worksheet_write_string(sheet_, row_, column, text.c_str(), style(text_format));
  }

  const Catalogue& catalogue_;
  const report::Report& report_;
  disk::MemoryFile file_;
  XlsxLibrary api_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_row_t row_ = 0;
  std::map<Style, lxw_format*> formats_;
  std::vector<std::string> names_;
};

}  // namespace

std::string render_xlsx(const Catalogue& catalogue, const report::Report& report) {
  return Workbook{catalogue, report}.write();
}

}  // namespace taizhang::render
