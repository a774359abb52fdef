#include "rules/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "rules/condition.hpp"

namespace taizhang::rules {

using model::Condition;
using model::Findings;
using model::Operator;
using model::Question;
using model::QuestionType;
using model::RuleSet;

namespace {

class RuleChecker {
 public:
  explicit RuleChecker(const RuleSet& rules) : rules_(rules) {}

  Findings check() {
    std::map<std::string_view, Span> questions, types, judged;
    unique(rules_.questions, "question", questions);
    unique(rules_.problem_types, "problem_type", types);
    unique(rules_.criteria, "criterion", judged);  // these four are hit, so they share their ids
    unique(rules_.scores, "score", judged);
    unique(rules_.bands, "band", judged);
    unique(rules_.rankings, "ranking", judged);
    for (const Question& question : rules_.questions) {
      check_question(question);
      if (!question.applies_when) continue;
      check_condition(*question.applies_when);
      if (std::set<const Question*> seen; leads_to(question, *question.applies_when, seen))
        refuse(question.at, "rule-circular", "applies_when", {{"question", question.id}});
    }
    for (const model::Criterion& criterion : rules_.criteria)
      if (criterion.when) check_condition(*criterion.when);
    for (const model::Score& score : rules_.scores) check_score(score);
    for (const model::ScoreItem& item : rules_.items) check_item(item);
    for (const model::Knockout& knockout : rules_.knockouts) {
      belongs(knockout.at, "score", knockout.score, rules_.scores, "rule-unknown-score");
      if (knockout.when) check_condition(*knockout.when);
    }
    for (const model::Band& band : rules_.bands)
      belongs(band.at, "score", band.score, rules_.scores, "rule-unknown-score");
    check_results();
    for (const model::Ranking& ranking : rules_.rankings) check_ranking(ranking);
    for (const model::RankingKey& key : rules_.keys) check_key(key);
    const bool typed = std::ranges::all_of(rules_.questions, [](const Question& each) {
      return each.type.has_value();  // else reported when it was read
    });
    if (findings_.empty() && typed) return check_logic(rules_);
    return std::move(findings_);
  }

 private:
  void refuse(Span at, std::string_view code, std::string_view key, Facts facts) {
    findings_.push_back({Severity::error, code, at, key, std::move(facts)});
  }

  template <class Record>
  void unique(const std::vector<Record>& records, std::string_view kind,
              std::map<std::string_view, Span>& seen) {
    for (const Record& record : records) {
      const auto [first, added] = seen.emplace(record.id, record.at);
      if (!added)
        findings_.push_back({Severity::error,
                             "rule-duplicate-id",
                             record.at,
                             "id",
                             {{"id", record.id}, {"record", std::string{kind}}},
                             first->second});
    }
  }

  /// Reports an id that no record of `owners` has.
  template <class Owner>
  void belongs(Span at, std::string_view key, const std::string& id,
               const std::vector<Owner>& owners, std::string_view code) {
    if (std::ranges::find(owners, id, &Owner::id) != owners.end()) return;
    std::vector<std::string_view> ids;
    for (const Owner& owner : owners) ids.push_back(owner.id);
    refuse(at, code, key, {{"id", id}, {"nearest", std::string{nearest(id, ids).value_or("")}}});
  }

  void check_question(const Question& question) {
    if (question.type == QuestionType::choice && question.choices.empty())
      refuse(question.at, "rule-choices-missing", "type", {{"id", question.id}});
    std::set<std::string_view> seen;
    for (const std::string& choice : question.choices)
      if (!seen.insert(choice).second)
        refuse(question.at, "rule-choice-twice", "choices",
               {{"id", question.id}, {"choice", choice}});
    const bool ranged = is_numeric(question) || question.type == QuestionType::poll;
    if ((question.min || question.max) && question.type && !ranged)
      refuse(question.at, "rule-range-useless", question.min ? "min" : "max",
             {{"id", question.id}, {"type", std::string{term(*question.type)}}});
    if (question.min && question.max && *question.min > *question.max)
      refuse(question.at, "rule-range-empty", "min",
             {{"id", question.id},
              {"min", fmt::format("{}", *question.min)},
              {"max", fmt::format("{}", *question.max)}});
  }

  /// No answer fits it, so no comparison could either.
  static bool is_flawed(const Question& question) {
    return (question.type == QuestionType::choice && question.choices.empty()) ||
           (question.min && question.max && *question.min > *question.max);
  }

  static bool is_numeric(const Question& question) {
    return question.type == QuestionType::whole || question.type == QuestionType::number;
  }

  void check_condition(const Condition& condition) {
    for (const Condition& part : condition.parts) check_condition(part);
    if (condition.kind != Condition::Kind::compare) return;
    const Question* question = find_question(rules_, condition.question);
    if (!question) return unknown_question(condition.at, "", condition.question);
    if (!question->type || is_flawed(*question)) return;  // reported there
    if (!suits(condition, *question))
      refuse(condition.at, "rule-wrong-operand", "",
             {{"question", question->id}, {"type", std::string{term(*question->type)}}});
    if (question->type != QuestionType::poll || question->choices.empty()) return;
    for (const std::string& name : condition.share)
      if (std::ranges::find(question->choices, name) == question->choices.end())
        refuse(condition.at, "rule-unknown-count", "",
               {{"question", question->id},
                {"count", name},
                {"choices", fmt::format("{}", fmt::join(question->choices, " "))}});
  }

