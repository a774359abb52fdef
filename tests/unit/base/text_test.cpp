#include "base/text.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <random>

using namespace taizhang;

namespace {

std::string utf8(unsigned code) {
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800)
    return {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
  if (code < 0x10000)
    return {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
  return {static_cast<char>(0xF0 | (code >> 18)), static_cast<char>(0x80 | ((code >> 12) & 0x3F)),
          static_cast<char>(0x80 | ((code >> 6) & 0x3F)), static_cast<char>(0x80 | (code & 0x3F))};
}

/// Text as it may come from anywhere: all kinds of characters, and now and then a stray byte.
std::string random_text(std::mt19937& random, bool valid) {
  const std::array<std::string, 20> parts{
      "村", "党", "a", "bc", " ",      "\u3000", "，",     "“",      "”",      "（",
      "）", "1",  ".", "𠮷", "\u0301", "…",      "\u202E", "\uE000", "\uFE00", "\n"};
  std::string text;
  for (auto left = random() % 40; left > 0; --left) {
    text += parts[random() % parts.size()];
    if (!valid && random() % 8 == 0) text += static_cast<char>(0x80 + random() % 0x80);
  }
  return text;
}

}  // namespace

TEST_CASE("strict UTF-8 passes and the first wrong byte is found") {
  CHECK(!first_invalid_utf8(""));
  CHECK(!first_invalid_utf8("蟠龙镇小韩村 \U0002A6A5 \u07FF abc\n"));
  CHECK(first_invalid_utf8("村\xFFx") == 3);
  CHECK(first_invalid_utf8("ab\xE6\x9D") == 2);        // cut off
  CHECK(first_invalid_utf8("a\xC0\xAF") == 1);         // overlong '/'
  CHECK(first_invalid_utf8("\xE0\x80\x80") == 0);      // overlong
  CHECK(first_invalid_utf8("\xED\xA0\x80") == 0);      // surrogate
  CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0);  // above U+10FFFF
  CHECK(first_invalid_utf8("村\x9D") == 3);            // lone continuation
  CHECK(first_invalid_utf8("\xB4\xE5\xCE\xAF") == 0);  // GBK 村委
}

TEST_CASE("every code point but the surrogates is valid, and no surrogate is") {
  for (unsigned code = 0; code <= 0x10FFFF; ++code) {
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    const std::string text = utf8(code);
    if (first_invalid_utf8(text).has_value() != surrogate) FAIL_CHECK(code);
    if (!surrogate && count_code_points(text) != 1) FAIL_CHECK(code);
  }
}

TEST_CASE("Han characters take two columns, ambiguous ones one, combining marks none") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("小韩村") == 6);
  CHECK(display_width("㐂村") == 4);
  CHECK(display_width("𠮷野村") == 6);
  CHECK(display_width("“四个一”") == 8);
  CHECK(display_width("——…·×①→") == 7);
  CHECK(display_width("，。（）：") == 10);
  CHECK(display_width("㎡㈠\u3000") == 6);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("葛\U000E0100") == 2);  // a variation selector of a name
}

TEST_CASE("widths agree with what fmt pads by, for all common Han characters") {
  for (unsigned code = 0x3400; code <= 0x9FFF; ++code) {
    if (code >= 0x4DC0 && code < 0x4E00) continue;  // hexagrams, on which the two differ
    const std::string text = utf8(code);
    if (fmt::format("{:<6}", text) != pad_right(text, 6)) FAIL_CHECK(code);
  }
}

TEST_CASE("padding fills up to the column and never cuts") {
  CHECK(pad_right("村", 5) == "村   ");
  CHECK(pad_left("村", 5) == "   村");
  CHECK(pad_right("小韩村", 4) == "小韩村");
  CHECK(pad_left("", 2) == "  ");
}

TEST_CASE("what could deceive the reader is spelled out") {
  CHECK(visible("蟠龙镇 小韩村") == "蟠龙镇 小韩村");
  CHECK(visible("\x1b[31m") == "<U+001B>[31m");
  CHECK(visible("a\u202Eb") == "a<U+202E>b");
  CHECK(visible("\u200B\uFEFF\u2028\u061C") == "<U+200B><U+FEFF><U+2028><U+061C>");
  CHECK(visible("\U000E0041") == "<U+E0041>");
  CHECK(visible("\u0378\uFFFE") == "<U+0378><U+FFFE>");  // unassigned
  CHECK(visible(std::string_view("\0\t\x7f", 3)) == "<U+0000><U+0009><U+007F>");
  CHECK(visible("\r") == "<U+000D>");
  CHECK(visible("一\n二") == "一<U+000A>二");
  CHECK(visible("一\n二", true) == "一\n二");
}

TEST_CASE("private use and variation selectors belong to names and stay") {
  CHECK(visible("\uE000\uFE00葛\U000E0100") == "\uE000\uFE00葛\U000E0100");
  CHECK(!has_hidden_characters("\uE000葛\U000E0100\n"));
  CHECK(has_hidden_characters("村\u200B"));
  CHECK(has_hidden_characters("\xE5"));
}

