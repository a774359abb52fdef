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
  cumulative_ = {
      "cumulative",
      {"period.cumulative"},
      {text("county", "column.county"), text("township", "column.township"),
       figure("opened", "column.moves_opened"), figure("applied", "column.moves_applied"),
       figure("closed", "column.moves_closed"), figure("returned", "column.moves_returned"),
       figure("reopened", "column.moves_reopened"), figure("extended", "column.moves_extended")},
      {},
      true};
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
    Town town;
    bool works = false;
    for (const VillageState& village : state.villages) {
      if (village.township != township) continue;
      add_village(state, village, town);
      add_to_burn_down(state, village);
      works = works || !village.life.tasks.empty();
    }
    if (works) add_town(state.county->info.name, township->folder, town);
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
      add_awaiting(village, life);
  }
  town.tally.add(tally);
  if (village.life.listed()) ++stages_[village.life.stage];
  else if (village.life.tasks.empty()) return;  // else its tasks are in the totals
  const bool works = tally.total > 0;
  const auto figure = [&](std::int64_t count) {
    return works ? CellView{count} : CellView{Missing{}};
  };
  const model::VillageLedger& ledger = *village.ledger;
  villages_.rows.add({state.county->info.name, village.township->folder, ledger.info.name,
                      Term{workflow::term(village.life.stage)}, figure(tally.total),
                      figure(tally.closed), tally.completion(), figure(tally.overdue)},
                     ledger.path, line_of(village, ledger.info.at));
}

void PeriodSections::add_town(std::string_view county, std::string_view township,
                              const Town& town) {
  if (town.tally.total > 0)
    standings_.push_back({cumulative_.rows.size(), town.tally.completion()});
  const Moves& m = town.moves;
  cumulative_.rows.add(
      {county, township, m.opened, m.applied, m.closed, m.returned, m.reopened, m.extended});
  all_moves_.add(m);
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

void PeriodSections::add_awaiting(const VillageState& village, const TaskLife& life) {
  const Date applied = *life.application->date;
  awaiting_.rows.add({village.township->folder,
                      village.ledger->info.name,
                      life.task->id,
                      life.task->title,
                      {Term{workflow::term(life.state)}, light_of(life, occasion_.as_of)},
                      applied,
                      std::int64_t{days_between(applied, occasion_.as_of)}},
                     village.ledger->path, line_of(village, life.task->at));
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

void PeriodSections::add_to_burn_down(const CountyState& state, const VillageState& village) {
  for (std::size_t i = 0; i < village.life.tasks.size(); ++i) {
    const TaskLife& life = village.life.tasks[i];
    for (HalfMonth& each : half_months_) {
      const Date day = each.period.last;
      if (*life.task->opened > day) continue;
      const TaskState found = workflow::state_on(life, village.life.views[i], state.units, day);
      if (found == TaskState::cancelled) continue;
      ++each.tasks;
      each.closed += found == TaskState::closed;
    }
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

Table PeriodSections::cumulative() {
  const Moves& m = all_moves_;
  if (cumulative_.rows.size() > 1)
    cumulative_.rows.add({Label{"value.total"},
                          {},
                          m.opened,
                          m.applied,
                          m.closed,
                          m.returned,
                          m.reopened,
                          m.extended},
                         {}, 0, true);
  return std::move(cumulative_);
}

/// Townships by completion, ties on one place; of many only the first and the last.
Table PeriodSections::standing() {
  Table table{"standing",
              {"period.standing"},
              {figure("place", "column.place"), text("county", "column.county"),
               text("township", "column.township"), figure("tasks", "column.tasks"),
               figure("closed", "column.closed"), figure("completion", "column.completion")},
              {},
              true};
  std::vector<Standing>& order = standings_;
  if (order.size() < 2) return table;
  std::ranges::stable_sort(order, ahead, &Standing::done);
  const auto equal = [](const Standing& a, const Standing& b) {
    return !ahead(a.done, b.done) && !ahead(b.done, a.done);
  };
  const bool few = order.size() <= 2 * announced;
  std::size_t place = 0;
  std::vector<std::pair<std::size_t, const Standing*>> told;  // with their places
  std::map<std::size_t, Row> rows;                            // of those, in `cumulative_`
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || !equal(order[i], order[i - 1])) place = i + 1;
    // who ties with the last one announced is announced too
    const bool top = place <= announced;
    const bool bottom =
        i + announced >= order.size() || equal(order[i], order[order.size() - announced]);
    if (!few && !top && !bottom) continue;
    told.emplace_back(place, &order[i]);
    rows[order[i].row];
  }
  std::size_t number = 0;
  for (const Row& row : cumulative_.rows)
    if (const auto found = rows.find(number++); found != rows.end()) found->second = row;
  for (const auto& [at, town] : told) {
    const std::vector<Cell>& names = rows[town->row].cells;
    table.rows.add({static_cast<std::int64_t>(at), names[0], names[1], town->done.whole,
                    town->done.part, town->done});
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
  Table places = standing();  // with names from the cumulative table
  std::array parts{
      cumulative(),           burn_down(), std::move(places),    std::move(stage_table),
      std::move(villages_),   targets(),   std::move(awaiting_), std::move(inspections_),
      std::move(submissions_)};
  for (Table& table : parts)
    if (!table.rows.empty()) all.push_back(std::move(table));
  return all;
}

}  // namespace taizhang::report
