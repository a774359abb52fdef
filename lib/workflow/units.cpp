#include "workflow/units.hpp"

#include "base/text.hpp"

namespace taizhang::workflow {

Units::Units(std::span<const model::Unit> units) {
  for (const model::Unit& unit : units) {
    by_name_.emplace(canonical_name(unit.name), &unit);
    for (const std::string& alias : unit.aliases) by_name_.emplace(canonical_name(alias), &unit);
  }
}

std::string Units::identity(std::string_view written) const {
  std::string name = canonical_name(written);
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? name : canonical_name(found->second->name);
}

std::optional<model::Level> Units::level(std::string_view written) const {
  const auto found = by_name_.find(canonical_name(written));
  return found == by_name_.end() ? std::nullopt : found->second->level;
}

bool Units::lists(std::string_view written) const {
  return by_name_.contains(canonical_name(written));
}

}  // namespace taizhang::workflow
