#include <doctest/doctest.h>

#include <array>
#include <deque>
#include <map>

#include "base/disk.hpp"
#include "base/scratch.hpp"
#include "rules/check.hpp"
#include "rules/make.hpp"
#include "store/rule_files.hpp"
#include "store/spots.hpp"

// Standards that were put in words only, written down as rule files without a line of code.

using namespace taizhang;
using namespace taizhang::rules;

namespace {

std::string read(const std::string& path) {
  const std::string whole = std::string{TAIZHANG_SOURCE_DIR} + "/" + path;
  return disk::read_file(whole, path).value();
}

/// The rule set of that text, which has no faults.
model::RuleSet load(const std::string& id, const std::string& text) {
  const Scratch scratch;
  scratch.put("rules/" + id + ".toml", text);
  auto loaded = store::load_rules(*store::disk_tree(scratch.path()), id);
  CAPTURE(id);
  CHECK(store::spots(loaded.diagnostics).empty());
  REQUIRE(loaded.rules);
  CHECK(check_rules(*loaded.rules).empty());
  return std::move(*loaded.rules);
}

model::RuleSet load(const std::string& id) {
  return load(id, read("tests/unit/rules/sets/" + id + ".toml"));
}

std::string verdict(const model::RuleSet& set, const Sheet& sheet) {
  return std::string{term(sheet.screen(set).verdict)};
}

}  // namespace

TEST_CASE(
    "one of A, two of B, three of C, a post vacant for long, no candidates, an unhappy poll") {
  model::RuleSet set = load("three-groups");
  set.rankings.clear();  // judged below
  set.keys.clear();
  const auto with = [&](std::initializer_list<std::pair<std::string, model::AnswerValue>> more) {
    std::map<std::string, model::AnswerValue> answers;
    for (const char* id :
         {"a1", "a2", "b1", "b2", "b3", "c1", "c2", "c3", "c4", "secretary_vacant"})
      answers[id] = false;
    answers["candidates_last_year"] = std::int64_t{0};
    answers["candidates_this_year"] = std::int64_t{1};
    answers["poll"] = model::Counts{{"valid", 50}, {"satisfied", 30}};
    for (const auto& [id, value] : more) answers[id] = value;
    Sheet sheet;
    for (const auto& [id, value] : answers) sheet.answer(id, value);
    return verdict(set, sheet);
  };
  CHECK(with({}) == "不列入");
  CHECK(with({{"a2", true}}) == "列入");
  CHECK(with({{"b1", true}}) == "不列入");
  CHECK(with({{"b1", true}, {"b3", true}}) == "列入");
  CHECK(with({{"c1", true}, {"c3", true}}) == "不列入");
  CHECK(with({{"c1", true}, {"c3", true}, {"c4", true}}) == "列入");
  CHECK(with({{"secretary_vacant", true}}) == "无法判断");
  CHECK(with({{"secretary_vacant", true}, {"vacant_since", parse_date("2023-03-15").value()}}) ==
        "不列入");
  CHECK(with({{"secretary_vacant", true}, {"vacant_since", parse_date("2023-03-14").value()}}) ==
        "列入");
  CHECK(with({{"candidates_this_year", std::int64_t{0}}}) == "列入");
  CHECK(with({{"poll", model::Counts{{"valid", 50}, {"satisfied", 29}}}}) == "列入");
}

TEST_CASE("last in the township's assessment") {
  const model::RuleSet set = load("three-groups");
  const Rules rules{set, today};
  std::deque<Sheet> sheets;
  std::vector<Contestant> contestants;
  for (const auto& [township, points] :
       {std::pair{"东镇", 80.0}, {"东镇", 71.5}, {"西镇", 60.0}, {"西镇", 60.0}}) {
    sheets.emplace_back(Sheet{{"assessment", points}});
    contestants.push_back({township, sheets.back().values(rules)});
  }
  const auto standings = rank(rules, set.rankings.at(0), contestants);
  CHECK(standings[0].hit == Truth::no);
  CHECK(standings[1].hit == Truth::yes);
  CHECK(standings[2].hit == Truth::yes);  // equal to the last
  CHECK(standings[3].hit == Truth::yes);
}

TEST_CASE("hundred points over five aspects: red is listed, yellow watched") {
  const model::RuleSet set = load("hundred-points");
  const auto with = [&](std::initializer_list<double> points) {
    constexpr std::array ids{"team", "life", "economy", "governance", "service"};
    Sheet sheet;
    std::size_t next = 0;
    for (const double each : points) sheet.answer(ids[next++], each);
    const auto result = sheet.screen(set);
    const bool watched = result.judgements.at(1).truth == Truth::yes;
    return std::string{term(result.verdict)} + (watched ? " 关注" : "");
  };
  CHECK(with({16, 16, 16, 16, 16}) == "不列入");
  CHECK(with({16, 16, 16, 16, 15}) == "不列入 关注");
  CHECK(with({12, 12, 12, 12, 13}) == "不列入 关注");
  CHECK(with({12, 12, 12, 12, 12}) == "列入");
  CHECK(with({10, 10, 10, 10}) == "列入");    // the fifth cannot matter
  CHECK(with({15, 15, 15, 16}) == "不列入");  // yellow or green
  CHECK(with({15, 15, 15, 15}) == "无法判断");
}

TEST_CASE("the worst tenth, rounded up, with ties") {
  const model::RuleSet set = load("worst-tenth");
  const Rules rules{set, today};
  std::deque<Sheet> sheets;
  std::vector<Contestant> contestants;
  for (int i = 0; i < 21; ++i) {  // a tenth is 2.1, so 3; the third is equal to the fourth
    const bool bad = i < 2;
    const double income = bad ? 1.0 + i : i < 4 ? 3.0 : 4.0 + i;
    sheets.emplace_back(
        Sheet{{"grade_last_year", std::int64_t{i < 4 ? 3 : 2}}, {"collective_income", income}});
    contestants.push_back({"", sheets.back().values(rules)});
  }
  const auto standings = rank(rules, set.rankings.at(0), contestants);
  std::string hits;
  for (const Standing& each : standings) hits += each.hit == Truth::yes ? '+' : '-';
  CHECK(hits == "++++-----------------");
  CHECK(standings[0].cut == 3);
  CHECK(standings[3].worst == 3);
}

TEST_CASE("every rule set on the page that teaches to write them is without faults") {
  const std::string page = read("cmd/topics/rules.md");
  const std::string fence = "```";
  int found = 0;
  for (std::size_t at = page.find(fence + "toml\n"); at != page.npos;
       at = page.find(fence + "toml\n", at)) {
    at += fence.size() + 5;
    const std::string text = page.substr(at, page.find(fence, at) - at);
    const std::size_t quote = text.find('"', text.find("\nid "));
    load(text.substr(quote + 1, text.find('"', quote + 1) - quote - 1), text);
    ++found;
  }
  CHECK(found == 6);
}
