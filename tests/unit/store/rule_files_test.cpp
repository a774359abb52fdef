#include "store/rule_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "base/hash.hpp"
#include "base/scratch.hpp"
#include "rules/check.hpp"
#include "store/load.hpp"
#include "store/spots.hpp"

using namespace taizhang;
using namespace taizhang::store;

namespace {

std::string rules_text(const std::string& id, const std::string& more = "") {
  return "schema = 1\n[rules]\nid = \"" + id +
         "\"\nname = \"甲\"\nplace = \"眉县\"\nyear = 2023\nsource = \"文件\"\n" + more;
}

/// A rule set with one criterion, whose condition stands at 16:8.
Diagnostics with_condition(const std::string& condition) {
  const Scratch scratch;
  scratch.put("rules/own.toml",
              rules_text("own",
                         "[[question]]\nid = \"a\"\nlabel = \"甲\"\ntype = \"是否\"\n"
                         "[[criterion]]\nid = \"c\"\nlabel = \"丙\"\neffect = \"列入\"\nwhen = " +
                             condition + "\n"));
  return load_rules(*disk_tree(scratch.path()), "own").diagnostics;
}

}  // namespace

TEST_CASE("every rule set inside the program is without fault") {
  const Scratch scratch;
  const auto ids = rule_set_ids(*disk_tree(scratch.path()));
  CHECK(ids.size() >= 5);
  for (const std::string& id : ids) {
    CAPTURE(id);
    const auto loaded = load_rules(*disk_tree(scratch.path()), id);
    CHECK(spots(loaded.diagnostics).empty());
    REQUIRE(loaded.rules);
    CHECK(loaded.rules->path == "data/rules/" + id + ".toml");
    CHECK(rules::check_rules(*loaded.rules).empty());
  }
}

TEST_CASE("a local rule set goes before the one inside the program") {
  const Scratch scratch;
  const std::string text = rules_text("meixian-2023");
  scratch.put("rules/meixian-2023.toml", text);
  const auto loaded = load_rules(*disk_tree(scratch.path()), "meixian-2023");
  REQUIRE(loaded.rules);
  CHECK(loaded.rules->path == "rules/meixian-2023.toml");
  CHECK(loaded.rules->sha256 == sha256(text));
  CHECK(std::ranges::count(rule_set_ids(*disk_tree(scratch.path())), "meixian-2023") == 1);
}

TEST_CASE("a rule set that nobody has comes with the nearest and all there are") {
  const Scratch scratch;
  scratch.put("rules/own.toml", rules_text("own"));
  scratch.put("elsewhere.toml", rules_text("elsewhere"));
  const auto unknown = load_rules(*disk_tree(scratch.path()), "meixian-2032");
  CHECK(!unknown.rules);
  CHECK(spots(unknown.diagnostics) == Spots{" rules-unknown"});
  CHECK(fact(unknown.diagnostics, "rules-unknown", "nearest") == "meixian-2023");
  CHECK(fact(unknown.diagnostics, "rules-unknown", "choices").find(" own ") != std::string::npos);
  CHECK(spots(load_rules(*disk_tree(scratch.path()), "../elsewhere").diagnostics) ==
        Spots{" rules-unknown"});
}

TEST_CASE("a rule set bears the name of its file") {
  const Scratch scratch;
  scratch.put("rules/own.toml", rules_text("other"));
  CHECK(spots(load_rules(*disk_tree(scratch.path()), "own").diagnostics) ==
        Spots{"rules/own.toml:3:6 rules-id-differs"});
}

TEST_CASE("all local rule sets are loaded, good or bad") {
  const Scratch scratch;
  CHECK(load_local_rules(*disk_tree(scratch.path())).empty());
  scratch.put("rules/a.toml", rules_text("a"));
  scratch.put("rules/b.toml", rules_text("b") + "[[question]]\nid = \"q\"\n");
  scratch.put("rules/c.toml", "[[[");
  scratch.put("rules/说明.md", "");
  std::filesystem::create_directory(scratch / "rules/d.toml");
  const auto all = load_local_rules(*disk_tree(scratch.path()));
  REQUIRE(all.size() == 4);
  CHECK(all[0].rules);
  CHECK(spots(all[0].diagnostics).empty());
  CHECK(!all[1].rules);
  CHECK(spots(all[1].diagnostics) ==
        Spots{"rules/b.toml:8:1 missing-key", "rules/b.toml:8:1 missing-key"});
  CHECK(!all[2].rules);
  CHECK(!all[2].diagnostics.empty());
  CHECK(spots(all[3].diagnostics) == Spots{"rules/d.toml file-not-regular"});
}

