#include "workflow/consistency.hpp"

#include <functional>

#include "workflow/journal.hpp"

namespace taizhang::workflow::tests {

namespace {

using model::CountyLedger;
using model::TownshipLedger;
using model::VillageLedger;

constexpr std::string_view today = "2023-12-31";

/// A village with one record of each kind and nothing wrong.
VillageLedger sound_village() {
  VillageLedger village;
  village.path = "眉县/汤峪镇/示例甲村.toml";
  village.file_name = "示例甲村";
  village.info.code = "610326103901";
  village.info.name = "示例甲村";
  village.info.township = "汤峪镇";
  village.info.members = 46;
  village.info.households = 412;
  village.info.population = 1500;
  village.info.at = {10, 19};
  model::Survey survey;
  survey.round = 2023;
  survey.date = day("2023-03-14");
  survey.heard = {{"members", 46}, {"residents", 1500}, {"households", 412}, {"village", 4}};
  survey.at = {20, 29};
  village.surveys = {survey};
  model::Step step;
  step.round = 2023;
  step.date = day("2023-04-06");
  step.kind = model::StepKind::approval;
  step.result = model::StepResult::listed;
  step.at = {30, 39};
  village.steps = {step};
  model::Support support;
  support.from = support.to = day("2023-04-10");
  support.at = {40, 49};
  village.supports = {support};
  model::Problem problem;
  problem.id = "P1";
  problem.round = 2023;
  problem.found = day("2023-04-06");
  problem.at = {50, 59};
  village.problems = {problem};
  village.tasks = {sample_task()};
  village.tasks[0].at = {60, 69};
  model::Milestone milestone;
  milestone.id = "M1";
  milestone.task = "T1";
  milestone.at = {70, 79};
  village.milestones = {milestone};
  village.entries = {progress("2023-05-01")};
  village.entries[0].at = {80, 89};
  model::Acceptance acceptance;
  acceptance.round = 2023;
  acceptance.date = day("2023-06-01");
  acceptance.at = {90, 99};
  village.acceptances = {acceptance};
  model::Follow follow;
  follow.round = 2023;
  follow.date = day("2023-09-01");
  follow.at = {95, 99};
  village.follows = {follow};
  return village;
}

TownshipLedger sound_township() {
  TownshipLedger township;
  township.path = "眉县/汤峪镇/township.toml";
  township.folder = "汤峪镇";
  township.info.code = "610326103";
  township.info.name = "汤峪镇";
  township.info.at = {10, 19};
  model::Submission submission;
  submission.period = "2023-06-H1";
  submission.date = day("2023-06-01");
  submission.at = {20, 29};
  township.submissions = {submission};
  township.leaders.resize(1);
  township.leaders[0].at = {30, 39};
  return township;
}

CountyLedger sound_county() {
  CountyLedger county;
  county.path = "眉县/county.toml";
  county.inspections_path = "眉县/inspections.toml";
  county.info.code = "610326";
  county.info.name = "眉县";
  county.units = listed_units();
  county.units[0].at = {10, 19};
  county.units[1].at = {20, 29};
  county.contacts.resize(1);
  county.contacts[0].townships = {" 汤峪镇"};
  county.contacts[0].at = {30, 39};
  county.grids.resize(1);
  county.grids[0].townships = {"汤峪镇"};
  county.grids[0].at = {40, 49};
  county.inspections.resize(1);
  auto& inspection = county.inspections[0];
  inspection.id = "D1";
  inspection.round = 2023;
  inspection.date = day("2023-07-01");
  inspection.villages = {"610326103901"};
  inspection.at = {10, 19};
  county.findings.resize(1);
  county.findings[0].id = "F1";
  county.findings[0].inspection = "D1";
  county.findings[0].village = "610326103902";
  county.findings[0].at = {20, 29};
  county.replies.resize(1);
  county.replies[0].finding = "F1";
  county.replies[0].date = day("2023-07-10");
  county.replies[0].at = {30, 39};
  county.townships = {sound_township()};
  county.townships[0].villages = {sound_village()};
  county.townships[0].villages[0].info.former = {"610326103902"};
  return county;
}

Findings village_findings(const std::function<void(VillageLedger&)>& change) {
  VillageLedger village = sound_village();
  change(village);
  return check_village(village, sound_township(), {2023}, day(today));
}
std::string in_village(const std::function<void(VillageLedger&)>& change) {
  return written(village_findings(change));
}

/// The findings with the files they belong to.
std::string in_county(const std::function<void(CountyLedger&)>& change) {
  CountyLedger county = sound_county();
  change(county);
  std::string all;
  for (const FileFinding& found : check_county(county, {2023}, day(today)))
    all += (all.empty() ? "" : " ") + found.path + ' ' + written({found.finding});
  return all;
}

}  // namespace

TEST_CASE("Nothing is found where nothing is wrong") {
  CHECK(in_village([](VillageLedger&) {}).empty());
  CHECK(in_county([](CountyLedger&) {}).empty());
  CHECK(written(check_village({}, {}, {}, day(today))).empty());
  CHECK(check_county({}, {}, day(today)).empty());
}

TEST_CASE("Only due, opened and to may be dated after today") {
  const Date later = day("2024-01-01");
  CHECK(in_village([&](auto& v) { v.surveys[0].date = later; }) == "date-in-future@20.date");
  CHECK(in_village([&](auto& v) { v.steps[0].date = later; }) == "date-in-future@30.date");
  CHECK(in_village([&](auto& v) { v.problems[0].found = later; }) == "date-in-future@50.found");
  CHECK(in_village([&](auto& v) { v.entries[0].date = later; }) == "date-in-future@80.date");
  CHECK(in_village([&](auto& v) { v.acceptances[0].date = later; }) == "date-in-future@90.date");
  CHECK(in_village([&](auto& v) { v.follows[0].date = later; }) == "date-in-future@95.date");
  CHECK(in_village([&](auto& v) { v.entries[0].date = day(today); }).empty());
  CHECK(in_village([&](auto& v) {
          v.tasks[0].opened = v.tasks[0].due = v.supports[0].to = v.milestones[0].due = later;
        }).empty());
  CHECK(in_county([&](auto& c) { c.inspections[0].date = later; }) ==
        "眉县/inspections.toml date-in-future@10.date");
  CHECK(in_county([&](auto& c) { c.replies[0].date = later; }) ==
        "眉县/inspections.toml date-in-future@30.date");
  CHECK(in_county([&](auto& c) { c.townships[0].submissions[0].date = later; }) ==
        "眉县/汤峪镇/township.toml date-in-future@20.date");
}

TEST_CASE("A round must be one of the workspace") {
  CHECK(in_village([](auto& v) { v.surveys[0].round = 2022; }) == "round-unknown@20.round");
  CHECK(in_village([](auto& v) { v.steps[0].round = 2022; }) == "round-unknown@30.round");
  CHECK(in_village([](auto& v) { v.problems[0].round = 2022; }) == "round-unknown@50.round");
  CHECK(in_village([](auto& v) { v.tasks[0].round = 2022; }) == "round-unknown@60.round");
  CHECK(in_village([](auto& v) { v.acceptances[0].round = 2022; }) == "round-unknown@90.round");
  CHECK(in_village([](auto& v) { v.follows[0].round = 2022; }) == "round-unknown@95.round");
  CHECK(in_county([](auto& c) { c.inspections[0].round = 2022; }) ==
        "眉县/inspections.toml round-unknown@10.round");
}

TEST_CASE("An id stands for one record, and the first is named beside the second") {
  const auto twice = [](auto& records) {
    records.push_back(records[0]);
    records[1].at = {200, 209};
  };
  CHECK(in_village([&](auto& v) { twice(v.problems); }) == "duplicate-id@200.id");
  CHECK(in_village([&](auto& v) { twice(v.milestones); }) == "duplicate-id@200.id");
  const Findings found = village_findings([&](auto& v) { twice(v.tasks); });
  CHECK(written(found) == "duplicate-id@200.id");
  CHECK(found[0].other == Span{60, 69});
  CHECK(fact(found[0], "id") == "T1");
  CHECK(fact(found[0], "record") == "task");
  CHECK(in_county([&](auto& c) { twice(c.inspections); }) ==
        "眉县/inspections.toml duplicate-id@200.id");
  CHECK(in_county([&](auto& c) { twice(c.findings); }) ==
        "眉县/inspections.toml duplicate-id@200.id");
}

TEST_CASE("Ids in any order are told apart") {
  const auto with_tasks = [](std::vector<std::string> ids) {
    return in_village([&](VillageLedger& village) {
      const model::Task sample = village.tasks[0];
      for (std::size_t i = 0; i < ids.size(); ++i) {
        village.tasks.push_back(sample);
        village.tasks.back().id = ids[i];
        village.tasks.back().at = {200 + 10 * static_cast<std::uint32_t>(i), 209};
      }
    });
  };
  CHECK(with_tasks({"T2", "T9", "T10", "T11"}).empty());
  CHECK(with_tasks({"T10", "T9", "T2", "T11"}).empty());
  CHECK(with_tasks({"T2", "T10", "T2", "T10"}) == "duplicate-id@220.id duplicate-id@230.id");
  CHECK(with_tasks({"T2", "T3", "T3"}) == "duplicate-id@220.id");
}

TEST_CASE("Entries may go from task to task") {
  CHECK(in_village([](VillageLedger& village) {
          village.tasks.push_back(village.tasks[0]);
          village.tasks.back().id = "T2";
          for (const char* task : {"T2", "T1", "T3XYZ", "T2", "T1"}) {
            village.entries.push_back(village.entries[0]);
            village.entries.back().task = task;
          }
        }) == "dangling-reference@80.task");
}

TEST_CASE("An id that nothing has is found, with the nearest when there is one") {
  const Findings near = village_findings([](auto& v) { v.entries[0].task = "T2"; });
  CHECK(written(near) == "dangling-reference-near@80.task");
  CHECK(fact(near[0], "nearest") == "T1");
  CHECK(in_village([](auto& v) { v.entries[0].task = "XYZ"; }) == "dangling-reference@80.task");
  CHECK(in_village([](auto& v) { v.milestones[0].task = "XYZ"; }) == "dangling-reference@70.task");
  CHECK(in_village([](auto& v) { v.tasks[0].problem = "XYZ"; }) == "dangling-reference@60.problem");
  CHECK(in_county([](auto& c) { c.findings[0].inspection = "XYZ"; }) ==
        "眉县/inspections.toml dangling-reference@20.inspection");
  CHECK(in_county([](auto& c) { c.replies[0].finding = "XYZ"; }) ==
        "眉县/inspections.toml dangling-reference@30.finding");
}

TEST_CASE("What ends does not end before it began") {
  CHECK(in_village([](auto& v) { v.supports[0].to = day("2023-04-09"); }) == "date-order@40.to");
  CHECK(in_village([](auto& v) { v.tasks[0].due = day("2023-04-11"); }) == "date-order@60.due");
  CHECK(in_village([](auto& v) { v.tasks[0].due = v.tasks[0].opened; }).empty());
  CHECK(in_county([](auto& c) {
          c.grids[0].from = day("2023-02-01");
          c.grids[0].to = day("2023-01-01");
        }) == "眉县/county.toml date-order@40.to");
  CHECK(in_county([](auto& c) {
          c.townships[0].leaders[0].from = day("2023-02-01");
          c.townships[0].leaders[0].to = day("2023-01-01");
        }) == "眉县/汤峪镇/township.toml date-order@30.to");
}

TEST_CASE("A task names its problem and is complete in five points") {
  CHECK(in_village([](auto& v) { v.tasks[0].problem.clear(); }) == "problem-required@60.kind");
  for (const auto kind : {model::TaskKind::service, model::TaskKind::team,
                          model::TaskKind::planning, model::TaskKind::institution})
    CHECK(in_village([&](auto& v) {
            v.tasks[0].kind = kind;
            v.tasks[0].problem.clear();
            v.tasks[0].measure.clear();
          }).empty());
  const Findings found = village_findings([](auto& v) {
    auto& task = v.tasks[0];
    task.measure = task.owner = task.unit = task.standard = "";
    task.due.reset();
  });
  CHECK(written(found) == "task-incomplete@60");
  CHECK(found[0].severity == Severity::warning);
  CHECK(fact(found[0], "keys") == "measure owner due standard");
  CHECK(in_village([](auto& v) { v.tasks[0].owner.clear(); }).empty());
}

TEST_CASE("The most of a target is not below the least") {
  const auto target = [](std::optional<std::int64_t> least, std::optional<std::int64_t> most) {
    return in_village([&](auto& v) {
      v.tasks[0].target = least;
      v.tasks[0].target_max = most;
    });
  };
  CHECK(target(3, 5).empty());
  CHECK(target(3, 3).empty());
  CHECK(target(3, {}).empty());
  CHECK(target(3, 2) == "target-range@60.target_max");
  CHECK(target({}, 2) == "target-range@60.target_max");
}

TEST_CASE("A survey does not hear more than there are") {
  for (std::size_t i = 0; i < 3; ++i) {
    const Findings found = village_findings([&](auto& v) { ++v.surveys[0].heard[i].second; });
    CHECK(written(found) == "heard-more-than-there-are@20.heard");
    CHECK(found[0].severity == Severity::warning);
  }
  CHECK(in_village([](auto& v) {
          v.surveys[0].heard[0].second = 9999;
          v.info.members.reset();
        }).empty());
}

TEST_CASE("A ledger lies in the folder of its township and is named like its village") {
  CHECK(in_village([](auto& v) { v.info.township = "横渠镇"; }) == "township-differs@10.township");
  CHECK(in_village([](auto& v) { v.info.township = " 汤峪镇 "; }).empty());
  CHECK(in_village([](auto& v) { v.info.code = "610326101901"; }) ==
        "code-outside-township@10.code");
  CHECK(in_village([](auto& v) { v.info.code = "610326103000"; }) == "village-code-zeros@10.code");
  const Findings found = village_findings([](auto& v) { v.file_name = "示例乙村"; });
  CHECK(written(found) == "file-name-differs@10.name");
  CHECK(found[0].severity == Severity::note);
  CHECK(in_county([](auto& c) { c.townships[0].info.name = "横渠镇"; }) ==
        "眉县/汤峪镇/township.toml township-differs@10.name");
  CHECK(in_county([](auto& c) { c.info.code = "610324"; }) ==
        "眉县/汤峪镇/township.toml code-outside-county@10.code");
}

TEST_CASE("An approval decides, an objection and a withdrawal say why") {
  using model::StepKind;
  using model::StepResult;
  CHECK(in_village([](auto& v) { v.steps[0].result.reset(); }) == "step-result-missing@30.result");
  CHECK(in_village([](auto& v) { v.steps[0].result = StepResult::agreed; }) ==
        "step-result-missing@30.result");
  const auto review = [](std::string_view reason) {
    return in_village([&](auto& v) {
      v.steps[0].kind = StepKind::joint_review;
      v.steps[0].result = StepResult::objected;
      v.steps[0].reason = reason;
    });
  };
  CHECK(review("") == "step-reason-missing@30.result");
  CHECK(review("班子已调整").empty());
  const auto withdrawn = [](std::string_view date, std::string_view reason, std::int64_t round) {
    return in_village([&](auto& v) {
      v.steps.push_back(v.steps[0]);
      v.steps[1].result = StepResult::not_listed;
      v.steps[1].date = day(date);
      v.steps[1].reason = reason;
      v.steps[0].round = round;
      v.steps[1].at = {200, 209};
    });
  };
  CHECK(withdrawn("2023-05-01", "", 2023) == "withdrawal-reason-missing@200.result");
  CHECK(withdrawn("2023-05-01", "复核后不符合", 2023).empty());
  CHECK(withdrawn("2023-04-01", "", 2023).empty());  // first not listed, then listed
  CHECK(withdrawn("2023-05-01", "", 2022) == "round-unknown@30.round");
}

TEST_CASE("One decision written twice in a round is found, a changed one is not") {
  using model::StepResult;
  const auto again = [](std::string_view date, StepResult result, std::int64_t round) {
    return in_village([&](auto& v) {
      v.steps.push_back(v.steps[0]);
      v.steps[1].result = result;
      v.steps[1].round = round;
      v.steps[1].date = day(date);
      v.steps[1].reason = "复核";
      v.steps[1].at = {200, 209};
    });
  };
  CHECK(again("2023-04-06", StepResult::listed, 2023) == "approval-twice@200.kind");
  CHECK(again("2023-04-05", StepResult::listed, 2023) == "approval-twice@30.kind");
  CHECK(again("2023-05-01", StepResult::not_listed, 2023).empty());
  CHECK(again("2023-05-01", StepResult::listed, 2022) == "round-unknown@200.round");
  CHECK(in_village([](auto& v) {
          v.steps.insert(v.steps.end(), 2, v.steps[0]);
          v.steps[1].result = StepResult::not_listed;
          v.steps[1].date = day("2023-05-01");
          v.steps[1].reason = "复核";
          v.steps[2].date = day("2023-06-01");
        }).empty());  // listed, withdrawn, listed anew
}

TEST_CASE("Sources make up the count") {
  const auto with = [](model::Counts sources, std::optional<std::int64_t> count) {
    return in_village([&](auto& v) {
      v.entries[0].sources = std::move(sources);
      v.entries[0].count = count;
    });
  };
  CHECK(with({{"skilled", 2}, {"veterans", 1}}, 3).empty());
  CHECK(with({{"skilled", 2}}, 3) == "sources-differ@80.sources");
  CHECK(with({{"others", 1}}, {}) == "sources-differ@80.sources");
  CHECK(with({}, 3).empty());
}

TEST_CASE("A year has one income, and a plan and an income are not of days to come") {
  const auto earned = [](std::int64_t first, std::int64_t second) {
    return in_village([&](auto& v) {
      v.incomes.resize(2);
      v.incomes[0].year = first;
      v.incomes[1].year = second;
      v.incomes[1].at = {200, 209};
    });
  };
  CHECK(earned(2022, 2022) == "income-twice@200.year");
  CHECK(earned(2022, 2023).empty());
  CHECK(in_village([](auto& v) {
          v.plans.resize(1);
          v.plans[0].date = day("2024-01-01");
          v.plans[0].round = 2022;
          v.incomes.resize(1);
          v.incomes[0].date = day("2024-01-01");
        }) == "date-in-future@0.date date-in-future@0.date round-unknown@0.round");
}

TEST_CASE("A name belongs to one unit") {
  CHECK(in_county([](auto& c) { c.units[1].name = " " + c.units[0].name; }) ==
        "眉县/county.toml unit-twice@20.name");
  CHECK(in_county([](auto& c) { c.units[1].aliases[0] = c.units[0].aliases[0]; }) ==
        "眉县/county.toml unit-twice@20.aliases");
}

TEST_CASE("Townships and villages that are named exist") {
  CHECK(in_county([](auto& c) { c.contacts[0].townships = {"汤峪"}; }) ==
        "眉县/county.toml township-unknown@30.townships");
  CHECK(in_county([](auto& c) { c.grids[0].townships = {"汤峪"}; }) ==
        "眉县/county.toml township-unknown@40.townships");
  CHECK(in_county([](auto& c) { c.inspections[0].villages.push_back("610326103999"); }) ==
        "眉县/inspections.toml village-unknown@10.villages");
  CHECK(in_county([](auto& c) { c.findings[0].village = "610326103999"; }) ==
        "眉县/inspections.toml village-unknown@20.village");
}

TEST_CASE("A period is submitted once and not before it begins") {
  CHECK(in_county([](auto& c) {
          auto& list = c.townships[0].submissions;
          list.push_back(list[0]);
          list[1].at = {200, 209};
          list[1].period = "2023年6月上半月";  // the same in other words
        }) == "眉县/汤峪镇/township.toml submission-twice@200.period");
  CHECK(in_county([](auto& c) { c.townships[0].submissions[0].date = day("2023-05-31"); }) ==
        "眉县/汤峪镇/township.toml submission-before-period@20.date");
}

TEST_CASE("A submission is of a period of the county's rhythm") {
  const auto submitted = [](std::optional<model::Rhythm> rhythm, std::string_view period) {
    return in_county([&](auto& c) {
      c.info.rhythm = rhythm;
      c.townships[0].submissions[0].period = period;
    });
  };
  const std::string other = "眉县/汤峪镇/township.toml submission-other-rhythm@20.period";
  CHECK(submitted({}, "2023-06-H1").empty());
  CHECK(submitted({}, "2023-06") == other);
  CHECK(submitted(model::Rhythm::half_month, "2023-06") == other);
  CHECK(submitted(model::Rhythm::month, "2023-06").empty());
  CHECK(submitted(model::Rhythm::month, "2023-06-H1") == other);
}

TEST_CASE("What is wrong in a village is told of its file") {
  CHECK(in_county([](auto& c) { c.townships[0].villages[0].entries[0].task = "XYZ"; }) ==
        "眉县/汤峪镇/示例甲村.toml dangling-reference@80.task");
}

}  // namespace taizhang::workflow::tests
