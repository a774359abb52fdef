#pragma once

#include <cstdint>
#include <vector>

#include "rules/condition.hpp"

namespace taizhang::rules {

/// In millionths of a point, so that sums are exact and bands meet where they say.
using Points = std::int64_t;
constexpr Points one_point = 1'000'000;

/// Stands for a bound that is not there; sums never pass it.
constexpr Points boundless = 900'000'000'000'000'000;

Points to_points(double value);

/// What is certain while answers are missing: at least this, at most that.
struct Reach {
  Points low = 0;
  Points high = 0;

  bool known() const { return low == high; }
};

struct ItemResult {
  const model::ScoreItem* item = nullptr;
  const model::Question* question = nullptr;  ///< whose answer gives the points, if one does
  Reach points;
};

/// What a score says of one village.
struct ScoreResult {
  const model::Score* score = nullptr;
  Reach total;
  std::vector<ItemResult> items;
  const model::Knockout* knocked_out = nullptr;  ///< the first that holds for certain
  std::vector<const model::Band*> bands;         ///< that are possible, best first
  std::vector<const model::Question*> seen;
  std::vector<const model::Question*> missing;  ///< that keep the total open

  /// Nothing while more than one is possible.
  const model::Band* band() const { return bands.size() == 1 ? bands.front() : nullptr; }
  /// Whether the band in force has that effect.
  Truth has(model::Effect effect) const;
};

/// Bands of the score, the one with the highest bound first.
std::vector<const model::Band*> bands_of(const model::RuleSet& rules, const model::Score& score);

/// An unknown answer may be anything in its question's range.
ScoreResult evaluate_score(const Rules& rules, const Values& values, const model::Score& score);

/// The least and the most points the answer to a question can give, when it is known or not.
Reach reach_of(const model::Question& question, const model::AnswerValue* value);

}  // namespace taizhang::rules
