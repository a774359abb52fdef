#pragma once

#include <array>

#include "report/picture.hpp"

namespace taizhang::report {

/// What became different between two days (`delta`): what is new, closed, reopened, late, in other
/// hands, on the list or off it. Each row names the line that made it so.
class Delta {
 public:
  /// `before` and `after` are occasions of one round; the names are those of the periods or days.
  Delta(const Occasion& before, const Occasion& after, std::string_view name_before,
        std::string_view name_after, std::string_view place);

  /// The same county on both days.
  void add(const CountyState& before, const CountyState& after);
  Report finish() &&;

 private:
  enum Part : std::uint8_t { listed, opened, closed, reopened, slipped, people, other, parts };
  struct Sums {
    std::int64_t listed = 0;
    Tally tally;
    void add(const CountyState& state, Date as_of);
  };

  static Part part_of(const Difference& difference);
  void push(const CountyState& state, const VillageState& village, const Difference& difference);

  const Occasion &before_, &after_;
  Coverage coverage_;
  Scope scope_;
  Sums sums_before_, sums_after_;
  Report report_;
  std::array<Table, parts> tables_;
};

}  // namespace taizhang::report
