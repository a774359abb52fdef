#include "document/rows.hpp"

#include <algorithm>

#include "document/document.hpp"
#include "document/lexer.hpp"
#include "document/syntax.hpp"

namespace taizhang::document {

namespace {

/// The parts of a row's key; where quotes hide an escape, the reader says what they mean.
Key parts_of(std::string_view text, const Row& row) {
  const bool header = row.kind == Row::Kind::header;
  std::string_view written =
      text.substr(row.statement.begin, row.statement.end - row.statement.begin);
  if (!header) written = written.substr(0, row.equals - row.statement.begin);
  if (written.find('\\') == std::string_view::npos)
    return key_parts(text, {row.span, header, std::nullopt});
  if (header) {
    const std::size_t brackets = written.starts_with("[[") ? 2 : 1;
    written = written.substr(brackets, written.size() - 2 * brackets);
  }
  Key parts;
  const auto read = parse({}, std::string(written) + " = 1");
  if (!read) return parts;
  for (const Table* table = &read->root; table; table = table->members.front().value.table())
    parts.push_back(table->members.front().key);
  return parts;
}

bool begins_with(const Key& key, const Key& head) {
  return key.size() >= head.size() && std::equal(head.begin(), head.end(), key.begin());
}

std::string_view majority_line_ending(std::string_view text) {
  std::size_t lines = 0;
  std::size_t with_return = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    ++lines;
    if (at > 0 && text[at - 1] == '\r') ++with_return;
  }
  return 2 * with_return > lines ? "\r\n" : "\n";
}

}  // namespace

Rows::Rows(std::string_view text)
    : begin_(text.starts_with("\xEF\xBB\xBF") ? 3 : 0), line_ending_(majority_line_ending(text)) {
  Lexer lexer(text, begin_);
  Row row;
  row.span = {begin_, begin_};
  for (Token token = lexer.next();; token = lexer.next()) {
    const bool blank = token.piece == Piece::line_end || token.piece == Piece::end;
    if (token.piece == Piece::comment) {
      if (token.first) row.kind = Row::Kind::comment;
    } else if (!blank) {
      if (token.first) {
        row.kind = token.role == Role::header ? Row::Kind::header : Row::Kind::key;
        row.statement.begin = token.span.begin;
      }
      if (row.equals == 0 && row.kind == Row::Kind::key && token.role == Role::key &&
          token.piece == Piece::punctuation && text[token.span.begin] == '=')
        row.equals = token.span.begin;
      row.statement.end = token.span.end;
      if (row.kind == Row::Kind::header && token.span.begin == row.statement.begin + 1)
        row.repeated = text[token.span.begin] == '[';
    }
    row.span.end = token.span.end;
    if (!blank || (token.piece == Piece::line_end && lexer.depth() > 0)) continue;
    if (row.span.end > row.span.begin) {
      if (row.kind >= Row::Kind::key) row.parts = parts_of(text, row);
      rows_.push_back(std::move(row));
    }
    if (token.piece == Piece::end) return;
    row = Row{};
    row.span = {token.span.end, token.span.end};
  }
}

std::uint32_t Rows::offset(std::size_t index) const {
  if (index < rows_.size()) return rows_[index].span.begin;
  return rows_.empty() ? begin_ : rows_.back().span.end;
}

std::optional<std::size_t> Rows::header(Span record) const {
  const auto found = std::ranges::lower_bound(rows_, record.begin, {},
                                              [](const Row& row) { return row.span.end - 1; });
  if (found == rows_.end() || found->kind != Row::Kind::header || found->statement != record)
    return std::nullopt;
  return static_cast<std::size_t>(found - rows_.begin());
}

std::size_t Rows::next_header(std::size_t index) const {
  while (index < rows_.size() && rows_[index].kind != Row::Kind::header) ++index;
  return index;
}

std::size_t Rows::keys_end(std::size_t first) const {
  std::size_t end = first;
  for (std::size_t i = first; i < rows_.size() && rows_[i].kind != Row::Kind::header; ++i)
    if (rows_[i].kind == Row::Kind::key) end = i + 1;
  return end;
}

std::size_t Rows::with_comments_below(std::size_t end) const {
  std::size_t below = end;
  while (below < rows_.size() && rows_[below].kind == Row::Kind::comment) ++below;
  return below == rows_.size() || rows_[below].kind == Row::Kind::blank ? below : end;
}

std::size_t Rows::block_end(std::size_t header) const {
  std::size_t last = header;
  for (std::size_t next = next_header(header + 1); next < rows_.size();
       next = next_header(next + 1)) {
    const Key& parts = rows_[next].parts;
    if (parts.size() <= rows_[header].parts.size() || !begins_with(parts, rows_[header].parts))
      break;
    last = next;
  }
  return with_comments_below(keys_end(last + 1));
}

std::size_t Rows::top_end() const {
  const std::size_t end = keys_end(0);
  if (end > 0) return with_comments_below(end);
  const std::size_t first = next_header(0);
  return first < rows_.size() ? comments_begin(first) : text_end();
}

std::size_t Rows::comments_begin(std::size_t index) const {
  while (index > 0 && rows_[index - 1].kind == Row::Kind::comment) --index;
  return index;
}

std::size_t Rows::text_end() const {
  std::size_t end = rows_.size();
  while (end > 0 && rows_[end - 1].kind == Row::Kind::blank) --end;
  return end;
}

bool Rows::is_scattered(std::size_t header) const {
  const Key& name = rows_[header].parts;
  const std::size_t end = block_end(header);
  for (std::size_t i = next_header(0); i < rows_.size(); i = next_header(i + 1)) {
    const Key& parts = rows_[i].parts;
    if (i > header && begins_with(name, parts)) return false;
    const bool below = parts.size() > name.size() && begins_with(parts, name);
    if (below && (i >= end || (i < header && !rows_[header].repeated))) return true;
  }
  return false;
}

}  // namespace taizhang::document
