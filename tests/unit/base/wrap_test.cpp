#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "base/text.hpp"

using namespace taizhang;
using Lines = std::vector<std::string>;

TEST_CASE("Chinese text breaks between characters, English between words") {
  CHECK(wrap("软弱涣散村党组织", 8) == Lines{"软弱涣散", "村党组织"});
  CHECK(wrap("软弱涣散村", 9) == Lines{"软弱涣散", "村"});
  CHECK(wrap("the quick brown fox", 10) == Lines{"the quick", "brown fox"});
  CHECK(wrap("新发展12名党员", 8) == Lines{"新发展12", "名党员"});
  CHECK(wrap("新发展 taizhang 村", 10) == Lines{"新发展", "taizhang", "村"});
}

TEST_CASE("closing punctuation never begins a line and opening never ends one") {
  CHECK(wrap("软弱涣散，村", 8) == Lines{"软弱涣", "散，村"});
  CHECK(wrap("软弱（涣散）村", 6) == Lines{"软弱", "（涣", "散）村"});
  CHECK(wrap("落实“四个一”措施", 11) == Lines{"落实“四个", "一”措施"});
  CHECK(wrap("紧盯“本土", 5) == Lines{"紧盯", "“本土"});
  CHECK(wrap("完成50%的", 6) == Lines{"完成", "50%的"});
  CHECK(wrap("抓好\"一网\"", 5) == Lines{"抓", "好\"一", "网\""});
}

TEST_CASE("a dash of two characters is not torn") {
  CHECK(wrap("整改——销号", 5) == Lines{"整改", "——销", "号"});
}

TEST_CASE("a word is broken only when longer than the line") {
  CHECK(wrap("see abcdefghij", 10) == Lines{"see", "abcdefghij"});
  CHECK(wrap("abcdefghijklm", 5) == Lines{"abcde", "fghij", "klm"});
  CHECK(wrap("  abcdefghij", 10) == Lines{"abcdefghij"});
}

TEST_CASE("line ends in the text, empty lines and indentation are kept") {
  CHECK(wrap("", 10) == Lines{""});
  CHECK(wrap("   ", 10) == Lines{""});
  CHECK(wrap("一\n\n二\n", 10) == Lines{"一", "", "二", ""});
  CHECK(wrap("  一二  三", 10) == Lines{"  一二  三"});
  CHECK(wrap("一二   三", 5) == Lines{"一二", "三"});
}

TEST_CASE("too narrow a line still takes one character") {
  CHECK(wrap("村ab", 1) == Lines{"村", "a", "b"});
  CHECK(wrap("村", 0) == Lines{"村"});
}

TEST_CASE("lines fit, lose nothing but spaces and keep punctuation in place") {
  const std::array<std::string, 16> parts{"村", "党", "组织", "ab", "word", " ",  "  ", "，",
                                          "。", "“",  "”",    "（", "）",   "12", ".",  "\n"};
  const auto without_space = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
  };
  std::mt19937 random(3);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto left = random() % 30; left > 0; --left) text += parts[random() % parts.size()];
    const std::size_t columns = 2 + random() % 30;
    std::string joined;
    bool fits = true;
    for (const std::string& line : wrap(text, columns)) {
      fits = fits && display_width(line) <= columns;
      joined += line;
    }
    if (!fits || without_space(joined) != without_space(text))
      FAIL_CHECK(text << " at " << columns);
  }
}

TEST_CASE("with room for it, no line begins with 。 in ordinary sentences") {
  std::mt19937 random(5);
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (int left = 30; left > 0; --left) {
      text += random() % 4 == 0 ? "word" : "村";
      if (random() % 3 == 0) text += random() % 2 == 0 ? "，" : "”。";
      if (random() % 5 == 0) text += random() % 2 == 0 ? "“" : "（";
    }
    const auto lines = wrap(text, 16 + random() % 20);
    for (std::size_t n = 0; n < lines.size(); ++n) {
      const bool begins =
          lines[n].starts_with("，") || lines[n].starts_with("。") || lines[n].starts_with("”");
      const bool ends =
          n + 1 < lines.size() && (lines[n].ends_with("“") || lines[n].ends_with("（"));
      if (begins || ends) FAIL_CHECK(lines[n] << " in " << text);
    }
  }
}
