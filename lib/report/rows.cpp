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

constexpr unsigned lights = 4;  ///< so many values of Light

char kind_and_light(const CellView& cell) {
  return static_cast<char>(cell.content.index() * lights + static_cast<unsigned>(cell.light));
}

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

/// How many bytes both begin with.
std::size_t common_beginning(std::string_view a, std::string_view b) {
  constexpr std::size_t step = sizeof(std::uint64_t);
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t same = 0;
  while (same + step <= most && std::memcmp(a.data() + same, b.data() + same, step) == 0)
    same += step;
  while (same < most && a[same] == b[same]) ++same;
  return same;
}

/// `before` is the text in the row before, and becomes this one.
void put_text(std::string& out, std::string_view text, std::string& before) {
  const std::size_t same = common_beginning(text, before);
  put_size(out, same);
  put_size(out, text.size() - same);
  text.remove_prefix(same);
  out += text;
  before.resize(same);
  before += text;
}

void put_text(std::string& out, std::string_view text) {
  std::string none;
  put_text(out, text, none);
}

/// Puts the content of a cell; `before` is the text of its column in the row before, and becomes that
/// of this one.
struct ContentPutter {
  std::string& out;
  std::string& before;

  void operator()(std::string_view text) const { put_text(out, text, before); }
  void operator()(const Names* names) const {
    before.clear();
    put(out, names->terms);
    put_size(out, names->items.size());
    for (const std::string& item : names->items) put_text(out, item);
  }
  void operator()(const Label* label) const {
    before.clear();
    put(out, label->id);
    put_size(out, label->facts.size());
    for (const auto& [name, value] : label->facts) {
      put(out, name);
      put_text(out, value);
    }
  }
  template <class T>
  void operator()(const T& value) const {
    before.clear();
    if constexpr (!std::is_empty_v<T>) put(out, value);
  }
};

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
    const auto byte = static_cast<unsigned char>(block_[at_++]);
    const std::size_t kind = byte / lights;
    cell.light = static_cast<Light>(byte % lights);
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

/// The view of a content.
struct Viewer {
  ContentView operator()(const std::string& text) const { return std::string_view{text}; }
  ContentView operator()(const Names& names) const { return &names; }
  ContentView operator()(const Label& label) const { return &label; }
  template <class T>
  ContentView operator()(const T& value) const {
    return value;
  }
};

}  // namespace

CellView::CellView(const Content& owned, Light shown)
    : content(std::visit(Viewer{}, owned)), light(shown) {}

Rows::Rows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) push_back(row);
}

Rows::Rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) push_back(row);
}

void Rows::push_back(const Row& row) { pack(row.cells, row.path, row.line, row.total); }

void Rows::add(std::initializer_list<CellView> cells, std::string_view path, std::uint32_t line,
               bool total) {
  pack(cells, path, line, total);
}

template <class Cells>
void Rows::pack(const Cells& cells, std::string_view path, std::uint32_t line, bool total) {
  if (lit_.size() < cells.size()) lit_.resize(cells.size());
  last_texts_.resize(cells.size());
  put_size(last_block_, cells.size());
  std::size_t column = 0;
  for (const auto& each : cells) {
    const CellView cell{each};
    last_block_ += kind_and_light(cell);
    std::visit(ContentPutter{last_block_, last_texts_[column]}, cell.content);
    if (cell.light != Light::none) lit_[column] = true;
    ++column;
  }
  put_text(last_block_, path, last_path_);
  put(last_block_, line);
  put(last_block_, total);
  ++size_;
  if (last_block_.size() >= block_bytes) spill_last_block();
}

void Rows::spill_last_block() {
  if (!spill_) spill_ = std::make_shared<disk::Spill>();
  blocks_.push_back({spill_->append(last_block_), last_block_.size(), size_ - spilled_});
  spilled_ = size_;
  last_block_.clear();
  last_texts_.clear();
  last_path_.clear();
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
