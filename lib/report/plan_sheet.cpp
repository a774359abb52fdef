#include "report/plan_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "report/doubt.hpp"
#include "report/figures.hpp"

namespace taizhang::report {

using model::TaskKind;
using workflow::TaskLife;

namespace {

constexpr int soon_days = 7;

std::string target_text(const model::Task& task) {
  if (!task.target) return {};
  return fmt::format("{}{}{}", *task.target,
                     task.target_max ? fmt::format("-{}", *task.target_max) : "", task.target_unit);
}

Cell state_cell(const Occasion& occasion, const VillageState& village, const TaskLife& life) {
  Light light = light_of(life, occasion.as_of);
  if (light == Light::green && !doubts(occasion, village, life).empty()) light = Light::yellow;
  return {Term{workflow::term(life.state)}, light};
}

Cell milestone_cell(const TaskLife& life, const model::Milestone& milestone, Date as_of) {
  for (const auto& [id, date] : life.milestones_reached)
    if (id == milestone.id)
      return {Label{"milestone.reached_on", {{"date", format_date(date)}}}, Light::green};
  if (workflow::is_reached(life, milestone)) return {Label{"milestone.reached"}, Light::green};
  if (life.state == workflow::TaskState::cancelled) return Label{"milestone.cancelled"};
  if (!milestone.due) return Label{"milestone.open"};
  if (*milestone.due < as_of) return {Label{"milestone.late"}, Light::red};
  if (*milestone.due <= add_days(as_of, soon_days)) return {Label{"milestone.soon"}, Light::yellow};
  return Label{"milestone.open"};
}

class PlanSheet {
 public:
  PlanSheet(const Occasion& occasion, const CountyState& state, const VillageState& village)
      : occasion_(occasion), state_(state), village_(village), ledger_(*village.ledger) {}

  Report make() {
    report_.schema = "taizhang.plan/1";
    report_.title = {"plan.title",
                     {{"village", ledger_.info.name}, {"township", village_.township->folder}}};
    report_.subtitle = subtitle(occasion_, state_.county->info.name);
    whole();
    for (const auto& problem : ledger_.problems)
      if (problem.round == occasion_.round && (!problem.found || *problem.found <= occasion_.as_of))
        solved(problem);
    keep(milestone_table(occasion_, village_));
    keep(works("services", TaskKind::service, "plan.services"));
    keep(team());
    keep(works("planning", TaskKind::planning, "plan.planning"));
    keep(works("institutions", TaskKind::institution, "plan.institutions"));
    keep(incomes());
    return std::move(report_);
  }

 private:
  void keep(Table table) {
    if (!table.rows.empty()) report_.tables.push_back(std::move(table));
  }

  /// The round's latest one up to the day.
  const model::Plan* plan() const {
    const model::Plan* latest = nullptr;
    for (const auto& each : ledger_.plans)
      if (each.round == occasion_.round && workflow::exists_on(each, occasion_.as_of) &&
          (!latest || !latest->date || (each.date && *each.date >= *latest->date)))
        latest = &each;
    return latest;
  }

  void whole() {
    const model::Plan none;
    const model::Plan& plan = this->plan() ? *this->plan() : none;
    Figures figures{"plan", {}, Align::left};
    figures.add("plan.date", date_or_missing(plan.date));
    figures.add("plan.by", text_or_missing(plan.by));
    const auto* decision = village_.life.decision;
    figures.add("plan.listed_for", text_or_missing(decision ? decision->reason : ""));
    figures.add("plan.opinion", text_or_missing(plan.opinion));
    figures.add("plan.goal", text_or_missing(plan.goal));
    figures.add("plan.development", text_or_missing(plan.development));
    if (!plan.text.empty()) figures.add("column.text", plan.text);
    report_.tables.push_back(std::move(figures).take());
  }

  /// One problem, and its tasks with 任务 措施 责任 时限 要求.
  void solved(const model::Problem& problem) {
    Figures figures{"problem",
                    {"plan.problem", {{"problem", problem.id}, {"type", problem.type}}},
                    Align::left};
    figures.add("column.problem", text_or_missing(problem.text));
    figures.add("column.cause", text_or_missing(problem.cause));
    figures.add("column.goal", text_or_missing(problem.goal));
    report_.tables.push_back(std::move(figures).take());
    Table table;
    table.id = "tasks";
    table.columns = {{"id", "column.id"},           {"title", "column.task"},
                     {"measure", "column.measure"}, {"owner", "plan.duty"},
                     {"due", "column.due"},         {"standard", "column.standard"},
                     {"state", "column.state"}};
    for (const TaskLife& life : village_.life.tasks) {
      const model::Task& task = *life.task;
      if (task.problem != problem.id) continue;
      table.rows.push_back(
          row_at(village_, task.at,
                 {task.id, task.title, Cell(text_or_missing(task.measure)),
                  Cell(text_or_missing(life.owner.empty() ? life.unit : life.owner)),
                  Cell(date_or_missing(life.due)), Cell(text_or_missing(task.standard)),
                  state_cell(occasion_, village_, life)}));
    }
    keep(std::move(table));
  }

