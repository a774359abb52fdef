#include "transfer/mapping.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace taizhang::transfer;

namespace {

std::string key(const Mapping& mapping, const std::string& heading) {
  return mapping.key_of({1, heading, heading}).value_or("?");
}

const Mapping villages() { return Mapping{*find_kind("villages")}; }

}  // namespace

TEST_CASE("keys and the usual Chinese headings are known") {
  const Mapping mapping = villages();
  for (const char* heading :
       {"name", "村名", "行政村", "村(社区)", "村（社区）名称", "村\n名", " 村 名："})
    CHECK(key(mapping, heading) == "name");
  for (const char* heading : {"code", "编码", "行政区划代码", "统计用区划代码", "统计代码", "代码",
                              "区划代码", "编码(12位)"})
    CHECK(key(mapping, heading) == "code");
  for (const char* heading : {"镇", "乡镇", "镇（街道）", "所属镇街"})
    CHECK(key(mapping, heading) == "township");
  CHECK(key(mapping, "户数（户）") == "households");
  CHECK(key(mapping, "党员数") == "members");
  CHECK(key(mapping, "序号") == "");
  CHECK(key(mapping, "联系电话") == "?");
  CHECK(key(mapping, "") == "?");
}

TEST_CASE("a group's heading decides when its own is too short to tell") {
  CHECK(villages().key_of({1, "人数", "党员人数"}) == "members");
  CHECK(villages().key_of({1, "户数", "基本情况户数"}) == "households");
}

TEST_CASE("questions are known by id and by label") {
  model::RuleSet rules;
  rules.questions.emplace_back().id = "team_weak";
  rules.questions.back().label = "班子战斗力是否存在突出问题";
  const Mapping mapping{*find_kind("answers"), &rules};
  for (const char* heading : {"team_weak", "answers.team_weak", "班子战斗力是否存在突出问题"})
    CHECK(key(mapping, heading) == "answers.team_weak");
}

TEST_CASE("the office's own mapping wins and can leave a column out") {
  Mapping mapping = villages();
  REQUIRE(mapping.add_file(
      "m.toml",
      "[columns]\n\"户数\" = \"\"\n\"2023年户数\" = \"households\"\n[fixed]\nkind = \"村\"\n"));
  CHECK(key(mapping, "户数") == "");
  CHECK(key(mapping, "2023年户数") == "households");
  REQUIRE(mapping.fixed().size() == 1);
  CHECK(*mapping.fixed().begin() == std::pair<const std::string, std::string>{"kind", "村"});
}

TEST_CASE("a mapping that names no key is refused with its line") {
  Mapping mapping = villages();
  const auto wrong = mapping.add_file(
      "m.toml",
      "[columns]\n\"户\" = \"housholds\"\n\"人\" = 3\n[fixed]\ncolour = \"红\"\n[other]\n");
  REQUIRE_FALSE(wrong);
  REQUIRE(wrong.error().size() == 4);
  CHECK(wrong.error()[0].code == "map-key-unknown");
  CHECK(wrong.error()[0].place.line == 2);
  CHECK(wrong.error()[0].facts[1].second == "households");
  CHECK(wrong.error()[1].code == "map-not-text");
  CHECK(wrong.error()[2].code == "map-key-unknown");
  CHECK(wrong.error()[3].place.line == 6);
}
