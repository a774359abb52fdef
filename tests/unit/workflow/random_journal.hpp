#pragma once

#include <random>

#include "workflow/journal.hpp"

namespace taizhang::workflow::tests {

/// Makes journals that are mostly sensible, so that they go far, and often wrong in one point.
class RandomJournals {
 public:
  explicit RandomJournals(unsigned seed) : random_(seed) {}

  Journal next() {
    Journal journal;
    definition_.clear();
    if (chance(30)) journal.task.target = 1 + pick(4);
    if (chance(10)) journal.task.due.reset();
    if (chance(20)) journal.task.owner = any_of(persons);
    if (chance(10)) journal.delisted = add_days(first, 20 + pick(40));
    journal.milestones.resize(1);
    journal.milestones[0].id = "M1";
    Date today = first;
    const int length = 3 + pick(22);
    for (int i = 0; i < length; ++i) {
      today = add_days(today, std::max(0, pick(5) - 1));
      const Date date = chance(8) ? add_days(first, pick(60) - 3) : today;
      if (i > 0 && chance(4)) journal.add(journal.entries[index(pick(i))]);
      else journal.add(make(journal, likely(journal), date));
    }
    return journal;
  }

  int pick(int bound) { return std::uniform_int_distribution{0, bound - 1}(random_); }
  bool chance(int percent) { return pick(100) < percent; }

 private:
  static constexpr std::array<std::string_view, 6> persons{"甲", "乙", "丙", "丁", "戊", "责任人"};
  static constexpr std::array<std::string_view, 7> names{
      "示例甲村党支部", "示例乙村党支部", "示例镇党委",  "示例镇纪委",
      "县委组织部",     "县委办",         "未登记的单位"};
  const Date first = day("2023-04-12");

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  template <class List>
  std::string any_of(const List& list) {
    return std::string{list[index(pick(static_cast<int>(list.size())))]};
  }

  /// Usually what follows the last entry in a good order.
  Action likely(const Journal& journal) {
    if (chance(25)) return static_cast<Action>(pick(10));
    const Action last = journal.entries.empty() ? Action::extend : *journal.entries.back().action;
    switch (last) {
      case Action::progress:
        return chance(70) ? Action::apply : Action::progress;
      case Action::apply:
        return chance(80) ? Action::verify : Action::send_back;
      case Action::verify:
        return chance(80) ? Action::close : Action::send_back;
      case Action::close:
        return chance(60) ? Action::reopen : Action::correct;
      default:
        return Action::progress;
    }
  }

  Entry make(const Journal& journal, Action action, Date date) {
    Entry made;
    made.task = "T1";
    made.date = date;
    made.action = action;
    const bool works = action == Action::progress || action == Action::apply;
    made.by = chance(15) ? any_of(persons) : works ? "甲" : any_of(persons);
    const int unit = chance(15)                 ? pick(7)
                     : works                    ? 0
                     : action == Action::verify ? 2 + pick(4)
                                                : 4 + pick(2);
    made.unit = names[index(unit)];
    made.level = static_cast<Level>(chance(6) ? pick(3) : std::min(unit / 2, 2));
    if (chance(20) && unit < 6) made.unit = "例" + made.unit;
    if (chance(95)) made.text = "做了";
    if (chance(95)) made.reason = "有缘由";
    if (chance(95)) made.evidence = {{"佐证/一.md", std::string(64, '0'), {}}};
    if (chance(90)) {
      if (definition_.empty()) definition_ = definition_hash(journal.task);
      made.definition = definition_;
    }
    if (chance(95)) made.due = add_days(date, pick(60) - 5);
    if (chance(40)) made.count = pick(5) - (action == Action::reopen ? 4 : 1);
    if (chance(15)) made.milestone = chance(80) ? "M1" : "M9";
    if (chance(50)) made.new_owner = any_of(persons);
    if (chance(50)) made.new_unit = any_of(names);
    if (action == Action::correct && !journal.entries.empty()) {
      const int size = static_cast<int>(journal.entries.size());
      made.voids = journal.hash(index(chance(50) ? size - 1 : pick(size)));
      if (chance(40)) made.unit = journal.entries[index(pick(size))].unit;
    }
    return made;
  }

  std::mt19937 random_;
  std::string definition_;  ///< of the task at hand
};

}  // namespace taizhang::workflow::tests
