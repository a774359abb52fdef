#include "document/merge.hpp"

#include <doctest/doctest.h>

#include "document/merge_order.hpp"

using namespace taizhang;
using namespace taizhang::document;

namespace {

std::string text_of(const Table& record, std::string_view key) {
  const Member* member = record.find(key);
  const Text* text = member ? member->value.text() : nullptr;
  return text ? *text : Text{};
}

MergeRules rules() {
  return {[](std::string_view kind, const Table& record) {
            return kind == "village" ? std::string{"."} : text_of(record, "id");
          },
          [](std::string_view kind, const Table& record) {
            return text_of(record, kind == "task" ? "id" : "task");
          },
          [](std::string_view, const Table& record) { return text_of(record, "day"); },
          [](std::string_view, const Table& record) { return text_of(record, "id"); }};
}

Document read(const std::string& text) {
  auto document = parse("甲.toml", text);
  REQUIRE_MESSAGE(document, text);
  return std::move(*document);
}

/// The text, with what conflicts between markers.
std::string merged(const std::string& base, const std::string& ours, const std::string& theirs,
                   const std::set<std::string>& contested = {}) {
  const Document was = read(base);
  const Document we = read(ours);
  const Document they = read(theirs);
  std::string all;
  for (const MergePiece& piece : merge(was, we, they, rules(), contested).pieces)
    if (const auto* text = std::get_if<std::string>(&piece)) all += *text;
    else {
      const auto& conflict = std::get<MergeConflict>(piece);
      all += "<\n" + conflict.ours + "=\n" + conflict.theirs + ">\n";
    }
  return all;
}

const std::string base =
    "# 台账\nschema = 1\n\n[village]\nname = \"甲\"  # 名\nhouseholds = 10\nmembers = 3\n\n"
    "# 任务\n[[task]]\nid = \"T1\"\ndue = 1\nowner = \"张\"\n\n[[entry]]\ntask = \"T1\"\nday = "
    "\"05\"\ntext = \"一\"\n";

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string entry(const std::string& task, const std::string& day, const std::string& text) {
  return "\n[[entry]]\ntask = \"" + task + "\"\nday = \"" + day + "\"\ntext = \"" + text + "\"\n";
}

}  // namespace

TEST_CASE("what only one side changed is taken over byte by byte") {
  const std::string changed = with(with(base, "= 10", "=   11 # 新"), "# 任务", "# 任务们\n# 二");
  CHECK(merged(base, changed, base) == changed);
  CHECK(merged(base, base, changed) == changed);
  CHECK(merged(base, changed, changed) == changed);
  CHECK(merged(base, base, base) == base);
}

TEST_CASE("neighbouring keys merge, and the value and the remark of one line too") {
  const std::string ours = with(base, "households = 10", "households = 11");
  const std::string theirs = with(base, "members = 3", "members = 4");
  const std::string both = with(ours, "members = 3", "members = 4");
  CHECK(merged(base, ours, theirs) == both);
  CHECK(merged(base, theirs, ours) == both);
  CHECK(merged(base, with(base, "\"甲\"", "\"乙\""), with(base, "# 名", "# 村名")) ==
        with(with(base, "\"甲\"", "\"乙\""), "# 名", "# 村名"));
}

TEST_CASE("two values of one key conflict, on that line only") {
  CHECK(merged(base, with(base, "due = 1", "due = 2"), with(base, "due = 1", "due = 3")) ==
        with(base, "due = 1\n", "<\ndue = 2\n=\ndue = 3\n>\n"));
}

TEST_CASE("a key that one side takes away and the other changes conflicts, else it goes") {
  const std::string gone = with(base, "members = 3\n", "");
  CHECK(merged(base, gone, base) == gone);
  CHECK(merged(base, gone, with(base, "members = 3", "members = 4")) ==
        with(base, "members = 3\n", "<\n=\nmembers = 4\n>\n"));
}

TEST_CASE("new keys of both sides are there; one key with two values conflicts") {
  const std::string ours = with(base, "members = 3\n", "members = 3\na = 1\n");
  const std::string theirs = with(base, "members = 3\n", "members = 3\nb = 2\n");
  CHECK(merged(base, ours, theirs) == with(base, "members = 3\n", "members = 3\na = 1\nb = 2\n"));
  CHECK(merged(base, theirs, ours) == merged(base, ours, theirs));
  CHECK(merged(base, ours, with(base, "members = 3\n", "members = 3\na = 9\n")) ==
        with(base, "members = 3\n", "members = 3\n<\na = 1\n=\na = 9\n>\n"));
}

TEST_CASE("new records of both sides are kept by day, and the same one once") {
  const std::string a = entry("T1", "06", "二");
  const std::string b = entry("T2", "07", "三");
  CHECK(merged(base, base + a, base + b) == base + a + b);
  CHECK(merged(base, base + b, base + a) == base + a + b);
  CHECK(merged(base, base + a, base + a) == base + a);
  CHECK(merged(base, base + a + b, base + b) == base + a + b);
  // Each side's order stays, even against the days.
  CHECK(merged(base, base + b + a, base) == base + b + a);
}

