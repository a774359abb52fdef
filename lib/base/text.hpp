#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace taizhang {

// All text is UTF-8. "Columns" are terminal cells: Han characters take 2, East Asian ambiguous
// characters (quotes, dashes, circled digits) take 1, combining marks 0. No locale is consulted.

/// Byte offset of the first byte that is not part of strict UTF-8 (no surrogates, overlong forms
/// or code points above U+10FFFF); nothing when all of it is.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

std::size_t count_code_points(std::string_view utf8);

/// Columns that `text` takes on a terminal; expects text that went through `visible`.
std::size_t display_width(std::string_view text);

/// The text with every control, format (bidirectional, zero-width, tag), line-separator, surrogate
/// and unassigned character written as `<U+202E>`; '\n' stays only if `keep_newlines`.
/// Everything that reaches a person goes through here.
std::string visible(std::string_view text, bool keep_newlines = false);

/// True when `visible` would change the text ('\n' is accepted).
bool has_hidden_characters(std::string_view text);

/// A character that people do not see as it is stored.
struct OddCharacter {
  std::int32_t code = 0;
  std::size_t offset = 0;  ///< bytes
  std::size_t length = 0;
  bool hidden =
      true;  ///< `visible` would change it; else of private use, shown differently everywhere
};

/// The first one from the byte `from` on; '\n' is none.
std::optional<OddCharacter> next_odd_character(std::string_view text, std::size_t from);

/// Cut at a grapheme boundary to at most `columns`, the last of them "…" when something was cut.
std::string cut(std::string_view text, std::size_t columns);

/// Padded with spaces on the right (left) to `columns`; longer text stays as it is.
std::string pad_right(std::string_view text, std::size_t columns);
std::string pad_left(std::string_view text, std::size_t columns);

/// Lines of at most `columns`, broken at spaces or between Han characters; a line never begins
/// with closing punctuation (，。、；：！？）》」』”’ and ASCII ,.;:!?)]}) nor ends with an opening
/// one.
/// '\n' in the text starts a new line. An empty text gives one empty line.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

/// Without white space (ASCII and U+3000) at either end.
std::string_view trim(std::string_view text);

/// Unicode NFC.
std::string nfc(std::string_view text);

/// NFC without surrounding white space: how names of persons and units are compared.
std::string canonical_name(std::string_view text);

/// The candidate nearest to `word` by optimal string alignment over code points, at most
/// max(1, length/3) and never more than 2 edits away (the first of equals); else the only one that
/// begins with the word's four or more letters; nothing otherwise.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates);

}  // namespace taizhang
