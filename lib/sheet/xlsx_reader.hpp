#pragma once

#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "sheet/sheet.hpp"

namespace taizhang::sheet {

/// Reads the sheets of a workbook: what cells say, not their formulas; dates by their number formats.
/// Takes memory for what is there, never for what a file claims; document types and entities are
/// refused. Diagnostics: xlsx-broken (part), xlsx-no-workbook, xlsx-doctype, sheet-too-large. Failure:
/// library-missing.
tl::expected<std::vector<Sheet>, Diagnostic> read_xlsx(std::string_view path,
                                                       std::string_view bytes);

}  // namespace taizhang::sheet
