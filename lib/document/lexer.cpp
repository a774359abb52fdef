#include "document/lexer.hpp"

#include <algorithm>
#include <array>

namespace taizhang::document {

namespace {

constexpr std::array<std::string_view, 4> wide_quotes{"“", "”", "‘", "’"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_bare(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::size_t wide_quote(std::string_view rest) {
  for (std::string_view quote : wide_quotes)
    if (rest.starts_with(quote)) return quote.size();
  return 0;
}

std::size_t line_ending(std::string_view rest) {
  if (rest.starts_with('\n')) return 1;
  return rest.starts_with("\r\n") ? 2 : 0;
}

bool ends_word(std::string_view rest) {
  switch (rest.front()) {
    case ' ':
    case '\t':
    case '\n':
    case '"':
    case '\'':
    case '[':
    case ']':
    case '{':
    case '}':
    case ',':
    case '=':
    case '#':
      return true;
    case '\r':
      return line_ending(rest) > 0;
    default:
      return wide_quote(rest) > 0;
  }
}

void take_blanks(std::string_view& rest) {
  while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
}

std::string_view take_bare(std::string_view& rest) {
  std::size_t count = 0;
  while (count < rest.size() && is_bare(rest[count])) ++count;
  const std::string_view taken = rest.substr(0, count);
  rest.remove_prefix(count);
  return taken;
}

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

/// A word that can be no value, as `true`, `inf` and numbers could.
bool is_name(std::string_view word) {
  return !word.empty() && is_letter(word.front()) && word != "true" && word != "false" &&
         word != "inf" && word != "nan";
}

bool looks_like_key(std::string_view rest) {
  take_blanks(rest);
  if (!is_name(take_bare(rest))) return false;
  take_blanks(rest);
  return rest.starts_with('=');
}

}  // namespace

bool looks_like_header(std::string_view rest) {
  take_blanks(rest);
  if (!take(rest, '[')) return false;
  const bool twice = take(rest, '[');
  take_blanks(rest);
  if (!is_name(take_bare(rest))) return false;
  take_blanks(rest);
  if (!take(rest, ']') || (twice && !take(rest, ']'))) return false;
  take_blanks(rest);
  return rest.empty() || rest.front() == '#' || line_ending(rest) > 0;
}

Lexer::Lexer(std::string_view text, std::uint32_t begin) : text_(text), at_(begin), value_(begin) {}

void Lexer::begin_statement() {
  left_open_.reset();
  if (!open_.empty()) left_open_ = open_.front();
  open_.clear();
  role_ = Role::key;
  first_ = true;
}

bool Lexer::begins_anew() const {
  const std::string_view rest = text_.substr(at_);
  return looks_like_header(rest) || (innermost() == '[' && looks_like_key(rest));
}

Token Lexer::next() {
  if (line_begin_) {
    line_begin_ = false;
    if (role_ == Role::header) open_.clear();
    if (open_.empty() || begins_anew()) begin_statement();
  }
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  if (first_) value_ = at_;

  Token token;
  token.span = {at_, at_};
  token.role = role_;
  token.first = first_;
  if (at_ >= text_.size()) {
    if (!open_.empty() && role_ != Role::header) left_open_ = open_.front();
    return token;
  }

  const std::string_view rest = text_.substr(at_);
  if (const std::size_t length = line_ending(rest)) {
    at_ += static_cast<std::uint32_t>(length);
    line_begin_ = true;
    token.piece = Piece::line_end;
    token.span.end = at_;
    return token;
  }
  if (rest.front() == '#') {
    std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end < rest.size() && end > 0 && rest[end - 1] == '\r') --end;
    at_ += static_cast<std::uint32_t>(end);
    token.piece = Piece::comment;
    token.span.end = at_;
    return token;
  }

  if (role_ == Role::value) value_ = at_;
  if (rest.front() == '"' || rest.front() == '\'') {
    token = string_token();
  } else if (ends_word(rest)) {
    token = punctuation_token();
  } else {
    token.piece = Piece::word;
    while (at_ < text_.size() && !ends_word(text_.substr(at_))) ++at_;
    token.span.end = at_;
    if (role_ == Role::value) role_ = Role::after_value;
  }
  token.first = first_;
  first_ = false;
  return token;
}

Token Lexer::string_token() {
  Token token;
  token.piece = Piece::string;
  token.role = role_;
  token.closed = false;
  const char quote = text_[at_];
  const std::string_view triple = quote == '"' ? "\"\"\"" : "'''";
  std::size_t at = at_;
  token.multi_line = text_.substr(at).starts_with(triple);
  at += token.multi_line ? 3 : 1;

  while (at < text_.size()) {
    if (quote == '"' && text_[at] == '\\' && at + 1 < text_.size() && text_[at + 1] != '\n' &&
        text_[at + 1] != '\r') {
      at += 2;
    } else if (token.multi_line && text_.substr(at).starts_with(triple)) {
      at += 3;
      // Up to two quotes may stand before the closing three.
      for (int extra = 0; extra < 2 && at < text_.size() && text_[at] == quote; ++extra) ++at;
      token.closed = true;
      break;
    } else if (!token.multi_line && text_[at] == quote) {
      ++at;
      token.closed = true;
      break;
    } else if (!token.multi_line && line_ending(text_.substr(at)) > 0) {
      break;
    } else {
      ++at;
    }
  }
  token.span = {at_, static_cast<std::uint32_t>(at)};
  at_ = token.span.end;
  if (role_ == Role::value) role_ = Role::after_value;
  return token;
}

Token Lexer::punctuation_token() {
  Token token;
  token.piece = Piece::punctuation;
  token.role = role_;
  const std::string_view rest = text_.substr(at_);
  const std::size_t length = std::max<std::size_t>(wide_quote(rest), 1);
  token.span = {at_, at_ + static_cast<std::uint32_t>(length)};
  switch (rest.front()) {
    case '[':
      if (first_) role_ = token.role = Role::header;
      if (role_ == Role::header || role_ == Role::value) open_.push_back(at_);
      break;
    case '{':
      if (role_ != Role::value) break;
      open_.push_back(at_);
      role_ = Role::key;
      break;
    case ']':
    case '}':
      if (innermost() == (rest.front() == ']' ? '[' : '{')) {
        open_.pop_back();
        if (role_ != Role::header) role_ = Role::after_value;
      }
      break;
    case ',':
      if (innermost() != '\0' && role_ != Role::header)
        role_ = innermost() == '{' ? Role::key : Role::value;
      break;
    case '=':
      if (role_ == Role::key) {
        role_ = Role::value;
        value_ = token.span.end;
      }
      break;
    default:
      if (role_ == Role::value) role_ = Role::after_value;
  }
  at_ = token.span.end;
  return token;
}

void Lexer::skip_to(std::uint32_t offset, Role role) {
  at_ = offset;
  role_ = role;
}

std::vector<Statement> statements(std::string_view text) {
  std::vector<Statement> all;
  Lexer lexer(text, text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  for (Token token = lexer.next();; token = lexer.next()) {
    const bool end = token.piece == Piece::end;
    const bool begins =
        token.first && !end && token.piece != Piece::line_end && token.piece != Piece::comment;
    if (!begins && !end) continue;
    if (!all.empty()) {
      all.back().span.end = token.span.begin;
      all.back().left_open = lexer.left_open();
    }
    if (end) return all;
    all.push_back({token.span, token.role == Role::header, std::nullopt});
  }
}

}  // namespace taizhang::document
