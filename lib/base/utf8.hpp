#pragma once

#include <utf8proc.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace taizhang::utf8 {

/// One step through UTF-8. `code` is -1 for a byte that belongs to no valid sequence.
struct Step {
  std::int32_t code = -1;
  std::size_t length = 1;  ///< bytes, at least 1
};

/// The commonest Han block (U+4E00-U+9FFF): assigned throughout, two columns, stable under NFC.
inline bool is_common_han(std::int32_t code) { return code >= 0x4E00 && code <= 0x9FFF; }

/// What stands at the front of `text`, which must not be empty.
inline Step step(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  // Nearly all of our text: three bytes, where neither overlong forms nor surrogates can occur.
  if (lead > 0xE0 && lead < 0xED && text.size() >= 3 && (byte(1) & 0xC0) == 0x80 &&
      (byte(2) & 0xC0) == 0x80)
    return {((lead & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F), 3};
  std::int32_t code = -1;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (length <= 0) return {};
  return {code, static_cast<std::size_t>(length)};
}

/// Columns of one code point; a byte that is no text counts 1.
inline std::size_t columns(std::int32_t code) {
  if (code < 0 || (code >= 0x20 && code < 0x7F)) return 1;
  if (is_common_han(code)) return 2;
  return static_cast<std::size_t>(utf8proc_charwidth(code));
}

}  // namespace taizhang::utf8
