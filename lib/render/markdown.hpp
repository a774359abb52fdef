#pragma once

#include <string>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

/// Markdown with pipe tables (GitHub's), one sheet of text. What comes from the ledgers is escaped, so
/// that none of it becomes markup.
std::string render_markdown(const Catalogue& catalogue, const report::Report& report);

}  // namespace taizhang::render
