#include "document/edit.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <memory>

using namespace taizhang;
using namespace taizhang::document;

namespace {

Value text(std::string content) { return {std::move(content), {}}; }
Value whole(std::int64_t number) { return {number, {}}; }
Value file(std::string path) { return {Table{{{"file", {}, text(std::move(path))}}, true}, {}}; }
Date day(unsigned d) {
  return {std::chrono::year{2023}, std::chrono::month{6}, std::chrono::day{d}};
}

/// A text and what is done to it.
class Given {
 public:
  explicit Given(const std::string& before) {
    auto read = parse("a.toml", before);
    REQUIRE_MESSAGE(read.has_value(), before);
    document_ = std::make_unique<Document>(std::move(*read));
    edit_ = std::make_unique<Edit>(*document_);
  }

  /// The span of the nth header that is written so, or of the first.
  Span at(const std::string& header, int nth = 1) const {
    std::size_t found = std::string::npos;
    for (int i = 0; i < nth; ++i) found = document_->source.text().find(header, found + 1);
    REQUIRE(found != std::string::npos);
    const auto begin = static_cast<std::uint32_t>(found);
    return {begin, begin + static_cast<std::uint32_t>(header.size())};
  }

  Edit& edit() { return *edit_; }

  std::string gives() const {
    const auto made = edit_->apply();
    if (made) return *made;
    std::string codes;
    for (const Diagnostic& refusal : made.error())
      codes += std::string(refusal.code) + "@" + std::to_string(refusal.place.line) + " ";
    return codes;
  }

 private:
  std::unique_ptr<Document> document_;
  std::unique_ptr<Edit> edit_;
};

NewRecord entry(std::string task) {
  return {"entry", {{{"task"}, text(std::move(task))}, {{"count"}, whole(3)}}, true};
}

const std::string new_entry = "[[entry]]\ntask  = \"T1\"\ncount = 3\n";

std::string with_line_ending(std::string text, const std::string& ending) {
  for (std::size_t at = text.find('\n'); at != std::string::npos;
       at = text.find('\n', at + ending.size()))
    text.replace(at, 1, ending);
  return text;
}

}  // namespace

TEST_CASE("setting a value replaces its bytes and keeps remarks, spaces and quotes of others") {
  Given given(
      "# top\n[[task]] # T\nid    = 'T1'   # 编号\n due  =  2023-06-30 # 最初时限\nn = [ 1,\n 2 "
      "]#x\n");
  given.edit().set_value(given.at("[[task]]"), {"due"}, {day(2), {}});
  given.edit().set_value(given.at("[[task]]"), {"n"}, text("a\nb"));
  CHECK(given.gives() ==
        "# top\n[[task]] # T\nid    = 'T1'   # 编号\n due  =  2023-06-02 # 最初时限\nn = "
        "\"a\\nb\"#x\n");
}

TEST_CASE("values in dotted keys, one-line tables and keys above all headers can be set") {
  const std::string before =
      "schema = 1\n[[survey]]\nanswers.a = true\nanswers . \"b\"  = 2\nheard = { x = 1, y = { z = "
      "[] } }";
  Given given(before);
  const Span survey = given.at("[[survey]]");
  given.edit().set_value(top_level, {"schema"}, whole(2));
  given.edit().set_value(survey, {"answers", "b"}, whole(3));
  given.edit().set_value(survey, {"heard", "x"}, {Array{{file("f")}, false}, {}});
  given.edit().set_value(survey, {"heard", "y", "z"}, whole(5));
  CHECK(given.gives() ==
        "schema = 2\n[[survey]]\nanswers.a = true\nanswers . \"b\"  = 3\n"
        "heard = { x = [{ file = \"f\" }], y = { z = 5 } }");
}

