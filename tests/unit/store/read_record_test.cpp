#include "store/read_record.hpp"

#include <doctest/doctest.h>

#include "model/ledger.hpp"
#include "store/read_file.hpp"
#include "store/spots.hpp"

using namespace taizhang;
using namespace taizhang::store;
using model::FileKind;

namespace {

struct VillageFile {
  model::VillageLedger ledger;
  Diagnostics diagnostics;
  bool readable = false;
  bool complete = false;
};

VillageFile read_text(const std::string& text) {
  auto file = FileReader::from_text("v", text, FileKind::village);
  VillageFile read;
  file.one("village", read.ledger.info);
  file.all("survey", read.ledger.surveys);
  file.all("task", read.ledger.tasks);
  file.all("entry", read.ledger.entries);
  read.readable = file.readable();
  read.complete = file.complete();
  file.move_diagnostics_to(read.diagnostics);
  return read;
}

const std::string head = "schema = 1\n[village]\ncode = \"610326103901\"\nname = \"甲村\"\n";

/// A village of four good lines and what follows them.
VillageFile read_more(const std::string& more) { return read_text(head + more); }

const std::string entry =
    "[[entry]]\ntask = \"T1\"\ndate = 2023-05-20\naction = \"进展\"\nby = \"甲\"\nunit = \"乙\"\n"
    "level = \"村\"\n";

}  // namespace

TEST_CASE("a good village is read without a word") {
  const auto read = read_more(entry + "evidence = [{ file = \"佐证/甲.md\", sha256 = \"" +
                              std::string(64, 'a') + "\" }]\ncount = -2\n");
  CHECK(spots(read.diagnostics).empty());
  CHECK(read.readable);
  CHECK(read.complete);
  CHECK(read.ledger.info.code == "610326103901");
  REQUIRE(read.ledger.entries.size() == 1);
  CHECK(read.ledger.entries[0].count == -2);
  REQUIRE(read.ledger.entries[0].evidence.size() == 1);
  CHECK(read.ledger.entries[0].evidence[0].file == "佐证/甲.md");
}

TEST_CASE("a record keeps what could be read of it, and its file is not complete") {
  const auto read = read_more(entry + "count = \"三\"\n");
  CHECK(spots(read.diagnostics) == Spots{"v:12:9 wrong-type"});
  CHECK(fact(read.diagnostics, "wrong-type", "expected") == "type.whole");
  CHECK(fact(read.diagnostics, "wrong-type", "found") == "type.is-text");
  CHECK(fact(read.diagnostics, "wrong-type", "key") == "count");
  CHECK(read.readable);
  CHECK(!read.complete);
  REQUIRE(read.ledger.entries.size() == 1);
  CHECK(read.ledger.entries[0].task == "T1");
}

TEST_CASE("every wrong value of a file is reported, each at its own place") {
  const auto read = read_more(
      "households = -1\nmembers = 4.5\n"
      "[[task]]\nid = \"任务一\"\nround = 2023\nkind = \"任务书\"\ntitle = \"  \"\n"
      "opened = \"2023年4月12日\"\ndue = 2023-06-30T08:00:00\ntarget = [3]\n");
  CHECK(spots(read.diagnostics) == Spots{"v:5:14 negative-number", "v:6:11 wrong-type",
                                         "v:8:6 bad-id", "v:10:8 bad-choice", "v:11:9 empty-value",
                                         "v:12:10 date-quoted", "v:13:7 wrong-type",
                                         "v:14:10 wrong-type"});
  CHECK(fact(read.diagnostics, "bad-choice", "nearest") == "任务");
  CHECK(fact(read.diagnostics, "bad-choice", "choices") == "任务 实事 队伍 规划 制度");
  CHECK(fact(read.diagnostics, "date-quoted", "date") == "2023-04-12");
}

