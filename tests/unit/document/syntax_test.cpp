#include "document/syntax.hpp"

#include <doctest/doctest.h>

#include "findings_text.hpp"

using namespace taizhang;
using document::findings_text;
using document::first_fact;
using Lines = std::vector<std::string>;

TEST_CASE("dates in other forms get the right one") {
  CHECK(findings_text("k = 2023-6-2\n") == Lines{"1:5+8 date-form"});
  CHECK(findings_text("k = 2023/06/02\n") == Lines{"1:5+10 date-form"});
  CHECK(findings_text("k = 2023.6.2 # 注\n") == Lines{"1:5+8 date-form"});
  CHECK(first_fact("k = 2023.6.2 # 注\n", "date") == "2023-06-02");
  CHECK(first_fact("k = [2023/6/12]\n", "date") == "2023-06-12");
}

TEST_CASE("days that the calendar does not have are named as such") {
  CHECK(findings_text("k = 2023-06-31\n") == Lines{"1:5+10 date-impossible"});
  CHECK(findings_text("k = 2023/2/29\n") == Lines{"1:5+9 date-impossible"});
  CHECK(findings_text("k = 2024-02-29\n") == Lines{});
}

TEST_CASE("a code without quotes is told by its leading zero") {
  CHECK(findings_text("code = 0610326103901\n") == Lines{"1:8+13 leading-zero"});
  CHECK(findings_text("k = [1, 007]\n") == Lines{"1:9+3 leading-zero"});
}

TEST_CASE("words without quotes are told") {
  CHECK(findings_text("k = village head\n") == Lines{"1:5+12 value-unquoted"});
  CHECK(findings_text("k = 3km\n") == Lines{"1:5+3 value-unquoted"});
  CHECK(findings_text("k = [a, \"b\"]\n") == Lines{"1:6+1 value-unquoted"});
  CHECK(findings_text("k = ../a.md\n") == Lines{"1:5+7 value-unquoted"});
}

TEST_CASE("true and false in other spellings are told") {
  CHECK(findings_text("k = True\n") == Lines{"1:5+4 boolean-form"});
  CHECK(first_fact("k = no\n", "right") == "false");
}

TEST_CASE("strings without an end are told where they begin") {
  CHECK(findings_text("a = 1\nk = \"abc # 注\n") == Lines{"2:5+8 string-unclosed"});
  CHECK(findings_text("k = 'abc\n") == Lines{"1:5+4 string-unclosed"});
  CHECK(findings_text("k = \"\"\"abc\n\n") == Lines{"1:5+3 string-unclosed"});
  CHECK(findings_text("k = \"") == Lines{"1:5+1 string-unclosed"});
}

TEST_CASE("a Windows path in double quotes is told by its backslash") {
  CHECK(findings_text("k = \"佐证\\会议.md\"\n") == Lines{"1:8+2 escape-bad"});
  CHECK(findings_text("k = '佐证\\会议.md'\n") == Lines{});
  CHECK(findings_text("k = \"\\t\\\\ \\\" \\u6751\"\n") == Lines{});
}

TEST_CASE("a key without a value is told at its equal sign") {
  CHECK(findings_text("k = \nl = 1\n") == Lines{"1:3+1 value-missing"});
  CHECK(findings_text("k = # 待填\n") == Lines{"1:3+1 value-missing"});
  CHECK(findings_text("k =") == Lines{"1:3+1 value-missing"});
  CHECK(findings_text("k = { a = , b = 1 }\n") == Lines{"1:9+1 value-missing"});
  CHECK(first_fact("a.k = \n", "key") == "a.k");
}

TEST_CASE("a missing equal sign is told") {
  CHECK(findings_text("k \"a\"\n") == Lines{"1:3+3 equals-missing"});
  CHECK(findings_text("k: 1\n") == Lines{"1:2+1 equals-missing"});
  CHECK(findings_text("k\nl = 1\n") == Lines{"1:1+1 equals-missing"});
  CHECK(findings_text("due date = 2023-06-02\n") == Lines{"1:5+4 equals-missing"});
  CHECK(first_fact("k: 1\n", "key") == "k");
}

TEST_CASE("a key with other characters is told") {
  CHECK(findings_text("a/b = 1\n") == Lines{"1:1+3 key-form"});
  CHECK(findings_text("[a!]\n") == Lines{"1:2+2 key-form"});
}

TEST_CASE("what stands after a value or header is told") {
  CHECK(findings_text("k = 5 6 # 注\n") == Lines{"1:7+1 value-trailing"});
  CHECK(findings_text("k = \"a\",\n") == Lines{"1:8+1 trailing-punctuation"});
  CHECK(findings_text("k = [1]]\n") == Lines{"1:8+1 value-trailing"});
  CHECK(findings_text("[[task]] id = 1\n") == Lines{"1:10+6 value-trailing"});
  CHECK(findings_text("k = 2023-06-02 10:00:00\n") == Lines{});
}

TEST_CASE("missing and surplus commas are told") {
  CHECK(findings_text("k = [\n  \"a\"\n  \"b\"\n]\n") == Lines{"3:3+3 comma-missing"});
  CHECK(findings_text("k = { a = 1 b = 2 }\n") == Lines{"1:13+1 comma-missing"});
  CHECK(findings_text("k = { a = 1, }\n") == Lines{"1:12+1 comma-trailing"});
  CHECK(findings_text("k = [1, ]\n") == Lines{});
}

