#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "base/scratch.hpp"
#include "render/catalogue.hpp"
#include "rules/check.hpp"
#include "store/evidence.hpp"
#include "store/load.hpp"
#include "store/rule_files.hpp"
#include "store/workspace.hpp"

using namespace taizhang;
using render::Catalogue;
using render::Language;

namespace {

/// Everything that is said about a workspace in which as much as possible is wrong.
Diagnostics all_that_is_said() {
  const Scratch scratch;
  scratch.put("taizhang.toml",
              "[workspace]\nname = \"甲\"\nlanguage = \"zz\"\n[[round]]\nyear = 2023\nfrom = "
              "2023-12-31\nto = 2023-01-01\n[[round]]\nyear = 2023\nfrom = 2023-01-01\nto = "
              "2023-12-31\n");
  scratch.put("散.toml", "");
  scratch.put("缺/镇/a.toml", "");
  std::filesystem::create_symlink("县", scratch / "链接");
  scratch.put("县/county.toml",
              "schema = 2\n[county]\ncode = \"６１0326\"\nname = \" \"\nchain = [\"审订\"]\n"
              "[unti]\na = 1\n[grid]\narea = \"a\"\n");
  scratch.put("县/缺/a.toml", "schema = \"1\"\n[[village]]\ncode = 1\n");
  scratch.put("县/镇/township.toml",
              "schema = 1\n[township]\ncode = \"6103261\"\n[[submission]]\nperiod = \"6月\"\n");
  const std::string entry =
      "schema = 1\n[village]\ncode = \"610326103901\"\nname = \"甲\"\nnaem = 1\n[[survey]]\n"
      "date = \"2023-3-4\"\nheard = { member = 1, village = -1 }\nanswers.a = [1]\n"
      "[[entry]]\ntask = \"任务\"\naction = \"进度\"\nvoids = \"1\"\ncount = true\n";
  scratch.put("县/镇/a.toml",
              entry + "evidence = [{ file = \"/a\", sha256 = \"\" }, { file = 1 }]\n");
  scratch.put("县/镇/b.toml", "schema = 1\n[village]\ncode = \"61032610390x\"\n");
  scratch.put("县/镇/c.toml", "schema = 1\n[village]\ncode = 610326103901\n");
  const std::string rules =
      "schema = 1\n[rules]\nid = \"r\"\nname = \"a\"\nplace = \"a\"\nyear = 2023\nsource = \"a\"\n";
  scratch.put("rules/x.toml", rules);
  scratch.put("rules/y.toml", rules + "[[criterion]]\nid = \"c\"\nwhen = { any = 3 }\n");
  scratch.put(
      "rules/r.toml",
      rules +
          "[[question]]\nid = \"a\"\nlabel = \"甲\"\ntype = \"选项\"\napplies_when = { question = "
          "\"a\", is = 1 }\n[[question]]\nid = \"a\"\nlabel = \"乙\"\ntype = \"整数\"\nmin = 2\n"
          "max = 1\n[[criterion]]\nid = \"c\"\nlabel = \"丙\"\neffect = \"列入\"\nwhen = { "
          "question "
          "= \"b\", is = 1 }\n");

  auto workspace = store::open_workspace(scratch.path());
  REQUIRE(workspace);
  Diagnostics all = workspace->diagnostics;
  const auto take = [&](Diagnostics more) { all.insert(all.end(), more.begin(), more.end()); };
  for (const auto& folder : workspace->counties)
    take(store::load_county(*workspace, folder).diagnostics);
  for (auto& loaded : store::load_local_rules(*store::disk_tree(scratch.path())))
    take(loaded.diagnostics);
  take(store::load_rules(*store::disk_tree(scratch.path()), "meixian-2032").diagnostics);
  take({store::open_workspace("/proc").error(), store::open_workspace("/none").error()});

  const auto take_findings = [&](const document::Source& source, const model::Findings& findings) {
    for (const auto& finding : findings) all.push_back(store::locate(source, finding));
  };
  const auto loaded = store::load_rules(*store::disk_tree(scratch.path()), "r");
  REQUIRE(loaded.rules);
  take_findings(*loaded.source, rules::check_rules(*loaded.rules));
  model::VillageLedger village;
  village.path = "县/镇/a.toml";
  village.surveys.resize(1);
  village.surveys[0].answers = {{"a", true, {1, 2}}, {"z", true, {3, 4}}};
  take_findings(*loaded.source, rules::check_answers(village, *loaded.rules, true));
  model::Entry application;
  for (const char* file : {"none", "../../../x", "a.toml", "."})
    application.evidence.push_back({file, "", {1, 2}});
  const model::Entry* const in_force = &application;
  take_findings(*loaded.source,
                store::check_evidence(*store::disk_tree(scratch.path()), village, {&in_force, 1}));
  return all;
}

}  // namespace

TEST_CASE("every message of the reader finds its facts, in both languages") {
  const std::regex placeholder("\\{[a-z_0-9]+\\}");
  std::set<std::string_view> codes;
  for (const Diagnostic& each : all_that_is_said()) {
    codes.insert(each.code);
    for (const Language language : {Language::zh, Language::en}) {
      const Catalogue catalogue(language);
      CAPTURE(each.code);
      CHECK(catalogue.has(each.code));
      for (const std::string& text :
           {catalogue.text(each.code, each.facts), catalogue.remedy(each.code, each.facts)}) {
        CAPTURE(text);
        CHECK(!text.empty());
        CHECK(!std::regex_search(text, placeholder));
        CHECK(text.find("type.") == text.npos);
        CHECK(text.find("condition.") == text.npos);
      }
    }
  }
  CHECK(codes.size() >= 45);  // that the workspace above is as bad as it should be
}

TEST_CASE("a fact that is a label of the catalogue is written out") {
  const Facts facts{{"key", "due"}, {"expected", "type.date"}, {"found", "type.nothing"}};
  CHECK(Catalogue(Language::en).text("wrong-type", facts) ==
        "\"due\" wants a date without quotes (like 2023-06-30), but here stands type.nothing");
}
