#include "report/moves.hpp"

namespace taizhang::report {

using model::Action;

void Moves::add(const Moves& other) {
  opened += other.opened;
  applied += other.applied;
  closed += other.closed;
  returned += other.returned;
  reopened += other.reopened;
  extended += other.extended;
}

Moves moves_between(const workflow::TaskLife& life, Date first, Date last) {
  const auto within = [&](Date date) { return date >= first && date <= last; };
  Moves moves;
  moves.opened = within(*life.task->opened);
  for (const workflow::Event& event : life.events) {
    if (!event.counted || event.voided || !within(*event.entry->date)) continue;
    switch (*event.entry->action) {
      case Action::apply:
        ++moves.applied;
        break;
      case Action::close:
        ++moves.closed;
        break;
      case Action::send_back:
        ++moves.returned;
        break;
      case Action::reopen:
        ++moves.reopened;
        break;
      case Action::extend:
        ++moves.extended;
        break;
      default:
        break;
    }
  }
  return moves;
}

}  // namespace taizhang::report
