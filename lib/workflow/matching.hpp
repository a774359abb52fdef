#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/ledger.hpp"

namespace taizhang::workflow {

/// What would help a village, and the problems that say so.
struct Need {
  std::string text;
  std::vector<const model::Problem*> problems;
};

/// What the types of the village's problems of the round need, by the rule set, in their order, each
/// once. A problem names its type by label or id.
std::vector<Need> needs_of(const model::VillageLedger& village, const model::RuleSet& rules,
                           std::int64_t round, Date day);

/// A village without anybody in the role, and what it needs.
struct Seeker {
  const model::VillageLedger* village = nullptr;
  std::vector<Need> needs;
};

/// A county unit that says what it is good at.
struct Helper {
  const model::Unit* unit = nullptr;
  std::int64_t capacity = 0;                          ///< how many villages it takes in all
  std::vector<const model::VillageLedger*> villages;  ///< that it stands by already

  std::int64_t room() const { return capacity - static_cast<std::int64_t>(villages.size()); }
};

/// The county's helpers by name. Standing by a village is to be its 结对单位 or 帮扶部门, or to have
/// the role there, on the day or later. A unit that does not say how many villages it takes takes one.
std::vector<Helper> helpers_of(const model::CountyLedger& county, model::SupportRole role,
                               Date day);

/// Whether somebody has the role in the village on the day or will have it.
bool is_held(const model::VillageLedger& village, model::SupportRole role, Date day);

/// A unit for a village, and which of its needs the unit's strengths meet.
struct Offer {
  std::size_t seeker = 0;        ///< index among the seekers
  std::size_t helper = 0;        ///< index among the helpers
  std::vector<std::size_t> met;  ///< indices of the seeker's needs
  bool there = false;            ///< the unit stands by this village already: no room is taken
};

struct Matching {
  std::vector<Offer> chosen;  ///< most needs met first, then by code
  std::vector<Offer> others;  ///< that would help too, by village, best first
};

/// One helper for each seeker, as far as they reach: as many villages as possible are helped, then as
/// many needs as possible are met. No helper gets more than its room. For 结对单位 and 帮扶部门 a unit
/// that already stands by a village is not offered to it again. Depends on no order of the input:
/// equal choices fall to the smaller code, then to the name that sorts first.
Matching match(std::vector<Seeker>& seekers, std::vector<Helper>& helpers, model::SupportRole role);

}  // namespace taizhang::workflow
