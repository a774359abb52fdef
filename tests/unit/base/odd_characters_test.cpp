#include "base/odd_characters.hpp"

#include <doctest/doctest.h>
#include <utf8proc.h>

#include <array>
#include <random>
#include <string>

#include "base/text.hpp"

using namespace taizhang;

namespace {

/// What `has_odd_characters` tells at a glance.
bool has_odd_exactly(std::string_view text) {
  auto odd = next_odd_character(text, 0);
  while (odd && odd->code == '\r') odd = next_odd_character(text, odd->offset + odd->length);
  return odd.has_value();
}

std::string utf8_of(std::int32_t code) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = static_cast<std::size_t>(utf8proc_encode_char(code, bytes.data()));
  return {reinterpret_cast<const char*>(bytes.data()), length};
}

}  // namespace

TEST_CASE("every character is odd at a glance when it is odd on close look") {
  std::size_t differ = 0;
  for (std::int32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    const std::string alone = utf8_of(code);
    const std::string inside = "甲乙丙丁 abc" + alone + "，戊己庚辛";
    const bool odd = has_odd_exactly(alone);
    if (has_odd_characters(alone) != odd || has_odd_characters(inside) != odd) ++differ;
  }
  CHECK(differ == 0);
}

TEST_CASE("an odd character is seen wherever it stands") {
  constexpr std::array<std::string_view, 16> pieces{"村", "a", "，",  "。", "“", "”", "①", "\n",
                                                    "\r", " ", "鿿", "䀀", "·", "é", "😀", "7"};
  constexpr std::array<std::string_view, 10> odd{"\u200B", "\uFEFF", "\u00AD", "\uE000", "\t",
                                                 "\x7F",   "\uFF00", "\u3040", "\u0085", "\u2028"};
  std::mt19937 random{20231115};
  std::size_t differ = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto length = random() % 40; length > 0; --length)
      text += pieces[random() % pieces.size()];
    if (random() % 2 == 0) text += odd[random() % odd.size()];
    for (auto length = random() % 40; length > 0; --length)
      text += pieces[random() % pieces.size()];
    if (has_odd_characters(text) != has_odd_exactly(text)) ++differ;
  }
  CHECK(differ == 0);
}

TEST_CASE("short texts are looked at to the end") {
  CHECK_FALSE(has_odd_characters(""));
  CHECK_FALSE(has_odd_characters("村"));
  CHECK_FALSE(has_odd_characters("0123456789abcdef"));
  CHECK(has_odd_characters("\t"));
  CHECK(has_odd_characters("0123456789abcde\t"));
  CHECK(has_odd_characters("0123456789abcdef\t"));
}
