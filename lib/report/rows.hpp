#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/spill.hpp"
#include "report/row.hpp"

namespace taizhang::report {

/// The rows of a table: added one by one and read in order, as often as wanted. A nation's report has
/// millions, so they are packed, and of many only the last wait in memory.
class Rows {
 public:
  class Iterator;
  class Part;

  Rows() = default;
  Rows(std::initializer_list<Row> rows);
  Rows(const std::vector<Row>& rows);

  void push_back(const Row& row);
  /// The same without a Row.
  void add(std::initializer_list<CellView> cells, std::string_view path = {},
           std::uint32_t line = 0, bool total = false);
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  /// Whether the column has a light in any row.
  bool is_lit(std::size_t column) const { return column < lit_.size() && lit_[column]; }

  Iterator begin() const;
  std::default_sentinel_t end() const { return {}; }

  /// The rows in parts, each of which can be read without the others, also by several threads at once.
  std::size_t part_count() const { return blocks_.size() + 1; }
  Part part(std::size_t index) const;

 private:
  /// Rows that can be read without others.
  struct Block {
    std::uint64_t place;
    std::size_t size;
    std::size_t rows;
  };

  template <class Cells>
  void pack(const Cells& cells, std::string_view path, std::uint32_t line, bool total);
  void spill_last_block();

  std::vector<Block> blocks_;
  std::shared_ptr<disk::Spill> spill_;   ///< holds them; copies of the rows share it
  std::string last_block_;               ///< not spilled yet
  std::vector<std::string> last_texts_;  ///< by column, in the row that it ends with
  std::string last_path_;                ///< of that row
  std::size_t size_ = 0;
  std::size_t spilled_ = 0;  ///< of these rows
  std::vector<bool> lit_;    ///< by column
};

class Rows::Iterator {
 public:
  using value_type = Row;
  using difference_type = std::ptrdiff_t;

  /// Over so many rows, of which the first begins a block.
  Iterator(const Rows& rows, std::size_t block, std::size_t count)
      : rows_(&rows), left_(count), next_block_(block) {
    read();
  }

  const Row& operator*() const { return row_; }
  const Row* operator->() const { return &row_; }
  Iterator& operator++() {
    --left_;
    read();
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const Iterator& at, std::default_sentinel_t) { return at.left_ == 0; }

 private:
  void read();

  const Rows* rows_;
  std::size_t left_;  ///< rows, with the one it stands at
  std::size_t next_block_;
  std::string block_;
  std::size_t at_ = 0;  ///< what comes next in it
  Row row_;
};

class Rows::Part {
 public:
  Part(const Rows& rows, std::size_t index) : rows_(rows), index_(index) {}

  Iterator begin() const {
    const bool spilled = index_ < rows_.blocks_.size();
    return {rows_, index_, spilled ? rows_.blocks_[index_].rows : rows_.size_ - rows_.spilled_};
  }
  std::default_sentinel_t end() const { return {}; }

 private:
  const Rows& rows_;
  std::size_t index_;
};

inline Rows::Iterator Rows::begin() const { return {*this, 0, size_}; }
inline Rows::Part Rows::part(std::size_t index) const { return {*this, index}; }

}  // namespace taizhang::report
