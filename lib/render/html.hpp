#pragma once

#include <string>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

/// One file that needs no other and runs nothing: the style stands inside and is the only thing the
/// content policy allows. A share has a bar beside its figure; prints on A4 across, with the headings
/// on every page.
std::string render_html(const Catalogue& catalogue, const report::Report& report);

}  // namespace taizhang::render
