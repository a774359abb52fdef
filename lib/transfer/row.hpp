#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "transfer/plan.hpp"

namespace taizhang::transfer {

/// One row of a bound sheet: its cells by key.
class RowCells {
 public:
  RowCells(const BoundSheet& bound, const Mapping& mapping, const sheet::Row& row)
      : bound_(bound), mapping_(mapping), row_(row) {}

  std::uint32_t number() const { return row_.number; }

  /// The cell of the key's column, which may be merged with those above it, else the value fixed for
  /// all rows; nothing when it is empty.
  std::optional<sheet::Cell> find(std::string_view key) const;

  /// Whether a column, or a value for all rows, is for the key.
  bool has(std::string_view key) const;

  /// Whether the key's cell is merged with those of other rows.
  bool shares(std::string_view key) const;

  /// Whether it says so only because a row above does.
  bool continues(std::string_view key) const;

  /// What the key's column is called in the sheet.
  std::string heading_of(std::string_view key) const;

  /// The reason with its place in the sheet: the key's cell, or the row.
  Diagnostic at(Diagnostic reason, std::string_view key) const;

  /// A sum line or a remark: nothing that belongs into a ledger.
  bool is_aside() const;

 private:
  const sheet::Merged* range_of(const BoundColumn& column) const;
  const sheet::Cell* cell_in(const BoundColumn& column) const;

  const BoundSheet& bound_;
  const Mapping& mapping_;
  const sheet::Row& row_;
};

}  // namespace taizhang::transfer