TEST_CASE("a quoted day that the calendar lacks suggests no date") {
  const auto read = read_more("[[survey]]\nround = 2023\nkind = \"走访\"\ndate = \"2023-02-30\"\n");
  CHECK(spots(read.diagnostics) == Spots{"v:8:8 date-quoted"});
  CHECK(fact(read.diagnostics, "date-quoted", "date").empty());
}

TEST_CASE("missing keys are reported at the header of their record") {
  const auto read = read_more("[[survey]]\nround = 2023\n");
  CHECK(spots(read.diagnostics) == Spots{"v:5:1 missing-key", "v:5:1 missing-key"});
  CHECK(fact(read.diagnostics, "missing-key", "key") == "date");
  CHECK(fact(read.diagnostics, "missing-key", "record") == "survey");
}

TEST_CASE("unknown keys and records are warnings, with the nearest that is known") {
  const auto read = read_more("househods = 3\nzzz = 1\n[[tasks]]\nid = \"T1\"\n");
  CHECK(spots(read.diagnostics) ==
        Spots{"v:7:3 unknown-record", "v:5:1 unknown-key", "v:6:1 unknown-key"});
  for (const Diagnostic& each : read.diagnostics) CHECK(each.severity == Severity::warning);
  CHECK(fact(read.diagnostics, "unknown-key", "nearest") == "households");
  CHECK(fact(read.diagnostics, "unknown-record", "nearest") == "task");
  CHECK(read.complete);
}

TEST_CASE("a code says what is wrong with its digits, and its village is not readable") {
  const auto code = [](const std::string& value) {
    return read_text("schema = 1\n[village]\nname = \"甲村\"\ncode = " + value + "\n");
  };
  CHECK(spots(code("610326103901").diagnostics) == Spots{"v:4:8 code-not-text"});
  CHECK(spots(code("\"61032610390\"").diagnostics) == Spots{"v:4:8 code-length"});
  CHECK(fact(code("\"61032610390\"").diagnostics, "code-length", "count") == "11");
  CHECK(spots(code("\"６１0326103901\"").diagnostics) == Spots{"v:4:8 code-wide"});
  CHECK(fact(code("\"６１0326103901\"").diagnostics, "code-wide", "plain") == "610326103901");
  CHECK(spots(code("\"610326-103901\"").diagnostics) == Spots{"v:4:8 bad-code"});
  CHECK(spots(code("\"（610326103901）\"").diagnostics) == Spots{"v:4:8 bad-code"});
  CHECK(spots(code("true").diagnostics) == Spots{"v:4:8 wrong-type"});
  CHECK(!code("\"61032610390\"").readable);
  CHECK(!code("610326103901").readable);
}

TEST_CASE("items of lists are judged one by one") {
  const auto read = read_more("former = [\"610326103902\", \"6103\", 3]\n");
  CHECK(spots(read.diagnostics) == Spots{"v:5:27 code-length", "v:5:35 code-not-text"});
  const auto methods = read_more(
      "[[survey]]\nround = 2023\ndate = 2023-03-14\nkind = \"走访\"\nmethods = [\"座谈\", 3]\n");
  CHECK(spots(methods.diagnostics) == Spots{"v:9:18 wrong-type"});
}

TEST_CASE("hashes, paths and items of evidence are judged") {
  const auto with = [](const std::string& items) {
    return spots(read_more(entry + "evidence = [" + items + "]\n").diagnostics);
  };
  const std::string hash = "sha256 = \"" + std::string(64, 'a') + "\"";
  CHECK(with("{ file = \"/etc/passwd\", " + hash + " }") == Spots{"v:12:22 bad-path"});
  CHECK(with("{ file = 'C:\\a', " + hash + " }") == Spots{"v:12:22 bad-path"});
  CHECK(with("{ file = \"a.md\", sha256 = \"AB\" }") == Spots{"v:12:39 bad-hash"});
  CHECK(with("{ file = \"a.md\" }, \"b.md\"") ==
        Spots{"v:12:13 bad-evidence", "v:12:32 bad-evidence"});
  CHECK(with("{ file = \"a.md\", " + hash + ", note = \"x\" }") == Spots{"v:12:107 unknown-key"});
  CHECK(spots(read_more(entry + "voids = \"12345\"\n").diagnostics) == Spots{"v:12:9 bad-hash"});
}