TEST_CASE("bytes that are no text are shown in hexadecimal") {
  CHECK(visible("\xE5\x90村\xFF") == "<0xE5><0x90>村<0xFF>");
  CHECK(visible("\xED\xA0\x80") == "<0xED><0xA0><0x80>");
}

TEST_CASE("whatever comes in, what is visible is strict UTF-8 and stays as it is") {
  std::mt19937 random(7);
  for (int i = 0; i < 5000; ++i) {
    const std::string shown = visible(random_text(random, false));
    if (first_invalid_utf8(shown) || has_hidden_characters(shown) || visible(shown) != shown)
      FAIL_CHECK(shown);
  }
}

TEST_CASE("cutting keeps whole characters and ends with an ellipsis") {
  CHECK(cut("蟠龙镇小韩村", 12) == "蟠龙镇小韩村");
  CHECK(cut("蟠龙镇小韩村", 11) == "蟠龙镇小韩…");
  CHECK(cut("蟠龙镇小韩村", 10) == "蟠龙镇小…");
  CHECK(cut("蟠龙镇小韩村", 2) == "…");
  CHECK(cut("蟠龙镇小韩村", 1) == "…");
  CHECK(cut("村", 0) == "");
  CHECK(cut("", 0) == "");
  CHECK(cut("e\u0301e\u0301e\u0301", 3) == "e\u0301e\u0301e\u0301");
  CHECK(cut("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
}

TEST_CASE("cut text fits, is strict UTF-8 and begins like the whole") {
  std::mt19937 random(11);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = visible(random_text(random, true));
    const std::size_t columns = random() % 30;
    std::string shown = cut(text, columns);
    bool right = display_width(shown) <= columns && !first_invalid_utf8(shown);
    if (display_width(text) <= columns) {
      right = right && shown == text;
    } else if (columns > 0) {
      right = right && shown.ends_with("…");
      shown.resize(shown.size() - std::string_view("…").size());
      right = right && text.starts_with(shown);
    }
    if (!right) FAIL_CHECK(text << " at " << columns);
  }
}

TEST_CASE("trimming takes ASCII and full-width white space from both ends only") {
  CHECK(trim(" \t\u3000 小韩 村\u3000\r\n") == "小韩 村");
  CHECK(trim("\u3000 ").empty());
  CHECK(trim("").empty());
}

TEST_CASE("names are compared in NFC without surrounding space") {
  CHECK(nfc("e\u0301") == "\u00E9");
  CHECK(nfc("\uF900") == "\u8C48");  // a compatibility ideograph
  CHECK(nfc("か\u3099") == "が");
  CHECK(nfc("，村\u0301") == "，村\u0301");
  CHECK(nfc("\xFF村e\u0301") == "\xFF村e\u0301");
  CHECK(canonical_name("\u3000汤峪镇党委副书记 ") == "汤峪镇党委副书记");
  CHECK(canonical_name("ＡＢ") != canonical_name("AB"));  // alike under NFKC only
}

TEST_CASE("the quick way through NFC gives what normalising gives") {
  for (unsigned code = 1; code <= 0xFFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    // The mark keeps the whole from being taken as plain; over 〆 it combines with nothing.
    const std::string whole = nfc(utf8(code) + "〆\u0301");
    if (whole != nfc(utf8(code)) + "〆\u0301") FAIL_CHECK(code);
  }
}

TEST_CASE("a slip of one or two letters finds the word that was meant") {
  const std::array<std::string_view, 5> commands{"report", "status", "check", "list", "log"};
  CHECK(nearest("reprot", commands) == "report");
  CHECK(nearest("stauts", commands) == "status");
  CHECK(nearest("chek", commands) == "check");
  CHECK(nearest("lst", commands) == "list");
  CHECK(nearest("log", commands) == "log");
  CHECK(!nearest("xyz", commands));
  CHECK(nearest("comm", std::array<std::string_view, 2>{"report", "commands"}) == "commands");
  CHECK(!nearest("comm", std::array<std::string_view, 2>{"commands", "comments"}));
  CHECK(!nearest("", commands));
  CHECK(!nearest("lists", std::array<std::string_view, 0>{}));
}

TEST_CASE("nearest counts characters, allows a third of them and prefers the first of equals") {
  const std::array<std::string_view, 3> villages{"小韩村", "小寺村", "七家沟村"};
  CHECK(nearest("小汉村", villages) == "小韩村");
  CHECK(!nearest("大汉村", villages));
  CHECK(nearest("小村", villages) == "小韩村");
  const std::array<std::string_view, 2> keys{"abcdef", "abcdeg"};
  CHECK(nearest("abcdxg", keys) == "abcdeg");
  CHECK(nearest("abcdxx", keys) == "abcdef");
  CHECK(!nearest("abcxxx", keys));
}
