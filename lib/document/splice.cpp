#include "document/splice.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "base/text.hpp"
#include "document/layout.hpp"
#include "document/rows.hpp"

namespace taizhang::document {

namespace {

/// Among what is inserted at one place, keys come before records.
enum class Rank : std::uint8_t { line_ending, key, record };

struct Piece {
  Splice splice;
  Rank rank = Rank::key;
  Span order{};        ///< of records at one place
  bool apart = false;  ///< a blank line parts it from what follows
  bool whole = false;  ///< takes a record away
};

class Plan {
 public:
  Plan(const Document& document, Diagnostics& refusals)
      : document_(document), text_(document.source.text()), rows_(text_), refusals_(refusals) {}

  void add(const Change& change) {
    std::visit([this](const auto& one) { plan(one); }, change);
  }

  std::vector<Splice> take() {
    for (const Growing& growing : growing_)
      for (Addition& addition :
           write_items(text_, growing.span, *growing.array, growing.items, rows_.line_ending()))
        insert(addition.at, std::move(addition.text), Rank::key);
    end_last_line();
    std::ranges::stable_sort(pieces_, {}, [](const Piece& piece) {
      const Span span = piece.splice.span;
      return std::tuple(span.begin, span.end, piece.rank, piece.order.begin, piece.order.end);
    });
    return join();
  }

 private:
  struct Growing {
    Span span;
    const Array* array;
    std::vector<Value> items;
  };

  void refuse(Span at, std::string_view code, std::string_view subject) {
    refusals_.push_back(refusal(document_, at, code, std::string(subject)));
  }

  void insert(std::uint32_t at, std::string text, Rank rank) {
    pieces_.push_back({{{at, at}, std::move(text)}, rank});
  }

  /// The value as it stands in the text; what only another change made stands nowhere.
  Held held(Span record, const Key& key) {
    const Table* table = find_record(document_, document_.root, record);
    const Held found = table ? find_value(*table, key) : Held{};
    if (!found.value) refuse(record, "edit-conflict", write_key(key));
    return found;
  }

