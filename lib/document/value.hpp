#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/location.hpp"

namespace taizhang::document {

struct Value;
struct Member;

/// A TOML local time or date-time with or without offset, as written. Ledgers use none of these,
/// but reading them keeps the reader complete.
struct TimeText {
  std::string text;
  friend bool operator==(const TimeText&, const TimeText&) = default;
};

struct Array {
  std::vector<Value> items;
  bool of_tables = false;  ///< written as [[name]] blocks
};

/// What first named a table that is not written in braces: its own [header], the [header] of a table
/// below it, or a dotted key. TOML lets different lines add to each.
enum class Origin : std::uint8_t { header, longer_header, dotted_key };

/// Members in the order in which they are written.
struct Table {
  std::vector<Member> members;
  bool is_inline = false;  ///< written as { … }
  Origin origin = Origin::header;

  const Member* find(std::string_view key) const;
};

/// One value and where it is written: a scalar, array or inline table from its first to its last
/// byte; a [header] table its header line's brackets; a dotted or implied table the key that made
/// it; an array of tables from its first to its last header.
struct Value {
  std::variant<std::string, std::int64_t, double, bool, Date, TimeText, Array, Table> data;
  Span span;

  const std::string* text() const { return std::get_if<std::string>(&data); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
  const double* real() const { return std::get_if<double>(&data); }
  const bool* boolean() const { return std::get_if<bool>(&data); }
  const Date* date() const { return std::get_if<Date>(&data); }
  const Array* array() const { return std::get_if<Array>(&data); }
  const Table* table() const { return std::get_if<Table>(&data); }
};

struct Member {
  std::string key;
  Span key_span;  ///< of this part of the key only
  Value value;
};

/// Equal in keys and values; spans and the order of members do not count, the order of items does.
bool same_meaning(const Value& a, const Value& b);

}  // namespace taizhang::document
