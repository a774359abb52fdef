#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/value.hpp"

namespace taizhang::document {

/// A key in its parts: `answers.team_weak` is {"answers", "team_weak"}.
using Key = std::vector<std::string>;

/// Whether TOML can hold the value: texts are strict UTF-8, dates are days of the years 0 to 9999,
/// times are written as TOML wants them, brackets are not nested too deep.
bool is_writable(const Value& value);

/// The value as a person would write it after `key = `: texts in "…" with \n for a new line and \u
/// for what no eye can see; an array of tables one item a line (`indent` is that of the key's line),
/// all else on one line. Expects a writable value.
std::string write_value(const Value& value, std::string_view line_ending = "\n",
                        std::string_view indent = {});

/// The same on one line whatever it is: for values inside arrays and one-line tables.
std::string write_on_one_line(const Value& value);

/// Bare where TOML allows it, else in quotes; parts are joined with dots.
std::string write_key(const Key& key);

}  // namespace taizhang::document
