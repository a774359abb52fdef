#include "report/picture.hpp"

#include <algorithm>

namespace taizhang::report {

using model::Action;
using workflow::TaskLife;

Picture picture_of(const CountyState& state, Date as_of) {
  Picture picture;
  for (const VillageState& village : state.villages) {
    VillagePicture& made = picture[village.ledger->path];
    made.stage = village.life.stage;
    made.listed = village.life.listed();
    for (const TaskLife& life : village.life.tasks)
      made.tasks[life.task->id] = {life.state, life.due, std::string{life.owner},
                                   std::string{life.unit}, workflow::is_overdue(life, as_of)};
  }
  return picture;
}

std::vector<Difference> differences(const Picture& before, const Picture& after) {
  std::vector<Difference> all;
  for (const auto& [path, now] : after) {
    const auto earlier = before.find(path);
    const VillagePicture was = earlier == before.end() ? VillagePicture{} : earlier->second;
    Difference village;
    village.path = path;
    village.stage_before = was.stage;
    village.stage_after = now.stage;
    village.listed_after = now.listed;
    const auto add = [&](Aspect aspect, Difference made) {
      made.aspect = aspect;
      all.push_back(std::move(made));
    };
    if (was.listed != now.listed) add(Aspect::listed, village);
    if (was.stage != now.stage) add(Aspect::stage, village);
    for (const auto& [id, task] : now.tasks) {
      Difference made = village;
      made.task = id;
      made.after = task;
      const auto old = was.tasks.find(id);
      if (old == was.tasks.end()) {
        add(Aspect::opened, made);
        continue;
      }
      made.before = old->second;
      if (made.before.state != task.state) add(Aspect::state, made);
      if (made.before.due != task.due) add(Aspect::due, made);
      if (made.before.owner != task.owner) add(Aspect::owner, made);
      if (made.before.unit != task.unit) add(Aspect::unit, made);
      if (made.before.overdue != task.overdue) add(Aspect::overdue, made);
    }
  }
  return all;
}

void apply(const Difference& difference, Picture& picture) {
  VillagePicture& village = picture[difference.path];
  if (difference.aspect == Aspect::listed) village.listed = difference.listed_after;
  if (difference.aspect == Aspect::stage) village.stage = difference.stage_after;
  if (difference.task.empty()) return;
  TaskPicture& task = village.tasks[difference.task];
  switch (difference.aspect) {
    case Aspect::opened:
      task = difference.after;
      break;
    case Aspect::state:
      task.state = difference.after.state;
      break;
    case Aspect::due:
      task.due = difference.after.due;
      break;
    case Aspect::owner:
      task.owner = difference.after.owner;
      break;
    case Aspect::unit:
      task.unit = difference.after.unit;
      break;
    case Aspect::overdue:
      task.overdue = difference.after.overdue;
      break;
    case Aspect::listed:
    case Aspect::stage:
      break;
  }
}

namespace {

/// The last entry in force for which `wanted` holds.
template <class Wanted>
const model::Entry* last_entry(const TaskLife& life, Wanted wanted) {
  for (auto event = life.events.rbegin(); event != life.events.rend(); ++event)
    if (event->counted && !event->voided && wanted(*event->entry)) return event->entry;
  return nullptr;
}

const model::Entry* cause(Aspect aspect, const TaskLife& life) {
  switch (aspect) {
    case Aspect::state:
      return life.last_change;
    case Aspect::due:
      return last_entry(life, [](const model::Entry& entry) { return entry.due.has_value(); });
    case Aspect::owner:
    case Aspect::unit:
      return last_entry(life,
                        [](const model::Entry& entry) { return entry.action == Action::reassign; });
    case Aspect::listed:
    case Aspect::stage:
    case Aspect::opened:
    case Aspect::overdue:
      break;
  }
  return nullptr;
}

}  // namespace

Span place_of(const Difference& difference, const VillageState& village) {
  if (difference.task.empty())
    return difference.aspect == Aspect::listed && village.life.decision ? village.life.decision->at
                                                                        : village.ledger->info.at;
  const auto life = std::ranges::find_if(
      village.life.tasks, [&](const TaskLife& each) { return each.task->id == difference.task; });
  if (life == village.life.tasks.end()) return village.ledger->info.at;
  const model::Entry* entry = cause(difference.aspect, *life);
  return entry ? entry->at : life->task->at;
}

}  // namespace taizhang::report
