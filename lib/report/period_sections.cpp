#include "report/period_sections.hpp"

#include <algorithm>
#include <array>

#include "report/figures.hpp"
#include "report/submissions.hpp"

namespace taizhang::report {

using workflow::TaskLife;
using workflow::TaskState;

namespace {

constexpr std::size_t announced = 3;  ///< townships at either end

Column text(std::string_view key, std::string_view heading) { return {std::string{key}, heading}; }
Column figure(std::string_view key, std::string_view heading) {
  return {std::string{key}, heading, Align::right};
}

/// Whether a has done more of its tasks than b.
bool ahead(const Share& a, const Share& b) { return a.part * b.whole > b.part * a.whole; }

bool listed_by(const VillageState& village, Date day) {
  return village.life.listed() &&
         (!village.life.decision->date || *village.life.decision->date <= day);
}

}  // namespace

PeriodSections::PeriodSections(const Occasion& occasion, const Period& period)
    : occasion_(occasion), period_(period) {
  if (occasion.dates)
    for (Period each = period_of(*occasion.dates->from, PeriodKind::half_month);
         each.last <= occasion.as_of && each.first <= *occasion.dates->to; each = next_period(each))
      half_months_.push_back({each});
  villages_ = {"villages",
               {"period.villages"},
               {text("county", "column.county"), text("township", "column.township"),
                text("village", "column.village"), text("stage", "column.stage"),
                figure("tasks", "column.tasks"), figure("closed", "column.closed"),
                figure("completion", "column.completion"), figure("overdue", "column.overdue")},
               {},
               true};
  awaiting_ = {
      "awaiting",
      {"period.awaiting"},
      {text("township", "column.township"), text("village", "column.village"),
       text("task", "column.task_id"), text("title", "column.task"), text("state", "column.state"),
       text("applied", "column.applied"), figure("days", "column.days_waiting")},
      {},
      true};
  inspections_ = {
      "inspections",
      {"period.inspections"},
      {text("county", "column.county"), text("kind", "column.kind"),
       figure("period", "column.in_period"), figure("so_far", "column.so_far"),
       figure("unannounced", "column.period_unannounced"), figure("planned", "column.planned"),
       figure("findings", "column.period_findings"), figure("replied", "column.period_replied")},
      {},
      true};
  submissions_ = {
      "submission_counts",
      {"period.submissions"},
      {text("county", "column.county"), text("township", "column.township"),
       figure("due", "column.reports_due"), figure("in", "column.reports_in"),
       figure("on_time", "column.reports_on_time"), figure("late", "column.reports_late"),
       figure("missing", "column.reports_missing")},
      {},
      true};
}

void PeriodSections::add(const CountyState& state) {
  for (const auto* township : state.townships) {
    Town town{state.county->info.name, township->folder, {}, {}};
    bool works = false;
    for (const VillageState& village : state.villages) {
      if (village.township != township) continue;
      add_village(state, village, town);
      add_to_burn_down(state, village);
      works = works || !village.life.tasks.empty();
    }
    if (works) towns_.push_back(std::move(town));
    add_submissions(state, *township);
  }
  add_inspections(state);
}

void PeriodSections::add_village(const CountyState& state, const VillageState& village,
                                 Town& town) {
  Tally tally;
  for (const TaskLife& life : village.life.tasks) {
    tally.add(life, occasion_.as_of);
    town.moves.add(moves_between(life, *life.task->opened, occasion_.as_of));
    if (life.state != TaskState::cancelled) add_target(life);
    if (life.state == TaskState::applied || life.state == TaskState::verified)
      add_awaiting(state, village, life);
  }
  town.tally.add(tally);
  if (!village.life.listed()) return;
  ++stages_[village.life.stage];
  const bool works = tally.total > 0;
  Row row;
  row.cells = {town.county,
               town.township,
               village.ledger->info.name,
               Term{workflow::term(village.life.stage)},
               {},
               {},
               tally.completion(),
               {}};
  row.cells[4].content = count_or_missing(works, tally.total);
  row.cells[5].content = count_or_missing(works, tally.closed);
  row.cells[7].content = count_or_missing(works, tally.overdue);
  row.path = village.ledger->path;
  row.line = line_of(state, row.path, village.ledger->info.at);
  villages_.rows.push_back(row);
}

void PeriodSections::add_target(const TaskLife& life) {
  const model::Task& task = *life.task;
  if (task.kind != model::TaskKind::team || !task.target) return;
  const std::string title =
      task.title + (task.target_unit.empty() ? "" : "(" + task.target_unit + ")");
  auto found = std::ranges::find(targets_, title, &Target::title);
  if (found == targets_.end()) found = targets_.insert(targets_.end(), Target{title});
  found->wanted += *task.target;
  found->reached += life.count;
  ++found->villages;
  found->villages_done += life.count >= *task.target;
}

void PeriodSections::add_awaiting(const CountyState& state, const VillageState& village,
                                  const TaskLife& life) {
  Row row;
  row.cells = {village.township->folder,
               village.ledger->info.name,
               life.task->id,
               life.task->title,
               Cell{Term{workflow::term(life.state)}, light_of(life, occasion_.as_of)},
               *life.application->date,
               std::int64_t{days_between(*life.application->date, occasion_.as_of)}};
  row.path = village.ledger->path;
  row.line = line_of(state, row.path, life.task->at);
  awaiting_.rows.push_back(row);
}

void PeriodSections::add_inspections(const CountyState& state) {
  const model::CountyLedger& county = *state.county;
  struct Counts {
    std::int64_t period = 0, so_far = 0, unannounced = 0, findings = 0, replied = 0;
  };
  std::map<model::InspectionKind, Counts> kinds;
  for (const model::Inspection& each : county.inspections) {
    if (each.round != occasion_.round || !each.kind || !workflow::exists_on(each, occasion_.as_of))
      continue;
    Counts& counts = kinds[*each.kind];
    ++counts.so_far;
    counts.period += each.date && *each.date >= period_.first && *each.date <= period_.last;
    counts.unannounced += each.unannounced.value_or(false);
    for (const model::InspectionFinding& finding : county.findings) {
      if (finding.inspection != each.id) continue;
      ++counts.findings;
      counts.replied += std::ranges::any_of(county.replies, [&](const model::Reply& reply) {
        return reply.finding == finding.id && workflow::exists_on(reply, occasion_.as_of);
      });
    }
  }
  for (const auto& [kind, counts] : kinds) {
    const bool inspection = kind == model::InspectionKind::inspection;
    Row row;
    row.cells = {county.info.name,
                 Term{model::term(kind)},
                 counts.period,
                 counts.so_far,
                 inspection ? Cell{counts.unannounced} : Cell{},
                 Cell{},
                 counts.findings,
                 counts.replied};
    if (inspection && county.info.planned_inspections)
      row.cells[5] = *county.info.planned_inspections;
    row.path = county.inspections_path;
    inspections_.rows.push_back(row);
  }
}

void PeriodSections::add_submissions(const CountyState& state,
                                     const model::TownshipLedger& township) {
  const model::CountyLedger& county = *state.county;
  if (reporting_kind(county) == period_.kind) return;  // told one by one
  std::array<std::int64_t, 6> counts{};
  std::int64_t due = 0;
  for (const Period& period : reporting_periods(county, period_, occasion_.as_of)) {
    const bool wanted = std::ranges::any_of(state.villages, [&](const VillageState& village) {
      return village.township == &township && listed_by(village, period.last);
    });
    if (!wanted) continue;
    const Handed handed = submitted(county, township, period, occasion_.received_by()).state;
    if (handed == Handed::missing && period.last == occasion_.received_by())
      continue;  // its last day
    ++counts[static_cast<std::size_t>(handed)];
    due += handed != Handed::not_due && handed != Handed::unknown;
  }
  if (due == 0) return;
  const auto count = [&](Handed handed) { return counts[static_cast<std::size_t>(handed)]; };
  const bool deadline = county.info.deadline_days.has_value();
  const std::int64_t in = count(Handed::in) + count(Handed::on_time) + count(Handed::late);
  Row row;
  row.cells = {county.info.name,
               township.folder,
               due,
               in,
               deadline ? Cell{count(Handed::on_time)} : Cell{Missing{}},
               deadline ? Cell{count(Handed::late)} : Cell{Missing{}},
               Cell{count(Handed::missing), count(Handed::missing) > 0 ? Light::red : Light::none}};
  row.path = township.path;
  submissions_.rows.push_back(row);
}

namespace {

/// The state that the task had on the day, as a replay up to it gives it; nothing before it was opened.
std::optional<TaskState> state_on(const CountyState& state, const VillageState& village,
                                  const TaskLife& life, Date day) {
  if (*life.task->opened > day) return std::nullopt;
  // what was taken back later was in force until then
  if (std::ranges::any_of(life.events, &workflow::Event::voided))
    for (const workflow::TaskView& view : workflow::task_views(*village.ledger))
      if (view.task == life.task) return workflow::replay(view, state.units, day, nullptr).state;
  TaskState found = TaskState::pending;
  for (const workflow::Event& event : life.events)
    if (event.counted && *event.entry->date <= day) found = event.after;
  return found;
}

}  // namespace

void PeriodSections::add_to_burn_down(const CountyState& state, const VillageState& village) {
  for (const TaskLife& life : village.life.tasks)
    for (HalfMonth& each : half_months_) {
      const auto found = state_on(state, village, life, each.period.last);
      if (!found || *found == TaskState::cancelled) continue;
      ++each.tasks;
      each.closed += *found == TaskState::closed;
    }
}

/// What was still to do at the end of each half-month.
Table PeriodSections::burn_down() const {
  Table table{"burn_down",
              {"period.burn_down"},
              {text("half_month", "column.half_month"), figure("tasks", "column.tasks"),
               figure("closed", "column.closed"), figure("open", "column.still_open")},
              {},
              true,
              {Drawing::Kind::line, 0, 3, false}};
  for (const HalfMonth& each : half_months_) {
    if (table.rows.empty() && each.tasks == 0) continue;  // nothing had begun
    Row row;
    row.cells = {period_name(each.period), each.tasks, each.closed, each.tasks - each.closed};
    table.rows.push_back(row);
  }
  return table;
}

Table PeriodSections::cumulative() const {
  Table table{
      "cumulative",
      {"period.cumulative"},
      {text("county", "column.county"), text("township", "column.township"),
       figure("opened", "column.moves_opened"), figure("applied", "column.moves_applied"),
       figure("closed", "column.moves_closed"), figure("returned", "column.moves_returned"),
       figure("reopened", "column.moves_reopened"), figure("extended", "column.moves_extended")},
      {},
      true};
  Moves all;
  const auto push = [&](Cell county, Cell township, const Moves& moves, bool total) {
    Row row;
    row.cells = {std::move(county), std::move(township), moves.opened,   moves.applied,
                 moves.closed,      moves.returned,      moves.reopened, moves.extended};
    row.total = total;
    table.rows.push_back(row);
  };
  for (const Town& town : towns_) {
    push(town.county, town.township, town.moves, false);
    all.add(town.moves);
  }
  if (towns_.size() > 1) push(Label{"value.total"}, Cell{}, all, true);
  return table;
}

/// Townships by completion, ties on one place; of many only the first and the last.
Table PeriodSections::standing() const {
  Table table{"standing",
              {"period.standing"},
              {figure("place", "column.place"), text("county", "column.county"),
               text("township", "column.township"), figure("tasks", "column.tasks"),
               figure("closed", "column.closed"), figure("completion", "column.completion")},
              {},
              true};
  std::vector<const Town*> order;
  for (const Town& town : towns_)
    if (town.tally.total > 0) order.push_back(&town);
  if (order.size() < 2) return table;
  std::ranges::stable_sort(order, [](const Town* a, const Town* b) {
    return ahead(a->tally.completion(), b->tally.completion());
  });
  const auto equal = [](const Town* a, const Town* b) {
    return !ahead(a->tally.completion(), b->tally.completion()) &&
           !ahead(b->tally.completion(), a->tally.completion());
  };
  const bool few = order.size() <= 2 * announced;
  std::size_t place = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || !equal(order[i], order[i - 1])) place = i + 1;
    // who ties with the last one announced is announced too
    const bool top = place <= announced;
    const bool bottom =
        i + announced >= order.size() || equal(order[i], order[order.size() - announced]);
    if (!few && !top && !bottom) continue;
    const Tally& tally = order[i]->tally;
    Row row;
    row.cells = {static_cast<std::int64_t>(place),
                 order[i]->county,
                 order[i]->township,
                 tally.total,
                 tally.closed,
                 tally.completion()};
    table.rows.push_back(row);
  }
  if (!few) table.title = {"period.standing_ends"};
  return table;
}

