#include "rules/screen.hpp"

#include <algorithm>
#include <array>

namespace taizhang::rules {

using model::Effect;
using model::Question;
using model::RuleSet;
using model::VillageLedger;

std::string_view term(Verdict verdict) {
  constexpr std::array<std::string_view, 3> names{"列入", "不列入", "无法判断"};
  return names[static_cast<std::size_t>(verdict)];
}

bool applies_to(const RuleSet& rules, model::Settlement kind) {
  const auto& kinds = rules.info.applies_to;
  if (kinds.empty()) return kind == model::Settlement::village;
  return std::ranges::find(kinds, model::term(kind)) != kinds.end();
}

const Text& Judgement::id() const {
  return criterion ? criterion->id : score ? score->id : ranking->id;
}

std::string Judgement::label() const {
  if (criterion) return criterion->label;
  if (ranking) return ranking->label;
  if (!band) return score->label;
  return score->label + " " + band->label;
}

namespace {

Judgement judge(const Rules& rules, const Values& values, const model::Criterion& criterion) {
  Evaluation evaluation{rules, values};
  Judgement each{*criterion.effect, evaluation.evaluate(*criterion.when), &criterion};
  each.seen = std::move(evaluation.seen);
  if (each.truth == Truth::unknown) each.missing = std::move(evaluation.missing);
  return each;
}

/// One judgement for each effect that a band of the score has.
void judge(const ScoreResult& result, const RuleSet& rules, std::vector<Judgement>& judgements) {
  const auto bands = bands_of(rules, *result.score);
  for (const Effect effect : {Effect::list, Effect::watch}) {
    if (std::ranges::none_of(bands, [&](const auto* band) { return band->effect == effect; }))
      continue;
    Judgement each{effect, result.has(effect)};
    each.score = result.score;
    each.band = result.band();
    each.seen = result.seen;
    if (each.truth == Truth::unknown) each.missing = result.missing;
    judgements.push_back(std::move(each));
  }
}

Judgement judge(const Rules& rules, const Values& values, const model::Ranking& ranking,
                const Standing* standing) {
  Judgement each{*ranking.effect, standing ? standing->hit : Truth::unknown};
  each.ranking = &ranking;
  for (const model::RankingKey* key : keys_of(*rules.set, ranking)) {
    const auto found = rules.position.find(key->question);
    if (found == rules.position.end()) continue;
    const bool answered = values[found->second] != nullptr;
    if (!answered && each.truth != Truth::unknown) continue;
    (answered ? each.seen : each.missing).push_back(&rules.set->questions[found->second]);
  }
  return each;
}

}  // namespace

Screening screen(const Rules& rules, const Values& values, const std::vector<Standing>& standings) {
  Screening result;
  const RuleSet& set = *rules.set;
  for (const model::Criterion& criterion : set.criteria)
    if (criterion.when && criterion.effect)
      result.judgements.push_back(judge(rules, values, criterion));
  for (const model::Score& score : set.scores) {
    result.scores.push_back(evaluate_score(rules, values, score));
    judge(result.scores.back(), set, result.judgements);
  }
  for (std::size_t i = 0; i < set.rankings.size(); ++i)
    if (set.rankings[i].effect)
      result.judgements.push_back(
          judge(rules, values, set.rankings[i], i < standings.size() ? &standings[i] : nullptr));
  result.standings = standings;

  bool hit = false;
  bool open = false;
  bool judged = false;  // a rule set in which nothing lists decides nothing
  for (const Judgement& each : result.judgements) {
    if (each.effect != Effect::list) continue;
    hit = hit || each.truth == Truth::yes;
    open = open || each.truth == Truth::unknown;
    judged = true;
  }
  const bool firm = judged && !open;
  result.verdict = hit ? Verdict::listed : firm ? Verdict::not_listed : Verdict::undecided;
  return result;
}

std::vector<const Question*> Screening::missing() const {
  std::vector<const Question*> all;
  if (verdict != Verdict::undecided) return all;
  for (const Judgement& each : judgements) {
    if (each.effect != Effect::list) continue;
    for (const Question* question : each.missing)
      if (std::ranges::find(all, question) == all.end()) all.push_back(question);
  }
  return all;
}

CountyScreening::CountyScreening(const RuleSet& rules, const model::CountyLedger& county,
                                 std::int64_t round, Date as_of)
    : rules_(rules, as_of), round_(round) {
  // of a part of the villages nobody knows which ones are the worst of the county
  if (rules.rankings.empty() || county.info.roster != model::Roster::complete) return;
  std::vector<Values> values;
  std::vector<std::string_view> townships;
  std::map<std::string_view, std::size_t> unread;
  for (const auto& township : county.townships)
    for (const VillageLedger& village : township.villages) {
      if (!village.complete) ++unread[township.folder];
      if (!village.complete || !judges(village)) continue;
      places_.emplace(&village, ranked_.size());
      ranked_.push_back(&village);
      values.push_back(rules_.values(answers(village)));
      townships.push_back(township.folder);
    }
  const std::size_t lost = county.village_files - county.village_files_read;
  std::size_t placed = 0;
  for (const auto& [township, count] : unread) placed += count;
  if (lost > placed)  // of these nobody knows the township
    for (const auto& township : county.townships) unread[township.folder] += lost - placed;
  for (const model::Ranking& ranking : rules.rankings) {
    const bool by_township = ranking.within == model::Level::township;
    std::vector<Contestant> contestants;
    for (std::size_t i = 0; i < ranked_.size(); ++i)
      contestants.push_back({by_township ? townships[i] : std::string_view{}, values[i]});
    const std::map<std::string_view, std::size_t> all{{std::string_view{}, lost}};
    standings_.push_back(rank(rules_, ranking, contestants, by_township ? unread : all));
  }
}

bool CountyScreening::judges(const VillageLedger& village) const {
  return applies_to(*rules_.set, village.kind());
}

AnswerSheet CountyScreening::answers(const VillageLedger& village) const {
  return answers_in_force(village, round_, rules_.day);
}

std::vector<Standing> CountyScreening::standings(const VillageLedger& village) const {
  std::vector<Standing> own;
  const auto place = places_.find(&village);
  if (place != places_.end())
    for (const auto& each : standings_) own.push_back(each[place->second]);
  return own;
}

Screening CountyScreening::screen(const VillageLedger& village) const {
  return rules::screen(rules_, rules_.values(answers(village)), standings(village));
}

}  // namespace taizhang::rules
