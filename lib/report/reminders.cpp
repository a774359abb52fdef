#include "report/reminders.hpp"

#include <algorithm>

#include "report/gaps.hpp"
#include "report/submissions.hpp"
#include "workflow/duties.hpp"
#include "workflow/responsibility.hpp"

namespace taizhang::report {

Reminders::Reminders(const Occasion& occasion, int soon_days, bool for_feed)
    : occasion_(occasion), soon_days_(soon_days), origin_(for_feed) {
  support_ = {"support",
              {"gaps.support"},
              {{"township", "column.township"},
               {"village", "column.village"},
               {"missing", "column.missing_roles"}},
              {},
              true};
  submissions_ = {"submissions",
                  {"status.submissions"},
                  {{"county", "column.county"},
                   {"township", "column.township"},
                   {"period", "column.period"},
                   {"due", "column.deadline"},
                   {"state", "column.submission"}},
                  {},
                  true};
  findings_ = {"findings",
               {"status.findings"},
               {{"id", "column.id"},
                {"village", "column.village"},
                {"kind", "column.kind"},
                {"text", "column.finding"},
                {"handling", "column.handling"},
                {"due", "column.due"},
                {"days", "column.days_late", Align::right}},
               {},
               true};
  duties_ = {"duties",
             {"status.duties"},
             {{"township", "column.township"},
              {"village", "column.village"},
              {"kind", "column.step"},
              {"due", "column.due"},
              {"state", "column.state"}},
             {},
             true};
  for (Table* table : {&support_, &submissions_, &findings_, &duties_}) origin_.extend(*table);
}

void Reminders::add_duties(const CountyState& state, const VillageState& village) {
  const Date soon = add_days(occasion_.as_of, soon_days_);
  for (const auto& duty :
       workflow::duties(state.county->info, *village.ledger, state.units, occasion_.as_of)) {
    if (duty.done || duty.due > soon) continue;
    const bool late = duty.overdue(occasion_.as_of);
    Row row;
    row.cells = {village.township->folder, village.ledger->info.name,
                 Cell(Term{model::term(duty.kind)}), duty.due,
                 Cell(Label{late ? "duty.late" : "duty.open"}, late ? Light::red : Light::yellow)};
    row.path = village.ledger->path;
    origin_.put(duties_, std::move(row));
  }
}

void Reminders::add_village(const CountyState& state, const VillageState& village) {
  const model::VillageLedger& ledger = *village.ledger;
  origin_.move_to(state.county->info.name, ledger.info.code);
  if (workflow::needs_support(village.life)) {
    const Names missing = missing_roles(ledger, occasion_.as_of);
    Row row;
    row.cells = {village.township->folder, ledger.info.name, missing};
    row.path = ledger.path;
    row.line = line_of(state, row.path, village.life.decision->at);
    if (!missing.items.empty()) origin_.put(support_, std::move(row));
  }
  for (const auto& finding : state.county->findings)
    if (!finding.village.empty() && finding.village == ledger.info.code)
      add_finding(state, finding, &village);
  add_duties(state, village);
}

void Reminders::add_county(const CountyState& state) {
  origin_.move_to(state.county->info.name, state.county->info.code);
  if (state.townships.size() == state.county->townships.size())
    for (const auto& finding : state.county->findings)
      if (finding.village.empty()) add_finding(state, finding, nullptr);
  if (!occasion_.dates) return;
  const Period round{PeriodKind::year, *occasion_.dates->from, *occasion_.dates->to};
  const auto periods = reporting_periods(*state.county, round, add_days(occasion_.as_of, -1));
  if (periods.empty()) return;
  for (const auto* township : state.townships) {
    if (!owes_reports(state, *township, periods.back())) continue;
    const auto found = submitted(*state.county, *township, periods.back(), occasion_.as_of);
    const bool late = found.state == Handed::missing;
    if (!late && found.state != Handed::not_due) continue;
    Row row;
    Cell due;
    if (const auto days = state.county->info.deadline_days)
      due = add_days(periods.back().last, static_cast<int>(*days));
    row.cells = {state.county->info.name, township->folder, period_name(periods.back()),
                 std::move(due),
                 Cell(Label{late ? "submission.missing" : "submission.not_due"},
                      late ? Light::red : Light::yellow)};
    row.path = township->path;
    origin_.move_to(state.county->info.name, township->info.code);
    origin_.put(submissions_, std::move(row));
  }
}

/// Whether a village of the township was in rectification at some time of the period.
bool Reminders::owes_reports(const CountyState& state, const model::TownshipLedger& township,
                             const Period& period) const {
  return std::ranges::any_of(state.villages, [&](const VillageState& village) {
    const auto& life = village.life;
    return village.township == &township && life.listed() &&
           (!life.decision->date || *life.decision->date <= period.last) &&
           (!life.delisted || *life.delisted >= period.first);
  });
}

void Reminders::add_finding(const CountyState& state, const model::InspectionFinding& finding,
                            const VillageState* village) {
  const auto& county = *state.county;
  const bool later =
      std::ranges::any_of(county.inspections, [&](const model::Inspection& inspection) {
        return inspection.id == finding.inspection && inspection.date &&
               *inspection.date > occasion_.as_of;
      });
  const bool answered = std::ranges::any_of(county.replies, [&](const model::Reply& reply) {
    return reply.finding == finding.id && (!reply.date || *reply.date <= occasion_.as_of);
  });
  if (later || answered || !finding.due || *finding.due >= occasion_.as_of) return;
  Row row;
  row.cells = {
      finding.id,
      village ? Cell{village->ledger->info.name} : Cell{},
      Cell(finding.kind ? Content{Term{model::term(*finding.kind)}} : Content{Missing{}}),
      finding.text,
      Cell(finding.handling ? Content{Term{model::term(*finding.handling)}} : Content{Missing{}}),
      *finding.due,
      Cell{std::int64_t{days_between(*finding.due, occasion_.as_of)}, Light::red}};
  row.path = county.inspections_path;
  row.line = line_of(state, row.path, finding.at);
  origin_.put(findings_, std::move(row));
}

std::vector<Table> Reminders::take() && {
  std::vector<Table> tables;
  for (Table* table : {&support_, &submissions_, &findings_, &duties_})
    if (!table->rows.empty()) tables.push_back(std::move(*table));
  return tables;
}

}  // namespace taizhang::report
