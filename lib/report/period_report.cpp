#include "report/period_report.hpp"

#include <algorithm>

#include "report/figures.hpp"
#include "report/submissions.hpp"

namespace taizhang::report {

using workflow::TaskLife;

std::optional<Share> elapsed(const Occasion& occasion) {
  if (!occasion.dates) return std::nullopt;
  const int length = days_between(*occasion.dates->from, *occasion.dates->to) + 1;
  const int passed = days_between(*occasion.dates->from, occasion.as_of) + 1;
  return Share{std::clamp(passed, 0, length), length};
}

namespace {

/// Ids of messages and of the JSON schema, by kind of period.
struct KindWords {
  std::string_view title;
  std::string_view schema;
};

KindWords words_of(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::half_month:
      break;
    case PeriodKind::month:
      return {"month.title", "taizhang.month/1"};
    case PeriodKind::quarter:
      return {"quarter.title", "taizhang.quarter/1"};
    case PeriodKind::year:
      return {"year.title", "taizhang.year/1"};
  }
  return {"halfmonth.title", "taizhang.halfmonth/1"};
}

Cell submission_cell(Handed handed) {
  switch (handed) {
    case Handed::in:
      return {Label{"submission.made"}, Light::green};
    case Handed::on_time:
      return {Label{"submission.on_time"}, Light::green};
    case Handed::late:
      return {Label{"submission.late"}, Light::yellow};
    case Handed::missing:
      return {Label{"submission.missing"}, Light::red};
    case Handed::not_due:
      return Label{"submission.not_due"};
    case Handed::unknown:
      break;
  }
  return Missing{};  // what was submitted may stand in the part that cannot be read
}

/// 序时进度: whether as large a share of the tasks is closed as of the round has passed.
void add_pace(Figures& figures, const Share& done, const Share& passed) {
  const bool behind = done.part * passed.whole < passed.part * done.whole;
  figures.add("figure.pace", Label{behind ? "pace.behind" : "pace.kept"},
              behind ? Light::yellow : Light::green);
}

}  // namespace

void PeriodReport::Line::add(const Line& other) {
  tally.add(other.tally);
  moves.add(other.moves);
  listed += other.listed;
  has_steps = has_steps || other.has_steps;
  has_tasks = has_tasks || other.has_tasks;
}

PeriodReport::PeriodReport(const Occasion& occasion, const Period& period, std::string_view place)
    : occasion_(occasion), period_(period), sections_(occasion, period) {
  report_.schema = words_of(period.kind).schema;
  report_.title = {words_of(period.kind).title, {{"period", period_name(period)}}};
  report_.subtitle = subtitle(occasion, place);
  report_.subtitle.insert(
      report_.subtitle.begin() + 1,
      Label{"halfmonth.days",
            {{"first", format_date(period.first)}, {"last", format_date(period.last)}}});
  const std::vector<Column> places{{"county", "column.county"}, {"township", "column.township"}};
  const auto right = [](std::string_view key, std::string_view heading) {
    return Column{std::string{key}, heading, Align::right};
  };
  state_ = {"state", {"halfmonth.state"}, places, {}, true};
  for (const Column& column :
       {right("listed", "column.listed"), right("tasks", "column.tasks"),
        right("closed", "column.closed"), right("completion", "column.completion"),
        right("applied", "column.to_verify"), right("verified", "column.to_close"),
        right("overdue", "column.overdue")})
    state_.columns.push_back(column);
  moves_ = {"moves", {"halfmonth.moves"}, places, {}, true};
  for (const Column& column :
       {right("opened", "column.moves_opened"), right("applied", "column.moves_applied"),
        right("closed", "column.moves_closed"), right("returned", "column.moves_returned"),
        right("reopened", "column.moves_reopened"), right("extended", "column.moves_extended")})
    moves_.columns.push_back(column);
  overdue_ = {"overdue",
              {"halfmonth.overdue"},
              {{"township", "column.township"},
               {"village", "column.village"},
               {"task", "column.task_id"},
               {"title", "column.task"},
               {"due", "column.due"},
               {"days", "column.days_late", Align::right},
               {"owner", "column.owner"}},
              {},
              true};
  submissions_ = {
      "submissions",
      {period.kind == PeriodKind::month ? "month.submissions" : "halfmonth.submissions"},
      {{"county", "column.county"},
       {"township", "column.township"},
       {"state", "column.submission"},
       {"date", "column.date"},
       {"by", "column.by"}},
      {},
      true};
}

void PeriodReport::add(const CountyState& state) {
  coverage_.add(state);
  scope_.add(state);
  sections_.add(state);
  std::map<const model::TownshipLedger*, Line> by_township;
  for (const VillageState& village : state.villages) {
    Line line{{}, {}, 0, state.keeps_steps, state.keeps_tasks};
    line.listed = village.life.listed();
    for (const TaskLife& life : village.life.tasks) {
      Tally one;
      one.add(life, occasion_.as_of);
      line.tally.add(one);
      line.moves.add(moves_between(life, period_.first, period_.last));
      if (life.task->kind) by_kind_[*life.task->kind].add(one);
      if (workflow::is_overdue(life, occasion_.as_of)) add_overdue(village, life);
    }
    if (line.listed > 0 || !village.life.tasks.empty()) by_township[village.township].add(line);
  }
  Line county{{}, {}, 0, state.keeps_steps, state.keeps_tasks};
  for (const auto* township : state.townships) {
    const auto line = by_township.find(township);
    const bool lost = township->village_files_read < township->village_files;
    if (line == by_township.end() && !lost) continue;
    const Line own = line == by_township.end() ? Line{} : line->second;  // nothing known of it
    push(state.county->info.name, township->folder, own, false);
    county.add(own);
    if (own.listed > 0 || lost) add_submission(state, *township);
  }
  push(state.county->info.name, "", county, true);
  all_.add(county);
}

