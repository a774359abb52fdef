#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sheet/sheet.hpp"

namespace taizhang::sheet {

/// Whether a number format shows a day: by its id where spreadsheets agree on one, else by its code.
bool shows_date(std::uint32_t id, std::string_view code);

/// A number as written in a workbook: the shortest exact spelling, without exponent for whole numbers
/// that are exact. Nothing reasonable stays as it is.
std::string number_text(std::string_view raw);

/// The cell of a day counted from 1900 (or from 1904), with `raw` as written.
Cell date_cell(std::uint32_t column, std::string_view raw, bool since_1904);

}  // namespace taizhang::sheet
