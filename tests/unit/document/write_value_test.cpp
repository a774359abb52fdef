#include "document/write_value.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "base/text.hpp"
#include "document/document.hpp"

using namespace taizhang;
using namespace taizhang::document;

namespace {

Value value_of(const std::string& toml) {
  const auto read = parse("a.toml", "x = " + toml);
  REQUIRE_MESSAGE(read.has_value(), toml);
  REQUIRE(read->root.members.size() == 1);
  return read->root.members.front().value;
}

std::string written(const std::string& toml) { return write_value(value_of(toml)); }

Value text(std::string content) { return {std::move(content), {}}; }

}  // namespace

TEST_CASE("a text is written in double quotes with as few escapes as possible") {
  CHECK(write_value(text("健全“三会一课”")) == "\"健全“三会一课”\"");
  CHECK(write_value(text("")) == "\"\"");
  CHECK(write_value(text("C:\\a \"b\" 'c' # [d]")) == "\"C:\\\\a \\\"b\\\" 'c' # [d]\"");
  CHECK(write_value(text("一\n二\r\n\t三")) == "\"一\\n二\\r\\n\\t三\"");
  CHECK(write_value(text(std::string("\0\b\f\x1B\x7F", 5))) == "\"\\u0000\\b\\f\\u001B\\u007F\"");
  CHECK(written("'a\"b'") == "\"a\\\"b\"");
}

TEST_CASE(
    "characters that no eye can see are written as escapes, rare Han characters as they are") {
  CHECK(write_value(text("a\u202Eb\u200Bc\uFEFF")) == "\"a\\u202Eb\\u200Bc\\uFEFF\"");
  CHECK(write_value(text("\U000E0041")) == "\"\\U000E0041\"");
  CHECK(write_value(text("㐂𠮷　😀")) == "\"㐂𠮷　😀\"");
}

TEST_CASE("every code point comes back from its text") {
  std::string all;
  for (char32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    // Beyond the first planes a sample is enough.
    if (code > 0x31000 && code % 97 != 0) continue;
    const auto byte = [&](char32_t value) { all += static_cast<char>(value); };
    if (code < 0x80) {
      byte(code);
    } else if (code < 0x800) {
      byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
      byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F));
    } else {
      byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F));
      byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F));
    }
    if (all.size() < 1000) continue;
    const auto read = parse({}, "x = " + write_value(text(all)));
    REQUIRE(read.has_value());
    REQUIRE(*read->root.members.front().value.text() == all);
    all.clear();
  }
}

TEST_CASE("numbers, booleans and dates are written bare") {
  CHECK(written("1_000") == "1000");
  CHECK(written("-9223372036854775808") == "-9223372036854775808");
  CHECK(written("true") == "true");
  CHECK(written("2023-06-02") == "2023-06-02");
  CHECK(written("2023-06-02 08:00:00+08:00") == "2023-06-02 08:00:00+08:00");
  CHECK(written("3.0") == "3.0");
  CHECK(written("0.1") == "0.1");
  CHECK(written("-0.0") == "-0.0");
  CHECK(written("1e300") == "1e+300");
  CHECK(written("-inf") == "-inf");
  CHECK(written("nan") == "nan");
}

TEST_CASE("real numbers come back with every bit") {
  for (double number :
       {0.1, 1.0 / 3, 5e-324, std::numeric_limits<double>::max(), 1e22, 1e15, 123456.75})
    CHECK(*value_of(write_value({number, {}})).real() == number);
}

TEST_CASE("scalars stand on one line, tables of an array on a line each") {
  CHECK(written("[ 'a',\n 'b', ]") == "[\"a\", \"b\"]");
  CHECK(written("[]") == "[]");
  CHECK(written("[[1,2],[3]]") == "[[1, 2], [3]]");
  CHECK(written("{valid=58,satisfied=34}") == "{ valid = 58, satisfied = 34 }");
  CHECK(written("{}") == "{}");
  CHECK(written("[{file='a'},{file='b', n=[{a=1}]}]") ==
        "[\n  { file = \"a\" },\n  { file = \"b\", n = [{ a = 1 }] },\n]");
  CHECK(write_value(value_of("[{a=1}]"), "\r\n", "\t") == "[\r\n\t  { a = 1 },\r\n\t]");
  CHECK(write_on_one_line(value_of("[{a=1}]")) == "[{ a = 1 }]");
}

TEST_CASE("keys are bare where TOML allows it") {
  CHECK(write_key({"answers", "team_weak-2"}) == "answers.team_weak-2");
  CHECK(write_key({"村名", "", "a.b", "a\n\"b"}) == "\"村名\".\"\".\"a.b\".\"a\\n\\\"b\"");
}

TEST_CASE("what TOML cannot hold is no value to write") {
  using namespace std::chrono;
  CHECK(is_writable(text("村")));
  CHECK_FALSE(is_writable(text("\xB4\xE5")));
  CHECK_FALSE(is_writable({Date{year{2023}, month{6}, day{31}}, {}}));
  CHECK_FALSE(is_writable({Date{year{12023}, month{6}, day{1}}, {}}));
  CHECK(is_writable({TimeText{"08:30:00"}, {}}));
  CHECK_FALSE(is_writable({TimeText{"08:30:00\nstatus = 1"}, {}}));
  CHECK_FALSE(is_writable({TimeText{"2023-06-02"}, {}}));
  Value deep = text("a");
  for (int i = 0; i < 40; ++i) deep = {Array{{deep}, false}, {}};
  CHECK_FALSE(is_writable(deep));
}
