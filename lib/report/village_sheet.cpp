#include "report/village_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/aftercare.hpp"
#include "report/doubt.hpp"
#include "report/figures.hpp"
#include "report/plan_sheet.hpp"
#include "rules/answers.hpp"
#include "workflow/fingerprint.hpp"

namespace taizhang::report {

using model::Entry;
using workflow::TaskLife;

namespace {

/// Green does not go with a doubt.
Light doubted(Light light, const std::vector<Label>& why) {
  return light == Light::green && !why.empty() ? Light::yellow : light;
}

/// The persons that a survey heard; the households when it counted those only.
Content heard_by(const model::Survey& survey) {
  std::int64_t persons = 0;
  std::int64_t households = 0;
  for (const auto& [group, count] : survey.heard)
    (group == "households" ? households : persons) += count;
  if (persons == 0 && households > 0)
    return Label{"show.households", {{"count", fmt::format("{}", households)}}};
  return survey.heard.empty() ? Content{Missing{}} : Content{persons};
}

class VillageSheet {
 public:
  VillageSheet(const Occasion& occasion, const CountyState& state, const VillageState& village)
      : occasion_(occasion), state_(state), village_(village), ledger_(*village.ledger) {}

  Report make() {
    report_.schema = "taizhang.village/1";
    report_.title = {"show.title",
                     {{"village", ledger_.info.name}, {"township", village_.township->folder}}};
    report_.subtitle = subtitle(occasion_, state_.county->info.name);
    facts();
    surveys();
    steps();
    supports();
    problems();
    tasks();
    keep(milestone_table(occasion_, village_));
    doubtful();
    changes();
    acceptance();
    for (Table& table : aftercare(occasion_, state_, village_)) keep(std::move(table));
    return std::move(report_);
  }

 private:
  bool in_round(std::optional<std::int64_t> round) const { return round == occasion_.round; }

  Row row_at(Span at, std::vector<Cell> cells) const {
    return report::row_at(village_, at, std::move(cells));
  }

  void keep(Table table) {
    if (!table.rows.empty()) report_.tables.push_back(std::move(table));
  }

  void facts() {
    const auto& info = ledger_.info;
    const auto number = [](const std::optional<std::int64_t>& value) {
      return value ? Content{*value} : Content{Missing{}};
    };
    Figures figures{"village", {}, Align::left};
    figures.add("column.code", info.code);
    figures.add("column.kind", Term{model::term(ledger_.kind())});
    figures.add("figure.households", number(info.households));
    figures.add("figure.population", number(info.population));
    figures.add("figure.members", number(info.members));
    figures.add("column.stage", Term{workflow::term(village_.life.stage)});
    if (village_.life.relapse_of)
      figures.add(
          "figure.relapsed",
          Label{"show.relapse_of", {{"round", fmt::format("{}", *village_.life.relapse_of)}}});
    if (village_.life.continued) figures.add("figure.continued", Label{"value.yes"});
    figures.add("column.ledger", ledger_.path);
    report_.tables.push_back(std::move(figures).take());
  }

  void surveys() {
    Table table;
    table.id = "surveys";
    table.title = {"show.surveys"};
    table.columns = {{"kind", "column.kind"},
                     {"date", "column.date"},
                     {"by", "column.by"},
                     {"methods", "column.methods"},
                     {"heard", "column.heard", Align::right},
                     {"answers", "column.answers", Align::right}};
    for (const auto& survey : ledger_.surveys) {
      if (!in_round(survey.round) || !survey.kind || !workflow::exists_on(survey, occasion_.as_of))
        continue;
      table.rows.push_back(row_at(
          survey.at, {Term{model::term(*survey.kind)}, Cell(date_or_missing(survey.date)),
                      Cell(text_or_missing(survey.by)), Names{survey.methods},
                      Cell(heard_by(survey)), static_cast<std::int64_t>(survey.answers.size())}));
    }
    keep(std::move(table));
  }

  void steps() {
    Table table;
    table.id = "steps";
    table.title = {"show.steps"};
    table.columns = {{"kind", "column.step"},
                     {"date", "column.date"},
                     {"by", "column.by"},
                     {"result", "column.result"},
                     {"reason", "column.reason"}};
    for (const auto& step : ledger_.steps) {
      if (!in_round(step.round) || !step.kind || !workflow::exists_on(step, occasion_.as_of))
        continue;
      std::string who = step.by;
      if (!step.department.empty())
        who = step.department + (who.empty() || step.department == who ? "" : "(" + who + ")");
      const Text& why = step.reason.empty() ? step.opinion : step.reason;
      table.rows.push_back(row_at(
          step.at,
          {Term{model::term(*step.kind)}, Cell(date_or_missing(step.date)),
           Cell(text_or_missing(who)),
           step.result ? Cell(Term{model::term(*step.result)}) : Cell(Missing{}), Cell(why)}));
    }
    keep(std::move(table));
  }

