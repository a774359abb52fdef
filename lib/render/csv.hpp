#pragma once

#include <string>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

/// RFC 4180, UTF-8 without a mark, CRLF. A column with lights is followed by one with their words.
/// Several tables stand below each other: a row with the title, then the table, then an empty row.
std::string render_csv(const Catalogue& catalogue, const report::Report& report);

}  // namespace taizhang::render
