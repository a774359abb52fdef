#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "render/catalogue.hpp"

namespace taizhang::render {

/// The tables of the README's file-format chapter: a section for each kind of file, a table for each
/// record. Markdown.
std::string format_chapter(const Catalogue& catalogue);

/// A page (Markdown, first a heading) that lists all records of all files.
std::string records_page(const Catalogue& catalogue);

/// A page with the keys of the records of that name; nothing when there is none.
std::optional<std::string> record_page(const Catalogue& catalogue, std::string_view name);

}  // namespace taizhang::render
