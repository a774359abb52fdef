#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/document.hpp"

namespace taizhang::document {

/// A record of a text and what it is called, so that two versions of a text can be held side by side.
struct NamedRecord {
  std::string kind;  ///< of the header; empty for the keys above all headers
  Span at;           ///< the header; `top_level` for these keys
  const Table* table = nullptr;
  std::string identity;  ///< unique in its text
};

/// What a record is, whatever else it says: e.g. its id. Empty: it is what it says.
using Identify = std::function<std::string(std::string_view kind, const Table& record)>;

/// The records in the order in which they stand, the keys above all headers first. Tables below a
/// record's header belong to it. Those that say the same are told apart by their order.
std::vector<NamedRecord> records_of(const Document& document, const Identify& identify);

/// Finds among the later records those that are an earlier one with something changed, and gives them
/// its identity. Only records that are what they say are meant: they are the same one when no more
/// than some of their keys differ.
void recognise(const std::vector<NamedRecord>& earlier, std::vector<NamedRecord>& later,
               const Identify& identify);

/// A record's values under their dotted keys, in the order written; one-line tables are one value.
std::vector<std::pair<std::string, const Value*>> members_of(const Table& table);

/// The record's value in one spelling, whatever the order of its keys.
std::string value_text(const Table& table);

}  // namespace taizhang::document
