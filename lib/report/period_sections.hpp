#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/moves.hpp"
#include "report/state.hpp"

namespace taizhang::report {

/// What the longer reports (month, quarter, year) tell beyond the half-month's: changes since the round
/// began, villages with their stages, who is ahead and who behind, team targets, what waits for a
/// check, inspections, and submissions counted.
class PeriodSections {
 public:
  PeriodSections(const Occasion& occasion, const Period& period);
  void add(const CountyState& state);

  /// Those that have rows, in the order of the report.
  std::vector<Table> tables() &&;

 private:
  struct Town {
    std::string county, township;
    Tally tally;
    Moves moves;
  };
  struct Target {
    std::string title;
    std::int64_t wanted = 0, reached = 0, villages = 0, villages_done = 0;
  };

  void add_village(const CountyState& state, const VillageState& village, Town& town);
  void add_target(const workflow::TaskLife& life);
  void add_awaiting(const CountyState& state, const VillageState& village,
                    const workflow::TaskLife& life);
  void add_inspections(const CountyState& state);
  void add_submissions(const CountyState& state, const model::TownshipLedger& township);
  Table cumulative() const;
  Table standing() const;
  Table targets() const;

  const Occasion& occasion_;
  Period period_;
  std::vector<Town> towns_;  ///< with tasks
  std::vector<Target> targets_;
  std::map<workflow::Stage, std::int64_t> stages_;
  Table villages_, awaiting_, inspections_, submissions_;
};

}  // namespace taizhang::report
