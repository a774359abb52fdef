#pragma once

#include <string>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

/// The table's drawing as an SVG element to stand in HTML, without script or style of its own; empty
/// when it has none, has nothing to draw, or has too much to be read.
std::string drawing_svg(const Catalogue& catalogue, const report::Table& table);

/// Text with the characters of markup made harmless.
std::string html_text(std::string_view text);

}  // namespace taizhang::render
