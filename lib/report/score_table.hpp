#pragma once

#include "report/table.hpp"
#include "rules/score.hpp"

namespace taizhang::report {

/// The points of every item, the sum and the band; from least to most while something is unknown.
Table score_table(const rules::ScoreResult& score);

}  // namespace taizhang::report
