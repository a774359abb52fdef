#include "rules/ranking.hpp"

#include <algorithm>
#include <cmath>

namespace taizhang::rules {

using model::Ranking;
using model::RankingKey;

namespace {

/// Smaller is worse, key by key.
using Position = std::vector<Points>;

/// The best and the worst position that a village may turn out to have.
struct Bounds {
  Position best;
  Position worst;
};

Reach key_reach(const Rules& rules, const RankingKey& key, const Values& values) {
  if (!key.score.empty()) {
    const auto score = std::ranges::find(rules.set->scores, key.score, &model::Score::id);
    if (score == rules.set->scores.end()) return {-boundless, boundless};
    return evaluate_score(rules, values, *score).total;
  }
  const auto found = rules.position.find(key.question);
  if (found == rules.position.end()) return {-boundless, boundless};
  return reach_of(rules.set->questions[found->second], values[found->second]);
}

}  // namespace

std::vector<const RankingKey*> keys_of(const model::RuleSet& rules, const Ranking& ranking) {
  std::vector<const RankingKey*> keys;
  for (const RankingKey& key : rules.keys)
    if (key.ranking == ranking.id) keys.push_back(&key);
  return keys;
}

std::size_t cut_of(const Ranking& ranking, std::size_t among) {
  if (ranking.count) return std::min(static_cast<std::size_t>(*ranking.count), among);
  if (!ranking.share) return 0;
  // in millionths, so that 10 % of 100 villages is 10 and not a little more
  constexpr std::uint64_t million = 1'000'000;
  const auto share = static_cast<std::uint64_t>(
      std::llround(std::clamp(*ranking.share, 0.0, 1.0) * static_cast<double>(million)));
  const std::uint64_t exact = share * among;
  switch (ranking.rounding.value_or(model::Rounding::down)) {
    case model::Rounding::up:
      return (exact + million - 1) / million;
    case model::Rounding::nearest:
      return (exact + million / 2) / million;
    case model::Rounding::down:
      break;
  }
  return exact / million;
}

std::vector<Standing> rank(const Rules& rules, const Ranking& ranking,
                           const std::vector<Contestant>& contestants,
                           const std::map<std::string_view, std::size_t>& unread) {
  const auto keys = keys_of(*rules.set, ranking);
  std::vector<Standing> standings(contestants.size());
  std::vector<Bounds> spans(contestants.size());
  struct Group {
    std::vector<Position> best, worst;
  };
  std::map<std::string_view, Group> groups;
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    for (const RankingKey* key : keys) {
      const Reach reach = key_reach(rules, *key, contestants[i].values);
      const bool large = key->worse == model::WorseEnd::large;
      spans[i].worst.push_back(large ? -reach.high : reach.low);
      spans[i].best.push_back(large ? -reach.low : reach.high);
      standings[i].keys.push_back(reach);
    }
    Group& group = groups[contestants[i].group];
    group.best.push_back(spans[i].best);
    group.worst.push_back(spans[i].worst);
  }
  for (auto& [name, group] : groups) {
    std::ranges::sort(group.best);
    std::ranges::sort(group.worst);
  }
  const auto below = [](const std::vector<Position>& sorted, const Position& position) {
    return static_cast<std::size_t>(std::ranges::lower_bound(sorted, position) - sorted.begin());
  };
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    const Group& group = groups[contestants[i].group];
    const auto lost = unread.find(contestants[i].group);
    const std::size_t unknown = lost == unread.end() ? 0 : lost->second;
    Standing& standing = standings[i];
    standing.among = group.best.size() + unknown;
    standing.cut = cut_of(ranking, standing.among);
    // worse than this one for certain at its worst, and possibly at its best; never than itself
    const std::size_t least = below(group.best, spans[i].worst);
    std::size_t most = below(group.worst, spans[i].best) + unknown;
    if (spans[i].worst < spans[i].best) --most;
    standing.worst = least + 1;
    standing.best = most + 1;
    standing.hit = most < standing.cut     ? Truth::yes
                   : least >= standing.cut ? Truth::no
                                           : Truth::unknown;
  }
  return standings;
}

}  // namespace taizhang::rules
