#include "report/grid.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "workflow/responsibility.hpp"

namespace taizhang::report {

namespace {

Content names_or_missing(const std::vector<std::string>& names) {
  if (names.empty()) return Missing{};
  return Names{names};
}

/// Whether one of the names is that of a township that the report is about.
bool covers(const CountyState& state, const std::vector<std::string>& names) {
  return std::ranges::any_of(state.townships, [&](const auto* township) {
    return std::ranges::any_of(names, [&](const std::string& name) {
      return canonical_name(name) == canonical_name(township->folder);
    });
  });
}

}  // namespace

GridReport::GridReport(const Occasion& occasion, std::string_view place) : occasion_(occasion) {
  report_.schema = "taizhang.grid/1";
  report_.title = {"grid.title"};
  report_.subtitle = subtitle(occasion, place);
  contacts_ = {"contacts",
               {"grid.contacts"},
               {{"county", "column.county"},
                {"leader", "column.leader"},
                {"post", "column.post"},
                {"townships", "column.townships"}},
               {},
               true};
  groups_ = {"groups",
             {"grid.groups"},
             {{"county", "column.county"},
              {"area", "column.area"},
              {"townships", "column.townships"},
              {"head", "column.head"},
              {"deputies", "column.deputies"}},
             {},
             true};
  units_ = {"units",
            {"grid.units"},
            {{"township", "column.township"},
             {"village", "column.settlement"},
             {"kind", "column.kind"},
             {"area", "column.area"},
             {"unit", "column.grid_unit"}},
            {},
            true};
}

void GridReport::add(const CountyState& state) {
  coverage_.add(state);
  add_contacts(state);
  add_groups(state);
  if (!workflow::has_grid(*state.county, occasion_.as_of)) return;
  for (const VillageState& village : state.villages) {
    const model::VillageLedger& ledger = *village.ledger;
    const auto* area = workflow::grid_of(*state.county, village.township->folder, occasion_.as_of);
    const auto held = workflow::holders(ledger, model::SupportRole::grid_unit, occasion_.as_of);
    std::vector<std::string> units;
    for (const auto* each : held)
      units.push_back(each->unit.empty() ? workflow::who(*each) : each->unit);
    Row row;
    row.cells = {village.township->folder, ledger.info.name, Term{model::term(ledger.kind())},
                 Cell(area ? Content{area->area} : Content{Missing{}}),
                 Cell(names_or_missing(units))};
    row.path = ledger.path;
    row.line = line_of(state, row.path, held.empty() ? ledger.info.at : held.front()->at);
    units_.rows.push_back(row);
  }
}

void GridReport::add_contacts(const CountyState& state) {
  for (const model::Contact& contact : state.county->contacts) {
    if (contact.round && contact.round != occasion_.round) continue;
    if (!covers(state, contact.townships)) continue;
    Row row;
    row.cells = {state.county->info.name, contact.leader, contact.post, Names{contact.townships}};
    row.path = state.county->path;
    row.line = line_of(state, row.path, contact.at);
    contacts_.rows.push_back(row);
  }
}

void GridReport::add_groups(const CountyState& state) {
  for (const model::Grid& grid : state.county->grids) {
    if (!workflow::in_force(grid, occasion_.as_of) || !covers(state, grid.townships)) continue;
    Row row;
    row.cells = {state.county->info.name, grid.area, Names{grid.townships}, grid.head,
                 Cell(names_or_missing(grid.deputies))};
    row.path = state.county->path;
    row.line = line_of(state, row.path, grid.at);
    groups_.rows.push_back(row);
  }
}

Report GridReport::finish() && {
  for (Table* table : {&contacts_, &groups_, &units_})
    if (!table->rows.empty()) report_.tables.push_back(std::move(*table));
  if (report_.tables.empty()) report_.notes.push_back({"grid.none"});
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
