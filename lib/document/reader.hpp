#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "document/value.hpp"

namespace taizhang::document {

inline constexpr std::size_t max_line_bytes = 16 * 1024;
inline constexpr int max_nesting = 32;    ///< brackets open at once
inline constexpr int max_key_parts = 32;  ///< of one key or header

/// Where the reader stopped. The code says why if nobody finds better words: toml-syntax,
/// number-too-large, number-form, time-form, escape-value,
/// space-after-joint.
struct Refusal {
  std::uint32_t offset = 0;
  std::string_view code;
};

struct Content {
  Table root;
  bool has_conflict_marks = false;  ///< a line in a long string begins as merge conflicts do
};

/// Reads TOML 1.0 in one pass over strict UTF-8, with or without a byte order mark. Stops at the first
/// byte that is wrong, also where a limit above is passed; never throws, whatever the bytes are.
/// The texts that are found are lent by `text`.
std::variant<Content, Refusal> read_toml(const std::string& text);
std::variant<Content, Refusal> read_toml(std::string&& text) = delete;

}  // namespace taizhang::document
