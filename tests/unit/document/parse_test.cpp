#include <doctest/doctest.h>

#include <random>

#include "document/document.hpp"
#include "findings_text.hpp"

using namespace taizhang;
using document::Document;
using document::Member;
using document::Table;
using document::Value;

namespace {

Document read(const std::string& text) {
  auto document = document::parse("a.toml", text);
  REQUIRE(document.has_value());
  return std::move(*document);
}

std::string cut_out(const std::string& text, Span span) {
  REQUIRE(span.begin <= span.end);
  REQUIRE(span.end <= text.size());
  return text.substr(span.begin, span.end - span.begin);
}

const Value& at(const Table& table, std::string_view path) {
  const std::size_t dot = path.find('.');
  const Member* member = table.find(path.substr(0, dot));
  REQUIRE(member != nullptr);
  if (dot == std::string_view::npos) return member->value;
  const Value& value = member->value;
  return at(value.table() ? *value.table() : *value.array()->items.back().table(),
            path.substr(dot + 1));
}

/// Cuts every key and value out of the text, reads the pieces again and compares. Gives the number
/// of values compared.
int prove_value(const std::string& text, const Value& value);

int prove_members(const std::string& text, const Table& table) {
  int count = 0;
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    const Member& member = table.members[i];
    if (i > 0) CHECK(table.members[i - 1].key_span.begin < member.key_span.begin);
    const Document again = read(cut_out(text, member.key_span) + " = 1");
    CHECK(again.root.members.at(0).key == member.key);
    count += prove_value(text, member.value);
  }
  return count;
}

int prove_value(const std::string& text, const Value& value) {
  const std::string piece = cut_out(text, value.span);
  int count = 1;
  const Table* table = value.table();
  const document::Array* array = value.array();
  const bool block = (table && !table->is_inline) || (array && array->of_tables);
  if (!block) {
    const Document again = read("k = " + piece);
    CHECK(same_meaning(again.root.members.at(0).value, value));
  }
  if (table) count += prove_members(text, *table);
  if (array)
    for (const Value& item : array->items) count += prove_value(text, item);
  return count;
}

const std::string sample =
    "# 示例甲村整顿台账（示例数据）\n"
    "schema = 1\n"
    "\n"
    "[village] # 村\n"
    "code\t= \"610326103901\"\t# 示例村用 901–999\n"
    "'name' = '示例甲村'\n"
    "former = [ ] \n"
    "\t[[survey]]\n"
    "round = 2023\n"
    "date  = 2023-03-14\n"
    "methods = [\"党员大会\", '座谈',\t# 注\n  \"现场“查看”\", ]\n"
    "heard   = { members = 12, residents = 30, t.u = -1.5e3 }\n"
    "answers.grade_last_year = 3\n"
    "answers.team_disunited  = true\n"
    "answers . \"satis.faction\" = { valid = 58 }\n"
    "\n"
    "[[task]]\n"
    "id = \"T1\"\n"
    "text = \"\"\"\n第一行\n  [[不是标题]] # 不是注释\n第\\\n    二行\"\"\"\n"
    "raw = '''a\\b''''\n"
    "at = 07:32:00\n"
    "when = 1979-05-27 07:32:00.5+08:00\n"
    "[[task]]\n"
    "id = \"T2\"\n"
    "evidence = [\n  { file = \"佐证/5月.md\", sha256 = \"…\" },\n]\n"
    "[ a . b ]\n"
    "c = 0xFF\n"
    "[a]\n"
    "d = inf";

}  // namespace

TEST_CASE("every key and value can be cut out of the text by its span") {
  CHECK(prove_members(sample, read(sample).root) == 40);
}

TEST_CASE("spans hold with a byte order mark") {
  const std::string text =
      "\xEF\xBB\xBFk = \"村\"  # 注\n" + sample.substr(sample.find("[village]"));
  CHECK(prove_members(text, read(text).root) == 40);
}

TEST_CASE("spans hold with CR LF") {
  std::string text;
  for (char c : sample) {
    if (c == '\n') text += '\r';
    text += c;
  }
  CHECK(prove_members(text, read(text).root) == 40);
}

TEST_CASE("members come in the order in which they are written") {
  const Document document = read("z = 1\na = 2\n[m]\nb = 1\na = 2\n[[k]]\n[[b]]\n");
  std::string keys;
  for (const Member& member : document.root.members) keys += member.key;
  CHECK(keys == "zamkb");
  CHECK(document.root.members.at(2).value.table()->members.at(0).key == "b");
}