  void supports() {
    Table table;
    table.id = "support";
    table.title = {"show.support"};
    table.columns = {{"role", "column.role"},
                     {"who", "column.who"},
                     {"unit", "column.unit"},
                     {"from", "column.from"},
                     {"to", "column.to"}};
    for (const auto& support : ledger_.supports) {
      if (!support.role || (support.from && *support.from > occasion_.as_of)) continue;
      std::string who = support.name;
      if (!support.post.empty()) who += (who.empty() ? "" : " ") + support.post;
      const bool over = support.to && *support.to <= occasion_.as_of;
      table.rows.push_back(row_at(
          support.at, {Term{model::term(*support.role)}, Cell(who), Cell(support.unit),
                       Cell(date_or_missing(support.from)), over ? Cell(*support.to) : Cell{}}));
    }
    keep(std::move(table));
  }

  void problems() {
    Table table;
    table.id = "problems";
    table.title = {"show.problems"};
    table.columns = {{"id", "column.id"},
                     {"type", "column.problem_type"},
                     {"text", "column.problem"},
                     {"cause", "column.cause"},
                     {"goal", "column.goal"}};
    for (const auto& problem : ledger_.problems) {
      if (!in_round(problem.round) || (problem.found && *problem.found > occasion_.as_of)) continue;
      table.rows.push_back(row_at(
          problem.at, {problem.id, problem.type, problem.text, problem.cause, problem.goal}));
    }
    keep(std::move(table));
  }

  void tasks() {
    Table table;
    table.id = "tasks";
    table.title = {"show.tasks"};
    table.columns = {{"id", "column.task_id"},  {"kind", "column.kind"}, {"title", "column.task"},
                     {"state", "column.state"}, {"due", "column.due"},   {"owner", "column.owner"}};
    for (const TaskLife& life : village_.life.tasks) {
      Cell state{Term{workflow::term(life.state)},
                 doubted(light_of(life, occasion_.as_of), doubts(occasion_, village_, life))};
      table.rows.push_back(row_at(
          life.task->at, {life.task->id, Term{life.task->kind ? model::term(*life.task->kind) : ""},
                          life.task->title, std::move(state), Cell(date_or_missing(life.due)),
                          Cell(text_or_missing(life.owner.empty() ? life.unit : life.owner))}));
    }
    keep(std::move(table));
  }

  void doubtful() {
    Table table;
    table.id = "suspect";
    table.title = {"status.suspect"};
    table.columns = {{"task", "column.task_id"},
                     {"title", "column.task"},
                     {"state", "column.state"},
                     {"why", "column.doubt"}};
    for (const TaskLife& life : village_.life.tasks)
      for (const Label& doubt : doubts(occasion_, village_, life))
        table.rows.push_back(
            row_at(life.task->at, {life.task->id, life.task->title,
                                   Cell{Term{workflow::term(life.state)}, Light::yellow}, doubt}));
    keep(std::move(table));
  }

  /// The first due date is never forgotten, nor that a task was closed before.
  void changes() {
    Table table;
    table.id = "changes";
    table.title = {"show.changes"};
    table.columns = {{"task", "column.task_id"},
                     {"title", "column.task"},
                     {"first_due", "column.first_due"},
                     {"due", "column.due_now"},
                     {"extended", "column.moves_extended", Align::right},
                     {"returned", "column.moves_returned", Align::right},
                     {"reopened", "column.moves_reopened", Align::right}};
    for (const TaskLife& life : village_.life.tasks) {
      if (life.extensions + life.returns + life.reopenings == 0) continue;
      table.rows.push_back(row_at(
          life.task->at, {life.task->id, life.task->title, Cell(date_or_missing(life.task->due)),
                          Cell(date_or_missing(life.due)), std::int64_t{life.extensions},
                          std::int64_t{life.returns}, std::int64_t{life.reopenings}}));
    }
    keep(std::move(table));
  }

  void acceptance() {
    Table table;
    table.id = "acceptance";
    table.title = {"show.acceptance"};
    table.columns = {{"kind", "column.step"},
                     {"date", "column.date"},
                     {"by", "column.by"},
                     {"result", "column.result"},
                     {"reason", "column.reason"}};
    for (const auto& step : ledger_.acceptances) {
      if (!in_round(step.round) || !step.kind || !workflow::exists_on(step, occasion_.as_of))
        continue;
      table.rows.push_back(row_at(
          step.at, {Term{model::term(*step.kind)}, Cell(date_or_missing(step.date)), step.by,
                    step.result ? Cell(Term{model::term(*step.result)}) : Cell{}, step.reason}));
    }
    keep(std::move(table));
  }