TEST_CASE("an unknown key of evidence costs nothing else") {
  const auto read = read_more(entry + "evidence = [{ file = \"a.md\", sha256 = \"" +
                              std::string(64, 'a') + "\", note = 1 }]\n");
  CHECK(read.complete);
  CHECK(read.ledger.entries[0].evidence.size() == 1);
}

TEST_CASE("counts have known keys and whole numbers that are not negative") {
  const auto read = read_more(
      "[[survey]]\nround = 2023\ndate = 2023-03-14\nkind = \"走访\"\n"
      "heard = { member = 3, residents = -1, village = \"二\" }\n");
  CHECK(spots(read.diagnostics) ==
        Spots{"v:9:11 bad-counts", "v:9:35 negative-number", "v:9:49 wrong-type"});
  CHECK(fact(read.diagnostics, "bad-counts", "nearest") == "members");
  CHECK(fact(read.diagnostics, "bad-counts", "key") == "heard");
  CHECK(fact(read.diagnostics, "negative-number", "key") == "heard.residents");
  CHECK(fact(read.diagnostics, "wrong-type", "key") == "heard.village");
}

TEST_CASE("numbers that nobody counted are refused wherever they stand") {
  const auto read = read_more(
      "households = 1000000000000\nmembers = 1000000000001\n"
      "[[survey]]\nround = 2023\ndate = 2023-03-14\nkind = \"走访\"\n"
      "heard = { members = 9223372036854775807 }\n"
      "answers.a = 9007199254740993\nanswers.b = { valid = 9007199254740993, satisfied = 1 }\n"
      "[[entry]]\ncount = -9223372036854775808\n");
  Spots found;
  for (const std::string& spot : spots(read.diagnostics))
    if (spot.ends_with("whole-too-large")) found.push_back(spot);
  CHECK(found == Spots{"v:6:11 whole-too-large", "v:11:21 whole-too-large",
                       "v:12:13 whole-too-large", "v:13:23 whole-too-large",
                       "v:15:9 whole-too-large"});
  CHECK(fact(read.diagnostics, "whole-too-large", "key") == "members");
}

TEST_CASE("answers of every type are read where they stand, in whatever form of TOML") {
  const auto read = read_more(
      "[[survey]]\nround = 2023\ndate = 2023-03-14\nkind = \"走访\"\nanswers.a = true\n"
      "answers.b = 3\n[survey.answers.c]\nvalid = 58\n");
  CHECK(spots(read.diagnostics).empty());
  REQUIRE(read.ledger.surveys.size() == 1);
  const auto& answers = read.ledger.surveys[0].answers;
  REQUIRE(answers.size() == 3);
  CHECK(answers[0].value == model::AnswerValue{true});
  CHECK(answers[2].value == model::AnswerValue{model::Counts{{"valid", 58}}});
}

TEST_CASE("what cannot be an answer is no answer") {
  const auto read = read_more(
      "[[survey]]\nround = 2023\ndate = 2023-03-14\nkind = \"走访\"\nanswers.a = nan\n"
      "answers.b = [1]\nanswers.c = { valid = -1 }\nanswers.d = 08:00:00\nanswers.e = inf\n");
  CHECK(spots(read.diagnostics) == Spots{"v:9:13 wrong-type", "v:10:13 wrong-type",
                                         "v:11:13 wrong-type", "v:12:13 wrong-type",
                                         "v:13:13 wrong-type"});
  CHECK(fact(read.diagnostics, "wrong-type", "found") == "type.is-infinite");
}