TEST_CASE("braces over several lines are told at the brace") {
  CHECK(findings_text("k = { a = 1,\n  b = 2 }\nl = 1\n") == Lines{"1:5+1 inline-table-lines"});
}

TEST_CASE("brackets without a partner are told where they stand") {
  CHECK(findings_text("k = [1, 2\nl = 3\n") == Lines{"1:5+1 bracket-unclosed"});
  CHECK(findings_text("k = { a = 1\nl = 3\n[[task]]\nm = 1\n") == Lines{"1:5+1 bracket-unclosed"});
  CHECK(findings_text("[[task]\nk = 1\n") == Lines{"1:1+1 bracket-unclosed"});
  CHECK(findings_text("[task\nk = 1\n") == Lines{"1:1+1 bracket-unclosed"});
  CHECK(findings_text("k = [1") == Lines{"1:5+1 bracket-unclosed"});
}

TEST_CASE("a key given twice is told at the second, naming the first") {
  const std::string text = "[a]\nk = 1\nl = 2\n\"k\" = 3\n";
  CHECK(findings_text(text) == Lines{"4:1+3 duplicate-key"});
  CHECK(first_fact(text, "line") == "2");
  CHECK(findings_text("a.b = 1\na.b.c = 2\n") == Lines{"2:1+5 duplicate-key"});
  CHECK(findings_text("[[t]]\nk = 1\n[[t]]\nk = 1\n") == Lines{});
}

TEST_CASE("a block given twice is told at the second, with its lines taken along") {
  const std::string text = "[a]\nk = 1\n[b]\n[a]\nk = 2\nl = 3\n[c]\nm = 1\n";
  CHECK(findings_text(text) == Lines{"4:1+3 duplicate-key"});
  CHECK(first_fact(text, "line") == "1");
  CHECK(findings_text("[a]\nk = 1\n[[a]]\nk = 2\n") == Lines{"3:1+5 duplicate-key"});
  CHECK(findings_text("k = 1\n[k]\na = 1\n") == Lines{"2:1+3 duplicate-key"});
}

TEST_CASE("numbers, times and characters that cannot be are told as such") {
  CHECK(findings_text("k = 99999999999999999999\n") == Lines{"1:5+1 number-too-large"});
  CHECK(findings_text("k = 1e400\n") == Lines{"1:5+1 number-too-large"});
  CHECK(findings_text("k = 1__0\n") == Lines{"1:5+1 number-form"});
  CHECK(findings_text("k = 1.\n") == Lines{"1:5+1 number-form"});
  CHECK(findings_text("k = 0xG\n") == Lines{"1:5+1 number-form"});
  CHECK(findings_text("k = 25:00:00\n") == Lines{"1:5+1 time-form"});
  CHECK(findings_text("k = 08:00:00." + std::string(55, '9') + "\n").empty());
  CHECK(findings_text("k = 08:00:00." + std::string(65, '9') + "\n") == Lines{"1:5+1 time-form"});
  CHECK(findings_text("k = 0." + std::string(118, '9') + "\n").empty());
  CHECK(findings_text("k = 0." + std::string(128, '9') + "\n") == Lines{"1:5+1 number-form"});
  CHECK(findings_text("k = 2023-06-02T08:00:61\n") == Lines{"1:5+1 time-form"});
  CHECK(findings_text("k = \"\\ud800\"\n") == Lines{"1:6+1 escape-value"});
}

TEST_CASE("a continued line that begins with a space of no TOML is refused: toml++ takes it away") {
  for (const std::string space : {"\u3000", "\u00A0", "\u2028", "\u0085", "\uFEFF"}) {
    CHECK(findings_text("k = \"\"\"a\\\n  " + space + "b\"\"\"\n") ==
          Lines{"2:3+1 space-after-joint"});
    CHECK(findings_text("k = \"\"\"a\n  " + space + "b\"\"\"\n").empty());
  }
  CHECK(findings_text("k = \"\"\"a\\\n  天\"\"\"\n").empty());
}

TEST_CASE("what we have no word for is told where reading stopped") {
  CHECK(findings_text("k..l = 1\n") == Lines{"1:3+1 toml-syntax"});
}

TEST_CASE("one run tells the faults of all lines and blocks") {
  CHECK(findings_text("[[a]]\nk = 2023-6-2\nl = \nm = 走访\n[[a]\nk = 1\n[[a]]\nk = 05\n\n"
                      "[[b]]\nk = 1\nk = 2\n") ==
        Lines{"2:5+8 date-form", "3:3+1 value-missing", "4:5+2 value-unquoted",
              "5:1+1 bracket-unclosed", "8:5+2 leading-zero", "12:1+1 duplicate-key"});
}

TEST_CASE("faults are told at the same places with a byte order mark and CR LF") {
  CHECK(findings_text("\xEF\xBB\xBFk = 2023-6-2\r\nl = \r\n\tm = 走访\r\nn = \"a\r\n") ==
        Lines{"1:5+8 date-form", "2:3+1 value-missing", "3:6+2 value-unquoted",
              "4:5+2 string-unclosed"});
}

TEST_CASE("a block below a broken header is not blamed for it") {
  CHECK(findings_text("[[a]\n[a.b]\nk = 1\n[[a]]\nk = 1\n") == Lines{"1:1+1 bracket-unclosed"});
}
