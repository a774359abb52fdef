#include "report/board.hpp"

#include <algorithm>

#include "report/figures.hpp"

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

Board::Board(const Occasion& occasion, std::string_view place, int soon_days)
    : occasion_(occasion),
      soon_days_(soon_days),
      overdue_(task_table("overdue", "status.overdue", "column.due", "column.days_late",
                          "column.owner")),
      soon_(task_table("due_soon", "status.due_soon", "column.due", "column.days_left",
                       "column.owner")),
      check_overdue_(task_table("check_overdue", "status.check_overdue", "column.due",
                                "column.days_late", "column.next")),
      to_verify_(task_table("to_verify", "status.to_verify", "column.applied",
                            "column.days_waiting", "column.next")),
      to_close_(task_table("to_close", "status.to_close", "column.verified", "column.days_waiting",
                           "column.next")),
      returned_(task_table("returned", "status.returned", "column.returned", "column.days_waiting",
                           "column.missing")),
      suspect_(task_table("suspect", "status.suspect", "column.verified", "column.days_waiting",
                          "column.verifier")) {
  report_.schema = "taizhang.status/1";
  report_.title = {"status.title"};
  report_.subtitle = subtitle(occasion, place);
}

void Board::push(Table& table, Row row, Content since, std::int64_t days, Content who) const {
  row.cells[4].content = std::move(since);
  row.cells[5].content = days;
  row.cells[6].content = std::move(who);
  table.rows.push_back(std::move(row));
}

void Board::add(const CountyState& state) {
  coverage_.add(state);
  scope_.add(state);
  for (const VillageState& village : state.villages) {
    listed_ += village.life.listed();
    for (const TaskLife& life : village.life.tasks) {
      tally_.add(life, occasion_.as_of);
      add_task(state, village, life);
    }
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
  if (life.state == TaskState::verified) waiting(to_close_, life.verification, next);
  if (working && life.last_return) waiting(returned_, life.last_return, life.last_return->reason);
  if (life.definition_suspect()) waiting(suspect_, life.verification, life.verification->by);
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
  if (tally_.cancelled > 0) figures.add("figure.cancelled", tally_.cancelled);
  report_.tables.push_back(std::move(figures).take());
  for (Table* table :
       {&overdue_, &soon_, &check_overdue_, &to_verify_, &to_close_, &returned_, &suspect_})
    if (!table->rows.empty()) report_.tables.push_back(std::move(*table));
  report_.notes = scope_.notes();
  if (report_.tables.size() > 1)
    report_.notes.insert(report_.notes.begin(),
                         Label{"note.lights", {{"days", std::to_string(soon_days_)}}});
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