void PeriodReport::push(std::string_view county, std::string_view township, const Line& line,
                        bool total) {
  const Label all{"value.total"};
  const CellView where = total ? CellView{all} : CellView{township};
  const Tally& t = line.tally;
  const auto figure = [&](std::int64_t count) {
    return line.has_tasks ? CellView{count} : CellView{Missing{}};
  };
  state_.rows.add(
      {county, where, line.has_steps ? CellView{line.listed} : CellView{Missing{}}, figure(t.total),
       figure(t.closed), t.completion(), figure(t.applied), figure(t.verified), figure(t.overdue)},
      {}, 0, total);
  const Moves& m = line.moves;
  if (line.has_tasks)
    moves_.rows.add(
        {county, where, m.opened, m.applied, m.closed, m.returned, m.reopened, m.extended}, {}, 0,
        total);
}

void PeriodReport::add_overdue(const VillageState& village, const TaskLife& life) {
  overdue_.rows.add(
      {village.township->folder, village.ledger->info.name, life.task->id, life.task->title,
       *life.due, std::int64_t{workflow::days_late(life, occasion_.as_of)},
       life.owner.empty() ? life.unit : life.owner},
      village.ledger->path, line_of(village, life.task->at));
}

void PeriodReport::add_submission(const CountyState& state, const model::TownshipLedger& township) {
  if (reporting_kind(*state.county) != period_.kind) return;
  const Submitted found = submitted(*state.county, township, period_, occasion_.received_by());
  Row row;
  row.cells = {state.county->info.name, township.folder, submission_cell(found.state), Cell{},
               Cell{}};
  if (found.submission) {
    row.cells[3] = *found.submission->date;
    row.cells[4] = found.submission->by;
    row.path = township.path;
    row.line = line_of(state, row.path, found.submission->at);
  }
  submissions_.rows.push_back(row);
}

Report PeriodReport::finish() && {
  const bool kept = scope_.keeps_tasks();
  Figures figures{"figures", {"halfmonth.figures"}};
  figures.add("figure.listed", count_or_missing(scope_.keeps_steps(), all_.listed));
  figures.add("figure.tasks", count_or_missing(kept, all_.tally.total));
  figures.add("figure.closed", count_or_missing(kept, all_.tally.closed));
  figures.add("figure.completion", all_.tally.completion());
  const auto passed = elapsed(occasion_);
  figures.add("figure.elapsed", passed ? Content{*passed} : Content{Missing{}});
  if (passed && all_.tally.total > 0) add_pace(figures, all_.tally.completion(), *passed);
  figures.add("figure.overdue", count_or_missing(kept, all_.tally.overdue));
  figures.add("figure.check_overdue", count_or_missing(kept, all_.tally.check_overdue));
  if (all_.tally.suspect > 0) figures.add("figure.suspect", all_.tally.suspect);
  if (all_.tally.cancelled > 0) figures.add("figure.cancelled", all_.tally.cancelled);
  report_.tables.push_back(std::move(figures).take());

  const bool several = scope_.counties() > 1;
  state_.drawing = {Drawing::Kind::bars, several ? 0u : 1u, 5, several};

  Table kinds{"kinds",
              {"halfmonth.kinds"},
              {{"kind", "column.kind"},
               {"tasks", "column.total", Align::right},
               {"closed", "column.closed", Align::right},
               {"completion", "column.completion", Align::right},
               {"overdue", "column.overdue", Align::right}},
              {},
              true};
  for (const auto& [kind, tally] : by_kind_) {
    Row row;
    row.cells = {Term{model::term(kind)}, tally.total, tally.closed, tally.completion(),
                 tally.overdue};
    kinds.rows.push_back(row);
  }
  if (!by_kind_.empty()) {
    const Tally& all = all_.tally;
    kinds.rows.push_back(
        {{Label{"value.total"}, all.total, all.closed, all.completion(), all.overdue},
         {},
         0,
         true});
  }
  for (Table* table : {&kinds, &state_, &moves_, &overdue_, &submissions_})
    if (!table->rows.empty()) report_.tables.push_back(std::move(*table));
  for (Table& table : std::move(sections_).tables()) report_.tables.push_back(std::move(table));
  const bool tells_submissions = std::ranges::any_of(report_.tables, [](const Table& table) {
    return table.id == "submissions" || table.id == "submission_counts";
  });
  if (tells_submissions && occasion_.received_by() != occasion_.as_of)
    report_.subtitle.insert(
        report_.subtitle.begin() + 2,
        Label{"subtitle.received", {{"received", format_date(occasion_.received_by())}}});
  report_.notes = scope_.notes();
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
