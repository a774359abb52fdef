#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "field_options.hpp"

namespace taizhang::cmd {

/// The first id with that letter that is in no record, nor lower than one that is: ids are not used
/// again.
template <class Records>
std::string next_id(std::string_view prefix, const Records& records) {
  std::int64_t highest = 0;
  for (const auto& record : records)
    if (record.id.starts_with(prefix))
      highest = std::max(highest, whole_number(record.id.substr(prefix.size())).value_or(0));
  return std::string{prefix} + std::to_string(highest + 1);
}

}  // namespace taizhang::cmd
