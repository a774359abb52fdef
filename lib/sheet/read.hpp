#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "base/encoding.hpp"
#include "sheet/sheet.hpp"

namespace taizhang::sheet {

/// The sheets of a workbook (.xlsx), or the one of a CSV text; which it is, its first bytes tell.
/// `path` is what messages call the file. Diagnostics: sheet-not-text (utf8, gb18030: byte offsets from
/// 0), sheet-encoding-unclear, sheet-old-format, those of read_csv and read_xlsx.
tl::expected<std::vector<Sheet>, Diagnostic> read_sheets(
    std::string_view path, std::string_view bytes, std::optional<Encoding> encoding = std::nullopt);

}  // namespace taizhang::sheet
