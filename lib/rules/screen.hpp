#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ranking.hpp"

namespace taizhang::rules {

enum class Verdict : std::uint8_t { listed, not_listed, undecided };

/// 列入 不列入 无法判断.
std::string_view term(Verdict verdict);

/// What one criterion, the bands of one score with one effect, or one ranking say of a village.
struct Judgement {
  model::Effect effect = model::Effect::list;
  Truth truth = Truth::unknown;
  const model::Criterion* criterion = nullptr;  ///< one of these three is there
  const model::Score* score = nullptr;
  const model::Ranking* ranking = nullptr;
  const model::Band* band = nullptr;                 ///< of the score, when it is settled
  std::vector<const model::Question*> seen = {};     ///< whose answers it looked at
  std::vector<const model::Question*> missing = {};  ///< unanswered ones that keep it open

  /// Of the criterion, score or ranking.
  const Text& id() const;
  /// In words; for a score also the band, when it is settled.
  std::string label() const;
};

struct Screening {
  Verdict verdict = Verdict::undecided;
  std::vector<Judgement> judgements;  ///< criteria, scores, rankings, each in the rule set's order
  std::vector<ScoreResult> scores;
  std::vector<Standing> standings;  ///< one for each ranking; empty when nobody was ranked

  /// Unanswered questions that keep the verdict open, each once; empty for a firm verdict.
  std::vector<const model::Question*> missing() const;
};

/// Screens one village: 列入 when anything with that effect holds, 无法判断 when nothing holds but
/// something is open, else 不列入 ("不设指标、不定比例,符合一个、认定一个", bulletin 2023, 扶风县).
/// An answer that does not fit its question counts as unknown. Without `standings` rankings are open.
Screening screen(const Rules& rules, const Values& values,
                 const std::vector<Standing>& standings = {});

/// True when the rule set judges settlements of that kind (`applies_to`, 村 unless it says more).
bool applies_to(const model::RuleSet& rules, model::Settlement kind);

/// Screens the villages of a county, which are ranked among each other, in one round on a day.
class CountyScreening {
 public:
  CountyScreening(const model::RuleSet& rules, const model::CountyLedger& county,
                  std::int64_t round, Date as_of);
  CountyScreening(CountyScreening&&) = delete;

  const Rules& rules() const { return rules_; }

  /// Nothing for a settlement that the rule set does not judge.
  bool judges(const model::VillageLedger& village) const;
  AnswerSheet answers(const model::VillageLedger& village) const;
  Screening screen(const model::VillageLedger& village) const;
  std::vector<Standing> standings(const model::VillageLedger& village) const;

  /// The villages that were ranked: none when the county's roster is not complete.
  const std::vector<const model::VillageLedger*>& ranked() const { return ranked_; }
  /// Their standings in one ranking of the rule set, in the same order.
  const std::vector<Standing>& standings(std::size_t ranking) const { return standings_[ranking]; }

 private:
  Rules rules_;
  std::int64_t round_;
  std::vector<const model::VillageLedger*> ranked_;
  std::map<const model::VillageLedger*, std::size_t> places_;  ///< among the ranked
  std::vector<std::vector<Standing>> standings_;               ///< by ranking, then by village
};

}  // namespace taizhang::rules
