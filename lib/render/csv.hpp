#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

/// For whom: programs take what RFC 4180 says, Excel and WPS need a mark at the beginning, and would
/// compute a text that begins like a formula, so such a one gets a ' in front.
enum class CsvFor : std::uint8_t { programs, excel };

/// RFC 4180, UTF-8, CRLF. A column with lights is followed by one with their words.
/// Several tables stand below each other with an empty row between, each under a row with its title
/// if it has one. All rows are equally long. Title, place, day, 示例数据 and notes of the report are left
/// out: scripts and spreadsheets take the first row for the headings, so what is not data would become
/// data. Who passes a table on takes the text.
std::string render_csv(const Catalogue& catalogue, const report::Report& report,
                       CsvFor reader = CsvFor::programs);

/// Takes the parts of a document one after the other.
using Sink = std::function<void(std::string_view)>;

/// The same, some lines at a time: it may be longer than memory should hold. What is long is written by
/// so many workers, with the same bytes.
void write_csv(const Catalogue& catalogue, const report::Report& report, CsvFor reader,
               std::size_t jobs, const Sink& sink);

}  // namespace taizhang::render
