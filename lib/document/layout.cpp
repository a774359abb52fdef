#include "document/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace taizhang::document {

namespace {

constexpr std::string_view blanks = " \t";

std::string_view cut_out(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  return text.substr(begin, end - begin);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(blanks) == std::string_view::npos;
}

/// What a key's column is shared with: nothing for plain keys, else the first part.
std::string group_of(const Key& key) { return key.size() > 1 ? key.front() : std::string{}; }

/// A key row's line in pieces around its `=`.
struct Spacing {
  std::string_view indent;
  std::string_view key;
  std::string_view before;  ///< between key and `=`
  std::string_view after;

  std::size_t column() const { return display_width(key) + before.size(); }
};

Spacing spacing_of(std::string_view text, const Row& row) {
  std::string_view key = cut_out(text, row.statement.begin, row.equals);
  const std::size_t length = key.find_last_not_of(blanks) + 1;
  const std::string_view rest = text.substr(row.equals + 1);
  return {cut_out(text, row.span.begin, row.statement.begin), key.substr(0, length),
          key.substr(length), rest.substr(0, rest.find_first_not_of(blanks))};
}

/// Where a comma follows an array's last item, or `end` when none does.
std::uint32_t comma_after(std::string_view text, std::uint32_t at, std::uint32_t end) {
  for (; at < end && text[at] != ','; ++at)
    if (text[at] == '#')
      at = static_cast<std::uint32_t>(std::min<std::size_t>(text.find('\n', at), end));
  return std::min(at, end);
}

std::uint32_t line_begin(std::string_view text, std::uint32_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  if (before != std::string_view::npos) return static_cast<std::uint32_t>(before + 1);
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::vector<Addition> first_items(std::string_view text, Span span, const std::vector<Value>& items,
                                  std::string_view line_ending) {
  const std::uint32_t close = span.end - 1;
  const std::string_view indent = indent_of_line(text, span.begin);
  const bool one_line = cut_out(text, span.begin, span.end).find('\n') == std::string_view::npos;
  if (one_line) {
    Value all;
    all.data = Array{items, false};
    const std::string written = write_value(all, line_ending, indent);
    return {{close, written.substr(1, written.size() - 2)}};
  }
  std::string lines;
  for (const Value& item : items)
    lines += fmt::format("{}  {},{}", indent, write_on_one_line(item), line_ending);
  return {{line_begin(text, close), lines}};
}

}  // namespace

std::string_view indent_of_line(std::string_view text, std::uint32_t at) {
  const std::string_view line = text.substr(line_begin(text, at));
  return line.substr(0, std::min(line.find_first_not_of(blanks), line.size()));
}

std::string write_record(const NewRecord& record, std::string_view line_ending) {
  std::map<std::string, std::size_t> widths;
  for (const NewMember& member : record.members) {
    std::size_t& width = widths[group_of(member.key)];
    width = std::max(width, display_width(write_key(member.key)));
  }
  const std::string name = write_key({record.name});
  std::string out = record.repeated ? "[[" + name + "]]" : "[" + name + "]";
  out += line_ending;
  for (const NewMember& member : record.members)
    out +=
        fmt::format("{} = {}{}", pad_right(write_key(member.key), widths.at(group_of(member.key))),
                    write_value(member.value, line_ending), line_ending);
  return out;
}

std::string write_line(std::string_view text, const Rows& rows, std::size_t first, std::size_t end,
                       const Key& key, const Value& value) {
  std::vector<Spacing> like;
  Spacing any{};
  for (std::size_t i = first; i < end; ++i) {
    if (rows[i].kind != Row::Kind::key) continue;
    any = spacing_of(text, rows[i]);
    if (group_of(rows[i].parts) == group_of(key)) like.push_back(any);
  }
  std::string line(like.empty() ? any.indent : like.back().indent);
  const std::size_t indent = line.size();
  line += write_key(key);
  std::string after = " ";
  if (like.empty()) {
    line += ' ';
  } else {
    const Spacing& last = like.back();
    const auto in_line = std::ranges::count(like, last.column(), &Spacing::column);
    const bool aligned = 2 * static_cast<std::size_t>(in_line) > like.size();
    const bool tabbed = last.before.find('\t') != std::string_view::npos;
    if (last.before.empty()) {
      after = last.after.empty() ? "" : " ";
    } else if (tabbed) {
      line += '\t';
      if (last.after.starts_with('\t')) after = "\t";
    } else {
      const std::size_t written = display_width(std::string_view(line).substr(indent)) + 1;
      const std::size_t column = aligned ? std::max(last.column(), written) : written;
      line.append(column - written + 1, ' ');
    }
  }
  const std::string_view line_indent = std::string_view(line).substr(0, indent);
  const std::string written = write_value(value, rows.line_ending(), line_indent);
  return line + "=" + after + written + std::string(rows.line_ending());
}

std::vector<Addition> write_items(std::string_view text, Span span, const Array& array,
                                  const std::vector<Value>& items, std::string_view line_ending) {
  if (array.items.empty()) return first_items(text, span, items, line_ending);
  const Span last = array.items.back().span;
  const std::uint32_t close = span.end - 1;
  const std::uint32_t comma = comma_after(text, last.end, close);
  const bool has_comma = comma < close;
  const std::uint32_t end = has_comma ? comma + 1 : last.end;

  const std::uint32_t line = line_begin(text, last.begin);
  const bool own_line = line > span.begin && is_blank(cut_out(text, line, last.begin));
  if (!own_line) {
    std::string more;
    for (const Value& item : items)
      more += has_comma ? fmt::format(" {},", write_on_one_line(item))
                        : fmt::format(", {}", write_on_one_line(item));
    return {{end, more}};
  }

  const std::string indent(indent_of_line(text, last.begin));
  const std::size_t line_end = text.find('\n', end);
  std::vector<Addition> additions;
  if (!has_comma) additions.push_back({end, ","});
  std::string lines;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool comma_here = has_comma || i + 1 < items.size();
    lines += indent + write_on_one_line(items[i]) + (comma_here ? "," : "");
    if (i + 1 < items.size()) lines += line_ending;
  }
  if (line_end < close) {
    additions.push_back(
        {static_cast<std::uint32_t>(line_end + 1), lines + std::string(line_ending)});
  } else if (has_comma) {
    additions.push_back({end, std::string(line_ending) + lines});
  } else {
    additions.front().text += std::string(line_ending) + lines;
  }
  return additions;
}

}  // namespace taizhang::document