TEST_CASE("each record is found by its own header, whatever the order of records") {
  Given given(
      "[[b]]\nx = 1\n[[a]]\nx = 2\n[v]\nx = 3\n[[b]]\nx = 4\n[v.w]\nx = 5\n[[b.c]]\nx = 6\n");
  given.edit().set_value(given.at("[[b]]", 2), {"x"}, whole(40));
  given.edit().set_value(given.at("[v.w]"), {"x"}, whole(50));
  given.edit().set_value(given.at("[[b.c]]"), {"x"}, whole(60));
  given.edit().set_value(given.at("[v]"), {"x"}, whole(30));
  CHECK(given.gives() ==
        "[[b]]\nx = 1\n[[a]]\nx = 2\n[v]\nx = 30\n[[b]]\nx = 40\n[v.w]\nx = 50\n[[b.c]]\nx = 60\n");
}

TEST_CASE("a byte order mark, carriage returns and tabs stay as they are") {
  const std::string bom = "\xEF\xBB\xBF";
  Given given(bom + "a\t= \"旧\"\t# 注\r\n[[t]]\r\n\tid\t=\t1\r\n");
  given.edit().set_value(top_level, {"a"}, text("新"));
  given.edit().insert_key(given.at("[[t]]"), {"due"}, {day(1), {}});
  given.edit().insert_record(AtEnd{}, entry("T1"));
  CHECK(given.gives() ==
        bom + "a\t= \"新\"\t# 注\r\n[[t]]\r\n\tid\t=\t1\r\n\tdue\t=\t2023-06-01\r\n\r\n" +
            with_line_ending(new_entry, "\r\n"));
}

TEST_CASE("a new key goes under the last one with its equal sign below the others") {
  Given given(
      "[[t]]\nid    = 1 # a\nround = 2\n# b\n\n[[u]]\nid = 1\nround = 2\n\n[[v]]\na=1\n[w]\n");
  given.edit().insert_key(given.at("[[t]]"), {"due"}, whole(3));
  given.edit().insert_key(given.at("[[t]]"), {"longer_key"}, whole(4));
  given.edit().insert_key(given.at("[[u]]"), {"x"}, whole(5));
  given.edit().insert_key(given.at("[[v]]"), {"村"}, whole(6));
  given.edit().insert_key(given.at("[w]"), {"x"}, whole(7));
  CHECK(given.gives() ==
        "[[t]]\nid    = 1 # a\nround = 2\ndue   = 3\nlonger_key = 4\n# b\n\n"
        "[[u]]\nid = 1\nround = 2\nx = 5\n\n[[v]]\na=1\n\"村\"=6\n[w]\nx = 7\n");
}

TEST_CASE("in a block whose equal signs stand anyhow a new key takes one space") {
  Given given("[t]\nid = 1\nround = 2\nowner   = 3\n");
  given.edit().insert_key(given.at("[t]"), {"x"}, whole(5));
  CHECK(given.gives() == "[t]\nid = 1\nround = 2\nowner   = 3\nx = 5\n");
}

TEST_CASE("a dotted key goes under those that begin alike and stands in their column") {
  Given given("[[s]]\nround = 1\nanswers.team_weak = true\nanswers.x         = 1\ntext  = \"\"\n");
  const Span survey = given.at("[[s]]");
  given.edit().insert_key(survey, {"answers", "grade"}, whole(3));
  given.edit().insert_key(survey, {"other", "y"}, whole(4));
  given.edit().insert_key(survey, {"by"}, text("村"));
  CHECK(given.gives() ==
        "[[s]]\nround = 1\nanswers.team_weak = true\nanswers.x         = 1\nanswers.grade     = 3\n"
        "text  = \"\"\nother.y = 4\nby    = \"村\"\n");
}

TEST_CASE("a new key stays out of tables below the record and out of several-line values") {
  Given given("[a]\nx = [\n  1, # ]\n]\n\n[a.b]\ny = \"\"\"\n[a]\nz = 1\"\"\"\n");
  given.edit().insert_key(given.at("[a]"), {"z"}, whole(2));
  given.edit().insert_key(given.at("[a.b]"), {"z"}, whole(3));
  CHECK(given.gives() ==
        "[a]\nx = [\n  1, # ]\n]\nz = 2\n\n[a.b]\ny = \"\"\"\n[a]\nz = 1\"\"\"\nz = 3\n");
}

