#include <fmt/format.h>

#include <algorithm>

#include "rules/check.hpp"
#include "rules/domain.hpp"
#include "rules/score.hpp"

namespace taizhang::rules {

using model::Band;
using model::Condition;
using model::Findings;
using model::Question;
using model::RuleSet;

namespace {

/// Any day will do: what a rule set can say does not depend on it.
constexpr Date some_day{std::chrono::year{2000}, std::chrono::month{7}, std::chrono::day{15}};

class LogicChecker {
 public:
  explicit LogicChecker(const RuleSet& rules)
      : rules_(rules, some_day),
        nothing_(rules.questions.size(), nullptr),
        tries_(answers_to_try(rules_, nothing_)) {}

  Findings check() {
    const RuleSet& set = *rules_.set;
    // What depends on a question that never arises would only say the same once more.
    for (const Question& question : set.questions)
      if (question.applies_when) look(*question.applies_when);
    const bool arise = findings_.empty();
    if (arise) {
      for (const auto& criterion : set.criteria)
        if (criterion.when) look(*criterion.when);
      for (const auto& item : set.items)
        if (item.when) look(*item.when);
      for (const auto& knockout : set.knockouts)
        if (knockout.when) look(*knockout.when);
    }
    for (const auto& score : set.scores) bands(score);
    return std::move(findings_);
  }

 private:
  void refuse(Span at, std::string_view code, std::string_view key, Facts facts) {
    findings_.push_back({Severity::error, code, at, key, std::move(facts)});
  }

  Outcome can_be(const Condition& condition, Truth wanted) {
    constexpr long budget = 20'000;  // groups of a hundred questions need far less
    Search search{rules_, tries_, budget};
    Values values = nothing_;
    return search.reach(values, [&](const Values& each) -> Judged {
      Evaluation evaluation{rules_, each};
      const Truth truth = evaluation.evaluate(condition);
      if (truth == Truth::unknown) return {truth, std::move(evaluation.missing)};
      return {truth == wanted ? Truth::yes : Truth::no, {}};
    });
  }

  /// Reports the innermost part that cannot come out both ways; false when there was one.
  bool look(const Condition& condition) {
    bool sound = true;
    for (const Condition& part : condition.parts) sound = look(part) && sound;
    if (!sound) return false;
    if (can_be(condition, Truth::yes) == Outcome::impossible)
      refuse(condition.at, "rule-never-holds", "", {});
    else if (can_be(condition, Truth::no) == Outcome::impossible)
      refuse(condition.at, "rule-always-holds", "", {});
    else return true;
    return false;
  }

  void bands(const model::Score& score) {
    const auto bands = bands_of(*rules_.set, score);
    if (bands.empty()) return refuse(score.at, "rule-bands-missing", "id", {{"id", score.id}});
    for (std::size_t i = 1; i < bands.size(); ++i)
      if (bands[i]->from == bands[i - 1]->from) {
        refuse(bands[i]->at, "rule-band-twice", "from", {{"band", bands[i]->label}});
        findings_.back().other = bands[i - 1]->at;
        return;
      }
    const Reach total = evaluate_score(rules_, nothing_, score).total;
    const bool knocks_out =
        std::ranges::find(rules_.set->knockouts, score.id, &model::Knockout::score) !=
        rules_.set->knockouts.end();
    const Band& lowest = *bands.back();
    if (lowest.from && to_points(*lowest.from) > total.low)
      refuse(lowest.at, "rule-band-gap", "from",
             {{"band", lowest.label},
              {"from", said(to_points(*lowest.from))},
              {"low", said(total.low)}});
    for (std::size_t i = 0; i < bands.size(); ++i) {
      const bool too_high = bands[i]->from && to_points(*bands[i]->from) > total.high;
      const bool too_low = i > 0 && to_points(*bands[i - 1]->from) <= total.low;
      if (!too_high && (!too_low || (bands[i] == &lowest && knocks_out))) continue;
      refuse(bands[i]->at, "rule-band-unreachable", bands[i]->from ? "from" : "label",
             {{"band", bands[i]->label}, {"low", said(total.low)}, {"high", said(total.high)}});
    }
  }

  static std::string said(Points points) {
    return fmt::format("{}", static_cast<double>(points) / static_cast<double>(one_point));
  }

  Rules rules_;
  Values nothing_;
  std::vector<std::vector<model::AnswerValue>> tries_;
  Findings findings_;
};

}  // namespace

Findings check_logic(const RuleSet& rules) { return LogicChecker{rules}.check(); }

}  // namespace taizhang::rules
