#include "page.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace taizhang::cmd {

namespace {

constexpr std::string_view english_mark = "<!-- en -->\n";
constexpr std::size_t term_columns = 24;  ///< where descriptions of options begin

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// Without the marks of code, emphasis and links.
std::string plain(std::string_view markdown) {
  std::string text;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    if (markdown[i] == '`') {
      const std::size_t end = std::min(markdown.find('`', i + 1), markdown.size());
      text += markdown.substr(i + 1, end - i - 1);
      i = end;
    } else if (markdown.substr(i, 2) == "**") {
      ++i;
    } else {
      text += markdown[i];
    }
  }
  return text;
}

void add_wrapped(std::string& out, std::string_view text, std::string first, std::size_t indent) {
  for (const std::string& line : wrap(text, page_columns - indent)) {
    out += first;
    out += line;
    out += '\n';
    first.assign(indent, ' ');
  }
}

/// Joins the lines of a paragraph: with a space, but none between Han characters.
void join(std::string& paragraph, std::string_view line) {
  const bool wide = !paragraph.empty() && !line.empty() &&
                    static_cast<unsigned char>(paragraph.back()) >= 0x80 &&
                    static_cast<unsigned char>(line.front()) >= 0x80;
  if (!paragraph.empty() && !wide) paragraph += ' ';
  paragraph += line;
}

/// "- `--as-of DATE`: what it does" in two columns; other items with a dash.
void add_item(std::string& out, std::string_view item) {
  item = trim(item);
  if (item.starts_with('`')) {
    const std::size_t colon = item.find("`:");
    const std::size_t wide_colon = item.find("`：");
    const std::size_t end = std::min(colon, wide_colon);
    if (end != std::string_view::npos) {
      const std::size_t skip = end == colon ? 2 : std::string_view("`：").size();
      const std::string term = "  " + plain(item.substr(0, end + 1));
      const std::string meaning = plain(trim(item.substr(end + skip)));
      if (display_width(term) + 2 <= term_columns) {
        add_wrapped(out, meaning, pad_right(term, term_columns), term_columns);
      } else {
        out += term + "\n";
        add_wrapped(out, meaning, std::string(term_columns, ' '), term_columns);
      }
      return;
    }
  }
  add_wrapped(out, plain(item), "  - ", 4);
}

/// "| a | b |" → its cells, without the marks of code.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  line.remove_prefix(1);
  while (!line.empty()) {
    const std::size_t end = std::min(line.find('|'), line.size());
    cells.push_back(plain(trim(line.substr(0, end))));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return cells;
}

/// Columns as wide as their widest cell; the last takes what is left and wraps.
void add_table(std::string& out, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      widths.resize(std::max(widths.size(), i + 1));
      widths[i] = std::max(widths[i], display_width(row[i]) + 2);
    }
  std::size_t indent = 2;
  for (const std::size_t width : widths) indent += width;
  for (const auto& row : rows) {
    std::string line = "  ";
    for (std::size_t i = 0; i + 1 < row.size(); ++i) line += pad_right(row[i], widths[i]);
    if (row.back().empty()) line.erase(line.find_last_not_of(' ') + 1);
    add_wrapped(out, row.back(), line, indent);
  }
}

class PageWriter {
 public:
  std::string write(std::string_view half) {
    bool code = false;
    while (!half.empty()) {
      const std::string_view line = next_line(half);
      if (line.starts_with("```")) {
        flush();
        code = !code;
      } else if (code) {
        out_ += line.empty() ? "\n" : "    " + std::string(line) + "\n";
      } else {
        add_line(line);
      }
    }
    flush();
    while (out_.ends_with("\n\n")) out_.pop_back();
    return std::move(out_);
  }

 private:
  void add_line(std::string_view line) {
    if (line.starts_with('|')) {
      if (table_.empty()) flush();
      if (line.find_first_not_of("|-: ") != std::string_view::npos)
        table_.push_back(cells_of(line));
      return;
    }
    if (line.starts_with('#')) {
      flush();
      line.remove_prefix(std::min(line.find_first_not_of('#'), line.size()));
      add_wrapped(out_, plain(trim(line)), "", 0);
    } else if (line.starts_with("- ")) {
      flush();
      in_item_ = true;
      paragraph_ = trim(line.substr(2));
    } else if (trim(line).empty()) {
      flush();
      if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
    } else if (line.starts_with("<!--")) {
      flush();
    } else {
      if (!table_.empty() || line.starts_with("`taizhang "))
        flush();  // each usage has its own line
      join(paragraph_, trim(line));
    }
  }

  void flush() {
    if (!table_.empty()) add_table(out_, std::exchange(table_, {}));
    if (in_item_) add_item(out_, paragraph_);
    else if (!paragraph_.empty()) add_wrapped(out_, plain(paragraph_), "  ", 2);
    paragraph_.clear();
    in_item_ = false;
  }

  std::string out_;
  std::string paragraph_;
  std::vector<std::vector<std::string>> table_;
  bool in_item_ = false;
};

}  // namespace

std::string_view page_half(std::string_view page, model::Language language) {
  const std::size_t mark = page.find(english_mark);
  if (mark == std::string_view::npos) return page;
  if (language == model::Language::zh) return page.substr(0, mark);
  page.remove_prefix(mark + english_mark.size());
  page.remove_prefix(std::min(page.find_first_not_of('\n'), page.size()));
  return page;
}

std::string_view page_summary(std::string_view half) {
  const std::string_view heading = next_line(half);
  std::size_t colon = heading.find(':');
  std::size_t width = 1;
  if (colon == std::string_view::npos) {
    colon = heading.find("：");
    width = std::string_view("：").size();
  }
  return colon == std::string_view::npos ? std::string_view{} : trim(heading.substr(colon + width));
}

std::string_view page_meaning(std::string_view half, std::string_view option) {
  while (!half.empty()) {
    const std::string_view line = next_line(half);
    if (!line.starts_with("- `-")) continue;
    const std::size_t colon = line.find("`: ");
    if (colon == std::string_view::npos) continue;
    const std::string_view terms = line.substr(0, colon + 1);
    for (std::size_t at = terms.find(option); at != std::string_view::npos;
         at = terms.find(option, at + 1)) {
      const char after = terms[at + option.size()];
      if (terms[at - 1] == '`' && (after == ' ' || after == '`' || after == '|'))
        return trim(line.substr(colon + 3));
    }
  }
  return {};
}

std::string page_text(std::string_view half) { return PageWriter().write(half); }

}  // namespace taizhang::cmd
