#pragma once

#include <cstddef>

#include "report/table.hpp"
#include "transfer/plan.hpp"

namespace taizhang::cmd {

/// How many rows came to what.
struct Tally {
  std::size_t added = 0, changed = 0, same = 0, refused = 0, aside = 0;
};
Tally count_fates(const transfer::Plan& plan);
Facts tally_facts(const Tally& tally);

/// What becomes of every row of a sheet.
report::Report import_report(const transfer::BoundSheet& bound, const transfer::KindInfo& kind,
                             const transfer::Plan& plan);

}  // namespace taizhang::cmd
