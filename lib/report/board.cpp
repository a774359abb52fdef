#include "report/board.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "report/doubt.hpp"
#include "report/figures.hpp"
#include "workflow/responsibility.hpp"

namespace taizhang::report {

using workflow::TaskLife;
using workflow::TaskState;

namespace {

Table task_table(std::string_view id, std::string_view title, std::string_view since,
                 std::string_view days, std::string_view who) {
  Table table;
  table.id = id;
  table.title = {title};
  table.columns = {{"township", "column.township"},
                   {"village", "column.village"},
                   {"task", "column.task_id"},
                   {"title", "column.task"},
                   {"date", since},
                   {"days", days, Align::right},
                   {"who", who}};
  return table;
}

}  // namespace

Board::Board(const Occasion& occasion, std::string_view place, int soon_days, BoardFilter filter,
             bool for_feed)
    : occasion_(occasion),
      place_(place),
      soon_days_(soon_days),
      filter_(std::move(filter)),
      origin_(for_feed),
      reminders_(occasion, soon_days, for_feed),
      overdue_(task_table("overdue", "status.overdue", "column.due", "column.days_late",
                          "column.owner")),
      soon_(task_table("due_soon", "status.due_soon", "column.due", "column.days_left",
                       "column.owner")),
      check_overdue_(task_table("check_overdue", "status.check_overdue", "column.due",
                                "column.days_late", "column.next")),
      to_verify_(task_table("to_verify", "status.to_verify", "column.applied",
                            "column.days_waiting", "column.next")),
      to_close_(task_table("to_close", "status.to_close", "column.applied", "column.days_waiting",
                           "column.next")),
      returned_(task_table("returned", "status.returned", "column.returned", "column.days_waiting",
                           "column.missing")),
      suspect_({"suspect",
                {"status.suspect"},
                {{"township", "column.township"},
                 {"village", "column.village"},
                 {"task", "column.task_id"},
                 {"title", "column.task"},
                 {"state", "column.state"},
                 {"why", "column.doubt"}},
                {},
                true}),
      milestones_(task_table("milestones", "status.milestones", "column.due", "column.days_left",
                             "column.owner")),
      changes_({"changes",
                {"status.changes"},
                {{"township", "column.township"},
                 {"village", "column.village"},
                 {"task", "column.task_id"},
                 {"title", "column.task"},
                 {"first_due", "column.first_due"},
                 {"due", "column.due_now"},
                 {"extended", "column.moves_extended", Align::right},
                 {"reopened", "column.moves_reopened", Align::right}},
                {},
                true}) {
  milestones_.columns[3] = {"milestone", "column.milestone"};
  for (Table* table : {&overdue_, &soon_, &milestones_, &check_overdue_, &to_verify_, &to_close_,
                       &returned_, &suspect_, &changes_})
    origin_.extend(*table);
  report_.schema = "taizhang.status/1";
  report_.title = {"status.title"};
  report_.subtitle = subtitle(occasion, place);
  if (filter_.any())
    report_.subtitle.push_back(
        {"status.filter",
         {{"owner", filter_.owner}, {"unit", filter_.unit}, {"leader", filter_.leader}}});
}

bool Board::led(const VillageState& village) {
  if (filter_.leader.empty()) return true;
  const std::string wanted = canonical_name(filter_.leader);
  bool found = false;
  for (const model::Support& each : village.ledger->supports) {
    if (!workflow::in_force(each, occasion_.as_of)) continue;
    names_.push_back(workflow::who(each));
    found = found || canonical_name(each.name).find(wanted) != std::string::npos ||
            canonical_name(each.post).find(wanted) != std::string::npos;
  }
  return found;
}

bool Board::wanted(const CountyState& state, const TaskLife& life) {
  if (!filter_.owner.empty()) {
    names_.emplace_back(life.owner);
    if (canonical_name(life.owner) != canonical_name(filter_.owner)) return false;
  }
  if (filter_.unit.empty()) return true;
  names_.emplace_back(life.unit);
  return state.units.identity(life.unit) == state.units.identity(filter_.unit);
}

void Board::push(Table& table, Row row, Content since, std::int64_t days, Content who) const {
  row.cells[4].content = std::move(since);
  row.cells[5].content = days;
  row.cells[6].content = std::move(who);
  put(table, std::move(row));
}

void Board::add(const CountyState& state) {
  coverage_.add(state);
  scope_.add(state);
  for (const VillageState& village : state.villages) {
    if (!led(village)) continue;
    origin_.move_to(state.county->info.name, village.ledger->info.code);
    if (!filter_.of_tasks()) reminders_.add_village(state, village);
    bool any = !filter_.of_tasks();
    for (std::size_t i = 0; i < village.life.tasks.size(); ++i) {
      const TaskLife& life = village.life.tasks[i];
      if (!wanted(state, life)) continue;
      any = true;
      tally_.add(life, occasion_.as_of);
      add_task(state, village, life);
      add_milestones(state, village, life, village.life.views[i]);
    }
    add_earlier(state, village);
    found_ = found_ || any;
    listed_ += any && village.life.listed();
  }
  if (!filter_.any()) reminders_.add_county(state);
}

void Board::add_earlier(const CountyState& state, const VillageState& village) {
  const auto is_earlier = [&](const model::Task& task) {
    return task.round && *task.round < occasion_.round;
  };
  if (std::ranges::none_of(village.ledger->tasks, is_earlier)) return;
  workflow::VillageLife all;
  workflow::take_every_task(all, *village.ledger, state.units, occasion_.as_of);
  for (const TaskLife& life : all.tasks) {
    if (!is_earlier(*life.task) || life.finished() || !wanted(state, life)) continue;
    found_ = true;
    ++earlier_[*life.task->round];
  }
}

void Board::add_task(const CountyState& state, const VillageState& village, const TaskLife& life) {
  const Date today = occasion_.as_of;
  Row row;
  row.cells = {village.township->folder,
               village.ledger->info.name,
               life.task->id,
               life.task->title,
               Cell{},
               Cell{},
               Cell{}};
  row.cells[5].light = light_of(life, today, soon_days_);
  row.path = village.ledger->path;
  row.line = line_of(state, row.path, life.task->at);

  const auto waiting = [&](Table& table, const model::Entry* since, Content who) {
    push(table, row, *since->date, days_between(*since->date, today), std::move(who));
  };
  const Content owner = text_or_missing(life.owner.empty() ? life.unit : life.owner);
  const bool working = life.state == TaskState::pending || life.state == TaskState::active;
  if (workflow::is_overdue(life, today))
    push(overdue_, row, *life.due, workflow::days_late(life, today), owner);
  else if (working && life.due && days_between(today, *life.due) <= soon_days_)
    push(soon_, row, *life.due, days_between(today, *life.due), owner);
  const Label verify{"next.verify", {{"township", village.township->folder}}};
  const Label close{"next.close", {{"county", state.county->info.name}}};
  const Content next = life.state == TaskState::applied ? verify : close;
  if (workflow::is_check_overdue(life, today))
    push(check_overdue_, row, *life.due, days_between(*life.due, today), next);
  if (life.state == TaskState::applied) waiting(to_verify_, life.application, next);
  if (life.state == TaskState::verified) waiting(to_close_, life.application, next);
  if (working && life.last_return) waiting(returned_, life.last_return, life.last_return->reason);
  const auto why = doubts(occasion_, village, life);
  suspect_tasks_ += !why.empty();
  for (const Label& doubt : why) {
    Row shown = row;
    shown.cells.resize(6);
    shown.cells[4] = Cell{Term{workflow::term(life.state)}, Light::yellow};
    shown.cells[5] = Cell{doubt};
    put(suspect_, std::move(shown));
  }
  if (!life.finished() && life.extensions + life.reopenings > 0) add_changes(life, row);
}

void Board::add_changes(const TaskLife& life, Row row) {
  row.cells.resize(8);
  row.cells[4].content = date_or_missing(life.task->due);
  row.cells[5] = Cell{};
  row.cells[5].content = date_or_missing(life.due);
  row.cells[6] = Cell{std::int64_t{life.extensions}};
  row.cells[7] = Cell{std::int64_t{life.reopenings}};
  put(changes_, std::move(row));
}

void Board::add_milestones(const CountyState& state, const VillageState& village,
                           const TaskLife& life, const workflow::TaskView& view) {
  if (life.finished()) return;
  for (const model::Milestone* milestone : view.milestones) {
    if (!milestone->due || workflow::is_reached(life, *milestone)) continue;
    const int left = days_between(occasion_.as_of, *milestone->due);
    if (left > soon_days_) continue;
    Row row;
    row.cells = {village.township->folder,
                 village.ledger->info.name,
                 life.task->id,
                 milestone->text,
                 *milestone->due,
                 Cell{std::int64_t{left}, left < 0 ? Light::red : Light::yellow},
                 Cell{}};
    row.cells[6].content = text_or_missing(life.owner.empty() ? life.unit : life.owner);
    row.path = village.ledger->path;
    row.line = line_of(state, row.path, milestone->at);
    put(milestones_, std::move(row));
  }
}

Report Board::finish() && {
  Figures figures{"figures"};
  const bool kept = scope_.keeps_tasks();
  const Light late = tally_.overdue > 0 ? Light::red : Light::green;
  figures.add("figure.listed", count_or_missing(scope_.keeps_steps(), listed_));
  figures.add("figure.tasks", count_or_missing(kept, tally_.total));
  figures.add("figure.closed", count_or_missing(kept, tally_.closed));
  figures.add("figure.completion", tally_.completion());
  figures.add("figure.pending", count_or_missing(kept, tally_.pending));
  figures.add("figure.active", count_or_missing(kept, tally_.active));
  figures.add("figure.applied", count_or_missing(kept, tally_.applied));
  figures.add("figure.verified", count_or_missing(kept, tally_.verified));
  figures.add("figure.overdue", count_or_missing(kept, tally_.overdue), kept ? late : Light::none);
  const Light slow = tally_.check_overdue > 0 ? Light::yellow : Light::green;
  figures.add("figure.check_overdue", count_or_missing(kept, tally_.check_overdue),
              kept ? slow : Light::none);
  if (suspect_tasks_ > 0) figures.add("figure.suspect", suspect_tasks_, Light::yellow);
  if (reminders_.missing_ones() > 0)
    figures.add("figure.missing_ones", reminders_.missing_ones(), Light::red);
  if (tally_.cancelled > 0) figures.add("figure.cancelled", tally_.cancelled);
  report_.tables.push_back(std::move(figures).take());
  for (Table* table : {&overdue_, &soon_, &milestones_, &check_overdue_, &to_verify_, &to_close_,
                       &returned_, &suspect_, &changes_})
    if (!table->rows.empty()) report_.tables.push_back(std::move(*table));
  for (Table& table : std::move(reminders_).take()) report_.tables.push_back(std::move(table));
  report_.notes = scope_.notes();
  if (report_.tables.size() > 1)
    report_.notes.insert(report_.notes.begin(),
                         Label{"note.lights", {{"days", std::to_string(soon_days_)}}});
  for (const auto& [round, count] : earlier_)
    report_.notes.push_back(
        {"note.earlier_open",
         {{"round", std::to_string(round)}, {"count", std::to_string(count)}, {"place", place_}}});
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
