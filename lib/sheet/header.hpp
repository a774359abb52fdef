#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sheet/sheet.hpp"

namespace taizhang::sheet {

/// What stands above a column.
struct Heading {
  std::uint32_t column = 0;
  std::string text;   ///< the lowest of its cells
  std::string whole;  ///< all of them, from the group's down: 党员 and 总数 give 党员总数
};

struct Header {
  std::uint32_t first_row = 0;
  std::uint32_t last_row = 0;
  std::vector<Heading> headings;
  std::size_t known = 0;  ///< how many of the headings are
};

/// The header among the first rows: one to three rows of which `known` knows most headings, at least
/// `least`; the fewest rows and the first of equals. Titles above it and merged cells do not matter.
std::optional<Header> find_header(const Sheet& sheet,
                                  const std::function<bool(const Heading&)>& known,
                                  std::size_t least);

}  // namespace taizhang::sheet
