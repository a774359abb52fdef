#include "workflow/village_life.hpp"

#include <functional>

#include "workflow/journal.hpp"

namespace taizhang::workflow::tests {

namespace {

using model::Acceptance;
using model::AcceptanceKind;
using model::AcceptanceResult;
using model::Step;
using model::StepKind;
using model::StepResult;
using model::VillageLedger;

Step approval(std::int64_t round, std::string_view date, StepResult result) {
  Step step;
  step.round = round;
  if (!date.empty()) step.date = day(date);
  step.kind = StepKind::approval;
  step.result = result;
  return step;
}

Acceptance acceptance(AcceptanceKind kind, std::string_view date, std::string_view by, Level level,
                      std::optional<AcceptanceResult> result = {}) {
  Acceptance made;
  made.round = 2023;
  made.date = day(date);
  made.kind = kind;
  made.by = by;
  made.level = level;
  made.result = result;
  return made;
}

Acceptance ask(std::string_view date, std::string_view by = "己") {
  return acceptance(AcceptanceKind::apply, date, by, Level::village);
}
Acceptance first_check(std::string_view date, std::string_view by = "庚") {
  return acceptance(AcceptanceKind::first_check, date, by, Level::township,
                    AcceptanceResult::passed);
}
Acceptance accept(std::string_view date, std::string_view by = "辛") {
  return acceptance(AcceptanceKind::acceptance, date, by, Level::county, AcceptanceResult::passed);
}
Acceptance delist(std::string_view date) {
  return acceptance(AcceptanceKind::delisting, date, "辛", Level::county);
}
Acceptance failed(Acceptance made) {
  made.result = AcceptanceResult::failed;
  made.reason = "群众不满意";
  made.due = day("2023-12-31");
  return made;
}

/// Listed on 2023-04-06 with one problem and one task, closed on 2023-05-31.
struct Village {
  VillageLedger ledger;

  Village() {
    ledger.steps = {approval(2023, "2023-04-06", StepResult::listed)};
    ledger.problems.resize(1);
    ledger.problems[0].id = "P1";
    ledger.problems[0].round = 2023;
    ledger.tasks = {sample_task()};
    work("T1", "2023-05-01");
  }

  /// Entries that close a task from that day on within three days.
  void work(std::string_view task, std::string_view from) {
    const model::Task& header = *std::ranges::find(ledger.tasks, task, &model::Task::id);
    Entry made[]{progress(from), apply(from), verify(from, header), close(from)};
    int days = 0;
    for (Entry& each : made) {
      each.task = task;
      each.date = add_days(*each.date, days++);
      add(each);
    }
  }

  void add(Entry made) { ledger.entries.push_back(std::move(made)); }

  void open(std::string_view id, std::string_view date) {
    ledger.tasks.push_back(sample_task());
    ledger.tasks.back().id = id;
    ledger.tasks.back().opened = day(date);
  }

  void take(std::vector<Acceptance> steps) {
    for (Acceptance& step : steps) {
      const auto at = static_cast<std::uint32_t>(100 * (ledger.acceptances.size() + 1));
      step.at = {at, at + 9};
      ledger.acceptances.push_back(std::move(step));
    }
  }

