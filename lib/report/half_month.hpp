#pragma once

#include <map>

#include "base/period.hpp"
#include "report/state.hpp"

namespace taizhang::report {

/// The half-monthly report: state on the day, what happened in the period, who is late, who reported.
class HalfMonth {
 public:
  HalfMonth(const Occasion& occasion, const Period& period, std::string_view place);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  /// What entries did in the period.
  struct Moves {
    std::int64_t opened = 0, applied = 0, closed = 0, returned = 0, reopened = 0, extended = 0;
    void add(const Moves& other);
  };
  struct Line {
    Tally tally;
    Moves moves;
    std::int64_t listed = 0;
    bool has_steps = false;  ///< else 未填, and so the tasks
    bool has_tasks = false;
    void add(const Line& other);
  };

  Moves moves_of(const workflow::TaskLife& life) const;
  void push(const std::string& county, const std::string& township, const Line& line, bool total);
  void add_overdue(const CountyState& state, const VillageState& village,
                   const workflow::TaskLife& life);
  void add_submission(const CountyState& state, const model::TownshipLedger& township);

  const Occasion& occasion_;
  Period period_;
  Coverage coverage_;
  Line all_;
  std::map<model::TaskKind, Tally> by_kind_;
  Scope scope_;
  Report report_;
  Table state_, moves_, overdue_, submissions_;
};

/// The share of the round's days that have passed on the day, 0 to all of them; nothing when the
/// workspace does not name the round's dates.
std::optional<Share> elapsed(const Occasion& occasion);

}  // namespace taizhang::report
