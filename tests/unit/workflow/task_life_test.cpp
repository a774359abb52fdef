#include "workflow/random_journal.hpp"
#include "workflow/same_person.hpp"
#include "workflow/units.hpp"

namespace taizhang::workflow::tests {

namespace {

Journal closed_journal() {
  const model::Task task = sample_task();
  return Journal{progress("2023-05-01"), apply("2023-05-20"), verify("2023-05-25", task),
                 close("2023-05-31")};
}

/// Every reading that must not depend on how a state was come by.
std::string digest(const TaskLife& life) {
  std::string all = std::string{term(life.state)} + (life.due ? format_date(*life.due) : "-") +
                    std::string{life.owner} + "/" + std::string{life.unit} + "/" +
                    std::to_string(life.count) + '/' + std::to_string(life.returns) +
                    std::to_string(life.reopenings) + std::to_string(life.extensions);
  for (const Entry* each :
       {life.application, life.verification, life.closing, life.last_change, life.last_return})
    all += each ? '/' + format_date(*each->date) + each->by : "/-";
  for (const Doer& doer : life.doers) all += "/" + plain_person(doer.person) + doer.unit.identity();
  for (const auto& [from, due] : life.due_changes)
    all += '/' + format_date(from) + format_date(due);
  for (const auto& [id, date] : life.milestones_reached)
    all += "/" + std::string{id} + format_date(date);
  for (const Event& event : life.events)
    all += '/' + format_date(*event.entry->date) + event.entry->by +
           std::string{term(event.after)} + (event.counted ? '+' : '-') +
           (event.voided ? 'v' : ' ');
  return all;
}

}  // namespace

TEST_CASE("A replay up to a day is the replay of the journal cut at that day") {
  RandomJournals journals{7};
  for (int round = 0; round < 400; ++round) {
    const Journal whole = journals.next();
    for (Date as_of = day("2023-04-08"); as_of < day("2023-07-20"); as_of = add_days(as_of, 3)) {
      Journal cut = whole;
      std::erase_if(cut.entries, [&](const Entry& each) { return *each.date > as_of; });
      REQUIRE(digest(replay(whole.view(), units(), as_of)) ==
              digest(replay(cut.view(), units(), day("2030-01-01"))));
    }
  }
}

TEST_CASE("Order in the file matters among entries of one day only") {
  RandomJournals journals{8};
  int moved = 0;
  for (int round = 0; round < 2000; ++round) {
    const Journal journal = journals.next();
    Journal shuffled = journal;
    // Neighbours of different days change places; those of one day never pass each other.
    for (int swap = 0; swap < 60; ++swap) {
      const auto i =
          static_cast<std::size_t>(journals.pick(static_cast<int>(shuffled.entries.size()) - 1));
      if (shuffled.entries[i].date == shuffled.entries[i + 1].date) continue;
      std::swap(shuffled.entries[i], shuffled.entries[i + 1]);
      ++moved;
    }
    REQUIRE(digest(journal.on("2030-01-01")) == digest(shuffled.on("2030-01-01")));
  }
  CHECK(moved > 10000);
}

TEST_CASE("Nothing random is closed but by three persons, checked by units that did not do it") {
  RandomJournals journals{9};
  int closings = 0;
  for (int round = 0; round < 10000; ++round) {
    const Journal journal = journals.next();
    const TaskLife life = journal.on("2030-01-01");
    if (life.state != TaskState::closed) continue;
    ++closings;
    const auto position = [&](const Entry* which) {
      const auto event = std::ranges::find(life.events, which, &Event::entry);
      REQUIRE(event != life.events.end());
      CHECK(event->counted);
      CHECK_FALSE(event->voided);
      return event - life.events.begin();
    };
    REQUIRE(life.application);
    REQUIRE(life.verification);
    REQUIRE(life.closing);
    CHECK(position(life.application) < position(life.verification));
    CHECK(position(life.application) < position(life.closing));
    CHECK(life.application->by != life.verification->by);
    CHECK(life.verification->by != life.closing->by);
    CHECK(life.application->by != life.closing->by);
    for (const Doer& doer : life.doers)
      for (const Entry* check : {life.verification, life.closing}) {
        CHECK_FALSE(same_person(doer.person, check->by));
        CHECK_FALSE(doer.unit == units().find(check->unit));
      }
  }
  CHECK(closings > 500);
}

TEST_CASE("A task goes from its first progress to closed in the order of its dates") {
  const Journal journal = closed_journal();
  CHECK(term(journal.on("2023-04-30").state) == "待整改");
  CHECK(term(journal.on("2023-05-01").state) == "整改中");
  CHECK(term(journal.on("2023-05-20").state) == "待初核");
  CHECK(term(journal.on("2023-05-25").state) == "待销号");
  const TaskLife life = journal.on("2023-05-31");
  CHECK(term(life.state) == "已销号");
  CHECK(life.finished());
  CHECK(life.application->date == day("2023-05-20"));
  CHECK(journal.on("2023-05-30").closing == nullptr);
}

TEST_CASE("A task is overdue from the day after its due until it is applied for") {
  Journal journal{progress("2023-05-01")};
  const auto late = [&](std::string_view as_of) {
    return is_overdue(journal.on(as_of), day(as_of));
  };
  CHECK_FALSE(late("2023-06-30"));
  CHECK(late("2023-07-01"));
  CHECK(days_late(journal.on("2023-06-30"), day("2023-06-30")) == 0);
  CHECK(days_late(journal.on("2023-07-01"), day("2023-07-01")) == 1);
  CHECK(days_late(journal.on("2023-07-31"), day("2023-07-31")) == 31);
  journal.add(apply("2023-07-05"));
  CHECK(late("2023-07-04"));
  CHECK_FALSE(late("2023-07-05"));
  journal.task.due.reset();
  CHECK_FALSE(late("2023-07-04"));
  CHECK(days_late(journal.on("2024-07-04"), day("2024-07-04")) == 0);
}

TEST_CASE("The checking level is late when a task was applied for by its due and is not closed") {
  Journal journal{progress("2023-05-01"), apply("2023-06-30")};
  const auto late = [&](std::string_view as_of) {
    return is_check_overdue(journal.on(as_of), day(as_of));
  };
  CHECK_FALSE(late("2023-06-30"));
  CHECK(late("2023-07-01"));
  journal.add(verify("2023-07-02", journal.task));
  CHECK(late("2023-07-02"));
  journal.add(close("2023-07-03"));
  CHECK_FALSE(late("2023-07-03"));
  journal.entries[1].date = day("2023-07-01");
  CHECK_FALSE(late("2023-07-02"));  // applied for a day late: the doers' delay
}

TEST_CASE("An extension after the due leaves the days before it overdue") {
  const Journal journal{progress("2023-05-01"), extend("2023-07-10", "2023-08-31")};
  CHECK(is_overdue(journal.on("2023-07-09"), day("2023-07-09")));
  CHECK_FALSE(is_overdue(journal.on("2023-07-10"), day("2023-07-10")));
  const TaskLife life = journal.on("2023-09-01");
  CHECK(is_overdue(life, day("2023-09-01")));
  CHECK(days_late(life, day("2023-09-01")) == 1);
  CHECK(life.extensions == 1);
  CHECK(life.task->due == day("2023-06-30"));
}

TEST_CASE("A milestone is reached by the progress that names it, or by closing") {
  Journal journal = closed_journal();
  journal.milestones.resize(2);
  journal.milestones[0].id = "M1";
  journal.milestones[1].id = "M2";
  journal.entries[0].milestone = "M1";
  const auto reached = [&](std::string_view as_of, std::size_t index) {
    return is_reached(journal.on(as_of), journal.milestones[index]);
  };
  CHECK_FALSE(reached("2023-04-30", 0));
  CHECK(reached("2023-05-01", 0));
  CHECK_FALSE(reached("2023-05-30", 1));
  CHECK(reached("2023-05-31", 1));
  journal.add(journal.correction("2023-06-02", 3));
  CHECK_FALSE(reached("2023-06-02", 1));
  CHECK(reached("2023-06-02", 0));
}

TEST_CASE("A reopened task works towards its new due with doers of its own") {
  Journal journal = closed_journal();
  journal.task.target = 3;
  journal.entries[0].count = 3;
  Entry& again = journal.add(reopen("2023-07-01", "2023-08-15"));
  again.count = -2;
  const TaskLife life = journal.on("2023-07-01");
  CHECK(life.state == TaskState::active);
  CHECK(life.due == day("2023-08-15"));
  CHECK(life.count == 1);
  CHECK(life.doers.empty());
  CHECK(life.application == nullptr);
  CHECK(life.reopenings == 1);
  CHECK(journal.on("2023-06-30").state == TaskState::closed);
}

TEST_CASE("A return waits for its answer until the task is applied for again") {
  const Journal journal{progress("2023-05-01"), apply("2023-05-20"), send_back("2023-05-25"),
                        apply("2023-06-01")};
  const TaskLife returned = journal.on("2023-05-31");
  CHECK(returned.state == TaskState::active);
  CHECK(returned.last_return == &journal.entries[2]);
  CHECK(returned.application == nullptr);
  const TaskLife answered = journal.on("2023-06-01");
  CHECK(answered.last_return == nullptr);
  CHECK(answered.application == &journal.entries[3]);
  CHECK(answered.returns == 1);
}

TEST_CASE("A correction works from its own date and makes all before it as if never written") {
  Journal journal = closed_journal();
  journal.add(reopen("2023-06-10", "2023-08-15"));
  journal.add(journal.correction("2023-06-20", 4));
  CHECK(journal.on("2023-06-19").state == TaskState::active);
  const TaskLife life = journal.on("2023-06-20");
  CHECK(life.state == TaskState::closed);
  CHECK(life.due == day("2023-06-30"));
  CHECK(life.closing == &journal.entries[3]);
  CHECK(life.doers.size() == 2);
  CHECK(life.events[4].voided);
  CHECK(life.reopenings == 0);
  // and what stands below can be taken back one after the other
  journal.add(journal.correction("2023-06-21", 3));
  journal.add(journal.correction("2023-06-22", 2));
  const TaskLife back = journal.on("2023-06-22");
  CHECK(back.state == TaskState::applied);
  CHECK(back.verification == nullptr);
  CHECK(back.closing == nullptr);
  journal.add(verify("2023-06-23", journal.task, "戊"));
  journal.add(close("2023-06-24"));
  CHECK(journal.on("2023-06-24").state == TaskState::closed);
}

TEST_CASE("Who wrote a progress that was taken back still may not check the task") {
  Journal journal{progress("2023-05-01"), progress("2023-05-02")};
  journal.entries[1].by = "乙";
  journal.entries[1].unit = "示例镇党委";
  journal.entries[1].level = Level::township;
  journal.add(journal.correction("2023-05-03", 1));
  journal.add(apply("2023-05-20"));
  journal.add(verify("2023-05-25", journal.task));
  Findings findings;
  CHECK(journal.on("2023-05-25", &findings).state == TaskState::applied);
  CHECK(written(findings) == "doer-checks-own-work@500.by doer-unit-checks-own-work@500.unit");
}

TEST_CASE("After a reassignment it is the new owner and unit that may not check") {
  const Journal journal{progress("2023-05-01"), reassign("2023-05-02", "乙", "例示例镇党委"),
                        apply("2023-05-20"), verify("2023-05-25", sample_task())};
  Findings findings;
  CHECK(journal.on("2023-05-25", &findings).unit == "例示例镇党委");
  CHECK(written(findings) == "doer-checks-own-work@400.by doer-unit-checks-own-work@400.unit");
}

TEST_CASE("A changed task makes its verification suspect until it is verified anew") {
  Journal journal = closed_journal();
  journal.task.title = "换了题目";
  Findings findings;
  CHECK(journal.on("2023-06-01", &findings).state == TaskState::closed);
  CHECK(written(findings) == "verification-suspect@300.definition");
  CHECK(fact(findings[0], "definition") == definition_hash(journal.task));
  journal.add(verify("2023-06-02", journal.task));
  findings.clear();
  const TaskLife life = journal.on("2023-06-02", &findings);
  CHECK(life.state == TaskState::closed);
  CHECK_FALSE(life.definition_suspect);
  CHECK(findings.empty());
  // the renewal is the latest change and can be taken back; the closing under it cannot
  Journal wrong = journal;
  wrong.add(wrong.correction("2023-06-03", 3));
  CHECK_FALSE(wrong.on("2023-06-03").events.back().counted);
  journal.add(journal.correction("2023-06-03", 4));
  CHECK(journal.on("2023-06-03").verification == &journal.entries[2]);
}

TEST_CASE("An entry that lacks what a replay needs is as if it were not there") {
  Journal journal = closed_journal();
  for (std::size_t i = 0; i < 5; ++i) journal.add(reopen("2023-06-10", "2023-08-15"));
  journal.entries[4].date.reset();
  journal.entries[5].action.reset();
  journal.entries[6].level.reset();
  journal.entries[7].by.clear();
  journal.entries[8].unit.clear();
  Findings findings;
  const TaskLife life = journal.on("2023-06-30", &findings);
  CHECK(life.state == TaskState::closed);
  CHECK(life.events.size() == 4);
  CHECK(findings.empty());
}

TEST_CASE("A task without entries, due, owner and unit has a life too") {
  Journal journal;
  journal.task = {};
  const TaskLife life = journal.on("2023-06-30");
  CHECK(life.state == TaskState::pending);
  CHECK_FALSE(is_overdue(life, day("2023-06-30")));
  CHECK_FALSE(life.definition_suspect);
}

TEST_CASE("An extension dated before an entry above it counts and is reported") {
  const Journal journal{progress("2023-05-20"), extend("2023-05-10", "2023-08-31")};
  Findings findings;
  CHECK(journal.on("2023-05-20", &findings).due == day("2023-08-31"));
  CHECK(written(findings) == "extension-backdated@200.date");
  CHECK(findings[0].other == journal.entries[0].at);
  CHECK(fact(findings[0], "other") == "2023-05-20");
  // dated on the same day, or written before, it is as it should be
  findings.clear();
  Journal{extend("2023-05-10", "2023-08-31"), progress("2023-05-20"),
          extend("2023-05-20", "2023-09-30")}
      .on("2023-06-30", &findings);
  CHECK(findings.empty());
}

TEST_CASE("A new extension is refused when an entry is dated after it") {
  const Journal journal{progress("2023-05-20")};
  const Entry early = extend("2023-05-19", "2023-08-31");
  const Entry same_day = extend("2023-05-20", "2023-08-31");
  const TaskLife life = journal.on("2023-06-30");
  CHECK(written(may(life, journal.view(), early, units())) == "extension-backdated@0.date");
  CHECK(may(life, journal.view(), same_day, units()).empty());
}

TEST_CASE("A unit is known by its name and aliases, whatever the spelling of the characters") {
  std::vector<model::Unit> list(2);
  list[0].name = "示例镇 党委";
  list[0].aliases = {"caf\u00e9", " 镇党委 "};
  list[0].level = Level::township;
  list[1].name = "无级单位";
  const Units known{list};
  CHECK(known.identity("cafe\u0301") == "示例镇 党委");
  CHECK(known.identity("　镇党委") == "示例镇 党委");
  CHECK(known.level("镇党委") == Level::township);
  CHECK_FALSE(known.level("无级单位"));
  CHECK(known.lists("无级单位"));
  CHECK_FALSE(known.lists("别的单位"));
  CHECK(known.identity(" 别的单位 ") == "别的单位");
}

TEST_CASE("The tasks of a village are put together from records in any order") {
  model::VillageLedger village;
  village.entries.push_back(progress("2023-05-01"));
  village.entries.push_back(progress("2023-05-02"));
  village.entries.push_back(progress("2023-05-03"));
  village.entries[1].task = "T2";
  village.entries[2].task = "T9";
  village.tasks.resize(2, sample_task());
  village.tasks[1].id = "T2";
  village.tasks[1].round = 2024;
  village.milestones.resize(1);
  village.milestones[0].task = "T2";
  village.acceptances.resize(3);
  for (auto& each : village.acceptances) each.kind = model::AcceptanceKind::delisting;
  village.acceptances[0].round = village.acceptances[1].round = 2023;
  village.acceptances[0].date = day("2023-12-01");
  village.acceptances[1].date = day("2023-11-01");
  const auto views = task_views(village);
  REQUIRE(views.size() == 2);
  CHECK(views[0].entries == std::vector<const Entry*>{&village.entries[0]});
  CHECK(views[1].entries == std::vector<const Entry*>{&village.entries[1]});
  CHECK(views[0].milestones.empty());
  CHECK(views[1].milestones.size() == 1);
  CHECK(views[0].delisted == day("2023-11-01"));
  CHECK_FALSE(views[1].delisted);
}

}  // namespace taizhang::workflow::tests
