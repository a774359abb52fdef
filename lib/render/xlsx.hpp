#pragma once

#include <string>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

/// A workbook with a sheet for each table, ready to print: A4 across, one page wide, headings frozen
/// and repeated, codes and all other texts as text, dates as dates, no formulas. The same report gives
/// the same bytes. Failures: library-missing, xlsx-failed.
std::string render_xlsx(const Catalogue& catalogue, const report::Report& report);

}  // namespace taizhang::render
