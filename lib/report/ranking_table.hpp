#pragma once

#include <optional>
#include <string>

#include "report/state.hpp"
#include "rules/screen.hpp"

namespace taizhang::report {

/// Ranks of a standing in words: 3, or 3–7 while keys are unknown.
std::string rank_text(const rules::Standing& standing);

/// All ranked villages from the bottom, with their keys and whether they are hit.
Table ranking_table(const CountyState& state, const rules::CountyScreening& screening,
                    std::size_t ranking);

/// Of that table the village, those next to it and those next to the cut; nothing when the village was
/// not ranked.
std::optional<Table> neighbours(const CountyState& state, const rules::CountyScreening& screening,
                                std::size_t ranking, const model::VillageLedger& village);

}  // namespace taizhang::report
