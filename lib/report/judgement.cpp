#include "report/judgement.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/in_order.hpp"
#include "report/acceptance_check.hpp"
#include "rules/check.hpp"
#include "rules/check_scoring.hpp"
#include "store/evidence.hpp"
#include "store/load.hpp"
#include "store/read_record.hpp"
#include "store/rule_files.hpp"
#include "store/unfit_text.hpp"
#include "workflow/consistency.hpp"
#include "workflow/responsibility.hpp"
#include "workflow/village_life.hpp"

namespace taizhang::report {

namespace {

/// What a finding says, wherever in its file it stands: the same before and after a change.
using Substance = std::tuple<std::string, std::string_view, Severity, std::string, Facts>;

Substance substance(const Diagnostic& finding) {
  Facts facts;
  for (const auto& fact : finding.facts)
    if (fact.first != "other_line") facts.push_back(fact);
  return {finding.place.path, finding.code, finding.severity, finding.place.excerpt,
          std::move(facts)};
}

void append(Diagnostics& all, Diagnostics more) {
  for (Diagnostic& each : more) all.push_back(std::move(each));
}

model::FileKind kind_of(const model::CountyLedger& county, const std::string& path) {
  if (path == county.path) return model::FileKind::county;
  if (path == county.inspections_path) return model::FileKind::inspections;
  const bool is_township =
      std::ranges::find(county.townships, path, &model::TownshipLedger::path) !=
      county.townships.end();
  return is_township ? model::FileKind::township : model::FileKind::village;
}

/// What is wrong with a text though it can be read. Most show at a glance that nothing is unfit; only
/// the others are parsed again.
Diagnostics judge_text(const document::Source& source, model::FileKind kind, bool strict) {
  if (!strict && !store::may_be_unfit(source.text())) return {};
  const auto document = document::parse(source.path(), source.text());
  if (!document) return {};
  Diagnostics found = store::unfit_text(*document, kind);
  if (strict && !document::is_confirmed(*document))
    found.push_back(store::at(source, {}, Severity::error, "readers-disagree"));
  return found;
}

Diagnostics judge_settings(const store::Workspace& workspace, bool strict) {
  const std::string& path = workspace.ledger.path;
  auto text = workspace.tree->read(path);
  if (!text) return {};
  return judge_text({path, std::move(*text)}, model::FileKind::workspace, strict);
}

class CountyJudge {
 public:
  CountyJudge(const store::Workspace& workspace, const store::CountyFolder& folder, Date today,
              bool strict)
      : workspace_(workspace),
        today_(today),
        strict_(strict),
        evidence_(*workspace.tree),
        loaded_(store::load_county(workspace, folder)) {
    for (const auto& round : workspace.ledger.rounds)
      if (round.year) rounds_.push_back(*round.year);
  }

  Judgement judge() {
    const auto& county = loaded_.ledger;
    result_.unreadable = loaded_.unreadable;
    result_.ledgers = county.village_files;
    append(result_.diagnostics, std::move(loaded_.diagnostics));
    for (const auto& [path, source] : loaded_.sources)
      append(result_.diagnostics, judge_text(source, kind_of(county, path), strict_));
    // Units, rules and chain are not known then, and whatever missed them would be no news.
    if (!county.readable) return std::move(result_);
    for (const auto& found : workflow::check_county(county, rounds_, today_))
      result_.diagnostics.push_back(store::locate(loaded_, found.path, found.finding));
    const auto rules = rules_of(county);
    take(county.path, check_sheet_setting(*workspace_.tree, county));
    const workflow::Units units{county.units};
    for (const auto& township : county.townships)
      for (const auto& village : township.villages) {
        if (rules) take(village.path, rules::check_answers(village, *rules, true));
        if (rules) take(village.path, rules::check_problem_types(village, *rules));
        take(village.path, workflow::check_units(village, units));
        replay(units, village);
        take(village.path, check_acceptances(*workspace_.tree, county, village));
      }
    for (const auto& found : workflow::check_support(county, supported_, today_))
      result_.diagnostics.push_back(store::locate(loaded_, found.path, found.finding));
    if (rules)
      for (const auto& [village, findings] : rules::check_decisions(county, *rules, today_))
        take(village->path, findings);
    return std::move(result_);
  }

