#include "document/guard.hpp"

#include <doctest/doctest.h>

#include "findings_text.hpp"

using namespace taizhang;
using document::findings_text;
using document::first_fact;
using Lines = std::vector<std::string>;

TEST_CASE("Chinese in strings, comments and quoted keys passes") {
  CHECK(findings_text("# 台账，“示例”\n\"村\" = \"汤峪镇，“示例”\" # 《注》\n'名' = '“x”'\n") ==
        Lines{});
  CHECK(findings_text("[\"村\".'名']\nk = { \"甲\" = \"乙\" }\n") == Lines{});
  CHECK(findings_text("k = \"\"\"\n村 = 1\n【】\n\"\"\"\nl = '''\n“a”'''\n") == Lines{});
}

TEST_CASE("bytes that are no UTF-8 are told by offset and place") {
  CHECK(findings_text("k = 1\nl = \"\xFF\"\n") == Lines{"2:6+1 invalid-utf8"});
  CHECK(first_fact("k = 1\nl = \"\xFF\"\n", "offset") == "11");
  CHECK(first_fact("k = 1\nl = \"\xFF\"\n", "byte") == "FF");
}

TEST_CASE("a file in GBK or UTF-16 is told apart from a damaged one") {
  CHECK(findings_text("k = \"\xCC\xC0\xD3\xF8\"\n") == Lines{"1:6+1 looks-like-gbk"});
  CHECK(findings_text("\xCC\xC0\n\xFF\n") == Lines{"1:1+1 invalid-utf8"});
  CHECK(findings_text(std::string("\xFF\xFEk\0 \0", 6)) == Lines{"1:1+1 looks-like-utf16"});
}

TEST_CASE("a line of more than 16 KiB is refused, one of exactly 16 KiB is not") {
  const std::string fits = "k = \"" + std::string(16 * 1024 - 6, 'a') + "\"";
  CHECK(findings_text(fits + "\r\n") == Lines{});
  CHECK(findings_text("a = 1\n" + fits + " \n") == Lines{"2:1+1 line-too-long"});
}

TEST_CASE("control characters are found in strings and comments too, once a line") {
  CHECK(findings_text("k = \"a\x1b[31m\x01\"\n# \x7f\n") ==
        Lines{"1:7+1 control-character", "2:3+1 control-character"});
  CHECK(findings_text(std::string("k = 1\n\0\n", 8)) == Lines{"2:1+1 control-character"});
  CHECK(findings_text("k = 1\rl = 2\n") == Lines{"1:6+1 control-character"});
  CHECK(first_fact("k = \"\x1b\"\n", "codepoint") == "U+001B");
}

TEST_CASE("a byte order mark is fine at the very beginning only") {
  CHECK(findings_text("\xEF\xBB\xBFk = 1\n") == Lines{});
  CHECK(findings_text("k = 1\n\xEF\xBB\xBFl = 2\n") == Lines{"2:1+1 control-character"});
  CHECK(findings_text("\xEF\xBB\xBF\xEF\xBB\xBFk = 1\n") == Lines{"1:1+1 control-character"});
  CHECK(first_fact("k = 1\n\xEF\xBB\xBFl = 2\n", "codepoint") == "U+FEFF");
  CHECK(findings_text("k = \"a\xEF\xBB\xBF\"\n") == Lines{});
}

TEST_CASE("a merge conflict is one finding, whatever its lines hold") {
  const std::string conflict = "k = 1\n<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> 分支\nb = 3\n";
  CHECK(findings_text(conflict) == Lines{"2:1+12 merge-conflict"});
  CHECK(first_fact(conflict, "last") == "6");
  CHECK(findings_text("k = [\n<<<<<<< 甲\n1,\n=======\n2,\n>>>>>>> 乙\n]\n") ==
        Lines{"2:1+9 merge-conflict"});
}

TEST_CASE("a conflict inside a long text is found, a rule of equal signs is none") {
  CHECK(findings_text("k = \"\"\"\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n\"\"\"\n") ==
        Lines{"2:1+9 merge-conflict"});
  CHECK(findings_text("k = \"\"\"\n=======\n<<<<<<< a\n\"\"\"\n") == Lines{});
}

