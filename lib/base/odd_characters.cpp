#include "base/odd_characters.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace taizhang {

namespace {

constexpr std::size_t width = 32;

// What nearly all text is made of, and what begins no odd character in valid UTF-8: printed ASCII,
// '\n', bytes after the first of a character, and the first bytes of U+4000 to U+9FFF.

#ifdef __SSE2__

/// A bit for each of 16 bytes that begins no odd character, the first one lowest.
std::uint32_t ordinary(const char* bytes) {
  const __m128i all = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  // Bytes are compared as -128 to 127: a range is first moved to the lower end.
  const auto in_range = [&](int first, int last) {
    const __m128i moved = _mm_add_epi8(all, _mm_set1_epi8(static_cast<char>(-128 - first)));
    return _mm_cmpgt_epi8(_mm_set1_epi8(static_cast<char>(-128 + last - first + 1)), moved);
  };
  const auto is = [&](char byte) { return _mm_cmpeq_epi8(all, _mm_set1_epi8(byte)); };
  const __m128i plain =
      _mm_or_si128(in_range(0x20, 0xBF), _mm_or_si128(in_range(0xE4, 0xE9), is('\n')));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_andnot_si128(is(0x7F), plain)));
}

/// A bit for each of 32 bytes that may begin an odd character, the first one lowest.
std::uint32_t suspects(const char* bytes) {
  return ~(ordinary(bytes) | ordinary(bytes + 16) << 16);
}

#else

bool is_suspect(unsigned char byte) {
  const bool outside = byte < 0x20 || byte > 0xBF;
  const bool han = byte >= 0xE4 && byte <= 0xE9;
  return (outside && !han && byte != '\n') || byte == 0x7F;
}

/// A bit for each of 32 bytes that may begin an odd character, the first one lowest.
std::uint32_t suspects(const char* bytes) {
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < width; ++i)
    if (is_suspect(static_cast<unsigned char>(bytes[i]))) found |= std::uint32_t{1} << i;
  return found;
}

#endif

/// The marks that Chinese text is full of: U+3000 to U+303F, U+FF01 to U+FF3F, U+2010 to U+2027. All
/// are assigned.
bool is_common_mark(std::string_view text) {
  if (text.size() < 3) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) == 0xE3) return byte(1) == 0x80;
  if (byte(0) == 0xEF) return byte(1) == 0xBC && byte(2) > 0x80;
  return byte(0) == 0xE2 && byte(1) == 0x80 && byte(2) >= 0x90 && byte(2) <= 0xA7;
}

/// Of the character at the front of a text.
bool is_odd(std::string_view text) {
  if (is_common_mark(text) || text[0] == '\r') return false;
  return next_odd_character(text.substr(0, utf8::step(text).length), 0).has_value();
}

bool any_odd(std::uint32_t suspects, std::string_view text) {
  for (; suspects != 0; suspects &= suspects - 1)
    if (is_odd(text.substr(static_cast<std::size_t>(std::countr_zero(suspects))))) return true;
  return false;
}

}  // namespace

bool has_odd_characters(std::string_view valid) {
  std::size_t at = 0;
  for (; at + width <= valid.size(); at += width)
    if (const std::uint32_t found = suspects(valid.data() + at))
      if (any_odd(found, valid.substr(at))) return true;
  std::array<char, width> rest;
  rest.fill(' ');
  valid.copy(rest.data(), width, at);
  return any_odd(suspects(rest.data()), valid.substr(at));
}

}  // namespace taizhang
