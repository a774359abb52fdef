#include "rules/acceptance.hpp"

#include <doctest/doctest.h>

#include "base/disk.hpp"
#include "base/scratch.hpp"
#include "rules/check.hpp"
#include "rules/make.hpp"
#include "store/rule_files.hpp"
#include "store/spots.hpp"

using namespace taizhang;
using namespace taizhang::rules;
using model::Acceptance;
using model::AcceptanceResult;
using model::Counts;

namespace {

/// A sheet that was put in words only, written down without a line of code.
model::RuleSet load(const std::string& id) {
  const Scratch scratch;
  const std::string path =
      std::string{TAIZHANG_SOURCE_DIR} + "/tests/unit/rules/sets/" + id + ".toml";
  scratch.put("rules/" + id + ".toml", disk::read_file(path, path).value());
  auto loaded = store::load_rules(*store::disk_tree(scratch.path()), id);
  CAPTURE(id);
  CHECK(store::spots(loaded.diagnostics).empty());
  REQUIRE(loaded.rules);
  CHECK(check_rules(*loaded.rules).empty());
  return std::move(*loaded.rules);
}

Acceptance step(model::Answers scores, Counts votes = {}, std::string_view result = "") {
  Acceptance made;
  made.kind = model::AcceptanceKind::acceptance;
  made.date = today;
  made.scores = std::move(scores);
  made.votes = std::move(votes);
  made.result = model::from_term<AcceptanceResult>(result);
  made.at = {1, 2};
  return made;
}

model::Answer answer(std::string question, model::AnswerValue value) {
  return {std::move(question), std::move(value), {7, 8}, {5, 6}};
}

std::string result(const model::RuleSet& sheet, const Acceptance& made) {
  const auto verdict = judge_acceptance(sheet, made, today);
  return verdict.result ? std::string{term(*verdict.result)} : "open";
}

std::string findings(const model::RuleSet& sheet, const Acceptance& made) {
  std::string all;
  for (const auto& finding : check_acceptance(sheet, made)) {
    if (!all.empty()) all += ' ';
    all += std::string{finding.code} + '@' + std::to_string(finding.record.begin);
    if (!finding.key.empty()) all += '.' + std::string{finding.key};
  }
  return all;
}

/// 24 items; the first four hold 5 points, the others 4, and the first gets `first`.
model::Answers items(std::int64_t first, std::int64_t others) {
  model::Answers made;
  for (int n = 1; n <= 24; ++n)
    made.push_back(answer("i" + std::to_string(n), n == 1 ? first : others));
  return made;
}

model::Answers ballots(std::int64_t dissatisfied_with_third, std::int64_t voters = 15) {
  model::Answers made;
  for (int n = 1; n <= 5; ++n) {
    const std::int64_t no = n == 3 ? dissatisfied_with_third : 0;
    made.push_back(answer(
        "v" + std::to_string(n),
        Counts{
            {"valid", voters}, {"satisfied", voters - no}, {"partly", 0}, {"dissatisfied", no}}));
  }
  return made;
}

}  // namespace

TEST_CASE("24 items of 100 points pass at 70 and not a point below") {
  const auto sheet = load("sheet-24-items");
  CHECK(result(sheet, step(items(1, 3))) == "合格");    // 1 + 23 × 3 = 70
  CHECK(result(sheet, step(items(0, 3))) == "不合格");  // 69
  CHECK(judge_acceptance(sheet, step(items(0, 3)), today).total.low == 69 * one_point);
  CHECK(findings(sheet, step(items(1, 3), {}, "合格")).empty());
}

TEST_CASE("a result other than the sheet’s is an error, with the sheet’s own") {
  const auto sheet = load("sheet-24-items");
  CHECK(findings(sheet, step(items(0, 3), {}, "合格")) == "acceptance-result-differs@1.result");
  CHECK(findings(sheet, step(items(1, 3), {}, "不合格")) == "acceptance-result-differs@1.result");
  const auto found = check_acceptance(sheet, step(items(0, 3), {}, "合格"));
  const Facts wanted{
      {"result", "合格"}, {"given", "不合格"}, {"why", "69"}, {"sheet", "sheet-24-items"}};
  CHECK(found.front().facts == wanted);
}