TEST_CASE("a marker left over from a conflict is found") {
  CHECK(findings_text("k = 1\n>>>>>>> 分支\n") == Lines{"2:1+10 merge-conflict"});
  CHECK(findings_text("<<<<<<< HEAD\nk = 1\n") == Lines{"1:1+12 merge-conflict"});
}

TEST_CASE("full-width punctuation is named with the plain character") {
  const auto half = [](const std::string& text) { return first_fact(text, "half"); };
  CHECK(findings_text("k ＝ 1\n") == Lines{"1:3+1 wide-punctuation"});
  CHECK(half("k ＝ 1\n") == "=");
  CHECK(half("k：\"x\"\n") == "=");
  CHECK(half("k = [\"a\"，\"b\"]\n") == ",");
  CHECK(half("k = [\"a\"、\"b\"]\n") == ",");
  CHECK(half("k = {a = 1；b = 2}\n") == ",");
  CHECK(half("a。b = 1\n") == ".");
  CHECK(half("k = 3。5\n") == ".");
  CHECK(half("【task】\n") == "[");
  CHECK(half("［task］\n") == "[");
  CHECK(half("k = （1）\n") == "[");
  CHECK(half("k = ｛a = 1}\n") == "{");
  CHECK(half("k = ４６\n") == "46");
  CHECK(first_fact("k = ４６\n", "character") == "４６");
}

TEST_CASE("each slip of a line is found") {
  CHECK(findings_text("k = [\"走访\"，\"座谈\"、\"看\"】\n") ==
        Lines{"1:10+1 wide-punctuation", "1:15+1 wide-punctuation", "1:19+1 wide-punctuation"});
  CHECK(findings_text("k = { a = 1， b ＝ 2 }\nl = 1\n") ==
        Lines{"1:12+1 wide-punctuation", "1:16+1 wide-punctuation"});
  CHECK(findings_text("【task】\n") == Lines{"1:1+1 wide-punctuation", "1:6+1 wide-punctuation"});
}

TEST_CASE("spaces that TOML does not know are found wherever they stand") {
  CHECK(findings_text("k　= 1\n") == Lines{"1:2+1 wide-space"});
  CHECK(findings_text("k =　\"x\"\n") == Lines{"1:4+1 wide-space"});
  CHECK(findings_text("k = 1　# 注\n") == Lines{"1:6+1 wide-space"});
  CHECK(findings_text("　　k = 1\n") == Lines{"1:1+2 wide-space"});
  CHECK(findings_text("[task]　\n") == Lines{"1:7+1 wide-space"});
  CHECK(findings_text("k =\xC2\xA0"
                      "1\n") == Lines{"1:4+1 wide-space"});
  CHECK(first_fact("k =\xC2\xA0"
                   "1\n",
                   "codepoint") == "U+00A0");
}

TEST_CASE("Chinese quotes around a value are one finding, whichever end is wrong") {
  CHECK(findings_text("k = “甲村”\n") == Lines{"1:5+4 chinese-quotes"});
  CHECK(findings_text("k = “甲村\"\n") == Lines{"1:5+4 chinese-quotes"});
  CHECK(findings_text("k = \"甲村”\n") == Lines{"1:8+1 chinese-quotes"});
  CHECK(findings_text("k = ‘甲村’ # 注\n") == Lines{"1:5+4 chinese-quotes"});
  CHECK(findings_text("“k” = 1\n") == Lines{"1:1+3 chinese-quotes"});
  CHECK(findings_text("[“村”]\n") == Lines{"1:2+3 chinese-quotes"});
  CHECK(first_fact("k = “甲村”\n", "text") == "甲村");
  CHECK(first_fact("k = \"甲村”\n", "text") == "甲村");
}

TEST_CASE("Chinese quotes in lists are found one by one") {
  CHECK(findings_text("k = [“甲”, “乙”，\"丙”]\n") ==
        Lines{"1:6+3 chinese-quotes", "1:11+3 chinese-quotes", "1:14+1 wide-punctuation",
              "1:17+1 chinese-quotes"});
}

