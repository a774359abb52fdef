#include <algorithm>

#include "rules/check.hpp"
#include "rules/screen.hpp"

namespace taizhang::rules {

using model::Findings;
using model::RuleSet;
using model::Step;
using model::StepResult;

namespace {

bool is_known(const RuleSet& rules, const std::string& id) {
  const auto among = [&](const auto& records) {
    return std::ranges::any_of(records, [&](const auto& record) { return record.id == id; });
  };
  return among(rules.criteria) || among(rules.scores) || among(rules.rankings);
}

/// Judges one decision by what the rules say on its day.
class DecisionChecker {
 public:
  DecisionChecker(const model::VillageLedger& village, const RuleSet& rules, const Step& step,
                  const Screening& screening, Findings& findings)
      : village_(village), rules_(rules), step_(step), screening_(screening), findings_(findings) {}

  void check() {
    const bool changed = !step_.rules_sha256.empty() && step_.rules_sha256 != rules_.sha256;
    for (const std::string& id : step_.criteria) criterion(id, changed);
    // What the rules said then cannot be told from how they read now.
    if (changed) return add(Severity::note, "rules-changed-since", "rules_sha256", {});
    if (!step_.reason.empty()) return;
    const bool listed = step_.result == StepResult::listed;
    if (!listed && screening_.verdict == Verdict::listed)
      add(Severity::error, "hit-not-listed", "result", {{"hits", hits()}});
    if (listed && screening_.verdict == Verdict::not_listed)
      add(Severity::error, "listed-without-hit", "result", {});
    if (listed && screening_.verdict == Verdict::undecided)
      add(Severity::error, "listed-undecided", "result", {{"missing", missing()}});
  }

 private:
  void add(Severity severity, std::string_view code, std::string_view key, Facts facts) {
    facts.emplace_back("village", village_.info.name);
    facts.emplace_back("rules", rules_.info.id);
    findings_.push_back({severity, code, step_.at, key, std::move(facts)});
  }

  void criterion(const std::string& id, bool changed) {
    if (!is_known(rules_, id)) {
      if (!changed) add(Severity::error, "step-criterion-unknown", "criteria", {{"id", id}});
      return;
    }
    const bool met = std::ranges::any_of(screening_.judgements, [&](const Judgement& each) {
      return each.id() == id && each.truth == Truth::yes;
    });
    if (!met && !changed)
      add(Severity::warning, "step-criterion-not-met", "criteria", {{"id", id}});
  }

  std::string hits() const {
    std::string all;
    for (const Judgement& each : screening_.judgements)
      if (each.effect == model::Effect::list && each.truth == Truth::yes)
        all += (all.empty() ? "" : " ") + each.label();
    return all;
  }

  std::string missing() const {
    const std::size_t count = screening_.missing().size();
    return count == 0 ? "" : std::to_string(count);
  }

  const model::VillageLedger& village_;
  const RuleSet& rules_;
  const Step& step_;
  const Screening& screening_;
  Findings& findings_;
};

}  // namespace

std::map<const model::VillageLedger*, Findings> check_decisions(const model::CountyLedger& county,
                                                                const RuleSet& rules, Date today) {
  std::map<const model::VillageLedger*, Findings> all;
  // the villages are ranked once for each day on which something was decided
  std::map<std::pair<std::int64_t, Date>,
           std::vector<std::pair<const model::VillageLedger*, const Step*>>>
      days;
  for (const auto& township : county.townships)
    for (const auto& village : township.villages)
      for (const Step& step : village.steps) {
        const bool of_rules = step.rules.empty() || step.rules == rules.info.id;
        if (step.kind == model::StepKind::approval && step.result && step.round && of_rules &&
            village.complete && applies_to(rules, village.kind()))
          days[{*step.round, step.date.value_or(today)}].emplace_back(&village, &step);
      }
  for (const auto& [when, decisions] : days) {
    const CountyScreening screening{rules, county, when.first, when.second};
    for (const auto& [village, step] : decisions)
      DecisionChecker{*village, rules, *step, screening.screen(*village), all[village]}.check();
  }
  return all;
}

}  // namespace taizhang::rules