  static bool suits(const Condition& condition, const Question& question) {
    const bool exact = condition.op == Operator::is || condition.op == Operator::one_of;
    if (question.type == QuestionType::poll) {
      const auto share =
          condition.operands.size() == 1 ? as_number(condition.operands.front()) : std::nullopt;
      const bool ordered = !exact && condition.op != Operator::older_than;
      return !condition.share.empty() && ordered && share && *share >= 0 && *share <= 1;
    }
    if (!condition.share.empty()) return false;
    if (condition.op == Operator::older_than) return question.type == QuestionType::date;
    return (exact || is_numeric(question)) &&
           std::ranges::all_of(condition.operands,
                               [&](const auto& operand) { return fits(question, operand); });
  }

  void check_score(const model::Score& score) {
    const bool judges = std::ranges::any_of(rules_.bands, [&](const model::Band& band) {
      return band.score == score.id && band.result;  // a sheet may go by knock-outs alone
    });
    if (!judges &&
        std::ranges::find(rules_.items, score.id, &model::ScoreItem::score) == rules_.items.end())
      refuse(score.at, "rule-score-empty", "id", {{"id", score.id}});
  }

  /// An acceptance sheet has one score, and each of its bands says how the acceptance ends.
  void check_results() {
    const auto first = std::ranges::find_if(
        rules_.bands, [](const model::Band& band) { return band.result.has_value(); });
    if (first == rules_.bands.end()) return;
    for (const model::Band& band : rules_.bands)
      if (band.score == first->score && !band.result)
        refuse(band.at, "rule-band-result", "label", {{"band", band.label}});
      else if (band.score != first->score && band.result)
        refuse(band.at, "rule-two-sheets", "result",
               {{"score", band.score}, {"first", first->score}});
  }

  void check_item(const model::ScoreItem& item) {
    belongs(item.at, "score", item.score, rules_.scores, "rule-unknown-score");
    if (item.when) check_condition(*item.when);
    if (item.question.empty() != item.points.has_value())
      return refuse(item.at, "rule-item-two-ways", "points", {});
    if (item.question.empty()) return;
    const Question* question = find_question(rules_, item.question);
    if (!question) return unknown_question(item.at, "question", item.question);
    if (question->type && !(is_numeric(*question) && question->min && question->max))
      refuse(item.at, "rule-item-not-points", "question", {{"question", question->id}});
  }

  void check_ranking(const model::Ranking& ranking) {
    if (std::ranges::find(rules_.keys, ranking.id, &model::RankingKey::ranking) ==
        rules_.keys.end())
      refuse(ranking.at, "rule-ranking-empty", "id", {{"id", ranking.id}});
    if (ranking.count.has_value() == ranking.share.has_value() || ranking.count == 0)
      refuse(ranking.at, "rule-ranking-number", "count", {{"id", ranking.id}});
    if (ranking.share && !(*ranking.share > 0 && *ranking.share <= 1))
      refuse(ranking.at, "rule-ranking-share", "share",
             {{"share", fmt::format("{}", *ranking.share)}});
    else if (ranking.share && !ranking.rounding)
      refuse(ranking.at, "rule-rounding-missing", "share", {{"id", ranking.id}});
    if (ranking.within == model::Level::village)
      refuse(ranking.at, "rule-within-village", "within", {});
  }

  void check_key(const model::RankingKey& key) {
    belongs(key.at, "ranking", key.ranking, rules_.rankings, "rule-unknown-ranking");
    if (key.question.empty() == key.score.empty())
      return refuse(key.at, "rule-key-two-ways", "question", {});
    if (!key.score.empty())
      return belongs(key.at, "score", key.score, rules_.scores, "rule-unknown-score");
    const Question* question = find_question(rules_, key.question);
    if (!question) return unknown_question(key.at, "question", key.question);
    if (question->type == QuestionType::choice || question->type == QuestionType::poll)
      refuse(key.at, "rule-key-unordered", "question",
             {{"question", question->id}, {"type", std::string{term(*question->type)}}});
    if (question->applies_when)
      refuse(key.at, "rule-key-conditional", "question", {{"question", question->id}});
  }

  /// Whether the condition asks for `end`, directly or through what other questions depend on.
  bool leads_to(const Question& end, const Condition& condition,
                std::set<const Question*>& seen) const {
    if (condition.kind != Condition::Kind::compare)
      return std::ranges::any_of(condition.parts,
                                 [&](const Condition& part) { return leads_to(end, part, seen); });
    const Question* question = find_question(rules_, condition.question);
    if (question == &end) return true;
    return question && question->applies_when && seen.insert(question).second &&
           leads_to(end, *question->applies_when, seen);
  }

  void unknown_question(Span at, std::string_view key, const std::string& id) {
    std::vector<std::string_view> ids;
    for (const Question& question : rules_.questions) ids.push_back(question.id);
    refuse(at, "rule-unknown-question", key,
           {{"question", id}, {"nearest", std::string{nearest(id, ids).value_or("")}}});
  }

  const RuleSet& rules_;
  Findings findings_;
};

}  // namespace

Findings check_rules(const RuleSet& rules) { return RuleChecker{rules}.check(); }

}  // namespace taizhang::rules
