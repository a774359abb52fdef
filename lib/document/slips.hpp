#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/location.hpp"

namespace taizhang::document {

// What people write by habit where TOML wants something else.

enum class Script {
  ascii,    ///< plain
  wide,     ///< full-width form of an ASCII character, or Chinese punctuation with such a meaning
  space,    ///< a space that is none for TOML: U+3000, U+00A0 …
  hidden,   ///< takes no room on the screen: U+FEFF, U+200B …
  foreign,  ///< any other non-ASCII character
};

struct Run {
  Script script;
  Span span;
};

/// Whether the text begins with what is or may pass for a space or a line end, but not to TOML.
bool is_odd_space(std::string_view text);

/// The text cut into runs of one script each; `offset` is added to their spans.
std::vector<Run> runs(std::string_view text, std::uint32_t offset);

/// The text with its wide characters made ASCII; nothing when other non-ASCII characters remain.
std::optional<std::string> narrow(std::string_view text);

/// The end of the line at `at`, without its line ending.
std::uint32_t line_end(std::string_view text, std::uint32_t at);

/// What stands at `begin` if it is text without quotes: up to a comment or the line's end, inside
/// brackets also up to what ends an item; without space at either end.
Span plain_run(std::string_view text, std::uint32_t begin, bool in_brackets);

/// Fit for a message: at most 40 columns of `text`, nothing hidden.
std::string brief(std::string_view text);

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> heads);

struct MeantDate {
  std::string text;  ///< `YYYY-MM-DD`
  bool possible;     ///< the calendar has that day
};

/// The date that `2023-6-2`, `2023/06/02`, `2023.6.2`, `2023年6月2日` or a wide form of these
/// means.
std::optional<MeantDate> meant_date(std::string_view text);

/// `true` or `false` for `是`, `否`, `True`, `yes` and the like.
std::optional<std::string_view> meant_boolean(std::string_view text);

}  // namespace taizhang::document