TEST_CASE("an entry that both sides changed is one entry, not two") {
  const std::string ours = with(base, "\"一\"", "\"壹\"");
  CHECK(merged(base, ours, base) == ours);
  CHECK(merged(base, ours, with(base, "\"一\"", "\"1\"")) ==
        with(base, "text = \"一\"\n", "<\ntext = \"壹\"\n=\ntext = \"1\"\n>\n"));
}

TEST_CASE("a record that one side takes away and the other changes conflicts as a whole") {
  const std::string task = "# 任务\n[[task]]\nid = \"T1\"\ndue = 1\nowner = \"张\"\n\n";
  const std::string gone = with(base, task, "");
  CHECK(merged(base, gone, base) == gone);
  const std::string result = merged(base, gone, with(base, "due = 1", "due = 2"));
  CHECK(result.find("<\n=\n\n# 任务\n[[task]]\nid = \"T1\"\ndue = 2\nowner = \"张\"\n>\n") !=
        std::string::npos);
}

TEST_CASE("one new id for two things conflicts, with all that belongs to either") {
  const std::string ours = "\n[[task]]\nid = \"T9\"\ndue = 1\n" + entry("T9", "06", "我");
  const std::string theirs = "\n[[task]]\nid = \"T9\"\ndue = 2\n" + entry("T9", "07", "他");
  CHECK(merged(base, base + ours, base + theirs) == base + "<\n" + ours + "=\n" + theirs + ">\n");
  CHECK(merged(base, base + ours, base + ours) == base + ours);
}

TEST_CASE("new records of a contested group become a conflict, others do not") {
  const std::string a = entry("T1", "06", "销号");
  const std::string b = entry("T1", "06", "延期");
  const std::string c = entry("T2", "05", "进展");
  CHECK(merged(base, base + a, base + c + b, {"T1"}) == base + c + "<\n" + a + "=\n" + b + ">\n");
}

TEST_CASE("comments of both sides are kept wherever they were added") {
  const std::string ours = with(base, "# 任务\n", "# 任务\n# 我方说明\n");
  const std::string theirs = with(base, "# 任务\n", "# 对方说明\n# 任务\n");
  CHECK(merged(base, ours, theirs) == with(base, "# 任务\n", "# 对方说明\n# 任务\n# 我方说明\n"));
  CHECK(merged(base, base + "\n# 尾一\n", base + "\n# 尾二\n") == base + "\n# 尾一\n# 尾二\n");
}

TEST_CASE("moved records stay moved while the other side changes them") {
  const std::string task = "# 任务\n[[task]]\nid = \"T1\"\ndue = 1\nowner = \"张\"\n\n";
  const std::string moved = with(base, task, "") + "\n" + task.substr(0, task.size() - 1);
  CHECK(merged(base, moved, with(base, "due = 1", "due = 2")) == with(moved, "due = 1", "due = 2"));
}

TEST_CASE("line endings, a mark at the begin and a missing end of the last line are carried") {
  std::string windows;
  for (const char c : base) windows += c == '\n' ? std::string{"\r\n"} : std::string{c};
  const std::string theirs = with(base, "due = 1", "due = 2");
  CHECK(merged(base, windows, theirs) == with(windows, "due = 1", "due = 2"));
  CHECK(merged(windows, windows, with(windows, "due = 1", "due = 2")) ==
        with(windows, "due = 1", "due = 2"));
  const std::string mark = "\xEF\xBB\xBF";
  CHECK(merged(base, mark + base, theirs) == mark + theirs);
  const std::string open = base.substr(0, base.size() - 1);
  CHECK(merged(open, open, with(open, "due = 1", "due = 2")) == with(open, "due = 1", "due = 2"));
  CHECK(merged(open, with(open, "due = 1", "due = 2"), open + "\n" + entry("T1", "06", "二")) ==
        with(base, "due = 1", "due = 2") + entry("T1", "06", "二"));
}

TEST_CASE("a text that begins with a record has no keys above it to mix up") {
  const std::string bare = "[village]\nname = \"甲\"\n";
  CHECK(merged(bare, "schema = 1\n" + bare, with(bare, "甲", "乙")) ==
        "schema = 1\n" + with(bare, "甲", "乙"));
  CHECK(merged("", bare, bare) == bare);
}

TEST_CASE("an order is merged without losing a name") {
  const auto never = [](const std::string&) { return true; };
  const auto less = [](const std::string& a, const std::string& b) { return a < b; };
  using Names = std::vector<std::string>;
  CHECK(merge_order({"a", "b"}, {"x", "a", "b"}, {"a", "y", "b"}, never, less) ==
        Names{"x", "a", "y", "b"});
  CHECK(merge_order({"a", "b"}, {"b", "a"}, {"a", "b", "c"}, never, less) == Names{"b", "c", "a"});
  CHECK(merge_order({}, {"1", "2"}, {"2", "1"}, never, less) == Names{"1", "2"});
  CHECK(merge_order({}, {"2", "1"}, {"1", "2"}, never, less) == Names{"1", "2"});
}