 private:
  void take(const std::string& path, const model::Findings& findings) {
    for (const auto& finding : findings)
      result_.diagnostics.push_back(store::locate(loaded_, path, finding));
  }

  std::optional<model::RuleSet> rules_of(const model::CountyLedger& county) {
    if (county.info.rules.empty()) return std::nullopt;
    auto rules = store::load_rules(*workspace_.tree, county.info.rules);
    if (!rules.source)  // local files are judged by themselves; here only an unknown id is news
      for (Diagnostic& diagnostic : rules.diagnostics) {
        diagnostic.place.path = county.path;
        result_.diagnostics.push_back(std::move(diagnostic));
      }
    return std::move(rules.rules);
  }

  void replay(const workflow::Units& units, const model::VillageLedger& village) {
    bool needs_support = false;  // in the latest round that lists the village
    for (const std::int64_t round : rounds_) {
      model::Findings findings;
      const auto life = workflow::replay_village(village, units, round, today_, &findings);
      take(village.path, findings);
      if (life.listed()) needs_support = workflow::needs_support(life);
      std::vector<const model::Entry*> applications;
      for (const auto& task : life.tasks)
        if (task.application) applications.push_back(task.application);
      take(village.path, evidence_.check(village, applications));
    }
    if (needs_support) supported_.push_back(&village);
  }

  const store::Workspace& workspace_;
  Date today_;
  bool strict_;
  store::EvidenceJudge evidence_;
  store::LoadedCounty loaded_;
  std::vector<std::int64_t> rounds_;
  std::vector<const model::VillageLedger*> supported_;  ///< who need their 四个一
  Judgement result_;
};

void append(Judgement& all, Judgement more) {
  append(all.diagnostics, std::move(more.diagnostics));
  all.ledgers += more.ledgers;
  all.unreadable += more.unreadable;
}

}  // namespace

Judgement judge_county(const store::Workspace& workspace, const store::CountyFolder& folder,
                       Date today, bool strict) {
  return CountyJudge{workspace, folder, today, strict}.judge();
}

Judgement judge_rules(const store::Workspace& workspace, bool strict) {
  Judgement result;
  for (auto& loaded : store::load_local_rules(*workspace.tree)) {
    if (loaded.source)
      append(result.diagnostics, judge_text(*loaded.source, model::FileKind::rules, strict));
    if (!loaded.rules || !loaded.source) {
      ++result.unreadable;
    } else {
      for (const auto& finding : rules::check_rules(*loaded.rules))
        loaded.diagnostics.push_back(store::locate(*loaded.source, finding));
      for (const auto& finding : rules::check_scoring(*loaded.rules))
        loaded.diagnostics.push_back(store::locate(*loaded.source, finding));
    }
    append(result.diagnostics, std::move(loaded.diagnostics));
  }
  return result;
}

Judgement judge(const store::Workspace& workspace, const std::vector<store::CountyFolder>& counties,
                Date today, Manner manner) {
  Judgement all = judge_rules(workspace, manner.strict);
  in_order(
      counties.size(), manner.jobs,
      [&](std::size_t index) {
        return judge_county(workspace, counties[index], today, manner.strict);
      },
      [&](Judgement& one) { append(all, std::move(one)); });
  append(all.diagnostics, workspace.diagnostics);
  append(all.diagnostics, judge_settings(workspace, manner.strict));
  sort_by_place(all.diagnostics);
  return all;
}

Diagnostics news(const Diagnostics& before, const Diagnostics& after) {
  std::multiset<Substance> known;
  for (const Diagnostic& each : before) known.insert(substance(each));
  Diagnostics fresh;
  for (const Diagnostic& each : after) {
    const auto found = known.find(substance(each));
    if (found != known.end()) known.erase(found);
    else fresh.push_back(each);
  }
  return fresh;
}

}  // namespace taizhang::report
