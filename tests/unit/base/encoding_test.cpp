#include "base/encoding.hpp"

#include <doctest/doctest.h>

using namespace taizhang;

TEST_CASE("GBK bytes become UTF-8") {
  CHECK(gb18030_to_utf8("\xCC\xC0\xD3\xF8\xD5\xF2 = 1") == "汤峪镇 = 1");
}

TEST_CASE("a rare character in four bytes is GB18030 too") {
  CHECK(gb18030_to_utf8("\x81\x39\xEF\x31") == "㐂");
}

TEST_CASE("one wrong or missing byte makes the whole text no GB18030") {
  CHECK(is_gb18030("\xCC\xC0"));
  CHECK_FALSE(is_gb18030("\xCC"));
  CHECK_FALSE(
      is_gb18030("a\xFF"
                 "b"));
  CHECK_FALSE(gb18030_to_utf8("\xCC\xC0\xFF").has_value());
}

TEST_CASE("a text longer than one piece of the conversion comes out whole") {
  std::string bytes;
  std::string expected;
  for (int i = 0; i < 20000; ++i) {
    bytes += "\xB4\xE5";
    expected += "村";
  }
  CHECK(gb18030_to_utf8(bytes) == expected);
}
