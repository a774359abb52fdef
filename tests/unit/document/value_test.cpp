#include "document/value.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "document/document.hpp"

using namespace taizhang;
using document::Table;
using document::Value;

namespace {

Value value_of(const std::string& text) {
  auto read = document::parse("a.toml", "k = " + text + "\n");
  REQUIRE(read.has_value());
  return read->root.members.at(0).value;
}

bool same(const std::string& a, const std::string& b) {
  return same_meaning(value_of(a), value_of(b));
}

}  // namespace

TEST_CASE("find gives a member by its key, or nothing") {
  const Value value = value_of("{ a = 1, b = 2 }");
  REQUIRE(value.table()->find("b") != nullptr);
  CHECK(*value.table()->find("b")->value.integer() == 2);
  CHECK(value.table()->find("c") == nullptr);
}

TEST_CASE("the order of members does not count, that of items does") {
  CHECK(same("{ a = 1, b = [1, 2] }", "{b=[1,2],a=1}"));
  CHECK_FALSE(same("[1, 2]", "[2, 1]"));
}

TEST_CASE("a different key, number of members, type or value is a different meaning") {
  CHECK_FALSE(same("{ a = 1 }", "{ b = 1 }"));
  CHECK_FALSE(same("{ a = 1 }", "{ a = 1, b = 1 }"));
  CHECK_FALSE(same("[1]", "[1, 1]"));
  CHECK_FALSE(same("1", "1.0"));
  CHECK_FALSE(same("\"1\"", "1"));
  CHECK_FALSE(same("1", "2"));
  CHECK_FALSE(same("\"甲\"", "\"乙\""));
  CHECK_FALSE(same("true", "false"));
  CHECK_FALSE(same("2023-06-01", "2023-06-02"));
  CHECK_FALSE(same("07:30:00", "07:31:00"));
}

TEST_CASE("how a value is written does not count") {
  CHECK(same("\"甲\"", "'甲'"));
  CHECK(same("1_000", "1000"));
  CHECK(same("0x10", "16"));
  CHECK(same("2023-06-01", "2023-06-01"));
  CHECK(same("07:30:00", "07:30:00"));
}

TEST_CASE("not a number means the same as not a number") { CHECK(same("nan", "nan")); }

TEST_CASE("records in blocks mean the same as records in braces") {
  const auto blocks = document::parse("a", "[[k]]\na = 1\n[[k]]\na = 2\n");
  REQUIRE(blocks.has_value());
  CHECK(same_meaning(blocks->root.members.at(0).value, value_of("[{a = 1}, {a = 2}]")));
}

TEST_CASE("a value of any kind can be copied, moved, and become one of another kind") {
  const std::vector<std::string> all{"\"甲\"",     "1",        "1.5",         "true",
                                     "2023-06-01", "07:30:00", "[1, \"乙\"]", "{ a = \"丙\" }"};
  for (const std::string& from : all)
    for (const std::string& to : all) {
      Value value = value_of(from);
      const Value copy = value;
      CHECK(same_meaning(copy, value_of(from)));
      Value moved = std::move(value);
      CHECK(same_meaning(moved, copy));
      moved.data = value_of(to).data;
      CHECK(same_meaning(moved, value_of(to)));
      CHECK(same_meaning(copy, value_of(from)));
    }
}

TEST_CASE("a value gives what it holds, and nothing else") {
  const Value value = value_of("2023-06-01");
  CHECK(value.date() != nullptr);
  CHECK(value.text() == nullptr);
  CHECK(value.integer() == nullptr);
  CHECK(value.real() == nullptr);
  CHECK(value.boolean() == nullptr);
  CHECK(value.time() == nullptr);
  CHECK(value.array() == nullptr);
  CHECK(value.table() == nullptr);
  CHECK(*Value{}.text() == "");
}