TEST_CASE("keys above all headers can be added to files of any beginning") {
  const auto added = [](const std::string& before) {
    Given given(before);
    given.edit().insert_key(top_level, {"schema"}, whole(1));
    return given.gives();
  };
  CHECK(added("") == "schema = 1\n");
  CHECK(added("# a") == "# a\nschema = 1\n");
  CHECK(added("a = 1\n\n# t\n[t]\n") == "a = 1\nschema = 1\n\n# t\n[t]\n");
  CHECK(added("# top\n\n# t\n[t]\n") == "# top\n\nschema = 1\n\n# t\n[t]\n");
  CHECK(added("[t]") == "schema = 1\n\n[t]");
  CHECK(added("\xEF\xBB\xBF[t]") == "\xEF\xBB\xBFschema = 1\n\n[t]");
}

TEST_CASE("removing a key takes its lines; a comment right above is not left behind silently") {
  const std::string before = "[t]\na = 1 # x\nb = [\n 1,\n]\n# 说明\nc = 3\nd.e = 1\nd.f = 2";
  Given plain(before);
  plain.edit().remove_key(plain.at("[t]"), {"b"});
  plain.edit().remove_key(plain.at("[t]"), {"d", "e"});
  plain.edit().remove_key(plain.at("[t]"), {"d", "f"});
  CHECK(plain.gives() == "[t]\na = 1 # x\n# 说明\nc = 3\n");

  const auto without = [&](Comments above) {
    Given given(before);
    given.edit().remove_key(given.at("[t]"), {"c"}, above);
    return given.gives();
  };
  CHECK(without(Comments::refuse) == "comment-orphaned@7 ");
  CHECK(without(Comments::keep) == "[t]\na = 1 # x\nb = [\n 1,\n]\n# 说明\nd.e = 1\nd.f = 2");
  CHECK(without(Comments::remove) == "[t]\na = 1 # x\nb = [\n 1,\n]\nd.e = 1\nd.f = 2");
}

TEST_CASE("an array keeps its style when items are added") {
  const auto appended = [](const std::string& array, const Value& item, int times = 1) {
    Given given("[t]\nx = " + array + " # r\ny = 1\n");
    for (int i = 0; i < times; ++i) given.edit().append_to_array(given.at("[t]"), {"x"}, item);
    std::string made = given.gives();
    REQUIRE(made.starts_with("[t]\nx = "));
    REQUIRE(made.ends_with(" # r\ny = 1\n"));
    return made.substr(8, made.size() - 8 - 11);
  };
  CHECK(appended("[]", whole(1)) == "[1]");
  CHECK(appended("[]", whole(1), 2) == "[1, 1]");
  CHECK(appended("[]", file("f")) == "[\n  { file = \"f\" },\n]");
  CHECK(appended("[1]", whole(2), 2) == "[1, 2, 2]");
  CHECK(appended("[ 'a' , ]", text("b"), 2) == "[ 'a' , \"b\", \"b\", ]");
  CHECK(appended("[ 'a' ]", text("b")) == "[ 'a', \"b\" ]");
  CHECK(appended("[\n\t1, # one\n\t2, # two\n\t# end\n]", whole(3), 2) ==
        "[\n\t1, # one\n\t2, # two\n\t3,\n\t3,\n\t# end\n]");
  CHECK(appended("[\n  1,\n  2 # no comma, here\n]", whole(3), 2) ==
        "[\n  1,\n  2, # no comma, here\n  3,\n  3\n]");
  CHECK(appended("[1,\n 2]", whole(3), 2) == "[1,\n 2,\n 3,\n 3]");
  CHECK(appended("[1,\n 2,]", whole(3)) == "[1,\n 2,\n 3,]");
  CHECK(appended("[1, 2\n, # c\n]", whole(3)) == "[1, 2\n, 3, # c\n]");
  CHECK(appended("[\n]", whole(1), 2) == "[\n  1,\n  1,\n]");
  CHECK(appended("[ # 无\n  # 待补\n]", file("f")) == "[ # 无\n  # 待补\n  { file = \"f\" },\n]");
  CHECK(appended("[\n  { file = \"a\" },\n]", file("b")) ==
        "[\n  { file = \"a\" },\n  { file = \"b\" },\n]");
}

