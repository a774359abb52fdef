#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/location.hpp"

namespace taizhang::document {

enum class Piece { end, line_end, comment, string, word, punctuation };

/// What a place in a statement is for.
enum class Role { key, header, value, after_value };

/// One piece of TOML text. A word is a run without spaces, quotes (“ ” ‘ ’ are punctuation too),
/// brackets, braces, commas, equal signs and comments; dots belong to it.
struct Token {
  Piece piece = Piece::end;
  Span span;
  Role role = Role::key;    ///< of the place at which it stands
  bool closed = true;       ///< a string with its closing quote
  bool multi_line = false;  ///< a string in three quotes
  bool first = false;       ///< of its statement
};

/// Cuts text into pieces, never failing whatever the text is: an unclosed string ends with its
/// line, and a header (or inside an array a `key =`) at a line's begin starts anew though brackets
/// are open. On every correct beginning of a document it agrees with TOML 1.0.
class Lexer {
 public:
  explicit Lexer(std::string_view text, std::uint32_t begin = 0);

  Token next();

  /// Goes on at another place of the same line, which is read as one for `role`.
  void skip_to(std::uint32_t offset, Role role);

  /// Brackets and braces that are open after the last piece.
  std::size_t depth() const { return open_.size(); }
  /// The innermost open one, '[' or '{'; 0 when there is none.
  char innermost() const { return open_.empty() ? '\0' : text_[open_.back()]; }
  std::uint32_t innermost_at() const { return open_.empty() ? at_ : open_.back(); }
  /// Where the statement's present value begins (while there is none: the statement).
  std::uint32_t value() const { return value_; }
  /// The outermost bracket that the statement before this one (at the end: this one) left open.
  std::optional<std::uint32_t> left_open() const { return left_open_; }

 private:
  Token string_token();
  Token punctuation_token();
  void begin_statement();
  bool begins_anew() const;

  std::string_view text_;
  std::uint32_t at_ = 0;
  std::uint32_t value_ = 0;
  std::vector<std::uint32_t> open_;
  std::optional<std::uint32_t> left_open_;
  Role role_ = Role::key;
  bool first_ = true;       ///< nothing of the statement was read yet
  bool line_begin_ = true;  ///< nothing of the line was read yet
};

/// Whether the text's first line consists of `[name]` or `[[name]]`.
bool looks_like_header(std::string_view rest);

/// A statement: a header, or a key with its value, with all lines that it takes.
struct Statement {
  Span span;  ///< up to and with its last line ending
  bool header = false;
  std::optional<std::uint32_t> left_open;  ///< its outermost bracket without a partner
};

/// All statements in order; blank lines and comments belong to the one before them.
std::vector<Statement> statements(std::string_view text);

}  // namespace taizhang::document
