#include "store/workspace.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "base/scratch.hpp"
#include "store/spots.hpp"

using namespace taizhang;
using namespace taizhang::store;

namespace {

const std::string marker = "schema = 1\n[workspace]\nname = \"宝鸡市\"\n";

std::string county(const std::string& code, const std::string& name) {
  return "schema = 1\n[county]\ncode = \"" + code + "\"\nname = \"" + name + "\"\n";
}

}  // namespace

TEST_CASE("a workspace is found by walking up") {
  const Scratch scratch;
  scratch.put("taizhang.toml",
              marker + "[[round]]\nyear = 2023\nfrom = 2023-01-01\nto = 2023-12-31\n");
  scratch.put("眉县/county.toml", county("610326", "眉县"));
  scratch.put("扶风县/county.toml", county("610324", "扶风县"));
  scratch.put("眉县/汤峪镇/佐证/a.md", "");
  const auto workspace = open_workspace(scratch / "眉县/汤峪镇/佐证");
  REQUIRE(workspace);
  CHECK(workspace->root == scratch.path());
  CHECK(spots(workspace->diagnostics).empty());
  CHECK(workspace->ledger.info.name == "宝鸡市");
  CHECK(workspace->ledger.rounds.size() == 1);
  REQUIRE(workspace->counties.size() == 2);
  CHECK(workspace->counties[0].folder == "扶风县");
  CHECK(workspace->counties[1].name == "眉县");
}

TEST_CASE("a single county is a workspace by itself") {
  const Scratch scratch;
  scratch.put("taizhang.toml", marker);
  scratch.put("county.toml", county("610326", "眉县"));
  const auto workspace = open_workspace(scratch.path());
  REQUIRE(workspace);
  REQUIRE(workspace->counties.size() == 1);
  CHECK(workspace->counties[0].folder.empty());
  CHECK(workspace->counties[0].code == "610326");
}

TEST_CASE("where no workspace is, none is opened") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "空");
  const auto none = open_workspace(scratch / "空");
  REQUIRE(!none);
  CHECK(none.error().code == "no-workspace");
  CHECK(none.error().place.path == scratch / "空");
  CHECK(open_workspace(scratch / "没有").error().code == "folder-missing");
  CHECK(open_workspace(scratch.put("a.txt", "")).error().code == "folder-missing");
}

TEST_CASE("folders that hold ledgers are never skipped in silence") {
  const Scratch scratch;
  scratch.put("taizhang.toml", marker);
  scratch.put("眉县/汤峪镇/甲.toml", "");
  scratch.put("乱/a/b/甲.toml", "");
  scratch.put("散.toml", "");
  scratch.put("大写/A.TOML", "");
  scratch.put("报告/a.md", "");
  scratch.put(".git/a.toml", "");
  scratch.put("rules/a.toml", "");
  scratch.put("外面的县/汤峪镇/甲.toml", "");
  std::filesystem::create_symlink("外面的县", scratch / "链接");
  std::filesystem::create_symlink("报告", scratch / "别的链接");
  std::filesystem::create_symlink("环", scratch / "环");
  const auto workspace = open_workspace(scratch.path());
  REQUIRE(workspace);
  CHECK(spots(workspace->diagnostics) ==
        Spots{"乱 county-file-missing", "外面的县 county-file-missing", "大写 county-file-missing",
              "散.toml ledger-misplaced", "眉县 county-file-missing", "链接 folder-linked"});
  CHECK(workspace->unreadable == 6);
  CHECK(workspace->counties.empty());
}

TEST_CASE("a bad county.toml is still a county") {
  const Scratch scratch;
  scratch.put("taizhang.toml", marker);
  scratch.put("眉县/county.toml", "[[[");
  scratch.put("扶风县/county.toml", county("610324", "扶风县"));
  std::filesystem::create_directories(scratch / "陇县/county.toml");
  const auto workspace = open_workspace(scratch.path());
  REQUIRE(workspace);
  CHECK(workspace->counties.size() == 3);
}

TEST_CASE("two counties with one code are reported at the second") {
  const Scratch scratch;
  scratch.put("taizhang.toml", marker);
  scratch.put("a/county.toml", county("610326", "眉县"));
  scratch.put("b/county.toml", county("610326", "眉县"));
  const auto workspace = open_workspace(scratch.path());
  REQUIRE(workspace);
  CHECK(spots(workspace->diagnostics) == Spots{"b/county.toml:3:8 county-code-twice"});
  CHECK(fact(workspace->diagnostics, "county-code-twice", "other") == "a/county.toml");
}

TEST_CASE("rounds are once a year and end after they begin") {
  const Scratch scratch;
  scratch.put("taizhang.toml", marker +
                                   "[[round]]\nyear = 2023\nfrom = 2023-01-01\nto = 2022-12-31\n"
                                   "[[round]]\nyear = 2023\nfrom = 2023-01-01\nto = 2023-12-31\n");
  const auto workspace = open_workspace(scratch.path());
  REQUIRE(workspace);
  CHECK(spots(workspace->diagnostics) ==
        Spots{"taizhang.toml:7:6 round-reversed", "taizhang.toml:9:8 round-twice"});
  CHECK(fact(workspace->diagnostics, "round-twice", "other_line") == "4");
}

TEST_CASE("a marker that cannot be read still marks the workspace") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch / "taizhang.toml");
  const auto workspace = open_workspace(scratch.path());
  REQUIRE(workspace);
  CHECK(spots(workspace->diagnostics) == Spots{"taizhang.toml file-not-regular"});
  CHECK(workspace->unreadable == 1);
}

TEST_CASE("a folder that may not be opened is reported" * doctest::skip(::geteuid() == 0)) {
  const Scratch scratch;
  scratch.put("taizhang.toml", marker);
  scratch.put("眉县/county.toml", county("610326", "眉县"));
  std::filesystem::permissions(scratch / "眉县", std::filesystem::perms::none);
  const auto workspace = open_workspace(scratch.path());
  std::filesystem::permissions(scratch / "眉县", std::filesystem::perms::owner_all);
  REQUIRE(workspace);
  CHECK(spots(workspace->diagnostics) == Spots{"眉县 folder-denied"});
}