TEST_CASE("a new record stands one blank line after the record it follows") {
  const auto after = [](const std::string& before, int nth = 1) {
    Given given(before);
    given.edit().insert_record(After{given.at("[[task]]", nth)}, entry("T1"));
    return given.gives();
  };
  const std::string task = "[[task]]\nid = 1\n";
  CHECK(after(task) == task + "\n" + new_entry);
  CHECK(after("[[task]]\nid = 1") == task + "\n" + new_entry);
  CHECK(after("[[task]]") == "[[task]]\n\n" + new_entry);
  CHECK(after(task + "\n\n") == task + "\n" + new_entry + "\n\n");
  CHECK(after(task + "[v]\n") == task + "\n" + new_entry + "\n[v]\n");
  CHECK(after(task + "\n\n[v]\n") == task + "\n" + new_entry + "\n\n[v]\n");
  CHECK(after(task + "\n" + task) == task + "\n" + new_entry + "\n" + task);
  CHECK(after(task + "\n" + task, 2) == task + "\n" + task + "\n" + new_entry);
  CHECK(after(task + "  \t") == task + "\n" + new_entry + "  \t");
}

TEST_CASE("comments stay with the record to which they belong") {
  const auto after = [](const std::string& before) {
    Given given(before);
    given.edit().insert_record(After{given.at("[[task]]")}, entry("T1"));
    return given.gives();
  };
  const std::string task = "[[task]]\nid = 1\n";
  CHECK(after(task + "# 属于上面\n\n[v]\n") == task + "# 属于上面\n\n" + new_entry + "\n[v]\n");
  CHECK(after(task + "# 属于上面") == task + "# 属于上面\n\n" + new_entry);
  CHECK(after(task + "# 属于下面\n[v]\n") == task + "\n" + new_entry + "\n# 属于下面\n[v]\n");
  CHECK(after(task + "\n# 属于下面\n[v]\n") == task + "\n" + new_entry + "\n# 属于下面\n[v]\n");
  CHECK(after(task + "\n# ---- 下一节\n\n[v]\n") ==
        task + "\n" + new_entry + "\n# ---- 下一节\n\n[v]\n");
  CHECK(after("[[task]]\n# id = 1\n\n[v]\n") == "[[task]]\n# id = 1\n\n" + new_entry + "\n[v]\n");
}

TEST_CASE("a new record can stand at the end, or before the first record of some kinds") {
  const auto put = [](const std::string& before, Where where) {
    Given given(before);
    given.edit().insert_record(std::move(where), entry("T1"));
    return given.gives();
  };
  CHECK(put("", AtEnd{}) == new_entry);
  CHECK(put("\n", AtEnd{}) == new_entry + "\n");
  CHECK(put("# 只有注释", AtEnd{}) == "# 只有注释\n\n" + new_entry);
  CHECK(put("a = 1\n\n# 尾注\n\n", AtEnd{}) == "a = 1\n\n# 尾注\n\n" + new_entry + "\n");
  const std::string two = "a = 1\n\n# ---- 节\n\n# t\n[[task]]\nid = 1\n[x]\n";
  CHECK(put(two, BeforeKinds{{"x"}}) ==
        "a = 1\n\n# ---- 节\n\n# t\n[[task]]\nid = 1\n\n" + new_entry + "\n[x]\n");
  CHECK(put(two, BeforeKinds{{"x", "task"}}) ==
        "a = 1\n\n" + new_entry + "\n# ---- 节\n\n# t\n[[task]]\nid = 1\n[x]\n");
  CHECK(put(two, BeforeKinds{{"y"}}) == two + "\n" + new_entry);
  CHECK(put("# 头\n\n# t\n[[task]]\n", BeforeKinds{{"task"}}) ==
        "# 头\n\n" + new_entry + "\n# t\n[[task]]\n");
  CHECK(put("a = 1\n[x]\n", After{top_level}) == "a = 1\n\n" + new_entry + "\n[x]\n");
}