TEST_CASE("the text between Chinese quotes may hold a pair of its own") {
  CHECK(findings_text("k = “健全“三会一课”制度”\n") == Lines{"1:5+12 chinese-quotes"});
  CHECK(findings_text("k = \"健全“三会一课”制度”\n") == Lines{"1:16+1 chinese-quotes"});
  CHECK(findings_text("k = \"健全“三会一课”\n") == Lines{"1:5+9 string-unclosed"});
}

TEST_CASE("plain quotes inside a text are found at the first of them") {
  CHECK(findings_text("k = \"健全\"三会一课\"制度\"\nl = 1\n") == Lines{"1:8+1 quote-inside"});
  CHECK(findings_text("k = [\"健全\"三会\"制度\", \"b\"，1]\n") ==
        Lines{"1:9+1 quote-inside", "1:21+1 wide-punctuation"});
  CHECK(findings_text("k = \"a \"b\" c\"\n") == Lines{"1:8+1 quote-inside"});
}

TEST_CASE("Chinese keys and block names are found") {
  CHECK(findings_text("村 = 1\n") == Lines{"1:1+1 chinese-key"});
  CHECK(findings_text("村名称 = \"甲\"\n") == Lines{"1:1+3 chinese-key"});
  CHECK(findings_text("[村]\n") == Lines{"1:2+1 chinese-key"});
  CHECK(findings_text("[[村]]\nk = 1\n") == Lines{"1:3+1 chinese-key"});
  CHECK(findings_text("k = { 村 = 1 }\n") == Lines{"1:7+1 chinese-key"});
  CHECK(findings_text("村：“甲”\n") ==
        Lines{"1:1+1 chinese-key", "1:2+1 wide-punctuation", "1:3+3 chinese-quotes"});
  CHECK(first_fact("[村]\n", "key") == "村");
}

TEST_CASE("text without quotes is one finding up to the end of the value") {
  CHECK(findings_text("k = 汤峪镇 示例，甲村。 # 注\n") == Lines{"1:5+10 value-unquoted"});
  CHECK(findings_text("k = A组\n") == Lines{"1:5+2 value-unquoted"});
  CHECK(findings_text("k = T1 健全“制度”\n") == Lines{"1:5+9 value-unquoted"});
  CHECK(findings_text("k = 46户\n") == Lines{"1:5+3 value-unquoted"});
  CHECK(findings_text("k = [走访, 座谈会]\n") ==
        Lines{"1:6+2 value-unquoted", "1:10+3 value-unquoted"});
  CHECK(findings_text("k = { a = 走访, b = 座谈 }\n") ==
        Lines{"1:11+2 value-unquoted", "1:19+2 value-unquoted"});
  CHECK(first_fact("k = 走访 # 注\n", "value") == "走访");
}

TEST_CASE("a date in Chinese or full-width writing gets its plain form") {
  CHECK(findings_text("k = 2023年6月2日\n") == Lines{"1:5+9 date-form"});
  CHECK(first_fact("k = 2023年6月2日\n", "date") == "2023-06-02");
  CHECK(first_fact("k = 2023－06－02\n", "date") == "2023-06-02");
  CHECK(first_fact("k = 2023。6。2 # 注\n", "date") == "2023-06-02");
  CHECK(findings_text("k = 2023年6月31日\n") == Lines{"1:5+10 date-impossible"});
}

TEST_CASE("是 and 否 without quotes are taken for true and false") {
  CHECK(findings_text("k = 是\n") == Lines{"1:5+1 boolean-form"});
  CHECK(first_fact("k = 否\n", "right") == "false");
}

TEST_CASE("remarks without # and other strays are found as one piece") {
  CHECK(findings_text("这是说明，不是内容\nk = 1\n") == Lines{"1:1+9 stray-character"});
  CHECK(findings_text("说明：本村情况特殊\n") == Lines{"1:1+9 stray-character"});
  CHECK(findings_text("k = \"甲\" 备注 # 注\n") == Lines{"1:9+2 stray-character"});
  CHECK(findings_text("k = \"甲\"。\n") == Lines{"1:8+1 trailing-punctuation"});
  CHECK(findings_text("k = \"甲\"，\n") == Lines{"1:8+1 trailing-punctuation"});
  CHECK(findings_text("k\xE2\x80\x8B = 1\n") == Lines{"1:2+1 control-character"});
}