TEST_CASE("the wrong brackets lose a record, and say so") {
  const auto read = read_more("[task]\nid = \"T1\"\n");
  CHECK(spots(read.diagnostics) == Spots{"v:5:2 brackets-double"});
  CHECK(!read.complete);
  CHECK(read.ledger.tasks.empty());
  const auto village = read_text("schema = 1\n[[village]]\ncode = \"610326103901\"\n");
  CHECK(spots(village.diagnostics) == Spots{"v:2:3 brackets-single"});
  CHECK(!village.readable);
  CHECK(spots(read_more("task = [1]\n").diagnostics).size() == 1);  // within [village]
  CHECK(spots(read_text(
                  "schema = 1\ntask = [1]\nvillage = { code = \"610326103901\", name = \"甲\" }\n")
                  .diagnostics) == Spots{"v:2:1 brackets-double"});
}

TEST_CASE("a file that does not say whose it is cannot be used") {
  const auto read = read_text("schema = 1\n");
  CHECK(spots(read.diagnostics) == Spots{"v:1:1 identity-missing"});
  CHECK(!read.readable);
  CHECK(spots(read_text("").diagnostics) == Spots{"v:1:1 schema-missing", "v:1:1 file-empty"});
  CHECK(spots(read_text(" \n\n").diagnostics) == Spots{"v:1:1 schema-missing", "v:1:1 file-empty"});
}

TEST_CASE("the version of the format is judged") {
  const std::string village = "\n[village]\ncode = \"610326103901\"\nname = \"甲村\"\n";
  CHECK(spots(read_text(village).diagnostics) == Spots{"v:1:1 schema-missing"});
  CHECK(read_text(village).complete);
  CHECK(spots(read_text("schema = 2" + village).diagnostics) == Spots{"v:1:10 schema-newer"});
  CHECK(!read_text("schema = 2" + village).complete);
  for (const std::string version : {"0", "-1", "\"1\"", "1.0"})
    CHECK(spots(read_text("schema = " + version + village).diagnostics) ==
          Spots{"v:1:10 schema-bad"});
}

TEST_CASE("periods are judged") {
  auto file = FileReader::from_text(
      "t", "schema = 1\n[[submission]]\nperiod = \"2023-06-H3\"\ndate = 2023-06-15\nby = \"甲\"\n",
      FileKind::township);
  std::vector<model::Submission> submissions;
  file.all("submission", submissions);
  Diagnostics diagnostics;
  file.move_diagnostics_to(diagnostics);
  CHECK(spots(diagnostics) == Spots{"t:3:10 bad-period"});
}

TEST_CASE("the place of a key is found in its own record") {
  const auto place = [](const std::string& text, std::string_view header, std::string_view key) {
    const document::Source source("v", text);
    const auto begin = static_cast<std::uint32_t>(text.find(header));
    const Span span =
        key_span(source, {begin, begin + static_cast<std::uint32_t>(header.size())}, key);
    return text.substr(span.begin, span.end - span.begin);
  };
  const std::string two = "[[task]]\nid = 'T1'\ndue = 1\n[[ task ]]\nid = 'T2'\n";
  CHECK(place(two, "[[ task ]]", "id") == "'T2'");
  CHECK(place(two, "[[task]]", "due") == "1");
  CHECK(place(two, "[[ task ]]", "due") == "[[ task ]]");
  CHECK(place(two, "[[task]]", "") == "[[task]]");
  CHECK(place("[[entry]]\ntext = \"\"\"\n[[task]]\n\"\"\"\nby = '乙'\n[[entry]]\nby = '丙'\n",
              "[[entry]]", "by") == "'乙'");
  CHECK(place("[[rule]]\nlist = [\n[1],\n[2]]\nby = '乙'\n", "[[rule]]", "by") == "'乙'");
  CHECK(place("[[survey]]\n[survey.answers]\na = 1\n[[task]]\n", "[[survey]]", "answers") ==
        "[survey.answers]");
  CHECK(place("task = [{ id = 'T1' }, { id = 'T2' }]\n", "{ id = 'T2' }", "id") == "'T2'");
  CHECK(place("village.code = '3'\n", "village", "code") == "'3'");
}
