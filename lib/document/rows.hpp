#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "document/write_value.hpp"

namespace taizhang::document {

/// A statement with all lines that it takes, a comment that fills its line, or a blank line.
struct Row {
  enum class Kind : std::uint8_t { blank, comment, key, header };

  Kind kind = Kind::blank;
  Span span;                 ///< whole lines with the last line ending; the rows cover the text
  Span statement;            ///< from the first to the last byte, without a remark
  std::uint32_t equals = 0;  ///< where a key's `=` stands
  bool repeated = false;     ///< a header in two brackets
  Key parts;                 ///< of the key or header
};

/// A correct TOML text in rows, and which of them make up a record.
class Rows {
 public:
  explicit Rows(std::string_view text);

  std::size_t size() const { return rows_.size(); }
  const Row& operator[](std::size_t index) const { return rows_[index]; }

  /// What ends most lines.
  std::string_view line_ending() const { return line_ending_; }

  /// Offset at which a row begins; after the last row the end of the text.
  std::uint32_t offset(std::size_t index) const;

  /// The row of a header by the place of its brackets.
  std::optional<std::size_t> header(Span record) const;
  /// The first header at or after a row; size() when there is none.
  std::size_t next_header(std::size_t index) const;

  /// After the last key among the rows from `first` up to a header; `first` when there is none.
  std::size_t keys_end(std::size_t first) const;

  /// After the last row of the record whose header stands there, with the tables below it that
  /// follow, and with the comment right under its last key unless a header stands right under that.
  std::size_t block_end(std::size_t header) const;
  /// The same for the keys above all headers; where these would begin when there is none.
  std::size_t top_end() const;

  /// The first of the comment rows right above a row; the row itself when there is none.
  std::size_t comments_begin(std::size_t index) const;

  /// After the last row that is not blank.
  std::size_t text_end() const;

  /// Whether a header outside of the record's block adds to the record.
  bool is_scattered(std::size_t header) const;

 private:
  std::size_t with_comments_below(std::size_t end) const;

  std::vector<Row> rows_;
  std::uint32_t begin_;
  std::string_view line_ending_;
};

}  // namespace taizhang::document
