#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/terms.hpp"

namespace taizhang::cmd {

// A page is Markdown: Chinese first, then a line `<!-- en -->`, then English. Each half begins with
// `# taizhang NAME: one-line summary`.

inline constexpr std::size_t page_columns = 80;

/// The half in that language; the Chinese one when there is no other.
std::string_view page_half(std::string_view page, model::Language language);

/// The one-line summary in the first heading of a half; empty without one.
std::string_view page_summary(std::string_view half);

/// What a half says of an option in its list of them, up to the end of the line; empty when nothing.
std::string_view page_meaning(std::string_view half, std::string_view option);

/// A half as plain text of at most 80 columns; only code lines keep their own length.
std::string page_text(std::string_view half);

}  // namespace taizhang::cmd
