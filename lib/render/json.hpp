#pragma once

#include <string>

#include "report/table.hpp"

namespace taizhang::render {

/// One document for machines, the same in every language: labels by their ids, terms in Chinese,
/// shares as part and whole, null for what is missing (with its key in the row's "missing").
std::string render_json(const report::Report& report);

/// A line for each row of the tables, an object of what it holds; empty cells are left out.
std::string render_json_lines(const report::Report& report);

}  // namespace taizhang::render
