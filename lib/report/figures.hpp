#pragma once

#include "report/table.hpp"

namespace taizhang::report {

/// A list of figures: labels on the left, values on the right, no headings.
class Figures {
 public:
  explicit Figures(std::string_view id, Label title = {}, Align align = Align::right) {
    table_.id = id;
    table_.title = std::move(title);
    table_.headings = false;
    table_.columns = {{"item", "column.item"}, {"value", "column.value", align}};
  }

  void add(std::string_view label, Content value, Light light = Light::none) {
    Row row;
    row.cells = {Label{label}, Cell{}};
    row.cells[1].content = std::move(value);
    row.cells[1].light = light;
    table_.rows.push_back(row);
  }

  Table take() && { return std::move(table_); }

 private:
  Table table_;
};

}  // namespace taizhang::report
