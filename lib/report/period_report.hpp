#pragma once

#include <map>

#include <optional>

#include "report/moves.hpp"
#include "report/period_sections.hpp"
#include "report/state.hpp"

namespace taizhang::report {

/// The report for a half-month, month, quarter or year: state on the day, what happened in the period,
/// who is late, who reported, and what PeriodSections tells.
class PeriodReport {
 public:
  PeriodReport(const Occasion& occasion, const Period& period, std::string_view place);
  void add(const CountyState& state);
  Report finish() &&;

 private:
  struct Line {
    Tally tally;
    Moves moves;
    std::int64_t listed = 0;
    bool has_steps = false;  ///< else 未填, and so the tasks
    bool has_tasks = false;
    void add(const Line& other);
  };

  void push(std::string_view county, std::string_view township, const Line& line, bool total);
  void add_overdue(const VillageState& village, const workflow::TaskLife& life);
  void add_submission(const CountyState& state, const model::TownshipLedger& township);

  const Occasion& occasion_;
  Period period_;
  Coverage coverage_;
  Line all_;
  std::map<model::TaskKind, Tally> by_kind_;
  Scope scope_;
  Report report_;
  Table state_, moves_, overdue_, submissions_;
  PeriodSections sections_;
};

/// The share of the round's days that have passed on the day, 0 to all of them; nothing when the
/// workspace does not name the round's dates.
std::optional<Share> elapsed(const Occasion& occasion);

}  // namespace taizhang::report
