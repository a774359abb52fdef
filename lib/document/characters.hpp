#pragma once

#include <array>
#include <cstdint>

namespace taizhang::document {

// What a byte may be in a TOML text. The texts end with a zero byte, which is none of these, so that
// loops over them need no other end.

enum Characters : std::uint8_t {
  in_key = 1,      ///< of a key without quotes
  in_basic = 2,    ///< in a "text" as it is
  in_literal = 4,  ///< in a 'text' as it is
  in_comment = 8,  ///< in a comment as it is
  in_scalar = 16,  ///< of a number, date, time or boolean
  digit = 32,
  hexadecimal = 64,
  blank = 128,
};

constexpr std::array<std::uint8_t, 256> make_characters() {
  std::array<std::uint8_t, 256> table{};
  for (unsigned c = 0; c < 128; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool number = c >= '0' && c <= '9';
    const bool printed = (c >= 0x20 && c != 0x7F) || c == '\t';
    unsigned bits = 0;
    if (letter || number || c == '_' || c == '-') bits |= in_key;
    if (printed) bits |= in_comment;
    if (printed && c != '"' && c != '\\') bits |= in_basic;
    if (printed && c != '\'') bits |= in_literal;
    if (letter || number || c == '_' || c == '-' || c == '+' || c == '.' || c == ':')
      bits |= in_scalar;
    if (number) bits |= digit;
    if (number || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) bits |= hexadecimal;
    if (c == ' ' || c == '\t') bits |= blank;
    table[c] = static_cast<std::uint8_t>(bits);
  }
  return table;
}

inline constexpr std::array<std::uint8_t, 256> characters = make_characters();

inline bool is(char c, Characters kind) {
  return (characters[static_cast<unsigned char>(c)] & kind) != 0;
}

/// The first byte from `at` on that is none of these.
inline const char* skip(const char* at, Characters kind) {
  while (is(*at, kind)) ++at;
  return at;
}

/// After the UTF-8 character that begins at `at` with a byte above 0x7F; `at` itself when these bytes
/// are none. The text ends with a zero byte.
inline const char* after_wide(const char* at) {
  const auto byte = [at](int i) { return static_cast<unsigned char>(at[i]); };
  const auto follows = [&](int i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned char lead = byte(0);
  if (lead >= 0xE0 && lead <= 0xEF) {
    // Neither overlong (E0) nor half a pair (ED).
    if (!follows(1) || !follows(2)) return at;
    if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F)) return at;
    return at + 3;
  }
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? at + 2 : at;
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!follows(1) || !follows(2) || !follows(3)) return at;
    if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) return at;
    return at + 4;
  }
  return at;
}

/// Past the characters of three bytes that are most of a Chinese text, U+1000 to U+CFFF.
inline const char* skip_han(const char* at) {
  const auto follows = [](char c) { return static_cast<signed char>(c) < -0x40; };
  const auto leads = [](char c) { return static_cast<unsigned char>(c - '\xE1') <= 0xEC - 0xE1; };
  while (leads(at[0]) && follows(at[1]) && follows(at[2])) at += 3;
  return at;
}

/// The first byte from `at` on that may not stand there as it is.
inline const char* skip_text(const char* at, Characters kind) {
  while (true) {
    const char* const begin = at;
    at = skip_han(skip(at, kind));
    if (at != begin) continue;
    if (static_cast<unsigned char>(*at) < 0x80) return at;
    at = after_wide(at);
    if (at == begin) return at;
  }
}

}  // namespace taizhang::document
