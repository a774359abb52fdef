// A packed row is the number of its cells, the cells, and its place. A text says how much of it the text
// before it in the same column begins with, and only the rest. The first row of a block has none before.
#include "report/rows.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <variant>

namespace taizhang::report {

namespace {

constexpr std::size_t block_bytes = std::size_t{64} * 1024;  ///< a report has a dozen such tables

// ---- Packing

/// A value without pointers of its own, as it lies in memory: only this process reads it again.
template <class T>
void put(std::string& out, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

void put_size(std::string& out, std::size_t size) {
  for (; size >= 0x80; size >>= 7) out += static_cast<char>(size | 0x80);
  out += static_cast<char>(size);
}

void put_text(std::string& out, std::string_view text, std::string_view before) {
  const auto same = std::ranges::mismatch(text, before).in1 - text.begin();
  put_size(out, static_cast<std::size_t>(same));
  text.remove_prefix(static_cast<std::size_t>(same));
  put_size(out, text.size());
  out += text;
}

void put_cell(std::string& out, const Cell& cell, const Cell& before) {
  out += static_cast<char>(cell.content.index());
  put(out, cell.light);
  if (const auto* text = std::get_if<std::string>(&cell.content)) {
    const auto* old = std::get_if<std::string>(&before.content);
    return put_text(out, *text, old ? *old : std::string_view{});
  }
  if (const auto* names = std::get_if<Names>(&cell.content)) {
    put(out, names->terms);
    put_size(out, names->items.size());
    for (const std::string& item : names->items) put_text(out, item, {});
    return;
  }
  if (const auto* label = std::get_if<Label>(&cell.content)) {
    put(out, label->id);
    put_size(out, label->facts.size());
    for (const auto& [name, value] : label->facts) {
      put(out, name);
      put_text(out, value, {});
    }
    return;
  }
  std::visit(
      [&](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_trivially_copyable_v<T> && !std::is_empty_v<T>) put(out, value);
      },
      cell.content);
}

void put_row(std::string& out, const Row& row, const Row& before) {
  static const Cell none;
  put_size(out, row.cells.size());
  for (std::size_t c = 0; c < row.cells.size(); ++c)
    put_cell(out, row.cells[c], c < before.cells.size() ? before.cells[c] : none);
  put_text(out, row.path, before.path);
  put(out, row.line);
  put(out, row.total);
}

// ---- Unpacking: what a row held before becomes what it holds next

class Unpacker {
 public:
  Unpacker(const std::string& block, std::size_t& at) : block_(block), at_(at) {}

  void take_row(Row& row) {
    row.cells.resize(take_size());
    for (Cell& cell : row.cells) take_cell(cell);
    take_text(row.path);
    take(row.line);
    take(row.total);
  }

 private:
  template <class T>
  void take(T& value) {
    std::memcpy(&value, block_.data() + at_, sizeof(T));
    at_ += sizeof(T);
  }

  std::size_t take_size() {
    std::size_t size = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(block_[at_++]);
      size |= (byte & std::size_t{0x7F}) << shift;
      if (byte < 0x80) return size;
    }
  }

  void take_text(std::string& text) {
    text.resize(take_size());
    const std::size_t size = take_size();
    text.append(block_, at_, size);
    at_ += size;
  }

  void take_cell(Cell& cell) {
    const auto kind = static_cast<unsigned char>(block_[at_++]);
    take(cell.light);
    if (kind != cell.content.index()) make<0>(cell.content, kind);
    std::visit([&](auto& value) { take_value(value); }, cell.content);
  }

  /// An empty content of that kind.
  template <std::size_t Kind>
  static void make(Content& content, std::size_t kind) {
    if constexpr (Kind < std::variant_size_v<Content>) {
      if (Kind == kind) content.emplace<Kind>();
      else make<Kind + 1>(content, kind);
    }
  }

  template <class T>
  void take_value(T& value) {
    if constexpr (!std::is_empty_v<T>) take(value);
  }
  void take_value(std::string& text) { take_text(text); }
  void take_value(Names& names) {
    take(names.terms);
    names.items.assign(take_size(), {});
    for (std::string& item : names.items) take_text(item);
  }
  void take_value(Label& label) {
    take(label.id);
    label.facts.assign(take_size(), {});
    for (auto& [name, value] : label.facts) {
      take(name);
      take_text(value);
    }
  }

  const std::string& block_;
  std::size_t& at_;
};

}  // namespace

Rows::Rows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) push_back(row);
}

Rows::Rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) push_back(row);
}

void Rows::push_back(const Row& row) {
  put_row(last_block_, row, last_);
  last_ = row;
  ++size_;
  if (lit_.size() < row.cells.size()) lit_.resize(row.cells.size());
  for (std::size_t c = 0; c < row.cells.size(); ++c)
    if (row.cells[c].light != Light::none) lit_[c] = true;
  if (last_block_.size() < block_bytes) return;
  if (!spill_) spill_ = std::make_shared<disk::Spill>();
  blocks_.push_back({spill_->append(last_block_), last_block_.size()});
  last_block_.clear();
  last_ = {};
}

void Rows::Iterator::read() {
  if (left_ == 0) return;
  if (at_ == block_.size()) {
    const bool spilled = next_block_ < rows_->blocks_.size();
    if (spilled) {
      const Block& block = rows_->blocks_[next_block_++];
      block_ = rows_->spill_->read(block.place, block.size);
    } else {
      block_ = rows_->last_block_;
    }
    at_ = 0;
    row_ = {};
  }
  Unpacker{block_, at_}.take_row(row_);
}

}  // namespace taizhang::report
