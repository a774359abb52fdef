#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/row.hpp"
#include "report/rows.hpp"

namespace taizhang::report {

// What a report says, before any format or language: renderers turn it into bytes and compute
// nothing.

enum class Align : std::uint8_t { left, right };

struct Column {
  std::string key;           ///< ASCII, for JSON; never translated
  std::string_view heading;  ///< message id of the office heading, e.g. "column.village"
  Align align = Align::left;
  std::string own_heading = {};  ///< the user's own words instead, e.g. a county's name
  bool whole = false;            ///< its cells are copied, and never broken
};

/// How formats that can draw picture a table besides printing it.
struct Drawing {
  enum class Kind : std::uint8_t { none, bars, line };
  Kind kind = Kind::none;
  std::size_t names = 0;   ///< column of the names
  std::size_t values = 0;  ///< column of counts or shares
  bool totals = false;     ///< of sum lines only, else of all others
};

struct Table {
  std::string_view id;  ///< ASCII, for JSON
  Label title;          ///< id empty: no title line
  std::vector<Column> columns;
  Rows rows;
  bool headings = true;  ///< false for lists of figures: no heading line in text
  Drawing drawing = {};
};

/// One document: heading, lines under it, tables, notes at the end.
struct Report {
  std::string_view schema;  ///< e.g. "taizhang.halfmonth/1"
  Label title;
  std::vector<Label> subtitle;  ///< place, period, as-of, 示例数据 …
  std::vector<Table> tables;
  std::vector<Label> notes;
};

}  // namespace taizhang::report
