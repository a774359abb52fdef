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

bool same_person(std::string_view plain, std::string_view other) {
  if (plain.size() > other.size()) std::swap(plain, other);
  if (!other.starts_with(plain)) return false;
  const std::string_view more = other.substr(plain.size());
  return more.empty() ||
         (!plain.empty() && more.front() == '(' && more.find(')') == more.size() - 1);
}

}  // namespace taizhang::workflow