TEST_CASE("a table's span is its header's brackets, an array's from the first to the last header") {
  const Document document = read(sample);
  const auto text_at = [&](std::string_view path) {
    return cut_out(sample, at(document.root, path).span);
  };
  CHECK(text_at("village") == "[village]");
  CHECK(text_at("survey") == "[[survey]]");
  CHECK(text_at("task").starts_with("[[task]]\nid = \"T1\""));
  CHECK(text_at("task").ends_with("1979-05-27 07:32:00.5+08:00\n[[task]]"));
  const auto& tasks = at(document.root, "task").array()->items;
  REQUIRE(tasks.size() == 2);
  CHECK(tasks[1].span.end == at(document.root, "task").span.end);
  CHECK(cut_out(sample, tasks[0].span) == "[[task]]");
  CHECK(tasks[0].span.begin == at(document.root, "task").span.begin);
}

TEST_CASE("a table that a dotted key or a longer header made has the span of that key") {
  const std::string text = "a.b.c = 1\n[x . y.z]\nk = 1\n[p.q]\n[p]\n[[t]]\n[t.s.u]\n";
  const Document document = read(text);
  const auto text_at = [&](std::string_view path) {
    return cut_out(text, at(document.root, path).span);
  };
  CHECK(text_at("a") == "a");
  CHECK(text_at("a.b") == "b");
  CHECK(text_at("a.b.c") == "1");
  CHECK(text_at("x") == "x");
  CHECK(text_at("x.y") == "y");
  CHECK(text_at("x.y.z") == "[x . y.z]");
  CHECK(text_at("p") == "[p]");
  CHECK(text_at("p.q") == "[p.q]");
  CHECK(text_at("t.s") == "s");
  CHECK(text_at("t.s.u") == "[t.s.u]");
  CHECK(cut_out(text, document.root.find("p")->key_span) == "p");
}

TEST_CASE("a dotted key may add to a table that only a longer header named") {
  const Document document = read("[a.b.c]\nk = 1\n[a]\nb.d = 2\n");
  CHECK(*at(document.root, "a.b.d").integer() == 2);
  CHECK(document::is_confirmed(document));
  CHECK_FALSE(document::findings_text("[a.b.c]\nk = 1\n[a]\nb.c.d = 2\n").empty());
  CHECK_FALSE(document::findings_text("[a.b.c]\nk = 1\n[a]\nb.d = 2\n[a.b]\n").empty());
}

TEST_CASE("a table with very many keys is read in time") {
  std::string text;
  for (int i = 0; i < 50000; ++i) text += "k" + std::to_string(i) + ".x = 1\n";
  CHECK(read(text).root.members.size() == 50000);
  CHECK_FALSE(document::findings_text(text + "k77.x = 2\n").empty());
}

TEST_CASE("every kind of value is read") {
  const Document document = read(sample);
  const Table& root = document.root;
  CHECK(*at(root, "schema").integer() == 1);
  CHECK(*at(root, "village.name").text() == "示例甲村");
  CHECK(*at(root, "survey.date").date() == *parse_date("2023-03-14"));
  CHECK(*at(root, "survey.answers.team_disunited").boolean());
  CHECK(*at(root, "survey.heard.t.u").real() == -1500);
  CHECK(*at(root, "task.id").text() == "T2");
  const Table& first = *at(root, "task").array()->items.front().table();
  CHECK(*at(first, "text").text() == "第一行\n  [[不是标题]] # 不是注释\n第二行");
  CHECK(*at(first, "raw").text() == "a\\b'");
  CHECK(at(first, "at").time()->text == "07:32:00");
  CHECK(at(first, "when").time()->text == "1979-05-27 07:32:00.5+08:00");
  CHECK(at(root, "survey.heard").table()->is_inline);
  CHECK_FALSE(at(root, "village").table()->is_inline);
  CHECK(at(root, "survey").array()->of_tables);
  CHECK_FALSE(at(root, "task.evidence").array()->of_tables);
}

TEST_CASE("a decimal too small for the machine is read as nought, as the witness does") {
  const Document document = read("a = 3e-400\nb = -3e-5555555555\nc = 1e-310\n");
  CHECK(*at(document.root, "a").real() == 0);
  CHECK(*at(document.root, "b").real() == 0);
  CHECK(*at(document.root, "c").real() > 0);
  CHECK(document::is_confirmed(document));
}