TEST_CASE("a missing quote does not spoil the lines after it") {
  CHECK(findings_text("a = \"甲\nb = \"乙\"\nc = 丙\nd = '丁\ne = '戊'\n") ==
        Lines{"1:5+2 string-unclosed", "3:5+1 value-unquoted", "4:5+2 string-unclosed"});
}

TEST_CASE("a missing bracket does not spoil the next block") {
  CHECK(findings_text("a = [\"甲\",\n[[task]]\nb = \"乙\"\nc = 丙\n") ==
        Lines{"1:5+1 bracket-unclosed", "4:5+1 value-unquoted"});
}

TEST_CASE("a long text without its end is told where it begins, not where the next one does") {
  CHECK(findings_text("[[a]]\nk = \"\"\"\n甲\n[[a]]\nk = \"\"\"乙\"\"\"\nl = 1\n") ==
        Lines{"2:5+3 string-unclosed"});
  CHECK(findings_text("[[a]]\nk = '''\n甲\n") == Lines{"2:5+3 string-unclosed"});
}

TEST_CASE("32 open brackets and 32 parts of a key are enough") {
  const auto nested = [](std::size_t depth) {
    return "k = " + std::string(depth, '[') + std::string(depth, ']') + "\n";
  };
  CHECK(findings_text(nested(32)) == Lines{});
  CHECK(findings_text(nested(33)) == Lines{"1:37+1 nesting-too-deep"});

  const auto key = [](int parts) {
    std::string text = "a";
    for (int i = 1; i < parts; ++i) text += i % 2 == 0 ? ".a" : ". \"b\"";
    return text;
  };
  CHECK(findings_text(key(32) + " = 1\n") == Lines{});
  CHECK(findings_text("[" + key(32) + "]\n") == Lines{});
  REQUIRE(findings_text(key(33) + " = 1\n").size() == 1);
  CHECK(findings_text(key(33) + " = 1\n").front().ends_with("key-too-deep"));
  CHECK(findings_text("[" + key(33) + "]\n").front().ends_with("key-too-deep"));
  CHECK(findings_text("k = { " + key(33) + " = 1 }\n").front().ends_with("key-too-deep"));
}

TEST_CASE("dots in values and strings are no parts of a key") {
  CHECK(findings_text("k = \"" + std::string(100, '.') + "\"\n") == Lines{});
  CHECK(findings_text("k = 1 # " + std::string(100, '.') + "\n") == Lines{});
}

TEST_CASE("findings of one file are bounded") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "村 = 1\n";
  CHECK(findings_text(text).size() == 20);
}

TEST_CASE("punctuation at the end of a line is to be deleted, not to be made half-width") {
  for (const std::string mark : {"，", "；", "、", "。"}) {
    CAPTURE(mark);
    CHECK(findings_text("k = 2023-03-17" + mark + "\n") == Lines{"1:15+1 trailing-punctuation"});
    CHECK(findings_text("k = 12" + mark + "  # 甲\n") == Lines{"1:7+1 trailing-punctuation"});
    CHECK(findings_text("k = \"甲\"" + mark + "\n") == Lines{"1:8+1 trailing-punctuation"});
  }
  CHECK(findings_text("k = 2023-3-17，\n") ==
        Lines{"1:5+9 date-form", "1:14+1 trailing-punctuation"});
  CHECK(findings_text("k = 是，\n") == Lines{"1:5+1 boolean-form", "1:6+1 trailing-punctuation"});
  CHECK(findings_text("k = [1，2]，\n") ==
        Lines{"1:7+1 wide-punctuation", "1:10+1 trailing-punctuation"});
  CHECK(findings_text("k = [2023-03-17， 2]\n") == Lines{"1:16+1 wide-punctuation"});
  CHECK(findings_text("k = 2023-03-17,\n") == Lines{"1:15+1 trailing-punctuation"});
  CHECK(findings_text("k = 开了会。\n") == Lines{"1:5+4 value-unquoted"});
}
