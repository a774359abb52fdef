#include "report/task_ledger.hpp"

#include <algorithm>

namespace taizhang::report {

using model::Level;
using workflow::TaskLife;

namespace {

std::vector<Column> columns_of(Level level) {
  const Column number{"number", "column.number", Align::right};
  const Column township{"township", "column.township"};
  const Column village{"village", "column.village"};
  const Column due{"due", "column.due"};
  const Column owner{"owner", "column.owner"};
  const Column state{"state", "column.state"};
  if (level == Level::county)
    return {number,
            township,
            village,
            {"leader", "column.leader"},
            {"stage", "column.stage"},
            {"problems", "column.problems", Align::right},
            {"tasks", "column.tasks", Align::right},
            {"closed", "column.closed", Align::right},
            {"overdue", "column.overdue", Align::right}};
  if (level == Level::township)
    return {number, township, village, {"task", "column.task_id"}, {"title", "column.task"},
            due,    owner,    state};
  return {number,
          township,
          village,
          {"problem_type", "column.problem_type"},
          {"problem", "column.problem"},
          {"kind", "column.kind"},
          {"task", "column.task_id"},
          {"title", "column.task"},
          {"measure", "column.measure"},
          {"leader", "column.leader"},
          {"unit", "column.unit"},
          owner,
          due,
          {"standard", "column.standard"},
          {"progress", "column.progress"},
          {"done", "column.done"},
          {"closed", "column.closed_on"},
          state};
}

/// The county leader who looks after the village on the day.
Content leader_of(const model::VillageLedger& village, Date as_of) {
  for (const auto& support : village.supports) {
    if (support.role != model::SupportRole::county_leader) continue;
    if ((support.from && *support.from > as_of) || (support.to && *support.to <= as_of)) continue;
    return text_or_missing(support.name.empty() ? support.post : support.name);
  }
  return Missing{};
}

/// The latest 进展 in force.
Content latest_progress(const TaskLife& life) {
  for (auto event = life.events.rbegin(); event != life.events.rend(); ++event)
    if (event->counted && !event->voided && event->entry->action == model::Action::progress)
      return event->entry->text;
  return Missing{};
}

const model::Problem* problem_of(const model::VillageLedger& village, const model::Task& task) {
  const auto found = std::ranges::find(village.problems, task.problem, &model::Problem::id);
  return found == village.problems.end() ? nullptr : &*found;
}

std::string_view title_of(Level level) {
  switch (level) {
    case Level::county:
      return "ledger.county";
    case Level::township:
      return "ledger.township";
    case Level::village:
      break;
  }
  return "ledger.village";
}

}  // namespace

TaskLedger::TaskLedger(const Occasion& occasion, std::string_view place, Level level)
    : occasion_(occasion), level_(level) {
  report_.schema = "taizhang.ledger/1";
  report_.title = {title_of(level)};
  report_.subtitle = subtitle(occasion, place);
  table_ = {"ledger", {}, columns_of(level), {}, true};
}

std::int64_t TaskLedger::next_number() const {
  return static_cast<std::int64_t>(table_.rows.size()) + 1;
}

void TaskLedger::add(const CountyState& state) {
  coverage_.add(state);
  for (const VillageState& village : state.villages) {
    if (level_ == Level::county) {
      if (village.life.listed() || !village.life.tasks.empty()) village_row(state, village);
      continue;
    }
    for (const TaskLife& life : village.life.tasks) task_row(state, village, life);
  }
}

void TaskLedger::village_row(const CountyState& state, const VillageState& village) {
  const auto& ledger = *village.ledger;
  Tally tally;
  for (const TaskLife& life : village.life.tasks) tally.add(life, occasion_.as_of);
  const auto problems = std::ranges::count_if(ledger.problems, [&](const auto& problem) {
    return problem.round == occasion_.round &&
           (!problem.found || *problem.found <= occasion_.as_of);
  });
  const bool works = tally.total > 0;
  Row row;
  row.cells = {next_number(),
               village.township->folder,
               ledger.info.name,
               Cell(leader_of(ledger, occasion_.as_of)),
               Term{workflow::term(village.life.stage)},
               Cell(count_or_missing(problems > 0, problems)),
               Cell(count_or_missing(works, tally.total)),
               Cell(count_or_missing(works, tally.closed)),
               Cell(count_or_missing(works, tally.overdue))};
  row.path = ledger.path;
  row.line = line_of(state, row.path, ledger.info.at);
  table_.rows.push_back(row);
}

void TaskLedger::task_row(const CountyState& state, const VillageState& village,
                          const TaskLife& life) {
  const auto& ledger = *village.ledger;
  const model::Task& task = *life.task;
  const Cell owner = Cell(text_or_missing(life.owner));
  const Cell due = Cell(date_or_missing(life.due));
  const Cell state_cell{Term{workflow::term(life.state)}, light_of(life, occasion_.as_of)};
  Row row;
  row.path = ledger.path;
  row.line = line_of(state, row.path, task.at);
  if (level_ == Level::township) {
    row.cells = {
        next_number(), village.township->folder, ledger.info.name, task.id, task.title, due, owner,
        state_cell};
  } else {
    const model::Problem* problem = problem_of(ledger, task);
    row.cells = {next_number(),
                 village.township->folder,
                 ledger.info.name,
                 problem ? Cell(problem->type) : Cell{},
                 problem ? Cell(text_or_missing(problem->text)) : Cell{},
                 task.kind ? Cell(Term{model::term(*task.kind)}) : Cell{},
                 task.id,
                 task.title,
                 Cell(text_or_missing(task.measure)),
                 Cell(leader_of(ledger, occasion_.as_of)),
                 Cell(text_or_missing(life.unit)),
                 owner,
                 due,
                 Cell(text_or_missing(task.standard)),
                 Cell(latest_progress(life)),
                 life.application ? Cell(*life.application->date) : Cell{},
                 life.closing ? Cell(*life.closing->date) : Cell{},
                 state_cell};
  }
  table_.rows.push_back(row);
}

Report TaskLedger::finish() && {
  report_.tables.push_back(std::move(table_));
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
