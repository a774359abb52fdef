#include "rules/check_scoring.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace taizhang::rules {

using model::RankBasis;

model::Findings check_scoring(const model::RuleSet& rules) {
  model::Findings findings;
  const auto add = [&](std::string_view code, Span record, std::string_view key, Facts facts) {
    findings.push_back({Severity::error, code, record, key, std::move(facts)});
  };
  std::map<std::string_view, Span> ids;
  for (const model::RankTerm& term : rules.terms) {
    if (const auto [first, is_new] = ids.emplace(term.id, term.at); !is_new) {
      add("rule-duplicate-id", term.at, "id", {{"id", term.id}, {"record", "term"}});
      findings.back().other = first->second;
    }
    if (term.cap && *term.cap < 0) add("scoring-cap", term.at, "cap", {});
    const bool reports = term.basis == RankBasis::on_time || term.basis == RankBasis::late ||
                         term.basis == RankBasis::missing;
    if (term.deadline_days && !reports)
      add("scoring-key-unused", term.at, "deadline_days", {{"key", "deadline_days"}});
    if (term.finding && term.basis != RankBasis::finding)
      add("scoring-key-unused", term.at, "finding", {{"key", "finding"}});
  }
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const model::Quota& quota : rules.quotas) {
    const auto term = std::ranges::find(rules.terms, quota.term, &model::RankTerm::id);
    if (term == rules.terms.end() || term->basis != RankBasis::progress)
      add("scoring-quota-term", quota.at, "term", {{"term", quota.term}});
    if (quota.percent && (*quota.percent <= 0 || *quota.percent > 100))
      add("scoring-quota-percent", quota.at, "percent", {});
    if (!seen.emplace(quota.term, quota.period).second)
      add("scoring-quota-twice", quota.at, "period", {{"period", quota.period}});
  }
  return findings;
}

}  // namespace taizhang::rules
