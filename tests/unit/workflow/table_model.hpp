#pragma once

#include <map>
#include <set>

#include "workflow/journal.hpp"

namespace taizhang::workflow::tests {

// The task table once more, written from its text alone: what `replay` is measured against.

using S = TaskState;
using A = Action;

struct ModelTask {
  S state = S::pending;
  std::optional<Date> due;
  std::string owner, unit, verifier, verifier_unit, closer;
  bool defined = false;
  std::int64_t count = 0;
  std::set<std::string> persons, unit_names;  ///< the doers besides owner and unit
  int latest = -1;                            ///< index of the latest state-changing entry
};

class Model {
 public:
  explicit Model(const Journal& journal) : journal_(journal), view_(journal.view()) {
    const auto corrects = [](const Entry& each) { return each.action == A::correct; };
    if (std::ranges::none_of(journal.entries, corrects)) return;
    for (std::size_t i = 0; i < view_.entries.size(); ++i) hashes_.push_back(journal.hash(i));
  }

  std::vector<bool> counted;  ///< by index in the file
  std::vector<S> after;
  ModelTask end;

  void run() {
    std::multimap<Date, int> days;
    for (int i = 0; i < static_cast<int>(view_.entries.size()); ++i) days.emplace(*at(i).date, i);
    counted.resize(days.size());
    after.resize(days.size());
    end = start();
    for (const auto& [date, i] : days) {
      counted[index(i)] = at(i).action == A::correct ? corrected(i) : legal(end, at(i));
      if (counted[index(i)] && at(i).action != A::correct) step(end, i, false);
      past_.push_back(i);
      after[index(i)] = end.state;
    }
  }

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  const Entry& at(int i) const { return *view_.entries[index(i)]; }
  ModelTask start() const {
    ModelTask made;
    made.due = journal_.task.due;
    made.owner = journal_.task.owner;
    made.unit = name(journal_.task.unit);
    return made;
  }
  static std::string name(std::string unit) {
    return unit.starts_with("例") ? unit.substr(std::string{"例"}.size()) : unit;
  }
  static bool level_right(const Entry& e) {
    for (const auto& unit : listed_units())
      if (unit.name == name(e.unit)) return unit.level == e.level;
    return true;
  }
  static bool outsider(const ModelTask& t, const Entry& e) {
    return e.by != t.owner && name(e.unit) != t.unit && !t.persons.contains(e.by) &&
           !t.unit_names.contains(name(e.unit));
  }

  bool legal(const ModelTask& t, const Entry& e) const {
    const auto in = [&](std::initializer_list<S> list) {
      return std::ranges::count(list, t.state) > 0;
    };
    const bool open = !in({S::closed, S::cancelled}), county = e.level == Level::county;
    const bool above = e.level != Level::village, why = !e.reason.empty();
    const bool later = e.due && *e.due > *e.date;
    if (*e.date < *journal_.task.opened || !level_right(e)) return false;
    switch (*e.action) {
      case A::progress: {
        bool known = e.milestone.empty();
        for (const auto& each : journal_.milestones) known = known || each.id == e.milestone;
        return in({S::pending, S::active}) && !e.text.empty() && known &&
               t.count + e.count.value_or(0) >= 0;
      }
      case A::apply:
        return in({S::active}) && !e.evidence.empty() &&
               t.count >= journal_.task.target.value_or(t.count);
      case A::verify:
        return in({S::applied, S::verified, S::closed}) && above && outsider(t, e) &&
               !(in({S::closed}) && e.by == t.closer);
      case A::send_back:
        return (in({S::applied}) ? above : in({S::verified}) && county) && why && outsider(t, e);
      case A::close:
        return in({S::verified}) && t.defined && county && outsider(t, e) && e.by != t.verifier;
      case A::reopen:
        return in({S::closed}) && above && why && later && e.count.value_or(0) <= 0 &&
               t.count + e.count.value_or(0) >= 0 &&
               (!journal_.delisted || *e.date < *journal_.delisted);
      case A::extend:
        return open && county && outsider(t, e) && why && later && (!t.due || *e.due > *t.due);
      case A::reassign:
        return open && above && why && !(e.new_owner.empty() && e.new_unit.empty()) &&
               !(in({S::verified}) &&
                 (e.new_owner == t.verifier || name(e.new_unit) == t.verifier_unit));
      case A::cancel:
        return in({S::pending, S::active}) && county && outsider(t, e) && why;
      case A::correct:
        break;
    }
    return false;
  }

  void step(ModelTask& t, int i, bool voided) const {
    const Entry& e = at(i);
    if (*e.action == A::progress || *e.action == A::apply)
      t.persons.insert(e.by), t.unit_names.insert(name(e.unit));
    if (voided) return;
    const S before = t.state;
    static const std::map<A, S> target{{A::progress, S::active},  {A::apply, S::applied},
                                       {A::send_back, S::active}, {A::close, S::closed},
                                       {A::reopen, S::active},    {A::cancel, S::cancelled}};
    if (const auto to = target.find(*e.action); to != target.end()) t.state = to->second;
    else if (*e.action == A::verify && before == S::applied) t.state = S::verified;
    if (t.state != before || *e.action == A::verify) t.latest = i;
    if (*e.action == A::reopen) t.persons.clear(), t.unit_names.clear();
    if (*e.action == A::verify) {
      t.verifier = e.by, t.verifier_unit = name(e.unit);
      t.defined = !e.definition.empty();
    }
    if (*e.action == A::close) t.closer = e.by;
    if (*e.action == A::progress || *e.action == A::reopen) t.count += e.count.value_or(0);
    if (*e.action == A::extend || *e.action == A::reopen) t.due = e.due;
    if (*e.action == A::reassign && !e.new_owner.empty()) t.owner = e.new_owner;
    if (*e.action == A::reassign && !e.new_unit.empty()) t.unit = name(e.new_unit);
  }

  bool corrected(int correction) {
    const Entry& e = at(correction);
    for (const int i : past_) {
      if (e.voids != hashes_[index(i)] || !counted[index(i)] || voided_.contains(i)) continue;
      const A a = *at(i).action;
      const bool free = a == A::progress || a == A::extend || a == A::reassign;
      const bool mine =
          name(e.unit) == name(at(i).unit) || (e.level == Level::county && outsider(end, e));
      if (a == A::correct || (!free && i != end.latest) || !mine || !level_right(e) ||
          e.reason.empty())
        return false;
      std::set<int> gone = voided_;
      gone.insert(i);
      ModelTask again = start();
      std::vector<int> kept;
      std::size_t review = 0;  // a 退回 or 重开 makes what was under review before it past
      for (const int j : past_) {
        if (!counted[index(j)] || at(j).action == A::correct) continue;
        kept.push_back(j);
        const bool ends = at(j).action == A::send_back || at(j).action == A::reopen;
        if (ends && !gone.contains(j)) review = kept.size();
      }
      for (std::size_t k = 0; k < kept.size(); ++k) {
        const bool lost = gone.contains(kept[k]);
        if (!lost && k >= review && !legal(again, at(kept[k]))) return false;
        step(again, kept[k], lost);
        if (again.count < 0) return false;
      }
      end = again;
      voided_ = gone;
      return true;
    }
    return false;
  }

  const Journal& journal_;
  TaskView view_;
  std::vector<std::string> hashes_;
  std::vector<int> past_;  ///< indices in replay order
  std::set<int> voided_;
};

}  // namespace taizhang::workflow::tests
