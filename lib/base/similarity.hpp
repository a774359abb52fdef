#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/date.hpp"

namespace taizhang {

/// A text by the pairs of letters that follow each other in it, ready to be compared.
struct LetterPairs {
  std::vector<std::uint64_t> pairs;  ///< sorted
  std::size_t letters = 0;  ///< Han characters and letters; digits, signs and spaces are none
};

LetterPairs letter_pairs(std::string_view utf8);

/// Twice the common pairs over the pairs of both: 1 when all are the same, 0 when none is.
double likeness(const LetterPairs& a, const LetterPairs& b);

/// Every whole date in a text, written 2023-05-31, 2023/5/31, 2023.5.31, 20230531 or 2023年5月31日.
std::vector<Date> dates_in(std::string_view text);

}  // namespace taizhang
