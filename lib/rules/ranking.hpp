#pragma once

#include <string_view>
#include <vector>

#include "rules/score.hpp"

namespace taizhang::rules {

/// One village among those that are ranked.
struct Contestant {
  std::string_view group;  ///< only villages of one group are compared
  Values values;
};

/// Where a village stands from the bottom. Rank 1 is the worst; equal villages share a rank.
struct Standing {
  std::size_t best = 0;   ///< the rank farthest from the bottom that is still possible
  std::size_t worst = 0;  ///< the rank nearest to it
  std::size_t cut = 0;    ///< so many are hit, and whoever is equal to the last of them
  std::size_t among = 0;
  Truth hit = Truth::unknown;
  std::vector<Reach> keys;  ///< in the order of the rule set
};

/// The keys of a ranking, the first one deciding first.
std::vector<const model::RankingKey*> keys_of(const model::RuleSet& rules,
                                              const model::Ranking& ranking);

/// How many of `among` villages a ranking hits.
std::size_t cut_of(const model::Ranking& ranking, std::size_t among);

/// Ranks the villages from the bottom. A village is hit when fewer than the cut are worse, so equal
/// ones are hit together or not at all; an unknown key may be anything in its range. `unread` villages
/// of a group could not be read and may be worse than any.
std::vector<Standing> rank(const Rules& rules, const model::Ranking& ranking,
                           const std::vector<Contestant>& contestants,
                           const std::map<std::string_view, std::size_t>& unread = {});

}  // namespace taizhang::rules
