#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

// How wide each column of a table of plain text is to be.

inline constexpr std::size_t text_columns = 80;  ///< of every line
inline constexpr std::size_t column_gap = 2;     ///< spaces between columns

/// A cell as plain text; the word of its light stands apart because it may be coloured.
struct TextCell {
  std::string text;
  std::string light;

  /// Both, with a space between.
  std::string joined() const;
};

struct TextColumn {
  std::string heading;
  bool right = false;
  std::size_t content_width = 0;  ///< of the widest cell, with its light
  std::size_t least_width = 0;    ///< that the cells can be wrapped to and still be read
  std::size_t light_width = 0;    ///< of the widest word of a light; 0 without lights
};

/// A table in the words of one language.
struct TextTable {
  std::vector<TextColumn> columns;
  std::vector<std::vector<TextCell>> rows;  ///< each as long as `columns`
};

TextTable in_words(const Catalogue& catalogue, const report::Table& table);

/// The lines of a heading in a column of that width, about as long as each other.
std::vector<std::string> heading_lines(const TextColumn& column, std::size_t width);

/// A cell of running text in a column of that width; the light stands behind the last line.
std::vector<std::string> cell_lines(const TextCell& cell, std::size_t width);

/// The widths of all columns; nothing when 80 columns are too few for a readable table.
std::optional<std::vector<std::size_t>> fit_columns(const TextTable& table);

}  // namespace taizhang::render
