#pragma once

#include <string>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

struct TextOptions {
  bool colour = false;  ///< the words of lights in their colour, for a terminal
  bool places = false;  ///< `path:line` under each row that has one
};

/// For terminals and pipes: never wider than 80 columns, and no furniture but `-`. Long texts wrap
/// inside their column; a table that would still be too wide becomes one block for each row.
std::string render_text(const Catalogue& catalogue, const report::Report& report,
                        const TextOptions& options = {});

}  // namespace taizhang::render