TEST_CASE("a new record is written with one column for plain keys and one for each dotted group") {
  Given given("a = 1\n");
  NewRecord survey{"survey",
                   {{{"round"}, whole(2023)},
                    {{"by"}, text("党委")},
                    {{"answers", "team_weak"}, {true, {}}},
                    {{"answers", "grade"}, whole(3)},
                    {{"files"}, {Array{{file("a"), file("b")}, false}, {}}}},
                   true};
  given.edit().insert_record(AtEnd{}, survey);
  given.edit().insert_record(AtEnd{}, {"village", {}, false});
  CHECK(given.gives() ==
        "a = 1\n\n[[survey]]\nround = 2023\nby    = \"党委\"\nanswers.team_weak = true\n"
        "answers.grade     = 3\nfiles = [\n  { file = \"a\" },\n  { file = \"b\" "
        "},\n]\n\n[village]\n");
}

TEST_CASE("several records at one place stand in the order in which they were added") {
  Given given("[[task]]\nid = 1\n[[entry]]\ntask = 'x'");
  given.edit().insert_record(AtEnd{}, entry("3"));
  given.edit().insert_record(After{given.at("[[entry]]")}, entry("1"));
  given.edit().insert_record(After{given.at("[[entry]]")}, entry("2"));
  given.edit().insert_record(After{given.at("[[task]]")}, entry("0"));
  given.edit().insert_key(given.at("[[entry]]"), {"n"}, whole(1));
  const auto record = [](const std::string& task) {
    return "\n[[entry]]\ntask  = \"" + task + "\"\ncount = 3\n";
  };
  CHECK(given.gives() == "[[task]]\nid = 1\n" + record("0") +
                             "\n[[entry]]\ntask = 'x'\nn    = 1\n" + record("1") + record("2") +
                             record("3"));
}

TEST_CASE("removing a record takes its comments and tables, and what follows stays set off") {
  const auto without = [](const std::string& before, const std::string& header, int nth = 1) {
    Given given(before);
    given.edit().remove_record(given.at(header, nth));
    return given.gives();
  };
  CHECK(without("a = 1\n\n# t\n[[t]]\nx = 1\n# u\n\n# ---- 节\n\n[v]\n", "[[t]]") ==
        "a = 1\n\n# ---- 节\n\n[v]\n");
  CHECK(without("a = 1\n\n[[t]]\nx = 1\n# v\n[v]\n", "[[t]]") == "a = 1\n\n# v\n[v]\n");
  CHECK(without("a = 1\n[[t]]\nx = 1\n\n[v]\n", "[[t]]") == "a = 1\n\n[v]\n");
  CHECK(without("[[t]]\nx = 1\n\n[v]", "[[t]]") == "[v]");
  CHECK(without("a = 1\n\n[[t]]\nx = 1", "[[t]]") == "a = 1\n");
  CHECK(without("[[t]]\n[t.a]\nb = 1\n[[t.c]]\n[[t]]\nx = 2\n", "[[t]]") == "[[t]]\nx = 2\n");
  CHECK(without("[a.b]\nx = 1\n", "[a.b]").empty());
  CHECK(without("[[a]]\n[[a.b]]\n", "[[a.b]]") == "[[a]]\n");
}

