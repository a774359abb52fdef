#include "report/delta.hpp"

#include <algorithm>

namespace taizhang::report {

using workflow::TaskLife;
using workflow::TaskState;

void Delta::Sums::add(const CountyState& state, Date as_of) {
  for (const VillageState& village : state.villages) {
    listed += village.life.listed();
    for (const TaskLife& life : village.life.tasks) tally.add(life, as_of);
  }
}

Delta::Delta(const Occasion& before, const Occasion& after, std::string_view name_before,
             std::string_view name_after, std::string_view place)
    : before_(before), after_(after) {
  report_.schema = "taizhang.delta/1";
  report_.title = {"delta.title",
                   {{"before", std::string{name_before}}, {"after", std::string{name_after}}}};
  report_.subtitle = subtitle(after, place);
  report_.subtitle.insert(
      report_.subtitle.begin() + 1,
      Label{"delta.days",
            {{"first", format_date(before.as_of)}, {"last", format_date(after.as_of)}}});
  constexpr std::array<std::string_view, parts> ids{"listed",  "opened", "closed", "reopened",
                                                    "slipped", "people", "other"};
  constexpr std::array<std::string_view, parts> titles{
      "delta.listed",  "delta.opened", "delta.closed", "delta.reopened",
      "delta.slipped", "delta.people", "delta.other"};
  for (std::size_t part = 0; part < parts; ++part)
    tables_[part] = {ids[part],
                     {titles[part]},
                     {{"township", "column.township"},
                      {"village", "column.village"},
                      {"task", "column.task_id"},
                      {"title", "column.task"},
                      {"what", "column.what"},
                      {"before", "column.before"},
                      {"after", "column.after"}},
                     {},
                     true};
}

Delta::Part Delta::part_of(const Difference& difference) {
  switch (difference.aspect) {
    case Aspect::listed:
      return listed;
    case Aspect::opened:
      return opened;
    case Aspect::state:
      if (difference.after.state == TaskState::closed) return closed;
      return difference.before.state == TaskState::closed ? reopened : other;
    case Aspect::due:
      return slipped;
    case Aspect::overdue:
      return difference.after.overdue ? slipped : other;
    case Aspect::owner:
    case Aspect::unit:
      return people;
    case Aspect::stage:
      break;
  }
  return other;
}

namespace {

std::string_view word_of(const Difference& difference) {
  switch (difference.aspect) {
    case Aspect::listed:
      return difference.listed_after ? "delta.entered" : "delta.left";
    case Aspect::stage:
      return "column.stage";
    case Aspect::opened:
    case Aspect::state:
      return "column.state";
    case Aspect::due:
      return "column.due";
    case Aspect::owner:
      return "column.owner";
    case Aspect::unit:
      return "column.unit";
    case Aspect::overdue:
      break;
  }
  return difference.after.overdue ? "delta.overdue" : "delta.not_overdue";
}

/// The aspect's value on one of the two days.
Content value_of(Aspect aspect, const TaskPicture& task, workflow::Stage stage) {
  switch (aspect) {
    case Aspect::stage:
      return Term{workflow::term(stage)};
    case Aspect::state:
      return Term{workflow::term(task.state)};
    case Aspect::due:
    case Aspect::overdue:
      return date_or_missing(task.due);
    case Aspect::owner:
      return text_or_missing(task.owner);
    case Aspect::unit:
      return text_or_missing(task.unit);
    case Aspect::listed:
    case Aspect::opened:
      break;
  }
  return {};
}

}  // namespace

void Delta::push(const CountyState& state, const VillageState& village,
                 const Difference& difference) {
  std::string title;
  for (const TaskLife& life : village.life.tasks)
    if (life.task->id == difference.task) title = life.task->title;
  Row row;
  row.cells = {village.township->folder,
               village.ledger->info.name,
               difference.task,
               title,
               Label{word_of(difference)},
               Cell(value_of(difference.aspect, difference.before, difference.stage_before)),
               Cell(difference.aspect == Aspect::opened
                        ? Content{Term{workflow::term(difference.after.state)}}
                        : value_of(difference.aspect, difference.after, difference.stage_after))};
  row.path = difference.path;
  row.line = line_of(state, row.path, place_of(difference, village));
  tables_[part_of(difference)].rows.push_back(row);
}

void Delta::add(const CountyState& before, const CountyState& after) {
  coverage_.add(after);
  scope_.add(after);
  sums_before_.add(before, before_.as_of);
  sums_after_.add(after, after_.as_of);
  const auto all = differences(picture_of(before, before_.as_of), picture_of(after, after_.as_of));
  for (const VillageState& village : after.villages)
    for (const Difference& each : all)
      if (each.path == village.ledger->path) push(after, village, each);
}

Report Delta::finish() && {
  const auto column = [](std::string_view key, std::string_view heading) {
    return Column{std::string{key}, heading, Align::right};
  };
  Table figures{"figures",
                {},
                {{"item", "column.item"},
                 column("before", "column.before"),
                 column("after", "column.after"),
                 column("change", "column.change")},
                {},
                true};
  const auto figure = [&](std::string_view label, bool kept, std::int64_t was, std::int64_t is) {
    Row row;
    row.cells = {Label{label}, Cell(count_or_missing(kept, was)), Cell(count_or_missing(kept, is)),
                 Cell(count_or_missing(kept, is - was))};
    figures.rows.push_back(row);
  };
  const Tally &was = sums_before_.tally, &is = sums_after_.tally;
  const bool tasks = scope_.keeps_tasks();
  figure("figure.listed", scope_.keeps_steps(), sums_before_.listed, sums_after_.listed);
  figure("figure.tasks", tasks, was.total, is.total);
  figure("figure.closed", tasks, was.closed, is.closed);
  figure("figure.applied", tasks, was.applied, is.applied);
  figure("figure.verified", tasks, was.verified, is.verified);
  figure("figure.overdue", tasks, was.overdue, is.overdue);
  figure("figure.cancelled", tasks, was.cancelled, is.cancelled);
  report_.tables.push_back(std::move(figures));
  for (Table& table : tables_)
    if (!table.rows.empty()) report_.tables.push_back(std::move(table));
  if (report_.tables.size() == 1) report_.notes.push_back({"delta.nothing"});
  for (Label& note : scope_.notes()) report_.notes.push_back(std::move(note));
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