TEST_CASE("a missing item leaves the result open, however good the others are") {
  const auto sheet = load("sheet-24-items");
  auto scores = items(5, 4);
  scores.pop_back();
  CHECK(result(sheet, step(scores)) == "open");
  CHECK(findings(sheet, step(scores, {}, "合格")) == "acceptance-score-missing@1.sheet");
}

TEST_CASE("unknown items, scores above the maximum and votes that nobody asked for are errors") {
  const auto sheet = load("sheet-24-items");
  auto scores = items(1, 3);
  scores[3].value = std::int64_t{6};
  CHECK(findings(sheet, step(scores, {}, "合格")) == "acceptance-score-unfit@7");
  scores = items(1, 3);
  scores.push_back(answer("i25", std::int64_t{3}));
  CHECK(findings(sheet, step(scores, {}, "合格")) == "acceptance-item-unknown@5");
  CHECK(findings(sheet, step(items(1, 3), {{"valid", 3}}, "合格")) ==
        "acceptance-item-unknown@1.votes");
}

TEST_CASE("15 voters fail a village outright when more than half are dissatisfied with one of 5") {
  const auto sheet = load("sheet-15-voters");
  CHECK(result(sheet, step(ballots(7))) == "合格");
  CHECK(result(sheet, step(ballots(8))) == "不合格");
  CHECK(judge_acceptance(sheet, step(ballots(8)), today).knocked_out->label == "第3项不满意过半");
  CHECK(findings(sheet, step(ballots(8), {}, "合格")) == "acceptance-result-differs@1.result");
}

TEST_CASE("fewer or more voters than the sheet wants are errors") {
  const auto sheet = load("sheet-15-voters");
  const std::string five =
      "acceptance-score-unfit@7 acceptance-score-unfit@7 "
      "acceptance-score-unfit@7 acceptance-score-unfit@7 acceptance-score-unfit@7";
  CHECK(findings(sheet, step(ballots(0, 14), {}, "合格")) == five);
  CHECK(findings(sheet, step(ballots(0, 16), {}, "合格")) == five);
}

TEST_CASE("nine in ten must know and be satisfied, counted in votes") {
  const auto sheet = load("sheet-nine-in-ten");
  const auto votes = [](std::int64_t good, std::int64_t valid) {
    return step({}, {{"valid", valid}, {"knows_satisfied", good}});
  };
  CHECK(result(sheet, votes(45, 50)) == "合格");
  CHECK(result(sheet, votes(44, 50)) == "不合格");
  CHECK(result(sheet, votes(9, 10)) == "合格");
  CHECK(result(sheet, step({})) == "open");
  CHECK(findings(sheet, step({}, {{"valid", 50}}, "合格")) == "acceptance-score-missing@1.sheet");
  CHECK(findings(sheet, step({}, {{"valid", 0}, {"knows_satisfied", 0}}, "合格")) ==
        "acceptance-score-unfit@1.votes");
}

TEST_CASE("a rule set whose bands have no result is no acceptance sheet") {
  const auto screening = load("hundred-points");
  CHECK(sheet_score(screening) == nullptr);
  CHECK(findings(screening, step({}, {}, "合格")) == "acceptance-sheet-unfit@1.sheet");
}

TEST_CASE("every band of a sheet has a result, and a file is one sheet") {
  auto sheet = load("sheet-nine-in-ten");
  sheet.bands.back().result.reset();
  auto found = check_rules(sheet);
  REQUIRE(found.size() == 1);
  CHECK(found.front().code == "rule-band-result");
  sheet = load("sheet-nine-in-ten");
  sheet.scores.push_back({"other", "另一张", {}, {}});
  sheet.knockouts.push_back(sheet.knockouts.front());
  sheet.knockouts.back().score = "other";
  sheet.bands.push_back({"b", "other", "合格", {}, {}, {}, AcceptanceResult::passed});
  found = check_rules(sheet);
  REQUIRE(found.size() == 1);
  CHECK(found.front().code == "rule-two-sheets");
}

TEST_CASE("the sheet inside the program is sound and says that it is an illustration") {
  const Scratch scratch;
  const auto loaded =
      store::load_rules(*store::disk_tree(scratch.path()), "acceptance-illustration");
  REQUIRE(loaded.rules);
  CHECK(check_rules(*loaded.rules).empty());
  CHECK(sheet_score(*loaded.rules));
  CHECK(loaded.rules->info.source.view().find("演示") != std::string::npos);
}
