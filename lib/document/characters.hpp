#pragma once

#include <array>
#include <bit>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace taizhang::document {

// What a byte may be in a TOML text. The texts end with a zero byte, which is none of these, so that
// loops over them need no other end.

enum Characters : std::uint8_t {
  in_key = 1,     ///< of a key without quotes
  in_scalar = 2,  ///< of a number, date, time or boolean
  digit = 4,
  hexadecimal = 8,
  blank = 16,
};

constexpr std::array<std::uint8_t, 256> make_characters() {
  std::array<std::uint8_t, 256> table{};
  for (unsigned c = 0; c < 128; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool number = c >= '0' && c <= '9';
    unsigned bits = 0;
    if (letter || number || c == '_' || c == '-') bits |= in_key;
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

/// Whether the byte may stand as it is in a comment: no control character but a tab.
inline bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7F) || byte == '\t';
}

/// The first byte from `at` on that may not stand as it is in a text which ends with `quote`, and in
/// which `mark` has a meaning. The bytes are UTF-8 up to `end`, where a zero byte stands.
template <char quote, char mark>
const char* skip_text(const char* at, [[maybe_unused]] const char* end) {
#ifdef __SSE2__
  const __m128i quotes = _mm_set1_epi8(quote);
  const __m128i marks = _mm_set1_epi8(mark);
  const __m128i last_control = _mm_set1_epi8(0x1F);
  const __m128i deleted = _mm_set1_epi8(0x7F);
  while (end - at >= 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i control = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes),
                                         _mm_cmpeq_epi8(bytes, deleted));
    const __m128i stop = _mm_or_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(bytes, marks));
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, stop)));
    if (found == 0) {
      at += 16;
      continue;
    }
    at += std::countr_zero(found);
    if (*at != '\t') return at;
    ++at;
  }
#endif
  while (is_plain(*at) && *at != quote && *at != mark) ++at;
  return at;
}

}  // namespace taizhang::document
