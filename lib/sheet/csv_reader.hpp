#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "sheet/sheet.hpp"

namespace taizhang::sheet {

/// Reads CSV (RFC 4180) with commas, tabs or semicolons, whichever the first line has most of. Rows
/// are counted as spreadsheets count them: a line break in quotes begins none. `path` is what messages
/// call the file. Diagnostics: csv-quotes, sheet-too-large.
tl::expected<Sheet, Diagnostic> read_csv(std::string_view path, std::string_view utf8);

}  // namespace taizhang::sheet