TEST_CASE("a file in place of the folder of rules is reported") {
  const Scratch scratch;
  scratch.put("rules", "");
  const auto all = load_local_rules(*disk_tree(scratch.path()));
  REQUIRE(all.size() == 1);
  CHECK(spots(all[0].diagnostics) == Spots{"rules folder-missing"});
}

TEST_CASE("findings about a rule set are put in its text") {
  const Scratch scratch;
  scratch.put("rules/own.toml",
              rules_text("own",
                         "[[question]]\nid = \"a\"\nlabel = \"甲\"\ntype = \"是否\"\n"
                         "[[question]]\nid = \"a\"\nlabel = \"乙\"\ntype = \"选项\"\n"
                         "[[criterion]]\nid = \"c\"\nlabel = \"丙\"\neffect = \"列入\"\n"
                         "when = { any = [{ question = \"b\", is = true }] }\n"));
  const auto loaded = load_rules(*disk_tree(scratch.path()), "own");
  REQUIRE(loaded.rules);
  Diagnostics found;
  for (const auto& finding : rules::check_rules(*loaded.rules))
    found.push_back(locate(*loaded.source, finding));
  CHECK(spots(found) == Spots{"rules/own.toml:13:6 rule-duplicate-id",
                              "rules/own.toml:15:8 rule-choices-missing",
                              "rules/own.toml:20:17 rule-unknown-question"});
  CHECK(fact(found, "rule-duplicate-id", "other_line") == "8");
}

TEST_CASE("conditions in every form are read") {
  for (const char* condition :
       {"{ question = \"a\", is = true }", "{ question = \"a\", one_of = [1, 2.5, \"x\"] }",
        "{ any = [{ question = \"a\", is = 2023-01-01 }, { none = [{ question = \"a\", above = 3 "
        "}] }] }",
        "{ at_least = 2, of = [{ question = \"a\", is = 1 }, { question = \"a\", below = 2 }] }"}) {
    CAPTURE(condition);
    CHECK(spots(with_condition(condition)).empty());
  }
}

TEST_CASE("a condition that cannot be understood says why, where it stands") {
  const auto why = [](const std::string& condition) {
    const auto diagnostics = with_condition(condition);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].code == "bad-condition");
    CHECK(diagnostics[0].place.line == 16);
    CHECK(fact(diagnostics, "bad-condition", "key") == "when");
    return std::to_string(diagnostics[0].place.column) + ' ' +
           fact(diagnostics, "bad-condition", "detail");
  };
  CHECK(why("true") == "8 condition.not-a-table");
  CHECK(why("{ any = [true] }") == "17 condition.not-a-table");
  CHECK(why("{ question = 3, is = 1 }") == "21 condition.question-not-text");
  CHECK(why("{ question = \"a\", equals = 1 }") == "26 condition.unknown-comparison");
  CHECK(why("{ question = \"a\", is = 1, above = 1 }") == "34 condition.two-comparisons");
  CHECK(why("{ question = \"a\" }") == "8 condition.no-comparison");
  CHECK(why("{ question = \"a\", is = [1] }") == "31 condition.bad-operand");
  CHECK(why("{ question = \"a\", is = nan }") == "31 condition.bad-operand");
  CHECK(why("{ question = \"a\", one_of = 1 }") == "35 condition.bad-operand");
  CHECK(why("{ question = \"a\", one_of = [] }") == "35 condition.bad-operand");
  CHECK(why("{ some = [] }") == "10 condition.unknown-group");
  CHECK(why("{}") == "8 condition.unknown-group");
  CHECK(why("{ any = [], all = [] }") == "8 condition.unknown-group");
  CHECK(why("{ any = [] }") == "16 condition.group-without-parts");
  CHECK(why("{ all = { question = \"a\", is = 1 } }") == "16 condition.group-without-parts");
  for (const char* least : {"0", "2", "-1", "\"1\"", "9223372036854775807"}) {
    CAPTURE(least);
    CHECK(why(std::string("{ at_least = ") + least + ", of = [{ question = \"a\", is = 1 }] }") ==
          "8 condition.bad-at-least");
  }
  CHECK(why("{ at_least = 1 }") == "8 condition.bad-at-least");
  CHECK(why("{ at_least = 1, of = [], any = [] }") == "8 condition.bad-at-least");
  std::string deep = "{ question = \"a\", is = 1 }";
  for (int i = 0; i < 9; ++i) deep = "{ any = [" + deep + "] }";
  CHECK(why(deep) == "89 condition.too-deep");
}
