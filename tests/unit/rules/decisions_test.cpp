#include <doctest/doctest.h>

#include "rules/check.hpp"
#include "rules/make.hpp"

using namespace taizhang;
using namespace taizhang::rules;
using model::StepResult;

namespace {

/// A county with one village whose answer to `bad` and decision are given.
class County {
 public:
  County(std::optional<bool> bad, StepResult result) {
    set.info.id = "own";
    set.sha256 = "now";
    set.questions = {question("bad")};
    set.criteria = {criterion(compare("bad"))};
    auto& village = ledger.townships.emplace_back().villages.emplace_back();
    village.info.name = "示例村";
    model::Survey survey;
    survey.round = 2023;
    survey.date = parse_date("2023-03-01");
    survey.kind = model::SurveyKind::visit;
    if (bad) survey.answers.push_back({"bad", *bad, {}, {}});
    village.surveys.push_back(std::move(survey));
    model::Step made;
    made.kind = model::StepKind::approval;
    made.round = 2023;
    made.date = parse_date("2023-04-01");
    made.result = result;
    village.steps.push_back(std::move(made));
  }
  model::Step& step() { return ledger.townships[0].villages[0].steps[0]; }

  std::string codes() const {
    std::string all;
    for (const auto& [village, findings] : check_decisions(ledger, set, today))
      for (const auto& each : findings)
        all += std::string{each.code} + ' ' + std::string{each.key} + ' ';
    return all;
  }

  model::RuleSet set;
  model::CountyLedger ledger;
};

}  // namespace

TEST_CASE("a decision that agrees with the rules needs no reason") {
  CHECK(County(true, StepResult::listed).codes().empty());
  CHECK(County(false, StepResult::not_listed).codes().empty());
  CHECK(County(std::nullopt, StepResult::not_listed).codes().empty());
}

TEST_CASE("a hit that is not listed, and a listing without a hit, need a written reason") {
  County spared{true, StepResult::not_listed};
  CHECK(spared.codes() == "hit-not-listed result ");
  spared.step().reason = "已整改";
  CHECK(spared.codes().empty());
  County taken{false, StepResult::listed};
  CHECK(taken.codes() == "listed-without-hit result ");
  taken.step().reason = "上级要求";
  CHECK(taken.codes().empty());
}

TEST_CASE("a listing while nothing can be said yet needs a written reason") {
  County early{std::nullopt, StepResult::listed};
  CHECK(early.codes() == "listed-undecided result ");
  early.step().reason = "上级要求";
  CHECK(early.codes().empty());
}

TEST_CASE("answers of after the decision do not count") {
  County county{true, StepResult::not_listed};
  county.step().date = parse_date("2023-02-01");
  CHECK(county.codes().empty());
}

TEST_CASE("criteria of a decision are in the rule set and were met") {
  County county{true, StepResult::listed};
  county.step().criteria = {"c"};
  CHECK(county.codes().empty());
  county.step().criteria = {"x"};
  CHECK(county.codes() == "step-criterion-unknown criteria ");
  County other{false, StepResult::listed};
  other.step().criteria = {"c"};
  other.step().reason = "理由";
  CHECK(other.codes() == "step-criterion-not-met criteria ");
}

TEST_CASE("rules that have changed since the decision judge it no more") {
  County county{true, StepResult::not_listed};
  county.step().rules_sha256 = "then";
  county.step().criteria = {"x"};
  CHECK(county.codes() == "rules-changed-since rules_sha256 ");
  county.step().rules_sha256 = "now";
  CHECK(county.codes() == "step-criterion-unknown criteria hit-not-listed result ");
}

TEST_CASE("decisions by another rule set are none of this one's business") {
  County county{true, StepResult::not_listed};
  county.step().rules = "other";
  CHECK(county.codes().empty());
}
