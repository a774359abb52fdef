#include "report/history.hpp"

#include <fmt/format.h>

#include <set>

namespace taizhang::report {

namespace {

/// Rounds in which the village was decided on, or has problems, tasks or acceptance, up to the one of
/// the occasion.
std::set<std::int64_t> rounds_of(const model::VillageLedger& village, const Occasion& occasion) {
  std::set<std::int64_t> rounds;
  const auto look = [&](const auto& records) {
    for (const auto& record : records)
      if (record.round && *record.round <= occasion.round) rounds.insert(*record.round);
  };
  for (const auto& step : village.steps)
    if (step.kind == model::StepKind::approval && step.round && *step.round <= occasion.round &&
        workflow::exists_on(step, occasion.as_of))
      rounds.insert(*step.round);
  look(village.problems);
  look(village.tasks);
  look(village.acceptances);
  return rounds;
}

}  // namespace

HistoryReport::HistoryReport(const Occasion& occasion, std::string_view place)
    : occasion_(occasion) {
  report_.schema = "taizhang.history/1";
  report_.title = {"history.title"};
  report_.subtitle = subtitle(occasion, place);
  Table table;
  table.id = "history";
  table.columns = {{"township", "column.township"},
                   {"village", "column.village"},
                   {"round", "column.round", Align::right},
                   {"decision", "column.decision"},
                   {"date", "column.date"},
                   {"again", "column.again"},
                   {"delisted", "column.delisted"},
                   {"stage", "column.stage"}};
  report_.tables.push_back(std::move(table));
  former_.id = "former";
  former_.title = {"history.former"};
  former_.columns = {{"township", "column.township"},
                     {"village", "column.village"},
                     {"code", "column.code"},
                     {"former", "column.former"}};
}

void HistoryReport::add(const CountyState& state) {
  coverage_.add(state);
  for (const VillageState& village : state.villages) add_village(state, village);
}

void HistoryReport::add_village(const CountyState& state, const VillageState& village) {
  const auto& info = village.ledger->info;
  for (const std::string& code : info.former) {
    Row row;
    row.cells = {village.township->folder, info.name, info.code, code};
    row.path = village.ledger->path;
    row.line = line_of(state, row.path, info.at);
    former_.rows.push_back(row);
  }
  for (const std::int64_t round : rounds_of(*village.ledger, occasion_)) {
    const auto life =
        workflow::replay_village(*village.ledger, state.units, round, occasion_.as_of);
    Row row;
    row.path = village.ledger->path;
    row.line = line_of(state, row.path, life.decision ? life.decision->at : info.at);
    row.cells = {village.township->folder, info.name, round};
    Cell decision, date, again, delisted;
    if (life.decision && life.decision->result) {
      decision.content = Term{model::term(*life.decision->result)};
      date.content = date_or_missing(life.decision->date);
    }
    if (life.relapsed) again.content = Term{"反弹"};
    else if (life.continued) again.content = Term{"续列"};
    if (life.delisted) delisted.content = *life.delisted;
    // a later round does not close what an earlier one left open
    else if (life.listed() && round < occasion_.round) delisted.content = Term{"结转"};
    for (Cell* cell : {&decision, &date, &again, &delisted}) row.cells.push_back(std::move(*cell));
    row.cells.emplace_back(Term{workflow::term(life.stage)});
    report_.tables.front().rows.push_back(row);
  }
}

Report HistoryReport::finish() && {
  if (!former_.rows.empty()) report_.tables.push_back(std::move(former_));
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
