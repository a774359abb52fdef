#include "store/load.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/scratch.hpp"
#include "store/load_part.hpp"
#include "store/spots.hpp"

using namespace taizhang;
using namespace taizhang::store;

namespace {

const std::string marker = "schema = 1\n[workspace]\nname = \"眉县\"\n";
const std::string county_text = "schema = 1\n[county]\ncode = \"610326\"\nname = \"眉县\"\n";
const std::string township_text =
    "schema = 1\n[township]\ncode = \"610326103\"\nname = \"汤峪镇\"\n";

std::string village_text(const std::string& code) {
  return "schema = 1\n[village]\ncode = \"" + code + "\"\nname = \"甲村\"\n";
}

/// A workspace with one county in a folder, or that is one county.
class Office : public Scratch {
 public:
  explicit Office(bool single = false) : at_(single ? "" : "眉县/") {
    put("taizhang.toml", marker);
    put(at_ + "county.toml", county_text);
  }

  void add(const std::string& name, const std::string& text) const { put(at_ + name, text); }

  LoadedCounty load() const {
    const auto workspace = open_workspace(path());
    REQUIRE(workspace);
    CHECK(spots(workspace->diagnostics).empty());
    REQUIRE(workspace->counties.size() == 1);
    return load_county(*workspace, workspace->counties[0]);
  }

 private:
  std::string at_;
};

}  // namespace

TEST_CASE("townships and villages come by code, wherever their names stand") {
  const Office office;
  office.add("甲镇/township.toml",
             "schema = 1\n[township]\ncode = \"610326105\"\nname = \"甲镇\"\n");
  office.add("汤峪镇/township.toml", township_text);
  office.add("汤峪镇/a.toml", village_text("610326103902"));
  office.add("汤峪镇/b.toml", village_text("610326103901"));
  office.add("汤峪镇/佐证/说明.md", "");
  office.add("报告/半月报.md", "");
  const auto county = office.load();
  CHECK(spots(county.diagnostics).empty());
  REQUIRE(county.ledger.townships.size() == 2);
  CHECK(county.ledger.townships[0].folder == "汤峪镇");
  REQUIRE(county.ledger.townships[0].villages.size() == 2);
  CHECK(county.ledger.townships[0].villages[0].path == "眉县/汤峪镇/b.toml");
  CHECK(county.ledger.townships[0].villages[0].file_name == "b");
  CHECK(county.ledger.village_files == 2);
  CHECK(county.ledger.village_files_read == 2);
  CHECK(county.unreadable == 0);
}

TEST_CASE("of two ledgers with one code neither is counted, and the error names both") {
  const Office office;
  office.add("汤峪镇/township.toml", township_text);
  office.add("汤峪镇/a.toml", village_text("610326103901"));
  office.add("汤峪镇/a - 副本.toml", village_text("610326103901"));
  office.add("汤峪镇/b.toml", village_text("610326103902"));
  const auto county = office.load();
  CHECK(spots(county.diagnostics) == Spots{"眉县/汤峪镇/a.toml:3:8 duplicate-code"});
  CHECK(fact(county.diagnostics, "duplicate-code", "other") == "眉县/汤峪镇/a - 副本.toml");
  const auto& township = county.ledger.townships.at(0);
  REQUIRE(township.villages.size() == 3);
  CHECK_FALSE(township.villages[0].complete);
  CHECK_FALSE(township.villages[1].complete);
  CHECK(township.villages[2].complete);
  CHECK(township.village_files_read == 1);
  CHECK(county.ledger.village_files_read == 1);
  CHECK(county.ledger.village_files == 3);
}

TEST_CASE("who wants ledgers that say something gets those, whatever is wrong with others") {
  const Office office;
  office.add("汤峪镇/township.toml", township_text);
  office.add("汤峪镇/a.toml", village_text("610326103901"));
  office.add("汤峪镇/b.toml", "schema = 1\n[village\n");
  office.add("汤峪镇/c.toml", village_text("610326103902"));
  office.add("汤峪镇/d.toml", village_text("610326103903") + "former = [\"610326103902\"]\n");
  office.add("汤峪镇/佐证/x.toml", village_text("610326103904"));
  const auto workspace = open_workspace(office.path());
  REQUIRE(workspace);
  const auto county = load_part(*workspace, workspace->counties[0], {"", "", "", "610326103902"});
  CHECK(spots(county.diagnostics).empty());
  REQUIRE(county.ledger.townships.size() == 1);
  const auto& villages = county.ledger.townships[0].villages;
  REQUIRE(villages.size() == 2);
  CHECK(villages[0].file_name == "c");
  CHECK(villages[1].file_name == "d");
}

TEST_CASE("rules of a county that is a workspace are no township") {
  const Office office(true);
  office.add("rules/own.toml", "");
  office.add("汤峪镇/township.toml", township_text);
  const auto county = office.load();
  CHECK(spots(county.diagnostics).empty());
  CHECK(county.ledger.townships.size() == 1);
}

TEST_CASE("ledgers in places where nobody counts them are reported") {
  const Office office;
  office.add("散村.toml", village_text("610326103901"));
  office.add("taizhang.toml", marker);
  office.add("没有镇文件/甲.toml", village_text("610326104901"));
  office.add("汤峪镇/township.toml", township_text);
  office.add("汤峪镇/county.toml", county_text);
  office.add("汤峪镇/组/深/甲.toml", "");
  office.add("片区/汤峪镇/甲.toml", "");
  std::filesystem::create_symlink("汤峪镇", office / "眉县/链接镇");
  const auto county = office.load();
  CHECK(spots(county.diagnostics) ==
        Spots{"眉县/taizhang.toml ledger-misplaced", "眉县/散村.toml ledger-misplaced",
              "眉县/汤峪镇/county.toml ledger-misplaced",
              "眉县/汤峪镇/组/深/甲.toml ledger-misplaced", "眉县/没有镇文件 township-file-missing",
              "眉县/片区/汤峪镇/甲.toml ledger-misplaced", "眉县/链接镇 folder-linked"});
  CHECK(county.unreadable == 7);
  CHECK(county.ledger.village_files == 1);
}

