#include "report/acceptance_check.hpp"

#include "rules/acceptance.hpp"
#include "store/rule_files.hpp"

namespace taizhang::report {

using model::Acceptance;
using model::AcceptanceKind;
using model::Findings;

namespace {

void without_sheet(const model::CountyLedger& county, const Acceptance& step, Findings& findings) {
  const bool scored = !step.scores.empty() || !step.votes.empty();
  if (step.kind != AcceptanceKind::acceptance && !scored) return;
  if (!scored && county.info.sheet.empty()) return;  // a county without a sheet writes the result
  findings.push_back({Severity::error,
                      "acceptance-sheet-missing",
                      step.at,
                      scored ? (step.scores.empty() ? "votes" : "scores") : "kind",
                      {{"kind", std::string{term(*step.kind)}}, {"sheet", county.info.sheet}}});
}

}  // namespace

Findings check_acceptances(const store::Tree& tree, const model::CountyLedger& county,
                           const model::VillageLedger& village) {
  Findings findings;
  for (const Acceptance& step : village.acceptances) {
    if (!step.kind) continue;
    if (step.sheet.empty()) {
      without_sheet(county, step, findings);
      continue;
    }
    const auto loaded = store::load_rules(tree, step.sheet);
    if (!loaded.source)  // a file that is there is judged by itself
      for (const Diagnostic& each : loaded.diagnostics)
        findings.push_back({each.severity, each.code, step.at, "sheet", each.facts});
    if (!loaded.rules) continue;
    if (!county.info.sheet.empty() && step.sheet != county.info.sheet)
      findings.push_back({Severity::note,
                          "acceptance-other-sheet",
                          step.at,
                          "sheet",
                          {{"sheet", step.sheet}, {"county", county.info.sheet}}});
    for (auto& finding : rules::check_acceptance(*loaded.rules, step))
      findings.push_back(std::move(finding));
  }
  return findings;
}

Findings check_sheet_setting(const store::Tree& tree, const model::CountyLedger& county) {
  if (county.info.sheet.empty()) return {};
  const auto loaded = store::load_rules(tree, county.info.sheet);
  Findings findings;
  if (!loaded.source)
    for (const Diagnostic& each : loaded.diagnostics)
      findings.push_back({each.severity, each.code, county.info.at, "sheet", each.facts});
  else if (loaded.rules && !rules::sheet_score(*loaded.rules))
    findings.push_back({Severity::error,
                        "acceptance-sheet-unfit",
                        county.info.at,
                        "sheet",
                        {{"sheet", county.info.sheet}}});
  return findings;
}

}  // namespace taizhang::report
