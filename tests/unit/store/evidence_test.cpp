#include "store/evidence.hpp"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>

#include "base/hash.hpp"
#include "base/scratch.hpp"

using namespace taizhang;
using namespace taizhang::store;

TEST_CASE("evidence is seen from the ledger's folder and compared with its hash") {
  const Scratch outer;
  const std::string root = outer / "区";
  outer.put("区/镇/佐证/a.md", "会议记录");
  outer.put("区/别镇/b.md", "别处");
  outer.put("外面.md", "会议记录");
  outer.put("区/c.md", "顶层");
  std::filesystem::create_symlink("../../外面.md", outer / "区/镇/链接.md");
  std::filesystem::create_directory(outer / "区/镇/夹");
  const auto state = [&](const std::string& file, std::string_view bytes,
                         const std::string& ledger = "镇/甲村.toml") {
    return evidence_state(*disk_tree(root), ledger, {file, sha256(bytes), {}});
  };
  CHECK(state("佐证/a.md", "会议记录") == EvidenceState::intact);
  CHECK(state("佐证/a.md", "会议纪要") == EvidenceState::changed);
  CHECK(state("佐证/b.md", "会议记录") == EvidenceState::missing);
  CHECK(state("../别镇/b.md", "别处") == EvidenceState::intact);
  CHECK(state("../../外面.md", "会议记录") == EvidenceState::outside);
  CHECK(state("链接.md", "会议记录") == EvidenceState::outside);
  CHECK(state("/etc/passwd", "") == EvidenceState::outside);
  CHECK(state("夹", "") == EvidenceState::unreadable);
  CHECK(state("c.md", "顶层", "甲村.toml") == EvidenceState::intact);
}

TEST_CASE("what is wrong with evidence is found at the piece itself") {
  const Scratch scratch;
  scratch.put("镇/a.md", "一");
  scratch.put("镇/b.md", "二");
  std::filesystem::create_directory(scratch / "镇/夹");
  model::VillageLedger village;
  village.path = "镇/甲村.toml";
  model::Entry first;
  first.evidence = {{"a.md", sha256("一"), {1, 2}}, {"b.md", sha256("三"), {3, 4}}};
  model::Entry second;
  second.evidence = {{"c.md", sha256(""), {5, 6}},
                     {"../../d.md", sha256(""), {7, 8}},
                     {"夹", sha256(""), {9, 10}}};
  const std::array<const model::Entry*, 2> applications{&first, &second};
  const auto findings = check_evidence(*disk_tree(scratch.path()), village, applications);
  REQUIRE(findings.size() == 4);
  CHECK(findings[0].code == "evidence-changed");
  CHECK(findings[0].record == Span{3, 4});
  CHECK(findings[0].facts.at(0).second == "b.md");
  CHECK(findings[1].code == "evidence-missing");
  CHECK(findings[2].code == "evidence-outside");
  CHECK(findings[3].code == "evidence-unreadable");
  CHECK(findings[3].record == Span{9, 10});
  for (const auto& finding : findings) CHECK(finding.severity == Severity::error);
  CHECK(check_evidence(*disk_tree(scratch.path()), village, {}).empty());
}

TEST_CASE("a file that several records name is read once, and judged by the hash of each") {
  const Scratch scratch;
  scratch.put("镇/a.md", "一");
  model::VillageLedger village;
  village.path = "镇/甲村.toml";
  model::Entry entry;
  entry.evidence = {{"a.md", sha256("一"), {1, 2}}, {"a.md", sha256("二"), {3, 4}}};
  const std::array<const model::Entry*, 1> applications{&entry};
  const auto tree = disk_tree(scratch.path());
  EvidenceJudge judge{*tree};
  const auto found = judge.check(village, applications);
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "evidence-changed");
  CHECK(found[0].record == Span{3, 4});
  scratch.put("镇/a.md", "二");
  CHECK(judge.check(village, applications).at(0).record == Span{3, 4});
  village.path = "别镇/甲村.toml";  // another folder, so another file
  CHECK(judge.check(village, applications).at(0).code == "evidence-missing");
}
