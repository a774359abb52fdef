#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/table.hpp"

namespace taizhang::report {

// What a report says, in lines of plain text that are the same in every language and format: cells
// apart by tabs, no places in ledgers, no headings. So two makings of a report can be compared.
//   [state halfmonth.state]   county   township   listed#
//   state                     眉县     汤峪镇     1
// The first is a table with its title and columns, those of figures with '#'; the second a row of it.

/// One line for each table and each row.
std::vector<std::string> figure_lines(const Report& report);

/// The cells of such a line, still as they were written.
std::vector<std::string> figure_cells(std::string_view line);

/// What the cell stands for. A label points into `cell`; numbers and dates come as texts.
Content figure_content(std::string_view cell);

}  // namespace taizhang::report
