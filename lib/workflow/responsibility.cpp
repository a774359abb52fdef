#include "workflow/responsibility.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace taizhang::workflow {

using model::Support;
using model::SupportRole;
using model::VillageLedger;

std::vector<const Support*> holders(const VillageLedger& village, SupportRole role, Date day) {
  std::vector<const Support*> found;
  for (const Support& each : village.supports)
    if (each.role == role && in_force(each, day)) found.push_back(&each);
  return found;
}

const Text& who(const Support& support) {
  if (!support.name.empty()) return support.name;
  return support.post.empty() ? support.unit : support.post;
}

std::vector<SupportRole> missing_ones(const VillageLedger& village, Date day) {
  std::vector<SupportRole> missing;
  for (const SupportRole role : four_ones)
    if (holders(village, role, day).empty()) missing.push_back(role);
  return missing;
}

const model::Grid* grid_of(const model::CountyLedger& county, std::string_view township, Date day) {
  for (const model::Grid& grid : county.grids)
    if (in_force(grid, day) && std::ranges::any_of(grid.townships, [&](const std::string& name) {
          return canonical_name(name) == canonical_name(township);
        }))
      return &grid;
  return nullptr;
}

bool has_grid(const model::CountyLedger& county, Date day) {
  return std::ranges::any_of(county.grids,
                             [&](const model::Grid& grid) { return in_force(grid, day); });
}

bool needs_support(const VillageLife& life) { return life.listed() && !life.delisted; }

std::vector<FileFinding> check_support(const model::CountyLedger& county,
                                       const std::vector<const VillageLedger*>& villages,
                                       Date day) {
  const auto none = [&](const VillageLedger* village) {
    return missing_ones(*village, day).size() == four_ones.size();
  };
  if (villages.size() > 1 && std::ranges::all_of(villages, none))
    return {{county.path,
             {Severity::warning,
              "support-unrecorded",
              county.info.at,
              "",
              {{"county", county.info.name}, {"count", fmt::format("{}", villages.size())}}}}};
  std::vector<FileFinding> found;
  for (const VillageLedger* village : villages) {
    std::string roles;
    for (const SupportRole role : missing_ones(*village, day))
      roles += (roles.empty() ? "" : " ") + std::string{model::term(role)};
    if (!roles.empty())
      found.push_back({village->path,
                       {Severity::warning,
                        "support-incomplete",
                        village->info.at,
                        "",
                        {{"village", village->info.name}, {"roles", roles}}}});
  }
  return found;
}

}  // namespace taizhang::workflow
