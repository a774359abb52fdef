#include "base/quoted.hpp"

#include <doctest/doctest.h>

#include <random>

using taizhang::quote_line;
using taizhang::unquote_line;

TEST_CASE("a text without anything special stands as it is") {
  CHECK(quote_line("眉县/汤峪镇/示例甲村.toml") == "眉县/汤峪镇/示例甲村.toml");
  CHECK(quote_line("").empty());
  CHECK(quote_line(" a b ") == " a b ");
}

TEST_CASE("what would break the line is quoted as git does it") {
  CHECK(quote_line("a\nb") == "\"a\\nb\"");
  CHECK(quote_line("say \"甲\"\\") == "\"say \\\"甲\\\"\\\\\"");
  CHECK(quote_line(std::string_view("\0\x1b\x7f", 3)) == "\"\\000\\033\\177\"");
}

TEST_CASE("every text of random bytes comes back from its quoted form") {
  std::mt19937 random(3);
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (auto left = random() % 12; left > 0; --left) {
      const auto kind = random() % 3;
      text += kind == 0 ? "\\\"nt01 "[random() % 7]
                        : static_cast<char>(kind == 1 ? random() % 0x20 : random() % 256);
    }
    const std::string line = quote_line(text);
    if (line.find_first_of(std::string_view("\n\t\r\0", 4)) != std::string::npos ||
        unquote_line(line) != text)
      FAIL_CHECK("not kept: " << line);
  }
}

TEST_CASE("what is not written that way is refused") {
  for (const std::string_view line : {"\"", "\"a", "a\"", "a\\", "\"a\"b\"", "\"\\\"", "\"\\x\"",
                                      "\"\\08\"", "\"\\400\"", "\"\\12\"", "a\nb", "\"a\nb\""})
    CHECK_MESSAGE(!unquote_line(line), line);
}
