#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"
#include "workflow/consistency.hpp"
#include "workflow/village_life.hpp"

namespace taizhang::workflow {

/// 四个一, as they are always listed.
inline constexpr std::array<model::SupportRole, 4> four_ones{
    model::SupportRole::county_leader, model::SupportRole::township_leader,
    model::SupportRole::first_secretary, model::SupportRole::partner_unit};

/// Whether a dated role is held on the day: from its first day up to, not on, the day of `to`.
template <class Record>
bool in_force(const Record& record, Date day) {
  return (!record.from || *record.from <= day) && (!record.to || *record.to > day);
}

/// Who holds the role on the day, in the order of the file.
std::vector<const model::Support*> holders(const model::VillageLedger& village,
                                           model::SupportRole role, Date day);

/// By name, else by post, else by unit.
const Text& who(const model::Support& support);

/// Those of the 四个一 that nobody holds on the day.
std::vector<model::SupportRole> missing_ones(const model::VillageLedger& village, Date day);

/// The part of the 四化包联 grid that the township is in on the day; nullptr when there is none.
const model::Grid* grid_of(const model::CountyLedger& county, std::string_view township, Date day);

/// Whether the county has a 四化包联 grid on the day: then every village and community has a
/// district unit (包抓部门).
bool has_grid(const model::CountyLedger& county, Date day);

/// Whether the village still needs its 四个一: listed and not delisted.
bool needs_support(const VillageLife& life);

/// What is missing of the 四个一 of these villages, all of one county, on the day. When the county
/// records none for any of several villages, it is told once.
/// Findings: support-incomplete, support-unrecorded (warnings).
std::vector<FileFinding> check_support(const model::CountyLedger& county,
                                       const std::vector<const model::VillageLedger*>& villages,
                                       Date day);

}  // namespace taizhang::workflow
