#pragma once

#include "report/state.hpp"

namespace taizhang::report {

/// The close-out board: what needs doing and who must do it.
class Board {
 public:
  /// Tasks due within `soon_days` are shown as due soon.
  Board(const Occasion& occasion, std::string_view place, int soon_days);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  void add_task(const CountyState& state, const VillageState& village,
                const workflow::TaskLife& life);
  void push(Table& table, Row row, Content since, std::int64_t days, Content who) const;

  const Occasion& occasion_;
  int soon_days_;
  Tally tally_;
  std::int64_t listed_ = 0;
  Coverage coverage_;
  Scope scope_;
  Report report_;
  Table overdue_, soon_, check_overdue_, to_verify_, to_close_, returned_, suspect_;
};

}  // namespace taizhang::report
