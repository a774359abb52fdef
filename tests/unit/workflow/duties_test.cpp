#include "workflow/duties.hpp"

#include "workflow/journal.hpp"
#include "workflow/shortcuts.hpp"
#include "workflow/village_life.hpp"

namespace taizhang::workflow::tests {

namespace {

using model::Acceptance;
using model::AcceptanceKind;
using model::AcceptanceResult;
using model::Follow;
using model::FollowKind;
using model::FollowResult;
using model::VillageLedger;

void approve(VillageLedger& ledger, std::int64_t round, std::string_view date) {
  model::Step step;
  step.round = round;
  step.date = day(date);
  step.kind = model::StepKind::approval;
  step.result = model::StepResult::listed;
  ledger.steps.push_back(step);
}

Acceptance step(AcceptanceKind kind, std::string_view date, std::string_view by, Level level) {
  Acceptance made;
  made.round = 2023;
  made.kind = kind;
  made.date = day(date);
  made.by = by;
  made.level = level;
  const bool judged = kind == AcceptanceKind::first_check || kind == AcceptanceKind::acceptance;
  if (judged) made.result = AcceptanceResult::passed;
  made.at = {7, 8};
  return made;
}

/// Listed in 2023 with one task, delisted on 2023-08-31.
VillageLedger delisted() {
  VillageLedger ledger;
  approve(ledger, 2023, "2023-04-06");
  ledger.tasks = {sample_task()};
  ledger.entries = {progress("2023-05-01"), apply("2023-05-02"),
                    verify("2023-05-03", ledger.tasks.front()), close("2023-05-04")};
  ledger.acceptances = {step(AcceptanceKind::apply, "2023-08-01", "己", Level::village),
                        step(AcceptanceKind::first_check, "2023-08-02", "庚", Level::township),
                        step(AcceptanceKind::acceptance, "2023-08-03", "辛", Level::county),
                        step(AcceptanceKind::delisting, "2023-08-31", "辛", Level::county)};
  return ledger;
}

void follow(VillageLedger& ledger, FollowKind kind, std::string_view date,
            FollowResult result = FollowResult::held) {
  Follow made;
  made.round = 2023;
  made.kind = kind;
  made.date = day(date);
  made.by = "壬";
  made.result = result;
  ledger.follows.push_back(made);
}

/// "跟踪 2023-09-30, 回头看 2024-08-31 done".
std::string shown(const VillageLedger& ledger, std::string_view as_of,
                  std::vector<std::string> schedule = {}) {
  model::CountyInfo county;
  county.follow_up = std::move(schedule);
  std::string all;
  for (const Duty& duty : duties(county, ledger, units(), day(as_of))) {
    all += (all.empty() ? "" : ", ") + std::string{model::term(duty.kind)} + " " +
           format_date(duty.due);
    if (duty.done) all += " done";
    if (duty.overdue(day(as_of))) all += " late";
  }
  return all;
}

std::string codes(const model::Findings& findings) {
  std::string all;
  for (const auto& finding : findings) {
    all += (all.empty() ? "" : " ") + std::string{finding.code};
    all += finding.severity == Severity::error ? "" : "?";
  }
  return all;
}

}  // namespace

TEST_CASE("duties arise on the day of 摘牌, a month later being the month’s last day if need be") {
  const auto ledger = delisted();
  CHECK(shown(ledger, "2023-08-30").empty());
  CHECK(shown(ledger, "2023-08-31") == "跟踪 2023-09-30, 跟踪 2024-02-29, 回头看 2024-08-31");
  CHECK(shown(ledger, "2023-09-30") == "跟踪 2023-09-30, 跟踪 2024-02-29, 回头看 2024-08-31");
  CHECK(shown(ledger, "2023-10-01") == "跟踪 2023-09-30 late, 跟踪 2024-02-29, 回头看 2024-08-31");
}

TEST_CASE("a county says itself when it looks again") {
  CHECK(shown(delisted(), "2023-09-01", {"1年", "3个月"}) == "跟踪 2023-11-30, 回头看 2024-08-31");
  CHECK(shown(delisted(), "2023-09-01", {"90天"}) == "回头看 2023-11-29");
}

TEST_CASE("a record fulfils every open duty whose time has begun, halfway to its day") {
  auto ledger = delisted();
  follow(ledger, FollowKind::follow_up, "2023-09-20");
  CHECK(shown(ledger, "2023-10-01") == "跟踪 2023-09-30 done, 跟踪 2024-02-29, 回头看 2024-08-31");
  follow(ledger, FollowKind::follow_up, "2023-09-25");  // the second one’s time has not begun
  CHECK(shown(ledger, "2023-10-01") == "跟踪 2023-09-30 done, 跟踪 2024-02-29, 回头看 2024-08-31");
  follow(ledger, FollowKind::re_inspection, "2024-01-10");  // too early for 回头看
  CHECK(shown(ledger, "2024-02-01") ==
        "跟踪 2023-09-30 done, 跟踪 2024-02-29 done, 回头看 2024-08-31");
  follow(ledger, FollowKind::follow_up, "2024-06-01");
  CHECK(shown(ledger, "2024-09-01") ==
        "跟踪 2023-09-30 done, 跟踪 2024-02-29 done, 回头看 2024-08-31 late");
  follow(ledger, FollowKind::re_inspection, "2024-09-02");
  CHECK(shown(ledger, "2024-09-02") ==
        "跟踪 2023-09-30 done, 跟踪 2024-02-29 done, 回头看 2024-08-31 done");
}

TEST_CASE("a look on the day of 摘牌 or half a year early is none of what is due") {
  auto ledger = delisted();
  follow(ledger, FollowKind::follow_up, "2023-09-14");
  CHECK(shown(ledger, "2023-09-20") == "跟踪 2023-09-30, 跟踪 2024-02-29, 回头看 2024-08-31");
  follow(ledger, FollowKind::re_inspection, "2024-03-10");  // makes up for what was missed
  CHECK(shown(ledger, "2024-03-10") ==
        "跟踪 2023-09-30 done, 跟踪 2024-02-29 done, 回头看 2024-08-31");
}

TEST_CASE("after a relapse, or when it is listed again, nothing more is due of the earlier round") {
  auto ledger = delisted();
  follow(ledger, FollowKind::follow_up, "2023-09-20", FollowResult::relapsed);
  CHECK(shown(ledger, "2023-10-10") == "跟踪 2023-09-30 done");
  ledger = delisted();
  approve(ledger, 2024, "2024-03-01");
  CHECK(shown(ledger, "2024-02-28") == "跟踪 2023-09-30 late, 跟踪 2024-02-29, 回头看 2024-08-31");
  CHECK(shown(ledger, "2024-03-01").empty());
}

TEST_CASE("lengths that nobody understands are findings of county.toml") {
  CHECK(parse_age("30天")->days == 30);
  CHECK(parse_age("半年")->months == 6);
  CHECK(parse_age("2年")->months == 24);
  CHECK(parse_age("18个月")->months == 18);
  for (const char* bad : {"", "天", "0天", "-3天", "30", "30日", "一年", "99999天", "21年"})
    CHECK_FALSE(parse_age(bad));
  model::CountyInfo county;
  county.follow_up = {"30天", "一年"};
  const auto found = check_follow_up(county);
  REQUIRE(found.size() == 1);
  CHECK(found.front().code == "follow-up-unreadable");
  CHECK(fact(found.front(), "value") == "一年");
}

TEST_CASE("a relapse is linked to the first round that ended in 摘牌") {
  auto ledger = delisted();
  approve(ledger, 2024, "2024-03-01");
  const auto life = replay_village(ledger, units(), 2024, day("2024-04-01"));
  CHECK(life.relapsed);
  CHECK(life.relapse_of == 2023);
  CHECK_FALSE(replay_village(ledger, units(), 2023, day("2024-04-01")).relapse_of);
}

TEST_CASE("what is accepted or followed up without being listed is a finding") {
  auto ledger = delisted();
  ledger.steps.clear();
  follow(ledger, FollowKind::follow_up, "2023-09-20");
  Findings findings;
  replay_village(ledger, units(), 2023, day("2023-12-31"), &findings);
  CHECK(codes(findings) ==
        "tasks-unlisted? acceptance-out-of-order acceptance-out-of-order acceptance-out-of-order "
        "acceptance-out-of-order follow-before-delisting");
}

TEST_CASE("a step at another level than the unit’s, or by the one who applied, does not count") {
  auto ledger = delisted();
  ledger.acceptances[1].unit = "县委组织部";
  Findings findings;
  replay_village(ledger, units(), 2023, day("2023-08-02"), &findings);
  CHECK(codes(findings) == "level-differs");
  ledger = delisted();
  ledger.acceptances[1].by = " 己";
  findings.clear();
  replay_village(ledger, units(), 2023, day("2023-08-02"), &findings);
  CHECK(codes(findings) == "acceptance-same-person");
}

TEST_CASE("a problem without a task is a warning, and an error once acceptance is applied for") {
  auto ledger = delisted();
  ledger.acceptances.clear();
  model::Problem problem;
  problem.id = "P1";
  problem.round = 2023;
  ledger.problems = {problem};
  CHECK(codes(check_shortcuts(ledger)).empty());
  ledger.problems.front().id = "P2";
  CHECK(codes(check_shortcuts(ledger)) == "problem-without-task?");
  ledger.acceptances = delisted().acceptances;
  CHECK(codes(check_shortcuts(ledger)) == "problem-without-task");
  ledger.acceptances.clear();
  ledger.tasks.clear();  // the plan is still to come
  CHECK(codes(check_shortcuts(ledger)).empty());
}

TEST_CASE("a gap in task ids is told with what is missing, letter by letter") {
  VillageLedger ledger;
  for (const char* id : {"T1", "T2", "S1", "T6", "会议", "T", "D2"}) {
    ledger.tasks.push_back(sample_task());
    ledger.tasks.back().id = id;
  }
  const auto found = check_shortcuts(ledger);
  CHECK(codes(found) == "task-id-gap? task-id-gap?");
  CHECK(fact(found.front(), "task") == "D2");
  CHECK(fact(found.front(), "missing") == "D1");
  CHECK(fact(found.back(), "task") == "T6");
  CHECK(fact(found.back(), "missing") == "T3–T5");
}

TEST_CASE("task ids out of order and twice leave no gap") {
  VillageLedger ledger;
  for (const char* id : {"T10", "T2", "T3", "T1", "T2", "T4", "T6", "T5", "T9", "T8", "T7"}) {
    ledger.tasks.push_back(sample_task());
    ledger.tasks.back().id = id;
  }
  CHECK(codes(check_shortcuts(ledger)).empty());
  ledger.tasks[2].id = "T4";
  const auto found = check_shortcuts(ledger);
  CHECK(codes(found) == "task-id-gap?");
  CHECK(fact(found.front(), "task") == "T4");
  CHECK(found.front().record == ledger.tasks[2].at);
}

}  // namespace taizhang::workflow::tests
