#include "store/unfit_text.hpp"

#include <doctest/doctest.h>

#include "store/spots.hpp"

using namespace taizhang;
using namespace taizhang::store;
using model::FileKind;

namespace {

const std::string head = "schema = 1\n[village]\ncode = \"610326103901\"\nname = \"甲村\"\n";

Diagnostics unfit(const std::string& text, FileKind kind = FileKind::village) {
  const auto document = document::parse("v", text);
  REQUIRE(document);
  auto found = unfit_text(*document, kind);
  CHECK((found.empty() || may_be_unfit(text)));
  return found;
}

/// Four good lines and what follows them.
Spots unfit_more(const std::string& more) { return spots(unfit(head + more)); }

const std::string mobile = "13800138000";
const std::string identity = "11010519491231002X";
const std::string card = "6222021234567890128";

}  // namespace

TEST_CASE("private numbers are found in texts, lists, keys, comments and bare numbers") {
  CHECK(unfit_more("[[entry]]\ntext = \"电话" + mobile + "\"\n") == Spots{"v:6:11 private-number"});
  CHECK(unfit_more("[[survey]]\nmethods = [\"走访\", \"" + identity + "\"]\n") ==
        Spots{"v:6:19 private-number"});
  CHECK(unfit_more("[[survey]]\nanswers.phone = \"" + card + "\"\n") ==
        Spots{"v:6:18 private-number"});
  CHECK(unfit_more("[[survey]]\nanswers." + mobile + " = true\n") == Spots{"v:6:9 private-number"});
  CHECK(unfit_more("\"" + mobile + "\" = 1\n") == Spots{"v:5:2 private-number"});
  CHECK(unfit_more("households = 4  # 支书 " + mobile + "\n") == Spots{"v:5:22 private-number"});
  CHECK(unfit_more("phone = " + mobile + "\n") == Spots{"v:5:9 private-number"});
  CHECK(unfit_more("note = { a = [{ b = \"" + mobile + "\" }] }\n") ==
        Spots{"v:5:22 private-number"});
}

TEST_CASE("a private number is named by its kind and never shown in full") {
  const auto found = unfit(head + "[[entry]]\ntext = \"" + identity + "\"\nby = \"" + mobile +
                           "\"\nunit = \"" + card + "\"\n");
  REQUIRE(found.size() == 3);
  CHECK(found[0].facts == Facts{{"kind", "身份证号"}, {"number", "110*************2X"}});
  CHECK(found[1].facts == Facts{{"kind", "手机号"}, {"number", "138******00"}});
  CHECK(found[2].facts == Facts{{"kind", "银行卡号"}, {"number", "622**************28"}});
  CHECK(found[0].severity == Severity::error);
}

TEST_CASE("codes, ids, periods and hashes of the field table are no private numbers") {
  CHECK(unfit_more("former = [\"610326103902\"]\n[[task]]\nid = \"" + mobile + "\"\n").empty());
  CHECK(unfit_more("[[step]]\nrules_sha256 = \"" + std::string(64, '4') + "\"\n").empty());
  CHECK(unfit("[submission]\nperiod = \"2023-06-H1\"\n", FileKind::township).empty());
  // What does not have the form of its field is no code.
  CHECK(unfit("[village]\ncode = \"" + mobile + "\"\n").size() == 1);
  // In another kind of file the same key means nothing.
  CHECK(unfit("[[task]]\nid = \"" + mobile + "\"\n", FileKind::county).size() == 1);
}

TEST_CASE("a path may hold a camera's long number but no number of a person") {
  const auto file = [](const std::string& name) {
    return unfit_more("[[entry]]\nevidence = [{ file = \"佐证/" + name + ".jpg\", sha256 = \"" +
                      std::string(64, '1') + "\" }]\n");
  };
  CHECK(file(card).empty());
  CHECK(file(identity) == Spots{"v:6:26 private-number"});
  CHECK(file("甲" + mobile) == Spots{"v:6:27 private-number"});
}

TEST_CASE("numbers written with escapes or over several lines are found where they stand") {
  CHECK(unfit_more("[[entry]]\ntext = \"\\u0031" + mobile.substr(1) + "\"\n") ==
        Spots{"v:6:9 private-number"});
  CHECK(unfit_more("[[entry]]\ntext = \"甲\\n" + mobile + "\"\n") ==
        Spots{"v:6:12 private-number"});
  CHECK(unfit_more("[[entry]]\ntext = \"\"\"\n甲\n电话 " + mobile + "\n\"\"\"\n") ==
        Spots{"v:8:4 private-number"});
}

TEST_CASE("hidden characters are errors, characters of private use warnings") {
  auto found = unfit(head + "[[entry]]\ntext = \"甲\u202E乙\u200B丙\"  # 乙\u2066\n");
  CHECK(spots(found) == Spots{"v:6:10 hidden-character", "v:6:20 hidden-character"});
  CHECK(fact(found, "hidden-character", "codepoint") == "U+202E");
  CHECK(found[0].severity == Severity::error);
  CHECK(unfit_more("[[entry]]\ntext = \"甲\\u001b[31m\"\n") == Spots{"v:6:10 hidden-character"});
  CHECK(unfit_more("[[entry]]\n\"te\\u202Ext\" = 1\n") == Spots{"v:6:4 hidden-character"});
  CHECK(unfit_more("[[entry]]\ntext = \"甲\\t乙\"\n") == Spots{"v:6:10 hidden-character"});
  found = unfit(head + "former = []  # \uE863\n");
  CHECK(spots(found) == Spots{"v:5:16 private-use-character"});
  CHECK(found[0].severity == Severity::warning);
}

TEST_CASE("line breaks in texts, tabs in comments, CRLF and a byte order mark are no faults") {
  CHECK(unfit_more("former = []\t# 甲\t乙\n").empty());
  CHECK(unfit_more("[[entry]]\ntext = \"\"\"\n甲\n乙\n\"\"\"\nreason = \"甲\\n乙\"\n").empty());
  CHECK(unfit("\xEF\xBB\xBFschema = 1\r\n[village]\r\nname = \"\"\"甲\r\n乙\"\"\"\r\n").empty());
  CHECK(
      unfit_more("households = 4\nname2 = \"葛\U000E0100城\"\n").empty());  // a variant's selector
}

TEST_CASE("a good file shows without parsing that nothing in it is unfit") {
  CHECK(!may_be_unfit(head));
  CHECK(!may_be_unfit("\xEF\xBB\xBFschema = 1\r\n# 610326103901 2023-06-30\r\n"));
  CHECK(may_be_unfit("a = \"\\u0031\""));
  CHECK(may_be_unfit("# 甲\u202E"));
}

TEST_CASE("a file full of numbers is told about a hundred times") {
  std::string text = "schema = 1\n";
  for (int i = 0; i < 500; ++i) text += "# " + mobile + " " + mobile + "\n";
  CHECK(unfit(text).size() == 100);
}
