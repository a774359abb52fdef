#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report/moves.hpp"
#include "report/state.hpp"

namespace taizhang::report {

/// What the reports of a period tell beyond state and changes: changes since the round began, what was
/// still to do at the end of each half-month, villages with their stages, who is ahead and who behind, team targets, what waits for a check, inspections,
/// and submissions counted when the period is longer than the townships' own.
class PeriodSections {
 public:
  PeriodSections(const Occasion& occasion, const Period& period);
  void add(const CountyState& state);

  /// Those that have rows, in the order of the report.
  std::vector<Table> tables() &&;

 private:
  struct Town {
    Tally tally;
    Moves moves;
  };
  /// What is kept of a township until its place is known.
  struct Standing {
    std::size_t row;  ///< in `cumulative_`
    Share done;
  };
  struct Target {
    std::string title;
    std::int64_t wanted = 0, reached = 0, villages = 0, villages_done = 0;
  };

  void add_village(const CountyState& state, const VillageState& village, Town& town);
  void add_target(const workflow::TaskLife& life);
  void add_to_burn_down(const CountyState& state, const VillageState& village);
  void add_town(std::string_view county, std::string_view township, const Town& town);
  void add_awaiting(const VillageState& village, const workflow::TaskLife& life);
  void add_inspections(const CountyState& state);
  void add_submissions(const CountyState& state, const model::TownshipLedger& township);
  Table cumulative();
  Table burn_down() const;
  Table standing();
  Table targets() const;

  const Occasion& occasion_;
  Period period_;
  struct HalfMonth {
    Period period;
    std::int64_t tasks = 0, closed = 0;
  };
  std::vector<HalfMonth> half_months_;  ///< of the round that are over
  std::vector<Standing> standings_;     ///< of townships with tasks that count
  Moves all_moves_;
  std::vector<Target> targets_;
  std::map<workflow::Stage, std::int64_t> stages_;
  Table cumulative_, villages_, awaiting_, inspections_, submissions_;
};

}  // namespace taizhang::report