TEST_CASE("what cannot be done is refused at its place, all of it at once") {
  const auto refused = [](const std::string& before, const std::function<void(Given&)>& change) {
    Given given(before);
    change(given);
    return given.gives();
  };
  const std::string base =
      "[t]\na = 1\nd.x = 1\nl = { m = [\n1\n] }\n[t.sub]\ny = 1\n[[r]]\n[r.s]\n";
  CHECK(refused(base,
                [](Given& given) {
                  given.edit().set_value({1, 2}, {"a"}, whole(1));
                  given.edit().set_value(given.at("[t]"), {"b"}, whole(1));
                  given.edit().set_value(given.at("[t]"), {"d"}, whole(1));
                  given.edit().insert_key(given.at("[t]"), {"a"}, whole(1));
                  given.edit().insert_key(given.at("[t]"), {"a", "b"}, whole(1));
                  given.edit().insert_key(given.at("[t]"), {"l", "b"}, whole(1));
                  given.edit().append_to_array(given.at("[t]"), {"a"}, whole(1));
                  given.edit().insert_record(AtEnd{}, {"t", {}, false});
                  given.edit().insert_record(AtEnd{}, {"t", {}, true});
                  given.edit().set_value(given.at("[t]"), {"a"}, text("\xFF"));
                }) ==
        "edit-record-missing@1 edit-key-missing@1 edit-shape@1 edit-key-exists@1 edit-shape@1 "
        "edit-shape@1 edit-shape@1 edit-record-exists@1 edit-shape@1 edit-unwritable@1 ");
  CHECK(refused(base, [](Given& given) {
          given.edit().insert_key(given.at("[t]"), {"sub", "z"}, whole(1));
          given.edit().append_to_array(given.at("[t]"), {"l", "m"}, whole(1));
          given.edit().remove_key(given.at("[t]"), {"l", "m"});
          given.edit().set_value(given.at("[t]"), {"a"}, whole(2));
          given.edit().set_value(given.at("[t]"), {"a"}, whole(3));
        }) == "edit-shape@1 edit-shape@4 edit-shape@1 edit-conflict@2 ");
}

TEST_CASE("a key that is added to a record which goes is not handed to the record before") {
  Given given("a = 1\n\n[t]\nb = 1\n");
  given.edit().insert_key(given.at("[t]"), {"c"}, whole(1));
  given.edit().remove_record(given.at("[t]"));
  CHECK(given.gives() == "edit-conflict@5 ");
}

TEST_CASE("a record can be taken away and another put in its place") {
  Given given("a = 1\n\n# t\n[t]\nb = 1\n# c\n\n[u]\n");
  given.edit().remove_record(given.at("[t]"));
  given.edit().insert_record(After{given.at("[t]")}, entry("T1"));
  CHECK(given.gives() == "a = 1\n\n" + new_entry + "\n[u]\n");
}

TEST_CASE("tables of a record that lie elsewhere are not handed to another record") {
  const auto codes = [](const std::string& before, bool remove) {
    Given given(before);
    const Span record = given.at("[[r]]");
    if (remove) given.edit().remove_record(record);
    else given.edit().insert_record(After{given.at("[x]")}, {"r", {}, true});
    return given.gives();
  };
  CHECK(codes("[[r]]\n[x]\n[r.s]\n", true) == "edit-scattered@1 ");
  CHECK(codes("[[r]]\n[x]\n[r.s]\n", false) == "edit-scattered@2 ");
  CHECK(codes("[[r]]\n[x]\n[[r]]\n[r.s]\n", true) == "[x]\n[[r]]\n[r.s]\n");
}

TEST_CASE("a line that the reader would refuse for its length is not written") {
  Given given("[t]\na = 1\n");
  given.edit().set_value(given.at("[t]"), {"a"}, text(std::string(20000, 'x')));
  CHECK(given.gives() == "edit-line-too-long@0 ");
}

TEST_CASE("a new key takes the line that a template keeps for it") {
  const std::string before =
      "[village]\n"
      "code       = \"1\"  # 编码\n"
      "# kind       =      # 村还是社区\n"
      "# households =\r\n"
      "# name = \"例\"\n"
      "\n"
      "# members =\n"
      "[other]\n"
      "# code =\n";
  Given given(before);
  const Span village = given.at("[village]");
  given.edit().insert_key(village, {"kind"}, text("社区"));
  given.edit().insert_key(village, {"households"}, whole(120));
  given.edit().insert_key(village, {"name"}, text("甲村"));
  given.edit().insert_key(village, {"members"}, whole(3));
  CHECK(given.gives() ==
        "[village]\n"
        "code       = \"1\"  # 编码\n"
        "name       = \"甲村\"\n"
        "members    = 3\n"
        "kind       = \"社区\"  # 村还是社区\n"
        "households = 120\r\n"
        "# name = \"例\"\n"
        "\n"
        "# members =\n"
        "[other]\n"
        "# code =\n");
}
