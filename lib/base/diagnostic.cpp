#include "base/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace taizhang {

void sort_by_place(Diagnostics& diagnostics) {
  std::ranges::stable_sort(diagnostics, [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.place.path, a.place.line, a.place.column, a.code) <
           std::tie(b.place.path, b.place.line, b.place.column, b.code);
  });
}

}  // namespace taizhang