  VillageLife on(std::string_view as_of, Findings* findings = nullptr,
                 std::int64_t round = 2023) const {
    return replay_village(ledger, units(), round, day(as_of), findings);
  }
  std::string stage(std::string_view as_of) const { return std::string{term(on(as_of).stage)}; }
  std::string says(std::string_view as_of) const {
    Findings findings;
    on(as_of, &findings);
    return written(findings);
  }
};

Village delisted_village() {
  Village village;
  village.take(
      {ask("2023-06-10"), first_check("2023-06-20"), accept("2023-06-30"), delist("2023-07-10")});
  return village;
}

}  // namespace

TEST_CASE("A village goes through its stages on the days of its records") {
  Village village = delisted_village();
  village.ledger.follows.resize(2);
  for (auto& each : village.ledger.follows) each.round = 2023;
  village.ledger.follows[0].kind = model::FollowKind::re_inspection;
  village.ledger.follows[0].date = day("2024-03-01");
  village.ledger.follows[1].kind = model::FollowKind::follow_up;
  village.ledger.follows[1].date = day("2023-09-01");
  const std::vector<std::pair<std::string_view, std::string_view>> stages{
      {"2023-04-05", "未列入"},   {"2023-04-06", "列入"},     {"2023-04-11", "列入"},
      {"2023-04-12", "整顿中"},   {"2023-05-03", "整顿中"},   {"2023-05-04", "任务清零"},
      {"2023-06-09", "任务清零"}, {"2023-06-10", "申请验收"}, {"2023-06-20", "初验"},
      {"2023-06-30", "验收"},     {"2023-07-09", "验收"},     {"2023-07-10", "摘牌"},
      {"2023-09-01", "跟踪"},     {"2024-03-01", "回头看"},   {"2030-01-01", "回头看"}};
  for (const auto& expected : stages) {
    INFO(expected.first);
    CHECK(village.stage(expected.first) == expected.second);
  }
  CHECK(village.says("2030-01-01").empty());
  CHECK(village.on("2030-01-01").delisted == day("2023-07-10"));
  CHECK_FALSE(village.on("2023-07-09").delisted);
}

TEST_CASE("The latest approval decides; one without a date counts as the earliest") {
  VillageLedger ledger;
  ledger.steps = {approval(2023, "2023-05-01", StepResult::not_listed),
                  approval(2023, "", StepResult::listed),
                  approval(2023, "2023-04-01", StepResult::listed),
                  approval(2024, "2024-04-01", StepResult::listed)};
  ledger.steps.push_back(approval(2023, "2023-05-01", StepResult::listed));
  ledger.steps.back().kind = StepKind::nomination;
  CHECK(deciding_step(ledger, 2023, day("2023-03-01")) == &ledger.steps[1]);
  CHECK(deciding_step(ledger, 2023, day("2023-04-01")) == &ledger.steps[2]);
  CHECK(deciding_step(ledger, 2023, day("2023-05-01")) == &ledger.steps[0]);
  CHECK(deciding_step(ledger, 2024, day("2024-03-31")) == nullptr);
  CHECK_FALSE(replay_village(ledger, units(), 2023, day("2023-05-01")).listed());
  CHECK(replay_village(ledger, units(), 2023, day("2023-04-30")).listed());
}

TEST_CASE("A village that is taken off the list again is not delisted") {
  Village village = delisted_village();
  village.ledger.steps.push_back(approval(2023, "2023-06-05", StepResult::not_listed));
  const VillageLife life = village.on("2023-12-31");
  CHECK(life.stage == Stage::unlisted);
  CHECK_FALSE(life.delisted);
}

TEST_CASE("Tasks of a village that is not listed are told, for they are in the totals") {
  Village village;
  CHECK(village.says("2023-12-31").empty());
  village.ledger.steps.clear();
  CHECK(village.says("2023-12-31").starts_with("tasks-unlisted@"));
  village.ledger.tasks.clear();
  village.ledger.entries.clear();
  CHECK(village.says("2023-12-31").empty());
}

TEST_CASE("All tasks are closed only when every problem has a closed one") {
  Village village;
  CHECK(village.stage("2023-05-31") == "任务清零");
  village.ledger.problems.push_back(village.ledger.problems[0]);
  village.ledger.problems[1].id = "P2";
  CHECK(village.stage("2023-05-31") == "整顿中");
  village.ledger.problems[1].found = day("2023-06-01");
  CHECK(village.stage("2023-05-31") == "任务清零");
  CHECK(village.stage("2023-06-01") == "整顿中");
  village.ledger.problems[1].round = 2024;
  CHECK(village.stage("2023-06-01") == "任务清零");
}

TEST_CASE("A cancelled task is finished but solves no problem") {
  Village village;
  village.ledger.entries.clear();
  village.add(cancel("2023-05-01"));
  CHECK(village.stage("2023-05-31") == "整顿中");
  village.ledger.problems.clear();
  CHECK(village.stage("2023-05-31") == "任务清零");
}

TEST_CASE("A suspect verification stops the village until it is renewed") {
  Village village;
  village.ledger.tasks[0].title = "换了题目";
  CHECK(village.stage("2023-06-05") == "整顿中");
  village.add(verify("2023-06-06", village.ledger.tasks[0]));
  CHECK(village.stage("2023-06-06") == "任务清零");
}

TEST_CASE("What was accepted is not undone when a task is worded anew later") {
  Village village = delisted_village();
  village.ledger.tasks[0].title = "换了题目";
  CHECK(village.stage("2023-07-10") == "摘牌");
  Findings findings;
  village.on("2023-07-10", &findings);
  CHECK(written(findings) ==
        "verification-suspect@0.definition acceptance-on-suspect@100.kind "
        "acceptance-on-suspect@400.kind");
  CHECK(fact(findings[1], "task") == "T1");
  CHECK(fact(findings[2], "kind") == "摘牌");
  village.add(verify("2023-08-01", village.ledger.tasks[0]));
  CHECK(village.says("2023-08-01").empty());
}

TEST_CASE("Acceptance steps that come too early are found and change nothing") {
  const std::vector<std::pair<Acceptance, std::string_view>> too_early{
      {ask("2023-05-03"), "整顿中"},
      {first_check("2023-06-10"), "任务清零"},
      {accept("2023-06-10"), "任务清零"},
      {delist("2023-06-10"), "任务清零"}};
  for (const auto& [step, stage] : too_early) {
    Village village;
    village.take({step});
    Findings findings;
    const VillageLife life = village.on("2023-12-31", &findings);
    CHECK(written(findings) == "acceptance-out-of-order@100.kind");
    CHECK(fact(findings[0], "stage") == stage);
    CHECK(fact(findings[0], "kind") == model::term(*step.kind));
    CHECK(life.stage == Stage::cleared);
    CHECK_FALSE(life.delisted);
  }
}

TEST_CASE("Each finding of an acceptance step stands at its record and key") {
  const auto after = [](std::vector<Acceptance> before, Acceptance last,
                        const std::function<void(Acceptance&)>& change = {}) {
    if (change) change(last);
    before.push_back(std::move(last));
    Village village;
    village.take(std::move(before));
    return village.says("2023-12-31");
  };
  const Acceptance first = ask("2023-06-10");
  const Acceptance second = first_check("2023-06-20");
  const Acceptance third = accept("2023-06-30");
  const auto at = [](Level level) { return [level](Acceptance& step) { step.level = level; }; };
  CHECK(after({}, first, at(Level::township)).empty());
  CHECK(after({}, first, at(Level::county)) == "acceptance-level@100.level");
  CHECK(after({first}, second, at(Level::village)) == "acceptance-level@200.level");
  CHECK(after({first}, second, at(Level::county)) == "acceptance-level@200.level");
  CHECK(after({first, second}, third, at(Level::township)) == "acceptance-level@300.level");
  CHECK(after({first, second, third}, delist("2023-07-10"), at(Level::township)) ==
        "acceptance-level@400.level");
  CHECK(after({first}, second, [](Acceptance& step) { step.result.reset(); }) ==
        "acceptance-result-missing@200.kind");
  CHECK(after({first, second}, third, [](Acceptance& step) { step.result.reset(); }) ==
        "acceptance-result-missing@300.kind");
  CHECK(after({first}, failed(second), [](Acceptance& step) { step.reason.clear(); }) ==
        "acceptance-failure-incomplete@200.result");
  CHECK(after({first, second}, failed(third), [](Acceptance& step) { step.due.reset(); }) ==
        "acceptance-failure-incomplete@300.result");
  CHECK(after({first, second}, third, [](Acceptance& step) { step.by = " 己"; }) ==
        "acceptance-same-person@300.by");
  CHECK(after({first, second}, third, [](Acceptance& step) { step.by = "庚"; }) ==
        "acceptance-same-person@300.by");
  CHECK(after({first, second}, third, [](Acceptance& step) { step.by = "“庚”（张三）"; }) ==
        "acceptance-same-person@300.by");
  CHECK(after({first, failed(second)}, ask("2023-07-01")) == "acceptance-nothing-new@300.date");
  CHECK(after({first, first}, second) == "acceptance-out-of-order@200.kind");
}

TEST_CASE("After a failure the village works on until a new task is closed") {
  Village village;
  village.take({ask("2023-06-10"), first_check("2023-06-20"), failed(accept("2023-06-30"))});
  CHECK(village.stage("2023-06-29") == "初验");
  CHECK(village.stage("2023-06-30") == "整顿中");
  village.open("T2", "2023-07-05");
  village.work("T2", "2023-07-06");
  CHECK(village.stage("2023-07-08") == "整顿中");
  CHECK(village.stage("2023-07-09") == "任务清零");
  // the persons of the first attempt have no part in the second
  village.take({ask("2023-07-10", "庚"), first_check("2023-07-11", "壬"),
                accept("2023-07-12", "己"), delist("2023-07-13")});
  CHECK(village.says("2023-12-31").empty());
  CHECK(village.stage("2023-12-31") == "摘牌");
}

TEST_CASE("What is opened or reopened on the day of a failure answers it") {
  Village opened;
  opened.take({ask("2023-06-10"), failed(first_check("2023-06-20"))});
  Village reopened = opened;
  opened.open("T2", "2023-06-20");
  opened.work("T2", "2023-06-21");
  reopened.add(reopen("2023-06-20", "2023-12-31"));
  reopened.work("T1", "2023-06-21");
  for (Village* village : {&opened, &reopened}) {
    CHECK(village->stage("2023-06-20") == "整顿中");
    CHECK(village->stage("2023-06-24") == "任务清零");
    village->take({ask("2023-06-25")});
    CHECK(village->says("2023-06-25").empty());
    CHECK(village->stage("2023-06-25") == "申请验收");
  }
}

TEST_CASE("A task opened and closed on the day of the application belongs before it") {
  Village village;
  village.open("T2", "2023-06-10");
  village.work("T2", "2023-06-10");
  for (Entry& each : village.ledger.entries)
    if (each.task == "T2") each.date = day("2023-06-10");
  village.take({ask("2023-06-10"), first_check("2023-06-20")});
  CHECK(village.says("2023-06-20").empty());
  CHECK(village.stage("2023-06-20") == "初验");
}

TEST_CASE("A task reopened before delisting makes acceptance start over") {
  Village village;
  village.take({ask("2023-06-10"), first_check("2023-06-20")});
  village.add(reopen("2023-06-25", "2023-12-31"));
  CHECK(village.stage("2023-06-24") == "初验");
  CHECK(village.stage("2023-06-25") == "整顿中");
  village.work("T1", "2023-06-26");
  CHECK(village.stage("2023-06-29") == "任务清零");
  village.take({accept("2023-06-30")});
  CHECK(village.says("2023-06-30") == "acceptance-out-of-order@300.kind");
  village.take({ask("2023-07-01", "庚"), first_check("2023-07-02", "己"),
                accept("2023-07-03", "辛"), delist("2023-07-04")});
  CHECK(village.says("2023-12-31") == "acceptance-out-of-order@300.kind");
  CHECK(village.stage("2023-12-31") == "摘牌");
}

TEST_CASE("A new task before delisting makes acceptance start over, one after it does not") {
  Village village = delisted_village();
  village.open("T2", "2023-07-09");
  CHECK(village.stage("2023-07-10") == "整顿中");
  CHECK(village.says("2023-07-10") == "acceptance-out-of-order@400.kind");
  village.ledger.tasks[1].opened = day("2023-07-11");
  CHECK(village.stage("2023-07-11") == "摘牌");
  CHECK(village.says("2023-07-11") == "delisted-unfinished@400.kind");
}

TEST_CASE("A reopening that was refused or taken back does not start acceptance over") {
  Village village;
  village.take({ask("2023-06-10"), first_check("2023-06-20")});
  village.add(reopen("2023-06-25", "2023-06-25"));
  CHECK(village.stage("2023-06-26") == "初验");
  village.ledger.entries.back().due = day("2023-12-31");
  CHECK(village.stage("2023-06-26") == "整顿中");
  village.take({accept("2023-06-26")});
  Entry correction = entry(Action::correct, "2023-06-27", "丁", "县委办", Level::county);
  const TaskView view = task_views(village.ledger)[0];
  correction.voids = entry_hash(view.entries, 4);
  correction.reason = "村名看错";
  village.add(correction);
  CHECK(village.says("2023-06-26") == "acceptance-out-of-order@300.kind");
  CHECK(village.stage("2023-06-27") == "初验");
}

TEST_CASE("A village listed anew after its delisting has relapsed, one never delisted goes on") {
  Village village = delisted_village();
  village.ledger.steps.push_back(approval(2024, "2024-03-01", StepResult::listed));
  const auto second = [&](std::string_view as_of) { return village.on(as_of, nullptr, 2024); };
  CHECK(second("2024-03-01").relapsed);
  CHECK_FALSE(second("2024-03-01").continued);
  CHECK_FALSE(village.on("2024-03-01").relapsed);

  village.ledger.acceptances.pop_back();
  CHECK_FALSE(second("2024-03-01").relapsed);
  CHECK(second("2024-03-01").continued);

  village.take({delist("2024-06-01")});  // only after it was listed again
  CHECK_FALSE(second("2024-12-31").relapsed);
  CHECK(second("2024-12-31").continued);
  village.ledger.steps.back().date.reset();  // nobody knows when it was listed again
  CHECK(second("2024-05-31").continued);
  CHECK(second("2024-06-01").relapsed);

  village.ledger.steps[0].result = StepResult::not_listed;
  CHECK_FALSE(second("2024-12-31").relapsed);
  CHECK_FALSE(second("2024-12-31").continued);
}

TEST_CASE("Follow-up before delisting is found and changes nothing") {
  Village village = delisted_village();
  village.ledger.follows.resize(1);
  auto& follow = village.ledger.follows[0];
  follow.round = 2023;
  follow.kind = model::FollowKind::re_inspection;
  follow.date = day("2023-07-09");
  CHECK(village.says("2023-12-31") == "follow-before-delisting@0.date");
  CHECK(village.stage("2023-12-31") == "摘牌");
  follow.date = day("2023-07-10");
  CHECK(village.says("2023-12-31").empty());
}

TEST_CASE("Acceptance steps that lack what a replay needs are as if they were not there") {
  Village village = delisted_village();
  for (std::size_t i = 0; i < 4; ++i) village.take({ask("2023-06-11")});
  village.ledger.acceptances[4].by.clear();
  village.ledger.acceptances[5].date.reset();
  village.ledger.acceptances[6].level.reset();
  village.ledger.acceptances[7].kind.reset();
  village.ledger.follows.resize(1);
  village.ledger.follows[0].round = 2023;
  CHECK(village.says("2023-12-31").empty());
  CHECK(village.stage("2023-12-31") == "摘牌");
}

TEST_CASE("Tasks of another round, not yet opened or never opened are not the round's") {
  Village village;
  village.open("T2", "2023-06-01");
  village.open("T3", "2023-04-12");
  village.ledger.tasks[2].round = 2024;
  village.open("T4", "2023-04-12");
  village.ledger.tasks[3].opened.reset();
  const VillageLife life = village.on("2023-05-31");
  REQUIRE(life.tasks.size() == 1);
  REQUIRE(life.views.size() == 1);
  CHECK(life.tasks[0].task->id == "T1");
  CHECK(village.on("2023-06-01").tasks.size() == 2);
}

TEST_CASE("Tasks of an earlier round go on after its end") {
  Village village;
  village.open("T2", "2023-05-01");
  village.open("T3", "2024-02-01");
  village.ledger.tasks.back().round = 2024;
  const Date january = day("2024-01-10");
  VillageLife life = replay_village(village.ledger, units(), 2024, january);
  CHECK(life.tasks.empty());
  take_every_task(life, village.ledger, units(), january);
  REQUIRE(life.tasks.size() == 2);  // T3 is not there yet
  CHECK(life.views.size() == 2);
  CHECK(life.tasks[0].state == TaskState::closed);
  CHECK(life.tasks[1].state == TaskState::pending);
}

}  // namespace taizhang::workflow::tests
