#include "document/reader.hpp"

#include <doctest/doctest.h>

#include <string>

#include "document/document.hpp"

using namespace taizhang;
using document::Content;
using document::Member;
using document::read_toml;
using document::Refusal;
using document::Value;

namespace {

/// The text under `k`; "refused at N" when the reader stops there.
std::string text_of(const std::string& written) {
  const std::string toml = "k = " + written + "\n";
  const auto result = read_toml(toml);
  if (const auto* refusal = std::get_if<Refusal>(&result))
    return "refused at " + std::to_string(refusal->offset - 4);
  return *std::get<Content>(result).root.find("k")->value.text();
}

bool is_read(const std::string& toml) { return std::holds_alternative<Content>(read_toml(toml)); }

}  // namespace

TEST_CASE("a text ends at its quote wherever that stands") {
  for (std::size_t length = 0; length < 70; ++length) {
    const std::string plain(length, 'x');
    CHECK(text_of('"' + plain + '"') == plain);
    CHECK(text_of('\'' + plain + '\'') == plain);
    CHECK(text_of('"' + plain + "\"  # \"") == plain);
  }
}

TEST_CASE("a character is read or refused wherever it stands in a text") {
  for (std::size_t before = 0; before < 40; ++before)
    for (const std::size_t after : {0U, 1U, 15U, 16U, 17U, 40U}) {
      const auto around = [&](const std::string& what) {
        return std::string(before, 'a') + what + std::string(after, 'b');
      };
      const std::string bad = "refused at " + std::to_string(before + 1);
      CHECK(text_of('"' + around("\t") + '"') == around("\t"));
      CHECK(text_of('"' + around("村") + '"') == around("村"));
      CHECK(text_of('"' + around("'") + '"') == around("'"));
      CHECK(text_of('"' + around("\\\"") + '"') == around("\""));
      CHECK(text_of('"' + around("\\u6751") + '"') == around("村"));
      CHECK(text_of('\'' + around("\\\"") + '\'') == around("\\\""));
      CHECK(text_of('"' + around("\x7F") + '"') == bad);
      CHECK(text_of('"' + around("\x1F") + '"') == bad);
      CHECK(text_of('"' + around(std::string(1, '\0')) + '"') == bad);
      CHECK(text_of('"' + around("\n") + '"') == bad);
      CHECK(text_of('"' + around("\\x41") + '"') == bad);
    }
}

TEST_CASE("a text that is not UTF-8 is refused, wherever it is not") {
  for (const std::string bad : {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80",
                                "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE6\x9D"})
    for (std::size_t before = 0; before < 70; before += 23) {
      const std::string text = std::string(before, 'a') + bad;
      CHECK_FALSE(is_read("k = \"" + text + "\"\n"));
      CHECK_FALSE(is_read("# " + text + "\n"));
      CHECK_FALSE(is_read("k = 1\n" + text));
    }
  CHECK(is_read("k = \"\xEF\xBF\xBF\xF4\x8F\xBF\xBF\"\n"));  // no characters, but UTF-8
}

TEST_CASE("a key may stand once, also beside keys of its length and first letter") {
  CHECK(is_read("title = 1\ntimes = 2\ntides = 3\n"));
  CHECK_FALSE(is_read("title = 1\ntimes = 2\ntitle = 3\n"));
  CHECK_FALSE(is_read("[t]\ntitle = 1\ntimes = 2\n'title' = 3\n"));
  CHECK_FALSE(is_read("[[t]]\na = 1\n[[t]]\ntitle = 1\ntimes = 2\ntitle = 3\n"));
  CHECK(is_read("[[t]]\ntitle = 1\n[[t]]\ntitle = 2\n"));
  CHECK_FALSE(is_read("answers.team = 1\nanswers = 2\n"));
  CHECK_FALSE(is_read("answers = 2\nanswers.team = 1\n"));
  CHECK_FALSE(is_read("[a.b]\n[a]\nb = 1\n"));
  CHECK_FALSE(is_read("'' = 1\n\"\" = 2\n"));
  std::string many;
  for (int i = 0; i < 300; ++i) many += "key" + std::to_string(i) + " = 1\n";
  CHECK(is_read(many));
  CHECK_FALSE(is_read(many + "key150 = 1\n"));
}

TEST_CASE("plain texts are lent by the text that is read, others are not") {
  const std::string toml = "plain = '村'\nescaped = \"\\u6751\"\n\"a\\u0062\" = 1\n";
  const auto result = read_toml(toml);
  REQUIRE(std::holds_alternative<Content>(result));
  const auto& root = std::get<Content>(result).root;
  const auto is_inside = [&](const Text& text) {
    return text.view().data() >= toml.data() && text.view().data() < toml.data() + toml.size();
  };
  CHECK(is_inside(*root.find("plain")->value.text()));
  CHECK(is_inside(root.find("plain")->key));
  CHECK_FALSE(is_inside(*root.find("escaped")->value.text()));
  CHECK(root.find("ab") != nullptr);
}

TEST_CASE("the texts of a document stay where they are when it is moved, however short it is") {
  auto read = document::parse("a.toml", "k='v'");
  REQUIRE(read.has_value());
  const document::Document moved = std::move(*read);
  *read = *document::parse("b.toml", "other = 'something else'");
  CHECK(*moved.root.find("k")->value.text() == "v");
  CHECK(moved.root.members.front().key == "k");
}

TEST_CASE("a copied table outlives the document") {
  document::Table copy;
  {
    const auto read =
        document::parse("a.toml", "[t]\nk = 'a text of some length'\nl = [{ m = 'n' }]\n");
    REQUIRE(read.has_value());
    copy = read->root;
  }
  const document::Table& table = *copy.find("t")->value.table();
  CHECK(*table.find("k")->value.text() == "a text of some length");
  CHECK(*table.find("l")->value.array()->items[0].table()->find("m")->value.text() == "n");
}

TEST_CASE("whole numbers are read by the rules, however long") {
  const auto number = [](const std::string& written) {
    const std::string toml = "k = " + written;
    const auto result = read_toml(toml);
    const auto* content = std::get_if<Content>(&result);
    const Value* value = content ? &content->root.find("k")->value : nullptr;
    return value && value->integer() ? std::to_string(*value->integer()) : "no";
  };
  CHECK(number("0") == "0");
  CHECK(number("-0") == "0");
  CHECK(number("+7") == "7");
  CHECK(number("2023") == "2023");
  CHECK(number("1_000") == "1000");
  CHECK(number("999999999999999999") == "999999999999999999");
  CHECK(number("9223372036854775807") == "9223372036854775807");
  CHECK(number("9223372036854775808") == "no");
  CHECK(number("00") == "no");
  CHECK(number("01") == "no");
  CHECK(number("1_") == "no");
}