TEST_CASE("one bad file never hides the others") {
  const Office office;
  office.add("汤峪镇/township.toml", "这不是 TOML");
  office.add("汤峪镇/a.toml", village_text("610326103901"));
  office.add("汤峪镇/b.toml", "");
  office.add("汤峪镇/c.toml", std::string(9u << 20, '#'));
  std::filesystem::create_directory(office / "眉县/汤峪镇/d.toml");
  REQUIRE(::mkfifo((office / "眉县/汤峪镇/e.toml").c_str(), 0600) == 0);
  std::filesystem::create_symlink("/dev/zero", office / "眉县/汤峪镇/f.toml");
  std::filesystem::create_symlink("没有", office / "眉县/汤峪镇/g.toml");
  office.add("汤峪镇/h.toml", "\xff\xfe");
  office.add("汤峪镇/i.toml", village_text("61032610390"));
  office.add("汤峪镇/j.toml", village_text("610326103902") + "households = \"多\"\n");
  office.add("汤峪镇/k.TOML", village_text("610326103903"));
  office.add("inspections.toml", "schema = 1\n[[inspection]]\nid = \"D1\"\n");
  const auto county = office.load();
  Spots short_ones;  // the reader's own findings are tested elsewhere
  for (const auto& spot : spots(county.diagnostics))
    if (spot.find("township.toml") == spot.npos && spot.find("/h.toml") == spot.npos)
      short_ones.push_back(spot.substr(std::string("眉县/").size()));
  CHECK(short_ones == Spots{"inspections.toml:2:1 missing-key", "inspections.toml:2:1 missing-key",
                            "汤峪镇/b.toml:1:1 file-empty", "汤峪镇/b.toml:1:1 schema-missing",
                            "汤峪镇/c.toml file-too-large", "汤峪镇/d.toml file-not-regular",
                            "汤峪镇/e.toml file-not-regular", "汤峪镇/f.toml file-not-regular",
                            "汤峪镇/g.toml file-missing", "汤峪镇/i.toml:3:8 code-length",
                            "汤峪镇/j.toml:5:14 wrong-type"});
  REQUIRE(county.ledger.townships.size() == 1);
  const auto& villages = county.ledger.townships[0].villages;
  REQUIRE(villages.size() == 3);
  CHECK(villages[0].path == "眉县/汤峪镇/a.toml");
  CHECK(villages[0].complete);
  CHECK(!villages[1].complete);
  CHECK(villages[2].file_name == "k");
  CHECK(county.ledger.village_files == 11);
  CHECK(county.ledger.village_files_read == 2);
  CHECK(county.unreadable == 9);
}

TEST_CASE("a township file without permission is reported and its villages are read" *
          doctest::skip(::geteuid() == 0)) {
  const Office office;
  office.add("汤峪镇/township.toml", township_text);
  office.add("汤峪镇/a.toml", village_text("610326103901"));
  std::filesystem::permissions(office / "眉县/汤峪镇/township.toml", std::filesystem::perms::none);
  const auto county = office.load();
  CHECK(spots(county.diagnostics) == Spots{"眉县/汤峪镇/township.toml file-denied"});
  CHECK(county.ledger.village_files_read == 1);
}

TEST_CASE("a finding is put where its key stands") {
  const Office office;
  office.add("汤峪镇/township.toml", township_text);
  office.add("汤峪镇/a.toml", village_text("610326103901"));
  const auto county = office.load();
  const auto& village = county.ledger.townships[0].villages[0];
  model::Finding finding{Severity::error, "duplicate-code", village.info.at, "name", {}};
  finding.other = village.info.at;
  const Diagnostics found{
      locate(county, village.path, finding),
      locate(county, village.path,
             {Severity::error, "duplicate-code", village.info.at, "kind", {}}),
      locate(county, village.path, {Severity::error, "duplicate-code", {}, "", {}}),
      locate(county, "没有.toml", {Severity::error, "duplicate-code", village.info.at, "", {}})};
  CHECK(spots(found) == Spots{"眉县/汤峪镇/a.toml:4:8 duplicate-code",
                              "眉县/汤峪镇/a.toml:2:1 duplicate-code",
                              "眉县/汤峪镇/a.toml duplicate-code", "没有.toml duplicate-code"});
  CHECK(fact(found, "duplicate-code", "other_line") == "2");
}

TEST_CASE("many findings of a long file are located without reading it each time") {
  constexpr int tasks = 3000;  // to read the whole file for each would take minutes
  std::string text;
  for (int i = 0; i < tasks; ++i)
    text += "[[task]]\nid = \"T" + std::to_string(i) + "\"\ntitle = \"" + std::string(200, 'x') +
            "\"\n";
  const document::Source source("a", text);
  std::uint32_t begin = 0;
  int found = 0;
  for (int i = 0; i < tasks; ++i) {
    begin = static_cast<std::uint32_t>(text.find("[[task]]", begin));
    const auto diagnostic =
        locate(source, {Severity::error, "bad-id", {begin, begin + 8}, "id", {}});
    found += diagnostic.place.line == static_cast<std::uint32_t>(3 * i + 2);
    ++begin;
  }
  CHECK(found == tasks);
}
