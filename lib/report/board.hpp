#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/reminders.hpp"
#include "report/state.hpp"

namespace taizhang::report {

/// Whose work the board shows; an empty word is anybody's.
struct BoardFilter {
  std::string owner;   ///< 责任人 of a task
  std::string unit;    ///< 责任单位 of a task, by any of its names
  std::string leader;  ///< part of the name or post of whoever has a role in the village

  bool of_tasks() const { return !owner.empty() || !unit.empty(); }
  bool any() const { return of_tasks() || !leader.empty(); }
};

/// The daily screen: what needs doing, who must do it, and by when.
class Board {
 public:
  /// Tasks and milestones due within `soon_days` are shown as due soon.
  /// `for_feed`: each row also says its county and the code of its place, as `feed` needs it.
  Board(const Occasion& occasion, std::string_view place, int soon_days, BoardFilter filter = {},
        bool for_feed = false);
  void add(const CountyState& state);

  /// Whether any task or village is left by the filter; `names` are those it could have asked for.
  bool found() const { return !filter_.any() || found_; }
  const std::vector<std::string>& names() const { return names_; }

  Report finish() &&;

 private:
  bool led(const VillageState& village);
  bool wanted(const CountyState& state, const workflow::TaskLife& life);
  void add_task(const CountyState& state, const VillageState& village,
                const workflow::TaskLife& life);
  void add_milestones(const CountyState& state, const VillageState& village,
                      const workflow::TaskLife& life, const workflow::TaskView& view);
  void add_earlier(const CountyState& state, const VillageState& village);
  void add_changes(const workflow::TaskLife& life, Row row);
  void push(Table& table, Row row, Content since, std::int64_t days, Content who) const;
  void put(Table& table, Row row) const { origin_.put(table, std::move(row)); }

  const Occasion& occasion_;
  std::string place_;
  int soon_days_;
  BoardFilter filter_;
  Origin origin_;
  bool found_ = false;
  std::vector<std::string> names_;
  Tally tally_;
  std::int64_t listed_ = 0, suspect_tasks_ = 0;
  std::map<std::int64_t, std::int64_t> earlier_;  ///< tasks of earlier rounds that are not finished
  Coverage coverage_;
  Scope scope_;
  Reminders reminders_;
  Report report_;
  Table overdue_, soon_, check_overdue_, to_verify_, to_close_, returned_, suspect_, milestones_,
      changes_;
};

}  // namespace taizhang::report