Table PeriodSections::targets() const {
  Table table{"targets",
              {"period.targets"},
              {text("target", "column.item"), figure("reached", "column.target_reached"),
               figure("wanted", "column.wanted"), figure("share", "column.completion"),
               figure("villages", "column.villages_reached")},
              {},
              true};
  for (const Target& target : targets_) {
    Row row;
    row.cells = {target.title, target.reached, target.wanted, Share{target.reached, target.wanted},
                 Label{"value.of",
                       {{"part", std::to_string(target.villages_done)},
                        {"whole", std::to_string(target.villages)}}}};
    table.rows.push_back(row);
  }
  return table;
}

std::vector<Table> PeriodSections::tables() && {
  Figures stages{"stages", {"period.stages"}};
  Table stage_table = std::move(stages).take();
  for (const auto& [stage, count] : stages_) {
    Row row;
    row.cells = {Term{workflow::term(stage)}, count};
    stage_table.rows.push_back(row);
  }
  std::vector<Table> all;
  std::array parts{
      cumulative(),           burn_down(), standing(),           std::move(stage_table),
      std::move(villages_),   targets(),   std::move(awaiting_), std::move(inspections_),
      std::move(submissions_)};
  for (Table& table : parts)
    if (!table.rows.empty()) all.push_back(std::move(table));
  return all;
}

}  // namespace taizhang::report
