#include "workflow/same_person.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.hpp"
#include "base/typed.hpp"
#include "base/utf8.hpp"

namespace taizhang::workflow {

namespace {

/// White space of any width, none included, and quotation marks of all kinds.
bool says_nothing(std::int32_t code) {
  constexpr std::array<std::int32_t, 21> codes{
      ' ',    '"',    '\'',   0x85,                                    // ASCII and next line
      0xA0,   0x1680, 0x180E, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060,  // spaces
      0x3000, 0xFEFF,                                                  // wide, zero width
      0x300C, 0x300D, 0x300E, 0x300F, 0x301D, 0x301E, 0x301F};         // 「」『』〝〞〟
  return (code >= '\t' && code <= '\r') || (code >= 0x2000 && code <= 0x200B) ||
         (code >= 0x2018 && code <= 0x201F) || std::ranges::find(codes, code) != codes.end();
}

/// Bytes of printed ASCII without quotation marks, and of U+4000 to U+9FFF.
constexpr std::array<bool, 256> plain_bytes = [] {
  std::array<bool, 256> plain{};
  const auto mark = [&](std::size_t first, std::size_t last) {
    for (std::size_t byte = first; byte <= last; ++byte) plain[byte] = true;
  };
  mark('!', '~');
  plain['"'] = plain['\''] = false;
  mark(0x80, 0xBF);
  mark(0xE4, 0xE9);
  return plain;
}();

/// True for what nearly everybody is called: it is plain as it was written.
bool is_plain(std::string_view written) {
  return std::ranges::all_of(written,
                             [](char c) { return plain_bytes[static_cast<unsigned char>(c)]; });
}

/// The plain form, which is put into `room` when it is not what was written.
std::string_view plain(std::string_view written, std::string& room) {
  if (is_plain(written)) return written;
  room = plain_person(written);
  return room;
}

/// True for nothing, and for something in one pair of brackets.
bool is_addition(std::string_view text) {
  return text.empty() || (text.front() == '(' && text.find(')') == text.size() - 1);
}

}  // namespace

std::string plain_person(std::string_view written) {
  std::string plain;
  const std::string half = half_width(written);
  for (std::string_view rest = half; !rest.empty();) {
    const auto [code, length] = utf8::step(rest);
    if (utf8::is_common_han(code) || !says_nothing(code)) plain += rest.substr(0, length);
    rest.remove_prefix(length);
  }
  return nfc(plain);
}

bool same_person(std::string_view written, std::string_view other) {
  if (written == other) return true;
  std::string room, other_room;
  std::string_view shorter = plain(written, room), longer = plain(other, other_room);
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  if (!longer.starts_with(shorter)) return false;
  return shorter.empty() ? longer.empty() : is_addition(longer.substr(shorter.size()));
}

}  // namespace taizhang::workflow
