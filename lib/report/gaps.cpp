#include "report/gaps.hpp"

#include <algorithm>

#include "report/figures.hpp"
#include "workflow/responsibility.hpp"

namespace taizhang::report {

Names missing_roles(const model::VillageLedger& village, Date day) {
  Names names{{}, true};
  for (const model::SupportRole role : workflow::missing_ones(village, day))
    names.items.emplace_back(model::term(role));
  return names;
}

Gaps::Gaps(const Occasion& occasion, std::string_view place) : occasion_(occasion) {
  report_.schema = "taizhang.gaps/1";
  report_.title = {"gaps.title"};
  report_.subtitle = subtitle(occasion, place);
  support_ = {"support",
              {"gaps.support"},
              {{"township", "column.township"},
               {"village", "column.village"},
               {"missing", "column.missing_roles"}},
              {},
              true};
  grid_ = {"grid_unit",
           {"gaps.grid_unit"},
           {{"township", "column.township"},
            {"village", "column.settlement"},
            {"kind", "column.kind"},
            {"area", "column.area"}},
           {},
           true};
  outside_ = {"outside",
              {"gaps.outside"},
              {{"county", "column.county"}, {"township", "column.township"}},
              {},
              true};
}

void Gaps::add(const CountyState& state) {
  coverage_.add(state);
  const Date day = occasion_.as_of;
  const bool has_grid = workflow::has_grid(*state.county, day);
  for (const VillageState& village : state.villages) {
    const model::VillageLedger& ledger = *village.ledger;
    Row row;
    row.path = ledger.path;
    if (workflow::needs_support(village.life)) {
      ++listed_;
      const Names missing = missing_roles(ledger, day);
      complete_ += missing.items.empty();
      row.cells = {village.township->folder, ledger.info.name, missing};
      row.line = line_of(state, row.path, village.life.decision->at);
      if (!missing.items.empty()) support_.rows.push_back(row);
    }
    if (!has_grid) continue;
    ++gridded_;
    if (!workflow::holders(ledger, model::SupportRole::grid_unit, day).empty()) {
      ++with_unit_;
      continue;
    }
    const model::Grid* area = workflow::grid_of(*state.county, village.township->folder, day);
    row.cells = {village.township->folder, ledger.info.name, Term{model::term(ledger.kind())},
                 Cell{}};
    row.cells[3].content = area ? Content{area->area} : Content{Missing{}};
    row.line = line_of(state, row.path, ledger.info.at);
    grid_.rows.push_back(row);
  }
  if (has_grid) add_outside(state);
}

void Gaps::add_outside(const CountyState& state) {
  for (const auto* township : state.townships) {
    if (workflow::grid_of(*state.county, township->folder, occasion_.as_of)) continue;
    Row row;
    row.cells = {state.county->info.name, township->folder};
    row.path = state.county->path;
    outside_.rows.push_back(row);
  }
}

Report Gaps::finish() && {
  const auto light = [](std::int64_t have, std::int64_t want) {
    return have < want ? Light::red : Light::green;
  };
  Figures figures{"figures"};
  figures.add("gaps.listed", listed_);
  figures.add("gaps.complete", complete_, light(complete_, listed_));
  if (gridded_ > 0) {
    figures.add("gaps.gridded", gridded_);
    figures.add("gaps.with_unit", with_unit_, light(with_unit_, gridded_));
  }
  report_.tables.push_back(std::move(figures).take());
  for (Table* table : {&support_, &grid_, &outside_})
    if (!table->rows.empty()) report_.tables.push_back(std::move(*table));
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
