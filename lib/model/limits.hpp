#pragma once

#include <cstdint>

namespace taizhang::model {

/// The largest whole number of a ledger, and the least with a minus. Nobody counts further, and sums of a
/// nation's numbers do not overflow.
inline constexpr std::int64_t most_counted = 1'000'000'000'000;

}  // namespace taizhang::model
