#include "workflow/units.hpp"

#include "base/text.hpp"

namespace taizhang::workflow {

Units::Units(std::span<const model::Unit> units) {
  for (const model::Unit& unit : units) {
    const Listed listed{canonical_name(unit.name), unit.level};
    by_name_.emplace(listed.name, listed);
    for (const std::string& alias : unit.aliases) by_name_.emplace(canonical_name(alias), listed);
  }
}

/// Most names are written as they are listed, and need no other form to be found.
const Units::Listed* Units::find(std::string_view written) const {
  auto found = by_name_.find(written);
  if (found == by_name_.end()) found = by_name_.find(canonical_name(written));
  return found == by_name_.end() ? nullptr : &found->second;
}

std::string Units::identity(std::string_view written) const {
  const Listed* const listed = find(written);
  return listed ? listed->name : canonical_name(written);
}

std::optional<model::Level> Units::level(std::string_view written) const {
  const Listed* const listed = find(written);
  return listed ? listed->level : std::nullopt;
}

bool Units::lists(std::string_view written) const { return find(written) != nullptr; }

}  // namespace taizhang::workflow
