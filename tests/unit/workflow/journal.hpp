#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "workflow/fingerprint.hpp"
#include "workflow/task_life.hpp"

namespace taizhang::workflow::tests {

using model::Action;
using model::Entry;
using model::Level;

inline Date day(std::string_view text) { return parse_date(text).value(); }

/// Units of an invented county; each has an alias that is its name with a 例 before it.
inline const std::vector<model::Unit>& listed_units() {
  static const std::vector<model::Unit> list = [] {
    std::vector<model::Unit> made;
    for (const auto& [name, level] : {std::pair{"示例甲村党支部", Level::village},
                                      {"示例乙村党支部", Level::village},
                                      {"示例镇党委", Level::township},
                                      {"示例镇纪委", Level::township},
                                      {"县委组织部", Level::county},
                                      {"县委办", Level::county}}) {
      model::Unit unit;
      unit.name = name;
      unit.aliases = {std::string{"例"} + name};
      unit.level = level;
      made.push_back(unit);
    }
    return made;
  }();
  return list;
}

inline const Units& units() {
  static const Units made{listed_units()};
  return made;
}

/// An entry with the keys that every entry has.
inline Entry entry(Action action, std::string_view date, std::string_view by, std::string_view unit,
                   Level level) {
  Entry made;
  made.task = "T1";
  made.date = day(date);
  made.action = action;
  made.by = by;
  made.unit = unit;
  made.level = level;
  return made;
}

inline Entry progress(std::string_view date, std::optional<std::int64_t> count = {}) {
  Entry made = entry(Action::progress, date, "甲", "示例甲村党支部", Level::village);
  made.text = "开了会";
  made.count = count;
  return made;
}

inline Entry apply(std::string_view date) {
  Entry made = entry(Action::apply, date, "甲", "示例甲村党支部", Level::village);
  made.evidence = {{"佐证/一.md", std::string(64, '0'), {}}};
  return made;
}

inline Entry verify(std::string_view date, const model::Task& task, std::string_view by = "乙") {
  Entry made = entry(Action::verify, date, by, "示例镇党委", Level::township);
  made.definition = definition_hash(task);
  return made;
}

inline Entry close(std::string_view date) {
  return entry(Action::close, date, "丙", "县委组织部", Level::county);
}

inline Entry send_back(std::string_view date) {
  Entry made = entry(Action::send_back, date, "丙", "县委组织部", Level::county);
  made.reason = "缺会议记录";
  return made;
}

inline Entry reopen(std::string_view date, std::string_view due) {
  Entry made = entry(Action::reopen, date, "丙", "县委组织部", Level::county);
  made.reason = "反弹";
  made.due = day(due);
  return made;
}

inline Entry extend(std::string_view date, std::string_view due) {
  Entry made = reopen(date, due);
  made.action = Action::extend;
  return made;
}

inline Entry reassign(std::string_view date, std::string_view owner, std::string_view unit = "") {
  Entry made = entry(Action::reassign, date, "丙", "县委组织部", Level::county);
  made.reason = "分工调整";
  made.new_owner = owner;
  made.new_unit = unit;
  return made;
}

inline Entry cancel(std::string_view date) {
  Entry made = entry(Action::cancel, date, "丙", "县委组织部", Level::county);
  made.reason = "与另一项重复";
  return made;
}

/// T1 of round 2023, opened on 2023-04-12, due on 2023-06-30.
inline model::Task sample_task() {
  model::Task task;
  task.id = "T1";
  task.round = 2023;
  task.problem = "P1";
  task.kind = model::TaskKind::task;
  task.title = "健全“三会一课”";
  task.measure = "每月一次";
  task.owner = "责任人";
  task.unit = "示例甲村党支部";
  task.opened = day("2023-04-12");
  task.due = day("2023-06-30");
  task.standard = "记录完整";
  return task;
}

/// A task and its entries in the order of the file.
struct Journal {
  model::Task task = sample_task();
  std::deque<Entry> entries;
  std::vector<model::Milestone> milestones;
  std::optional<Date> delisted;

  Journal() = default;
  Journal(std::initializer_list<Entry> list) {
    for (const Entry& each : list) add(each);
  }

  /// Each entry stands at a place of its own: the n-th, from 1, at byte 100 n.
  Entry& add(Entry made) {
    entries.push_back(std::move(made));
    const auto at = static_cast<std::uint32_t>(100 * entries.size());
    entries.back().at = {at, at + 9};
    return entries.back();
  }

  TaskView view() const {
    TaskView made{&task, {}, {}, delisted};
    for (const Entry& each : entries) made.entries.push_back(&each);
    for (const auto& milestone : milestones) made.milestones.push_back(&milestone);
    return made;
  }

  std::string hash(std::size_t index) const { return entry_hash(view().entries, index); }

  Entry correction(std::string_view date, std::size_t index) const {
    Entry made = entry(Action::correct, date, "丁", "县委办", Level::county);
    made.voids = hash(index);
    made.reason = "写错";
    return made;
  }

  TaskLife on(std::string_view as_of, Findings* findings = nullptr) const {
    return replay(view(), units(), day(as_of), findings);
  }
};

/// The findings as `code@byte.key`, one after the other; place 0 is the file as a whole.
inline std::string written(const Findings& findings) {
  std::string all;
  for (const auto& finding : findings) {
    if (!all.empty()) all += ' ';
    all += std::string{finding.code} + '@' + std::to_string(finding.record.begin);
    if (!finding.key.empty()) all += '.' + std::string{finding.key};
  }
  return all;
}

inline std::string fact(const model::Finding& finding, std::string_view name) {
  for (const auto& [key, value] : finding.facts)
    if (key == name) return value;
  return "(no such fact)";
}

}  // namespace taizhang::workflow::tests
