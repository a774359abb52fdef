#pragma once

#include <string>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

/// RFC 4180, UTF-8 without a mark, CRLF. A column with lights is followed by one with their words.
/// Several tables stand below each other with an empty row between, each under a row with its title
/// if it has one. All rows are equally long. Title, place, day, 示例数据 and notes of the report are left
/// out: scripts and spreadsheets take the first row for the headings, so what is not data would become
/// data. Who passes a table on takes the text.
std::string render_csv(const Catalogue& catalogue, const report::Report& report);

}  // namespace taizhang::render