  std::string_view written(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  void plan(const SetValue& change) {
    const auto [value, in_braces] = held(change.record, change.key);
    if (!value) return;
    std::string text = in_braces ? write_on_one_line(change.value)
                                 : write_value(change.value, rows_.line_ending(),
                                               indent_of_line(text_, value->span.begin));
    pieces_.push_back({{value->span, std::move(text)}, Rank::key});
  }

  /// The rows of a record's own keys: the first, and the one after the last.
  std::pair<std::size_t, std::size_t> own_keys(Span record) const {
    const auto header = rows_.header(record);
    const std::size_t first = header ? *header + 1 : 0;
    return {first, rows_.keys_end(first)};
  }

  /// A template's line for a key that has no value yet: `# key =    # what it means`.
  struct Placeholder {
    Span span;                ///< of the line without its line ending
    std::size_t column = 0;   ///< at which the remark stands
    std::string_view remark;  ///< from its #; empty when there is none
  };

  std::optional<Placeholder> placeholder(std::size_t first, const Key& key) const {
    const std::string name = write_key(key);
    for (std::size_t i = first; i < rows_.size(); ++i) {
      if (rows_[i].kind == Row::Kind::header || rows_[i].kind == Row::Kind::blank) break;
      if (rows_[i].kind != Row::Kind::comment) continue;
      std::string_view line = written(rows_[i].span);
      while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
      std::string_view rest = trim(line);
      rest.remove_prefix(1);
      rest = trim(rest);
      if (!rest.starts_with(name)) continue;
      rest = trim(rest.substr(name.size()));
      if (!rest.starts_with('=')) continue;
      rest = trim(rest.substr(1));
      if (!rest.empty() && rest.front() != '#') continue;
      const std::uint32_t begin = rows_[i].span.begin;
      Placeholder found{{begin, begin + static_cast<std::uint32_t>(line.size())}, 0, rest};
      if (!rest.empty()) found.column = display_width(line.substr(0, line.rfind(rest)));
      return found;
    }
    return std::nullopt;
  }

  /// The new key's line with the remark where it stood, or two columns behind a long value.
  static std::string fill(const Placeholder& waiting, std::string line) {
    while (line.ends_with('\n') || line.ends_with('\r')) line.pop_back();
    if (waiting.remark.empty()) return line;
    return pad_right(line, std::max(waiting.column, display_width(line) + 2)) +
           std::string{waiting.remark};
  }

  void plan(const InsertKey& change) {
    const auto [first, end] = own_keys(change.record);
    const auto begins_alike = [&](const Row& row, std::size_t parts) {
      return row.kind == Row::Kind::key && row.parts.size() > parts &&
             std::equal(row.parts.begin(), row.parts.begin() + static_cast<std::ptrdiff_t>(parts),
                        change.key.begin());
    };
    const Table* table = find_record(document_, document_.root, change.record);
    std::size_t at = end;
    for (std::size_t parts = 1; parts < change.key.size(); ++parts) {
      const Key head(change.key.begin(), change.key.begin() + static_cast<std::ptrdiff_t>(parts));
      if (!find_value(*table, head).value) break;
      std::size_t after = first;
      for (std::size_t i = first; i < end; ++i)
        if (begins_alike(rows_[i], parts)) after = i + 1;
      // Such a table was made elsewhere, by a header: no dotted key may add to it.
      if (after == first) return refuse(change.record, "edit-shape", write_key(change.key));
      if (parts == 1) at = after;
    }
    std::string line = write_line(text_, rows_, first, end, change.key, change.value);
    if (const auto waiting = placeholder(first, change.key)) {
      pieces_.push_back({{waiting->span, fill(*waiting, std::move(line))}, Rank::key});
      return;
    }
    if (end > 0) return insert(rows_.offset(at), std::move(line), Rank::key);
    insert(rows_.offset(rows_.top_end()), std::move(line), Rank::key);
    pieces_.back().apart = true;
  }

  void plan(const RemoveKey& change) {
    const Held found = held(change.record, change.key);
    if (!found.value) return;
    const auto [first, end] = own_keys(change.record);
    std::size_t row = first;
    while (row < end && (rows_[row].kind != Row::Kind::key || rows_[row].parts != change.key))
      ++row;
    if (row == end) return refuse(change.record, "edit-shape", write_key(change.key));
    std::size_t begin = rows_.comments_begin(row);
    if (begin < row && change.above == Comments::refuse)
      return refuse(found.value->span, "comment-orphaned", write_key(change.key));
    if (change.above == Comments::keep) begin = row;
    pieces_.push_back({{{rows_.offset(begin), rows_.offset(row + 1)}, {}}, Rank::key});
  }

  void plan(const Append& change) {
    const auto [value, in_braces] = held(change.record, change.key);
    if (!value) return;
    const Array* array = value->array();
    if (!array) return refuse(change.record, "edit-conflict", write_key(change.key));
    const bool broken = written(value->span).find('\n') != std::string_view::npos;
    if (in_braces && (broken || change.value.table()))
      return refuse(value->span, "edit-shape", write_key(change.key));
    auto growing = std::ranges::find(growing_, value->span, &Growing::span);
    if (growing == growing_.end())
      growing = growing_.insert(growing_.end(), {value->span, array, {}});
    growing->items.push_back(change.value);
  }

  /// The row before which a new record goes.
  std::size_t row_for(const Where& where) const {
    if (const After* after = std::get_if<After>(&where)) {
      const auto header = rows_.header(after->record);
      return header ? rows_.block_end(*header) : rows_.top_end();
    }
    if (const BeforeKinds* before = std::get_if<BeforeKinds>(&where)) {
      std::size_t previous = rows_.size();
      for (std::size_t i = rows_.next_header(0); i < rows_.size();
           previous = i, i = rows_.next_header(i + 1))
        if (std::ranges::find(before->kinds, rows_[i].parts.front()) != before->kinds.end())
          return previous < rows_.size() ? rows_.block_end(previous) : rows_.top_end();
    }
    return rows_.text_end();
  }

  void plan(const InsertRecord& change) {
    const std::size_t row = row_for(change.where);
    const Key name{change.record.name};
    std::size_t next = row;
    do next = rows_.next_header(next);
    while (next < rows_.size() && rows_[next].parts.front() != name.front() && ++next);
    const After* after = std::get_if<After>(&change.where);
    if (next < rows_.size() && rows_[next].parts.size() > 1)
      return refuse(after ? after->record : top_level, "edit-scattered", write_key(name));
    insert(rows_.offset(row), write_record(change.record, rows_.line_ending()), Rank::record);
    pieces_.back().order = standing(document_, change.where);
    pieces_.back().apart = true;
  }

  void plan(const RemoveRecord& change) {
    const auto header = rows_.header(change.record);
    if (!header) return refuse(change.record, "edit-conflict", std::string(written(change.record)));
    if (rows_.is_scattered(*header))
      return refuse(change.record, "edit-scattered", write_key(rows_[*header].parts));
    std::size_t begin = rows_.comments_begin(*header);
    std::size_t end = rows_.block_end(*header);
    const auto is_blank = [&](std::size_t i) { return rows_[i].kind == Row::Kind::blank; };
    std::size_t before = 0;
    while (before < begin && is_blank(begin - before - 1)) ++before;
    std::size_t after = 0;
    while (end + after < rows_.size() && is_blank(end + after)) ++after;
    // Of the blank lines on both sides the wider gap stays; none does at an end of the text.
    if (begin == 0) end += after;
    else begin -= end == rows_.size() ? before : std::min(before, after);
    pieces_.push_back({{{rows_.offset(begin), rows_.offset(end)}, {}}, Rank::key});
    pieces_.back().whole = true;
  }

  /// What is inserted after a last line without line ending gives it one.
  void end_last_line() {
    const auto size = static_cast<std::uint32_t>(text_.size());
    const bool appended = std::ranges::any_of(pieces_, [&](const Piece& piece) {
      return piece.splice.span == Span{size, size};
    });
    if (!appended || rows_.size() == 0 || text_.ends_with('\n')) return;
    insert(size, std::string(rows_.line_ending()), Rank::line_ending);
  }

  /// Pieces at one place become one splice, records with blank lines around them.
  std::vector<Splice> join() {
    std::vector<Splice> all;
    bool filled = false;        // more than a line ending was put at this place
    std::uint32_t removed = 0;  // up to here: a key at the end of what goes would be another's key
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      const Span span = piece.splice.span;
      const bool is_place = span.begin == span.end;
      const bool goes_on = is_place && !all.empty() && all.back().span == span;
      const bool overlaps = !goes_on && !all.empty() && span.begin < all.back().span.end;
      const bool is_lost =
          is_place && piece.rank == Rank::key && span.begin == removed && removed > 0;
      if (overlaps || is_lost) {
        refuse(span, "edit-conflict", document_.source.place(span).excerpt);
        continue;
      }
      if (!goes_on) {
        all.push_back({span, {}});
        filled = false;
      }
      if (piece.whole) removed = span.end;
      std::string& text = all.back().text;
      if (piece.rank == Rank::record && (filled || is_filled(row_at(span.begin), -1)))
        text += rows_.line_ending();
      text += piece.splice.text;
      filled = filled || piece.rank != Rank::line_ending;
      const bool ends = i + 1 == pieces_.size() || pieces_[i + 1].splice.span != span;
      if (ends && piece.apart && is_filled(row_at(span.begin), 0)) text += rows_.line_ending();
    }
    return all;
  }

  /// Whether the row before (-1) or at (0) an index is there and not blank.
  bool is_filled(std::size_t index, int step) const {
    if (step < 0 && index-- == 0) return false;
    return index < rows_.size() && rows_[index].kind != Row::Kind::blank;
  }

  std::size_t row_at(std::uint32_t offset) const {
    std::size_t row = 0;
    while (row < rows_.size() && rows_.offset(row) < offset) ++row;
    return row;
  }

  const Document& document_;
  std::string_view text_;
  Rows rows_;
  Diagnostics& refusals_;
  std::vector<Piece> pieces_;
  std::vector<Growing> growing_;
};

}  // namespace

std::vector<Splice> splices(const Document& document, const std::vector<Change>& changes,
                            Diagnostics& refusals) {
  Plan plan(document, refusals);
  for (const Change& change : changes) plan.add(change);
  return plan.take();
}

}  // namespace taizhang::document
