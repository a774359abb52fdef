#include "workflow/units.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace taizhang::workflow;

namespace {

std::vector<model::Unit> listed() {
  std::vector<model::Unit> units(2);
  units[0].name = "县委组织部";
  units[0].level = model::Level::county;
  units[0].aliases = {"组织部"};
  units[1].name = "示例甲村党支部";
  units[1].level = model::Level::village;
  return units;
}

std::string codes(const model::VillageLedger& village) {
  std::string all;
  for (const auto& each : check_units(village, Units{listed()}))
    all += std::string{each.code} + " " + std::string{each.key} + " " + each.facts.back().second;
  return all;
}

}  // namespace

TEST_CASE("a unit that is nearly one of the county's is likely a slip") {
  model::VillageLedger village;
  village.tasks.emplace_back().unit = "县委祖织部";
  CHECK(codes(village) == "unit-misspelt unit 县委组织部");
  village.tasks[0].unit = "县委组织部";
  CHECK(codes(village).empty());
  village.tasks[0].unit.clear();
  village.supports.emplace_back().unit = "县委组部";
  CHECK(codes(village) == "unit-misspelt unit 县委组织部");
  village.supports[0].unit = "组织部";
  village.entries.emplace_back().new_unit = "县委组织部门";
  CHECK(codes(village) == "unit-misspelt new_unit 县委组织部");
}

TEST_CASE("another unit, or that of another village, is no slip") {
  model::VillageLedger village;
  village.tasks.emplace_back().unit = "县水利局";
  village.supports.emplace_back().unit = "示例乙村党支部";
  CHECK(codes(village).empty());
}
