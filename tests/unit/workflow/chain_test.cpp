#include "workflow/chain.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace taizhang::workflow;
using model::Step;
using model::StepKind;
using model::StepResult;

namespace {

std::optional<Date> day(std::string_view text) { return parse_date(text); }

model::CountyLedger county(std::vector<std::string> chain,
                           std::vector<std::string> departments = {}) {
  model::CountyLedger made;
  made.info.chain = std::move(chain);
  made.info.departments = std::move(departments);
  return made;
}

/// A village of which the steps are written down, each at 10, 20, 30 …
class Village {
 public:
  Step& step(StepKind kind, std::string_view date, StepResult result = StepResult::done) {
    Step made;
    made.kind = kind;
    made.round = 2023;
    made.date = day(date);
    made.result = result;
    const auto at = static_cast<std::uint32_t>(10 * (ledger.steps.size() + 1));
    made.at = {at, at + 1};
    ledger.steps.push_back(std::move(made));
    return ledger.steps.back();
  }
  void review(std::string department, StepResult result, std::string reason = "") {
    Step& made = step(StepKind::joint_review, "2023-03-30", result);
    made.department = std::move(department);
    made.reason = std::move(reason);
  }
  model::VillageLedger ledger;
};

/// `code@begin key` of each finding.
std::string codes(const model::CountyLedger& chain, const Village& village) {
  std::string all;
  for (const auto& each : check_chain(chain, village.ledger, 2023))
    all += std::string{each.code} + '@' + std::to_string(each.record.begin) + ' ' +
           std::string{each.key} + ' ';
  return all;
}

std::string reached(const ChainState& state) {
  const ChainLink* next = state.next();
  return next ? std::string{model::term(next->kind)} : "-";
}

const Date end = *parse_date("2023-12-31");

}  // namespace

TEST_CASE("steps in the order of the chain are right, and so are other steps anywhere") {
  const auto chain = county({"自查", "初定", "审定"});
  Village village;
  village.step(StepKind::feedback, "2023-01-01");
  village.step(StepKind::self_check, "2023-03-01");
  village.step(StepKind::nomination, "2023-03-01", StepResult::listed);
  village.step(StepKind::approval, "2023-04-01", StepResult::listed);
  CHECK(codes(chain, village).empty());
}

TEST_CASE("a step without the one before it is an error, and so is one dated earlier") {
  const auto chain = county({"自查", "初定", "审定"});
  Village without;
  without.step(StepKind::self_check, "2023-03-01");
  without.step(StepKind::approval, "2023-04-01", StepResult::listed);
  CHECK(codes(chain, without) == "chain-step-missing@20 kind ");
  Village early;
  early.step(StepKind::self_check, "2023-03-02");
  early.step(StepKind::nomination, "2023-03-01", StepResult::listed);
  CHECK(codes(chain, early) == "chain-order@20 date ");
}

TEST_CASE("a missing step is said once, however many come after it") {
  const auto chain = county({"初定", "联审", "审定"}, {"政法", "民政"});
  Village village;
  village.review("政法", StepResult::agreed);
  village.review("民政", StepResult::agreed);
  village.step(StepKind::approval, "2023-04-01", StepResult::listed);
  CHECK(codes(chain, village) == "chain-step-missing@10 kind ");
}

TEST_CASE("undated steps are in nobody's way") {
  const auto chain = county({"初定", "审定"});
  Village village;
  village.step(StepKind::approval, "", StepResult::listed);
  village.step(StepKind::nomination, "", StepResult::listed);
  CHECK(codes(chain, village).empty());
}

TEST_CASE("each round has a chain of its own") {
  const auto chain = county({"初定", "审定"});
  Village village;
  village.step(StepKind::nomination, "2022-03-01", StepResult::listed).round = 2022;
  village.step(StepKind::approval, "2023-04-01", StepResult::listed);
  CHECK(codes(chain, village) == "chain-step-missing@20 kind ");
}

TEST_CASE("a county that names no chain demands the decision alone") {
  Village village;
  CHECK(reached(chain_of(county({}), village.ledger, 2023, end)) == "审定");
  village.step(StepKind::approval, "2023-04-01", StepResult::listed);
  CHECK(reached(chain_of(county({}), village.ledger, 2023, end)) == "-");
  CHECK(codes(county({}), village).empty());
}

TEST_CASE("joint review is done when every department has answered") {
  const auto chain = county({"初定", "联审", "审定"}, {"政法", "民政"});
  Village village;
  village.step(StepKind::nomination, "2023-03-01", StepResult::listed);
  village.review("政法", StepResult::agreed);
  auto state = chain_of(chain, village.ledger, 2023, end);
  CHECK(reached(state) == "联审");
  CHECK(state.links[1].reviews[0].step);
  CHECK(!state.links[1].reviews[1].step);
  village.step(StepKind::approval, "2023-04-01", StepResult::listed);
  CHECK(codes(chain, village) == "chain-review-incomplete@30 kind ");
  village.review("民政", StepResult::objected, "理由");
  CHECK(reached(chain_of(chain, village.ledger, 2023, end)) == "-");
}

TEST_CASE("the latest word of a department counts, up to the day") {
  const auto chain = county({"联审"}, {"政法"});
  Village village;
  village.review("政法", StepResult::objected, "理由");
  Step& later = village.step(StepKind::joint_review, "2023-05-01", StepResult::agreed);
  later.department = " 政法 ";
  const auto word = [&](std::string_view until) {
    return chain_of(chain, village.ledger, 2023, *day(until)).links[0].reviews[0].step->result;
  };
  CHECK(word("2023-04-01") == StepResult::objected);
  CHECK(word("2023-05-01") == StepResult::agreed);
}

TEST_CASE("a department that is none, and a body that is another, are errors") {
  auto chain = county({"联审", "审定"}, {"政法"});
  chain.chain_steps.push_back({StepKind::approval, model::Level::county, "县委常委会", {}});
  Village village;
  village.review("政法", StepResult::agreed);
  village.review("政发", StepResult::agreed);
  village.step(StepKind::approval, "2023-04-01", StepResult::listed).by = "县委组织部";
  CHECK(codes(chain, village) ==
        "chain-department-unknown@20 department chain-body-differs@30 by ");
  village.ledger.steps[2].by = "";
  CHECK(codes(chain, village) == "chain-department-unknown@20 department ");
}

TEST_CASE("listing over an objection needs a reason") {
  const auto chain = county({"联审", "审定"}, {"政法"});
  Village village;
  village.review("政法", StepResult::objected, "理由");
  Step& decision = village.step(StepKind::approval, "2023-04-01", StepResult::listed);
  CHECK(codes(chain, village) == "objection-overruled@20 result ");
  decision.result = StepResult::not_listed;
  CHECK(codes(chain, village).empty());
  decision.result = StepResult::listed;
  decision.reason = "仍需整顿";
  CHECK(codes(chain, village).empty());
}
