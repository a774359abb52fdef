#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/typed.hpp"
#include "model/terms.hpp"

namespace taizhang::model {

/// The letter with which the ids of such tasks begin.
constexpr std::string_view id_prefix(TaskKind kind) {
  constexpr std::array<std::string_view, 5> prefixes{"T", "S", "D", "G", "Z"};
  return prefixes[static_cast<std::size_t>(kind)];
}

/// The first id with that letter that is in no record, nor lower than one that is: ids are not used
/// again.
template <class Records>
std::string next_id(std::string_view prefix, const Records& records) {
  std::int64_t highest = 0;
  for (const auto& record : records)
    if (record.id.starts_with(prefix))
      highest = std::max(highest, whole_number(record.id.view().substr(prefix.size())).value_or(0));
  return std::string{prefix} + std::to_string(highest + 1);
}

}  // namespace taizhang::model
