#include "workflow/units.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace taizhang::workflow {

std::string FoundUnit::identity() const {
  return listed_ ? listed_->name : canonical_name(written_);
}

bool operator==(const FoundUnit& one, const FoundUnit& other) {
  if (one.listed_ == other.listed_ && (one.listed_ || one.written_ == other.written_)) return true;
  if (one.listed_ && other.listed_) return one.listed_->name == other.listed_->name;
  return one.identity() == other.identity();
}

Units::Units(std::span<const model::Unit> units) {
  for (const model::Unit& unit : units) {
    const ListedUnit listed{canonical_name(unit.name), unit.level};
    by_name_.emplace(listed.name, listed);
    for (const std::string& alias : unit.aliases) by_name_.emplace(canonical_name(alias), listed);
  }
}

/// Most names are written as they are listed, and need no other form to be found.
FoundUnit Units::find(std::string_view written) const {
  auto found = by_name_.find(written);
  if (found == by_name_.end())
    if (const std::string name = canonical_name(written); name != written)
      found = by_name_.find(name);
  return {written, found == by_name_.end() ? nullptr : &found->second};
}

std::string Units::nearest_to(std::string_view written) const {
  std::vector<std::string_view> names;
  // Names of villages' and townships' units often differ by one character.
  for (const auto& [name, listed] : by_name_)
    if (listed.level.value_or(model::Level::county) == model::Level::county) names.push_back(name);
  std::ranges::sort(names);  // of equally near ones the first is given
  return std::string{nearest(canonical_name(written), names).value_or("")};
}

model::Findings check_units(const model::VillageLedger& village, const Units& units) {
  model::Findings findings;
  const auto look = [&](std::string_view unit, Span at, std::string_view key) {
    if (unit.empty() || units.lists(unit)) return;
    if (std::string near = units.nearest_to(unit); !near.empty())
      findings.push_back({Severity::warning,
                          "unit-misspelt",
                          at,
                          key,
                          {{"unit", std::string{unit}}, {"nearest", std::move(near)}}});
  };
  for (const model::Task& task : village.tasks) look(task.unit, task.at, "unit");
  for (const model::Support& support : village.supports) look(support.unit, support.at, "unit");
  for (const model::Entry& entry : village.entries) look(entry.new_unit, entry.at, "new_unit");
  return findings;
}

}  // namespace taizhang::workflow