  const Occasion& occasion_;
  const CountyState& state_;
  const VillageState& village_;
  const model::VillageLedger& ledger_;
  Report report_;
};

/// The problem's id, type and text.
std::string problem_text(const model::VillageLedger& village, const model::Task& task) {
  const auto problem = std::ranges::find(village.problems, task.problem, &model::Problem::id);
  if (task.problem.empty() || problem == village.problems.end()) return task.problem;
  std::string text = problem->id + " " + problem->type;
  if (!problem->text.empty()) text += ": " + problem->text;
  return text;
}

/// What an entry says besides who and when, in one line.
std::string substance(const Entry& entry) {
  std::string text = entry.text;
  const auto add = [&](std::string_view part) {
    if (!part.empty()) text += (text.empty() ? "" : "; ") + std::string{part};
  };
  add(entry.reason);
  if (entry.count) add(fmt::format("{:+}", *entry.count));
  if (!entry.milestone.empty()) add(entry.milestone);
  if (entry.due) add(fmt::format("→ {}", format_date(*entry.due)));
  if (!entry.new_owner.empty()) add("→ " + entry.new_owner);
  if (!entry.new_unit.empty()) add("→ " + entry.new_unit);
  if (!entry.voids.empty()) add("✕ " + entry.voids);
  for (const auto& evidence : entry.evidence) add(evidence.file);
  return text;
}

}  // namespace

Report village_sheet(const Occasion& occasion, const CountyState& state,
                     const VillageState& village) {
  return VillageSheet{occasion, state, village}.make();
}

std::optional<Report> task_sheet(const Occasion& occasion, const CountyState& state,
                                 const VillageState& village, std::string_view id) {
  const auto& tasks = village.life.tasks;
  const auto found =
      std::ranges::find_if(tasks, [&](const TaskLife& life) { return life.task->id == id; });
  if (found == tasks.end()) return std::nullopt;
  const TaskLife& life = *found;
  const model::Task& task = *life.task;
  const auto& entries = village.life.views[static_cast<std::size_t>(found - tasks.begin())].entries;

  Report report;
  report.schema = "taizhang.task/1";
  report.title = {
      "show.task_title",
      {{"village", village.ledger->info.name}, {"task", task.id}, {"title", task.title}}};
  report.subtitle = subtitle(occasion, state.county->info.name);
  Figures figures{"task", {}, Align::left};
  const auto milestones_text = [&] {
    return static_cast<std::int64_t>(life.milestones_reached.size());
  };
  figures.add("column.kind", Term{task.kind ? model::term(*task.kind) : ""});
  const auto why = doubts(occasion, village, life);
  figures.add("column.state", Term{workflow::term(life.state)},
              doubted(light_of(life, occasion.as_of), why));
  figures.add("column.problem", text_or_missing(problem_text(*village.ledger, task)));
  figures.add("column.measure", text_or_missing(task.measure));
  figures.add("column.standard", text_or_missing(task.standard));
  figures.add("column.owner", text_or_missing(life.owner));
  figures.add("column.unit", text_or_missing(life.unit));
  figures.add("column.opened", date_or_missing(task.opened));
  figures.add("column.first_due", date_or_missing(task.due));
  if (life.due != task.due) figures.add("column.due_now", date_or_missing(life.due));
  const auto times = [&](std::string_view label, int count) {
    if (count > 0) figures.add(label, std::int64_t{count});
  };
  times("show.extended", life.extensions);
  times("show.returned", life.returns);
  times("show.reopened", life.reopenings);
  if (task.target)
    figures.add(
        "column.target",
        fmt::format("{} / {}{}{}", life.count, *task.target,
                    task.target_max ? fmt::format("-{}", *task.target_max) : "", task.target_unit));
  if (!village.life.views.empty() && milestones_text() > 0)
    figures.add("column.milestones", milestones_text());
  for (const Label& doubt : why) figures.add("column.suspect", doubt, Light::yellow);
  figures.add("column.definition", workflow::definition_hash(task));
  report.tables.push_back(std::move(figures).take());

  Table table;
  table.id = "entries";
  table.title = {"show.entries"};
  table.columns = {{"hash", "column.hash"}, {"date", "column.date"},   {"action", "column.action"},
                   {"by", "column.by"},     {"state", "column.state"}, {"text", "column.text"}};
  for (const auto& event : life.events) {
    const auto index = std::ranges::find(entries, event.entry) - entries.begin();
    Row row;
    Cell state_after{Term{workflow::term(event.after)}};
    if (event.voided) state_after.content = Label{"show.voided"};
    if (!event.counted) state_after.content = Label{"show.refused"};
    row.cells = {workflow::entry_hash(entries, static_cast<std::size_t>(index)),
                 *event.entry->date,
                 Term{model::term(*event.entry->action)},
                 event.entry->by,
                 std::move(state_after),
                 substance(*event.entry)};
    row.path = village.ledger->path;
    row.line = line_of(state, row.path, event.entry->at);
    table.rows.push_back(row);
  }
  if (!table.rows.empty()) report.tables.push_back(std::move(table));
  return report;
}

}  // namespace taizhang::report
