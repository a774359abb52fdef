#pragma once

#include <string>
#include <utility>

#include "report/table.hpp"

namespace taizhang::report {

/// Says of the rows of a board which county and which place they are about, where another program
/// asks for it: by their two last columns.
class Origin {
 public:
  explicit Origin(bool wanted) : wanted_(wanted) {}

  void extend(Table& table) const {
    if (!wanted_) return;
    table.columns.push_back({"origin_county", "column.county"});
    table.columns.push_back({"origin_code", "column.code"});
  }

  /// The place of the rows to come; `code` may be empty.
  void move_to(std::string county, std::string code) {
    county_ = std::move(county);
    code_ = std::move(code);
  }

  void put(Table& table, Row row) const {
    if (wanted_) {
      row.cells.emplace_back(county_);
      row.cells.emplace_back(code_);
    }
    table.rows.push_back(row);
  }

 private:
  bool wanted_;
  std::string county_, code_;
};

}  // namespace taizhang::report
