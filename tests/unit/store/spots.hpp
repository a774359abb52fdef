#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"

namespace taizhang::store {

using Spots = std::vector<std::string>;

/// Each diagnostic as `path:line:column code`, as `path code` when it is about the whole file.
inline Spots spots(const Diagnostics& diagnostics) {
  Spots all;
  for (const Diagnostic& each : diagnostics) {
    std::string spot = each.place.path;
    if (each.place.line > 0)
      spot += ':' + std::to_string(each.place.line) + ':' + std::to_string(each.place.column);
    all.push_back(spot + ' ' + std::string(each.code));
  }
  return all;
}

/// A fact of the first diagnostic of that code; "(none)" when there is none.
inline std::string fact(const Diagnostics& diagnostics, std::string_view code,
                        std::string_view name) {
  const auto found = std::ranges::find(diagnostics, code, &Diagnostic::code);
  if (found != diagnostics.end())
    for (const auto& [key, value] : found->facts)
      if (key == name) return value;
  return "(none)";
}

}  // namespace taizhang::store
