#include "report/aftercare.hpp"

#include "workflow/duties.hpp"

namespace taizhang::report {

namespace {

Table follow_table(const Occasion& occasion, const VillageState& village) {
  Table table;
  table.id = "follow";
  table.title = {"show.follow"};
  table.columns = {{"kind", "column.step"},
                   {"date", "column.date"},
                   {"by", "column.by"},
                   {"result", "column.result"},
                   {"text", "column.text"}};
  for (const auto& each : village.ledger->follows) {
    if (each.round != occasion.round || !each.kind || !workflow::exists_on(each, occasion.as_of))
      continue;
    Cell date;
    date.content = date_or_missing(each.date);
    Cell result;
    if (each.result) result.content = Term{term(*each.result)};
    table.rows.push_back(
        row_at(village, each.at,
               {Term{term(*each.kind)}, std::move(date), each.by, std::move(result), each.text}));
  }
  return table;
}

Table duty_table(const Occasion& occasion, const CountyState& state, const VillageState& village) {
  Table table;
  table.id = "duties";
  table.title = {"show.duties"};
  table.columns = {{"kind", "column.step"}, {"due", "column.due"}, {"state", "column.state"}};
  for (const auto& duty :
       workflow::duties(state.county->info, *village.ledger, state.units, occasion.as_of)) {
    if (duty.done || duty.round != occasion.round) continue;
    const bool late = duty.overdue(occasion.as_of);
    Row row;
    row.cells = {Term{term(duty.kind)}, duty.due,
                 Cell{Label{late ? "duty.late" : "duty.open"}, late ? Light::red : Light::none}};
    row.path = village.ledger->path;
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace

std::vector<Table> aftercare(const Occasion& occasion, const CountyState& state,
                             const VillageState& village) {
  std::vector<Table> tables;
  for (Table& table :
       std::vector{follow_table(occasion, village), duty_table(occasion, state, village)})
    if (!table.rows.empty()) tables.push_back(std::move(table));
  return tables;
}

}  // namespace taizhang::report
