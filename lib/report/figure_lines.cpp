#include "report/figure_lines.hpp"

#include <fmt/format.h>

#include <charconv>
#include <variant>

namespace taizhang::report {

namespace {

constexpr std::string_view missing_mark = "~";
constexpr char label_mark = ':';
constexpr char share_mark = '=';
constexpr char fact_mark = '|';

/// Keeps to one cell of one line what may hold anything.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
      case fact_mark:
        out += '\\';
        [[fallthrough]];
      default:
        out += c;
    }
  return out;
}

std::string unescaped(std::string_view cell) {
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\\' || i + 1 == cell.size()) {
      out += cell[i];
      continue;
    }
    const char next = cell[++i];
    out += next == 't' ? '\t' : next == 'n' ? '\n' : next == 'r' ? '\r' : next;
  }
  return out;
}

struct Writer {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(Missing) const { return std::string{missing_mark}; }
  std::string operator()(const std::string& text) const {
    std::string out = escaped(text);
    const bool marked = !out.empty() && (out.front() == label_mark || out.front() == share_mark ||
                                         out.starts_with(missing_mark));
    return marked ? '\\' + out : out;
  }
  std::string operator()(Term term) const { return (*this)(std::string{term.zh}); }
  std::string operator()(const Names& names) const { return (*this)(names.joined()); }
  std::string operator()(const Label& label) const {
    std::string out = label_mark + std::string{label.id};
    for (const auto& [name, value] : label.facts)
      out += fact_mark + std::string{name} + '=' + escaped(value);
    return out;
  }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(Share share) const {
    return fmt::format("{}{}/{}", share_mark, share.part, share.whole);
  }
  std::string operator()(Decimal decimal) const {
    const char* const sign = decimal.hundredths < 0 ? "-" : "";
    const std::int64_t size = decimal.hundredths < 0 ? -decimal.hundredths : decimal.hundredths;
    return fmt::format("{}{}.{:02}", sign, size / 100, size % 100);
  }
  std::string operator()(Date date) const { return format_date(date); }
};

Label label_of(std::string_view cell) {
  Label label;
  bool first = true;
  while (!cell.empty()) {
    std::size_t end = 0;
    while (end < cell.size() && cell[end] != fact_mark) end += cell[end] == '\\' ? 2u : 1u;
    end = std::min(end, cell.size());
    const std::string_view part = cell.substr(0, end);
    const std::size_t equal = part.find('=');
    if (first) label.id = part;
    else if (equal != std::string_view::npos)
      label.facts.emplace_back(part.substr(0, equal), unescaped(part.substr(equal + 1)));
    first = false;
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return label;
}

}  // namespace

std::vector<std::string> figure_lines(const Report& report) {
  std::vector<std::string> lines;
  for (const Table& table : report.tables) {
    std::string head = fmt::format("[{} {}]", table.id, table.title.id);
    for (const Column& column : table.columns)
      head += '\t' + escaped(column.key) + (column.align == Align::right ? "#" : "");
    lines.push_back(std::move(head));
    for (const Row& row : table.rows) {
      std::string line{table.id};
      for (const Cell& cell : row.cells) line += '\t' + std::visit(Writer{}, cell.content);
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

std::vector<std::string> figure_cells(std::string_view line) {
  std::vector<std::string> cells;
  while (true) {
    const std::size_t end = line.find('\t');
    cells.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + 1);
  }
}

Content figure_content(std::string_view cell) {
  if (cell.empty()) return {};
  if (cell == missing_mark) return Missing{};
  if (cell.front() == label_mark) return label_of(cell.substr(1));
  if (cell.front() == share_mark) {
    Share share;
    const char* const end = cell.data() + cell.size();
    const auto [slash, error] = std::from_chars(cell.data() + 1, end, share.part);
    if (error == std::errc{} && slash != end &&
        std::from_chars(slash + 1, end, share.whole).ec == std::errc{})
      return share;
  }
  return unescaped(cell);
}

}  // namespace taizhang::report
