#include "render/template.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "store/read_file.hpp"

using namespace taizhang;
using namespace taizhang::render;
using model::FileKind;
using std::chrono::January;

namespace {

const Catalogue chinese{Language::zh};

/// What the reader says of the text, by code.
std::string findings(FileKind file, std::string_view name, const std::string& text) {
  auto reader = store::FileReader::from_text("a.toml", text, file);
  Diagnostics found;
  if (name == "county") {
    model::CountyInfo info;
    reader.one(name, info);
  } else if (name == "township") {
    model::TownshipInfo info;
    reader.one(name, info);
  } else {
    model::VillageInfo info;
    reader.one(name, info);
  }
  reader.move_diagnostics_to(found);
  std::string codes;
  for (const Diagnostic& each : found) codes += std::string{each.code} + ' ';
  return codes;
}

std::string county_text(const model::CountyInfo& info) {
  const std::array records{new_record(FileKind::county, "county", info)};
  return new_ledger(chinese, FileKind::county, "../schema/county.json", records);
}

}  // namespace

TEST_CASE("a new ledger names its schema, explains every key and passes the reader") {
  model::CountyInfo info;
  info.code = "610326";
  info.name = "眉县";
  info.roster = model::Roster::partial;
  CHECK(county_text(info) == R"(#:schema ../schema/county.json
# county.toml: 县、区
# 有哪些记录、哪些键:taizhang help fields
schema = 1

[county]
code                = "610326"  # 县、区行政区划代码
name                = "眉县"    # 县、区名称
# rules               =         # 规则编号
roster              = "部分"    # 村台账齐不齐: 全部 部分
# chain               =         # 认定步骤和先后: 自查 镇自查 初定 联审 审定 备案 反馈 方案备案
# departments         =         # 参加联审的部门
# rhythm              =         # 镇街多久报一次: 半月 月
# deadline_days       =         # 报告期结束后几天内报送
# planned_inspections =         # 本轮计划督查几次
# scoring             =         # 督查排名用的评分办法(规则编号)
# sheet               =         # 验收用的评分表(规则编号)
# follow_up           =         # 摘牌后多久跟踪,最后一次是回头看
)");
  CHECK(findings(FileKind::county, "county", county_text(info)).empty());
}

TEST_CASE("no name can bring anything into a new ledger but itself") {
  for (const std::string name :
       {"a\"\nschema = 2\n[unit]", "a\\", "'''", "a # b", "\xE2\x80\xAE x", "a\r\n[[unit]]"}) {
    CAPTURE(name);
    model::TownshipInfo info;
    info.code = "610326103";
    info.name = name;
    const std::array records{new_record(FileKind::township, "township", info)};
    const std::string text = new_ledger(chinese, FileKind::township, "schema.json", records);
    CHECK(findings(FileKind::township, "township", text).empty());
    auto reader = store::FileReader::from_text("a.toml", text, FileKind::township);
    model::TownshipInfo read;
    reader.one("township", read);
    CHECK(read.name == name);
    CHECK(read.code == info.code);
  }
}

TEST_CASE("a long value pushes no other comment aside, and each record has its own columns") {
  model::WorkspaceInfo info;
  info.name = "一个名称很长很长很长很长很长很长很长很长的工作区";
  model::Round round;
  round.year = 2023;
  round.from = Date{std::chrono::year{2023} / January / 1};
  const std::array records{new_record(FileKind::workspace, "workspace", info),
                           new_record(FileKind::workspace, "round", round)};
  CHECK(new_ledger(Catalogue{Language::en}, FileKind::workspace, "w.json", records) ==
        R"(#:schema w.json
# taizhang.toml: the workspace
# all records and keys: taizhang help fields
schema = 1

[workspace]
name     = "一个名称很长很长很长很长很长很长很长很长的工作区"  # name
# language =  # language of the output: zh en
# example  =  # whether it is an example

[[round]]
year = 2023        # year, the name of the round
from = 2023-01-01  # first day
# to   =           # last day
)");
}

TEST_CASE("a key that is uncommented and filled in is read") {
  model::VillageInfo info;
  info.code = "610326103901";
  info.name = "示例甲村";
  const std::array records{new_record(FileKind::village, "village", info)};
  std::string text = new_ledger(chinese, FileKind::village, "s.json", records);
  const std::size_t at = text.find("# households =");
  REQUIRE(at != std::string::npos);
  text.replace(at, std::string{"# households ="}.size(), "households = 412");
  CHECK(findings(FileKind::village, "village", text).empty());
}
