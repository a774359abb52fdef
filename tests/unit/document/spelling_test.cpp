#include "document/spelling.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace taizhang::document;

namespace {

/// How `part` of the value of `a` is written in the text; a reason when it cannot be told.
std::string written(const std::string& text, const std::string& part) {
  const auto document = parse("a.toml", text);
  if (!document) return "cannot be parsed";
  const Value& value = document->root.find("a")->value;
  const std::size_t offset = value.text()->view().find(part);
  if (offset == std::string::npos) return "not in the value: " + *value.text();
  const Span span = part_of_string(document->source, value.span, offset, part.size());
  return text.substr(span.begin, span.end - span.begin);
}

}  // namespace

TEST_CASE("a part of a plain string is written as it is") {
  CHECK(written("a = \"眉县汤峪镇\"\n", "汤峪") == "汤峪");
  CHECK(written("a = '眉县\\汤峪镇'\n", "汤峪") == "汤峪");
  CHECK(written("a = \"甲\"\n", "甲") == "甲");
}

TEST_CASE("escapes before a part and in it are stepped over") {
  CHECK(written("a = \"\\t\\\"\\u0041甲\\U00020BB7乙丙\"\n", "乙") == "乙");
  CHECK(written("a = \"甲\\u202E乙\"\n", "\u202E") == "\\u202E");
  CHECK(written("a = \"甲1\\u0032乙\"\n", "12") == "1\\u0032");
}

TEST_CASE("texts of several lines begin after their first line break, and joints count nothing") {
  CHECK(written("a = \"\"\"\n甲\n乙\"\"\"\n", "乙") == "乙");
  CHECK(written("a = \"\"\"\r\n甲\r\n乙\"\"\"\r\n", "乙") == "乙");
  CHECK(written("a = '''甲\n乙'''\n", "乙") == "乙");
  CHECK(written("a = \"\"\"甲\\\n   乙丙\"\"\"\n", "乙") == "乙");
  CHECK(written("a = \"\"\"1\\\n   2\"\"\"\n", "12") == "1\\\n   2");
}