TEST_CASE("toml++ confirms what stands in the text, and nothing else") {
  const std::string text = "k = 1\nt = \"甲\"\nd = 2023-06-02\nl = [1, 2]\n[[r]]\nid = \"T1\"\n";
  CHECK(document::is_confirmed(read(text)));
  for (const std::string other :
       {"k = 2\nt = \"甲\"\nd = 2023-06-02\nl = [1, 2]\n[[r]]\nid = \"T1\"\n",
        "k = 1.0\nt = \"甲\"\nd = 2023-06-02\nl = [1, 2]\n[[r]]\nid = \"T1\"\n",
        "k = 1\nt = \"乙\"\nd = 2023-06-02\nl = [1, 2]\n[[r]]\nid = \"T1\"\n",
        "k = 1\nt = \"甲\"\nd = \"2023-06-02\"\nl = [1, 2]\n[[r]]\nid = \"T1\"\n",
        "k = 1\nt = \"甲\"\nd = 2023-06-02\nl = [2, 1]\n[[r]]\nid = \"T1\"\n",
        "k = 1\nt = \"甲\"\nd = 2023-06-02\nl = [1, 2]\n[[r]]\nid = \"T1\"\n[[r]]\n",
        "k = 1\nt = \"甲\"\nd = 2023-06-02\nl = [1, 2]\nr = {id = \"T1\"}\n",
        "k = 1\nt = \"甲\"\nd = 2023-06-02\nl = [1, 2]\n", ""}) {
    CAPTURE(other);
    const Document another = read(other);
    Document mistaken = read(text);
    mistaken.root = another.root;
    CHECK_FALSE(document::is_confirmed(mistaken));
  }
  const Document good = read(text);
  const Document refused{document::Source("a.toml", text + "k = 1\n[[["), good.root};
  CHECK_FALSE(document::is_confirmed(refused));
}

TEST_CASE("an empty text is an empty document") {
  CHECK(read("").root.members.empty());
  CHECK(read("\n\n# 注").root.members.empty());
  CHECK(read("\xEF\xBB\xBF").root.members.empty());
}

TEST_CASE("the source keeps the bytes and the path") {
  const Document document = read("\xEF\xBB\xBFk = 1\r\n");
  CHECK(document.source.text() == "\xEF\xBB\xBFk = 1\r\n");
  CHECK(document.source.path() == "a.toml");
}

TEST_CASE("texts that break parsers are refused in time") {
  const auto refused = [](const std::string& text) {
    return !document::findings_text(text).empty();
  };
  const auto times = [](int count, const std::string& text) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
  };
  CHECK(refused(times(100000, "[")));
  CHECK(refused("k = " + times(100000, "[")));
  CHECK(refused("k = " + times(100000, "[\n")));
  CHECK(refused("k = " + times(100000, "{a=")));
  CHECK(refused(times(100000, ".")));
  CHECK(refused(times(50000, "a.") + "a = 1"));
  CHECK(refused("[" + times(50000, "a.") + "a]"));
  CHECK(refused(times(50000, "a.\n")));
  CHECK(refused("k = \"" + times(50000, "村") + "\""));
  CHECK(refused(times(50000, "“")));
  CHECK(refused(times(50000, "“\n")));
  CHECK(refused(std::string(1000, '\0')));
  CHECK(refused(times(100000, "]")));
  CHECK(refused(times(20000, "<<<<<<< \n")));
  CHECK(refused(times(20000, "k = '''")));
  for (const std::string text :
       {"[", "[[", "[村]", "[!]", "[“a”]", "\"", "'''", "k", "=", "]", "{", "}", "\xEF\xBB\xBF[",
        "\xEF", "\r", "k = \"\\", "k = {", "k = 《"}) {
    CAPTURE(text);
    CHECK(refused(text));
  }
}

TEST_CASE("many values in one line are placed in time") {
  std::string text;
  for (int line = 0; line < 200; ++line) {
    text += "k" + std::to_string(line) + " = [";
    for (int i = 0; i < 4000; ++i) text += "[1],";
    text += "]\n";
  }
  const Document document = read(text);
  const Value& last = document.root.members.back().value;
  CHECK(cut_out(text, last.array()->items.back().span) == "[1]");
}

TEST_CASE("small changes of a ledger are read or refused, never worse") {
  const std::vector<std::string> pieces{
      "\"", "'",  "\"\"\"", "[",  "]",    "{",    "}",  "=",  ",",       ".",           "#",
      "\n", "\r", "\t",     " ",  "村",   "，",   "“",  "”",  "　",      "\\",          "[[task]]",
      "0",  "-",  ":",      "＝", "\x01", "\xEF", "是", "a.", "k = 1\n", "\xEF\xBB\xBF"};
  std::mt19937 random(20230602);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  int read_well = 0;
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text = sample;
    for (std::size_t change = 0; change <= below(3); ++change) {
      const std::size_t begin = below(text.size());
      text.replace(begin, below(4), pieces[below(pieces.size())]);
    }
    const auto document = document::parse("a.toml", text);
    if (document) {
      ++read_well;
      if (round % 50 == 0) prove_members(text, document->root);
      continue;
    }
    ++refused;
    CAPTURE(text);
    REQUIRE_FALSE(document.error().empty());
    REQUIRE(document.error().size() <= 20);
    for (const Diagnostic& finding : document.error()) {
      REQUIRE(finding.place.line >= 1);
      REQUIRE(finding.place.column >= 1);
      REQUIRE(finding.place.width >= 1);
    }
  }
  CHECK(read_well > 1000);
  CHECK(refused > 1000);
}
