#include <functional>

#include "workflow/audit.hpp"
#include "workflow/journal.hpp"

namespace taizhang::workflow::tests {

namespace {

using model::CountyLedger;
using model::VillageLedger;

/// A county of one village with a record of every kind, as it was committed.
CountyLedger committed_county() {
  CountyLedger county;
  county.townships.resize(1);
  county.townships[0].villages.resize(1);
  VillageLedger& village = county.townships[0].villages[0];
  village.path = "眉县/汤峪镇/示例甲村.toml";
  village.info.code = "610326103901";
  village.tasks = {sample_task(), sample_task()};
  village.tasks[1].id = "T2";
  for (Entry each : {progress("2023-05-02"), progress("2023-05-08"), apply("2023-05-10")})
    village.entries.push_back(each);
  village.entries.push_back(progress("2023-05-03"));
  village.entries.back().task = "T2";
  village.milestones.resize(1);
  village.milestones[0].id = "M1";
  village.milestones[0].task = "T1";
  village.surveys.resize(1);
  village.surveys[0].round = 2023;
  village.surveys[0].date = day("2023-03-14");
  village.surveys[0].kind = model::SurveyKind::visit;
  village.steps.resize(1);
  village.steps[0].round = 2023;
  village.steps[0].kind = model::StepKind::approval;
  village.steps[0].result = model::StepResult::listed;
  village.supports.resize(1);
  village.supports[0].role = model::SupportRole::partner_unit;
  village.supports[0].unit = "县委办";
  village.problems.resize(1);
  village.problems[0].id = "P1";
  village.plans.resize(1);
  village.incomes.resize(1);
  village.acceptances.resize(1);
  village.acceptances[0].round = 2023;
  village.acceptances[0].kind = model::AcceptanceKind::acceptance;
  village.acceptances[0].result = model::AcceptanceResult::failed;
  village.acceptances[0].scores = {{"team", 5.5, {}, {}}};
  village.acceptances[0].votes = {{"valid", 40}};
  village.follows.resize(1);
  village.notes.resize(1);
  return county;
}

using Change = std::function<void(VillageLedger&)>;

/// Patterns with what they say after the change.
std::string found(const Change& change, const Committed& wanted = {}) {
  const CountyLedger before = committed_county();
  CountyLedger now = before;
  change(now.townships[0].villages[0]);
  Committed committed = wanted;
  committed.county = &before;
  std::string all;
  for (const Reason& reason : audit(
           now, units(), day("2023-12-31"), [](const auto&, const auto&) { return ""; }, {},
           committed)) {
    all += (all.empty() ? "" : " ") + std::string{name_of(reason.pattern)};
    for (const std::string_view key : {"record", "days"})
      for (const auto& [name, value] : reason.facts)
        if (name == key) all += ":" + value;
    if (!reason.places[0].subject.empty()) all += "/" + reason.places[0].subject;
  }
  return all;
}

}  // namespace

TEST_CASE("A record of the last commit that is gone is a reason, whatever its kind") {
  CHECK(found([](auto&) {}).empty());
  CHECK(found([](auto& v) { v.surveys.clear(); }) == "removed-record:thing.survey");
  CHECK(found([](auto& v) { v.steps.clear(); }) == "removed-record:thing.step");
  CHECK(found([](auto& v) { v.supports.clear(); }) == "removed-record:thing.support");
  CHECK(found([](auto& v) { v.plans.clear(); }) == "removed-record:thing.plan");
  CHECK(found([](auto& v) { v.incomes.clear(); }) == "removed-record:thing.income");
  CHECK(found([](auto& v) { v.problems.clear(); }) == "removed-record:thing.problem/P1");
  CHECK(found([](auto& v) { v.milestones.clear(); }) == "removed-record:thing.milestone/T1");
  CHECK(found([](auto& v) { v.acceptances.clear(); }) == "removed-record:thing.acceptance");
  CHECK(found([](auto& v) { v.follows.clear(); }) == "removed-record:thing.follow");
  CHECK(found([](auto& v) { v.notes.clear(); }) == "removed-record:thing.note");
  CHECK(found([](auto& v) { v.entries.erase(v.entries.begin()); }) ==
        "removed-record:thing.entry/T1");
  CHECK(found([](auto& v) {
          v.tasks.pop_back();
          v.entries.pop_back();
        }) == "removed-record:thing.task/T2");  // its entries went with it
}

TEST_CASE("What was appended must not change, what may be set may") {
  CHECK(found([](auto& v) { v.entries[0].text = "另一句话"; }) == "removed-record:thing.entry/T1");
  CHECK(found([](auto& v) { v.entries[0].count = 1; }) == "removed-record:thing.entry/T1");
  CHECK(found([](auto& v) { v.acceptances[0].result = model::AcceptanceResult::passed; }) ==
        "removed-record:thing.acceptance");
  CHECK(found([](auto& v) { v.acceptances[0].scores[0].value = 6.0; }) ==
        "removed-record:thing.acceptance");
  CHECK(found([](auto& v) { v.acceptances[0].votes[0].second = 41; }) ==
        "removed-record:thing.acceptance");
  CHECK(found([](auto& v) { v.steps[0].result = model::StepResult::not_listed; }) ==
        "removed-record:thing.step");
  CHECK(found([](auto& v) {
          v.supports[0].to = day("2023-06-01");
          v.tasks[0].title = "换了题目";
          v.problems[0].text = "说得更清楚";
          v.incomes[0].text = "已核定";
          v.surveys[0].text = "补充说明";
          std::ranges::reverse(v.tasks);
          std::ranges::reverse(v.entries);
          v.entries.push_back(progress("2023-05-12"));
          v.info.code = "610326103909";
          v.info.former = {"610326103901"};
        }).empty());
}

TEST_CASE("One of two equal records that is gone is missed") {
  const auto before = [] {
    CountyLedger county = committed_county();
    auto& village = county.townships[0].villages[0];
    village.entries.push_back(village.entries[0]);
    return county;
  }();
  const CountyLedger now = committed_county();
  const auto none = [](const auto&, const auto&) { return std::string{}; };
  const Date on = day("2023-12-31");
  CHECK(audit(now, units(), on, none, {}, {&before, {}}).size() == 1);
  CHECK(audit(before, units(), on, none, {}, {&now, {}}).empty());
}

TEST_CASE("A whole ledger that is gone is a reason, one that cannot be read is none") {
  const CountyLedger before = committed_county();
  CountyLedger now = before;
  now.townships[0].villages.clear();
  const auto none = [](const auto&, const auto&) { return std::string{}; };
  const Date on = day("2023-12-31");
  const auto reasons = audit(now, units(), on, none, {}, {&before, {}});
  REQUIRE(reasons.size() == 1);
  CHECK(fact({Severity::note, "", {}, "", reasons[0].facts}, "what") ==
        "眉县/汤峪镇/示例甲村.toml");
  now.village_files = 1;  // found, not read
  CHECK(audit(now, units(), on, none, {}, {&before, {}}).empty());
  now = before;
  now.townships[0].villages[0].complete = false;
  now.townships[0].villages[0].entries.clear();
  CHECK(audit(now, units(), on, none, {}, {&before, {}}).empty());
}

TEST_CASE("An entry committed a month after its day is a reason, in the month it is none") {
  const auto after = [](int days) {
    return found([](VillageLedger&) {}, {nullptr, [=](const VillageLedger&, const Entry& entry) {
                                           return entry.action == Action::apply
                                                      ? std::optional{add_days(*entry.date, days)}
                                                      : std::nullopt;
                                         }});
  };
  CHECK(after(30).empty());
  CHECK(after(31) == "late-commit:31/T1");
  // what is not committed yet has no day
  CHECK(found([](VillageLedger& v) { v.entries.push_back(progress("2023-05-12")); },
              {nullptr, [](const VillageLedger&, const Entry&) { return std::nullopt; }})
            .empty());
}

}  // namespace taizhang::workflow::tests
