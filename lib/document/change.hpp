#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/location.hpp"
#include "document/document.hpp"
#include "document/write_value.hpp"

namespace taizhang::document {

// Records are named by the span of their header in the text as it was read.

/// Stands for the keys above all headers.
inline constexpr Span top_level{};

struct NewMember {
  Key key;  ///< a key of several parts is written dotted, on a line of its own
  Value value;
};

struct NewRecord {
  std::string name;
  std::vector<NewMember> members;
  bool repeated = true;  ///< [[name]], else [name]
};

struct AtEnd {};
struct After {
  Span record;
};
/// Before the first record of any of these kinds; at the end when there is none.
struct BeforeKinds {
  std::vector<std::string> kinds;
};
using Where = std::variant<AtEnd, After, BeforeKinds>;

/// What becomes of comment lines right above a key that is removed.
enum class Comments : std::uint8_t { refuse, keep, remove };

struct SetValue {
  Span record;
  Key key;
  Value value;
};
struct InsertKey {
  Span record;
  Key key;
  Value value;
};
struct RemoveKey {
  Span record;
  Key key;
  Comments above = Comments::refuse;
};
struct Append {
  Span record;
  Key key;
  Value value;
};
struct InsertRecord {
  Where where;
  NewRecord record;
};
struct RemoveRecord {
  Span record;
};

using Change = std::variant<SetValue, InsertKey, RemoveKey, Append, InsertRecord, RemoveRecord>;

/// The table that a record's header opens; nullptr when no header stands there.
const Table* find_record(const Document& document, const Table& root, Span record);

/// The value under a key of one or more parts, and whether it stands in a one-line table.
struct Held {
  const Value* value = nullptr;
  bool in_braces = false;
};
Held find_value(const Table& table, const Key& key);

/// Where a new record stands among the others: sorts with the spans of their headers.
Span standing(const Document& document, const Where& where);

/// A finding about a change, at the record that it names.
Diagnostic refusal(const Document& document, Span at, std::string_view code,
                   const std::string& subject);

}  // namespace taizhang::document