  Table works(std::string_view id, TaskKind kind, std::string_view title) const {
    Table table;
    table.id = id;
    table.title = {title};
    table.columns = {{"id", "column.id"},
                     {"title", "plan.work"},
                     {"owner", "plan.duty"},
                     {"due", "column.due"},
                     {"state", "column.state"}};
    for (const TaskLife& life : village_.life.tasks)
      if (life.task->kind == kind)
        table.rows.push_back(
            row_at(village_, life.task->at,
                   {life.task->id, life.task->title,
                    Cell(text_or_missing(life.unit.empty() ? life.owner : life.unit)),
                    Cell(date_or_missing(life.due)), state_cell(occasion_, village_, life)}));
    return table;
  }

  /// Quantities to reach, what has been, and who they were.
  Table team() const {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> groups{
        {{"skilled", "source.skilled"},
         {"managers", "source.managers"},
         {"veterans", "source.veterans"},
         {"others", "source.others"}}};
    Table table;
    table.id = "team";
    table.title = {"plan.team"};
    table.columns = {{"id", "column.id"},
                     {"title", "plan.work"},
                     {"target", "plan.target", Align::right},
                     {"count", "plan.reached", Align::right}};
    for (const auto& [key, heading] : groups)
      table.columns.push_back({std::string{key}, heading, Align::right});
    table.columns.push_back({"state", "column.state"});
    for (const TaskLife& life : village_.life.tasks) {
      if (life.task->kind != TaskKind::team) continue;
      std::map<std::string_view, std::int64_t> sums;
      for (const auto& event : life.events)
        if (event.counted && !event.voided)
          for (const auto& [name, count] : event.entry->sources) sums[name] += count;
      Row row = row_at(village_, life.task->at,
                       {life.task->id, life.task->title,
                        Cell(text_or_missing(target_text(*life.task))), life.count});
      for (const auto& [key, heading] : groups)
        row.cells.push_back(Cell(sums.empty() ? Content{Missing{}} : Content{sums[key]}));
      row.cells.push_back(state_cell(occasion_, village_, life));
      table.rows.push_back(row);
    }
    return table;
  }

  /// By year, beginning with the one before the round.
  Table incomes() const {
    std::map<std::int64_t, const model::Income*> years;
    for (const auto& each : ledger_.incomes)
      if (each.year && each.amount && workflow::exists_on(each, occasion_.as_of) &&
          *each.year >= occasion_.round - 1)
        years[*each.year] = &each;
    Table table;
    table.id = "income";
    table.title = {"plan.income"};
    table.columns = {{"year", "plan.year", Align::right},
                     {"when", "plan.when"},
                     {"amount", "plan.amount", Align::right},
                     {"more", "plan.more", Align::right}};
    const model::Income* before = nullptr;
    for (const auto& [year, each] : years) {
      table.rows.push_back(
          row_at(village_, each->at,
                 {year, Label{year < occasion_.round ? "plan.before" : "plan.after"}, *each->amount,
                  before ? Cell(*each->amount - *before->amount) : Cell{}}));
      if (year < occasion_.round) before = each;
    }
    return table;
  }

  const Occasion& occasion_;
  const CountyState& state_;
  const VillageState& village_;
  const model::VillageLedger& ledger_;
  Report report_;
};

}  // namespace

Table milestone_table(const Occasion& occasion, const VillageState& village) {
  Table table;
  table.id = "milestones";
  table.title = {"show.milestones"};
  table.columns = {{"task", "column.task"},
                   {"id", "column.id"},
                   {"text", "column.milestone"},
                   {"due", "column.due"},
                   {"state", "column.state"}};
  for (std::size_t i = 0; i < village.life.views.size(); ++i)
    for (const auto* milestone : village.life.views[i].milestones) {
      const TaskLife& life = village.life.tasks[i];
      table.rows.push_back(row_at(
          village, milestone->at,
          {life.task->id, milestone->id, milestone->text, Cell(date_or_missing(milestone->due)),
           milestone_cell(life, *milestone, occasion.as_of)}));
    }
  return table;
}

Report plan_sheet(const Occasion& occasion, const CountyState& state, const VillageState& village) {
  return PlanSheet{occasion, state, village}.make();
}

}  // namespace taizhang::report
