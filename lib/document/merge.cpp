#include "document/merge.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "document/merge_order.hpp"
#include "document/rows.hpp"

namespace taizhang::document {

namespace {

/// A key's rows, cut where they may change one by one.
struct Item {
  std::string name;
  std::string lead;   ///< comments and blank lines above
  std::string head;   ///< up to the value
  std::string value;  ///< as written
  std::string rest;   ///< a remark and the line's end

  std::string row() const { return head + value + rest; }
  std::string bytes() const { return lead + row(); }
};

/// A record's rows with what stands above it.
struct Block {
  NamedRecord record;
  std::string lead;
  std::string header;
  std::vector<Item> items;
  std::string tail;  ///< comments below the last key

  std::string bytes() const {
    std::string all = lead + header;
    for (const Item& item : items) all += item.bytes();
    return all + tail;
  }
};

struct Side {
  std::vector<Block> blocks;
  std::string end;  ///< what stands below the last record
  std::string line_ending;
  bool with_mark = false;  ///< a byte order mark
  bool whole_line = true;  ///< the last line has an end

  const Block* find(const std::string& identity) const {
    const auto found =
        std::ranges::find(blocks, identity, [](const Block& each) { return each.record.identity; });
    return found == blocks.end() ? nullptr : &*found;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const Block& block : blocks) all.push_back(block.record.identity);
    return all;
  }
};

const Item* find_item(const Block* block, const std::string& name) {
  if (!block) return nullptr;
  const auto found = std::ranges::find(block->items, name, &Item::name);
  return found == block->items.end() ? nullptr : &*found;
}

std::vector<std::string> item_names(const Block* block) {
  std::vector<std::string> names;
  if (block)
    for (const Item& item : block->items) names.push_back(item.name);
  return names;
}

std::string with_ending(std::string_view text, std::string_view ending) {
  std::string all;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n') all += ending;
    else all += text[i];
  }
  return all;
}

/// Cuts a text into blocks.
class Cutter {
 public:
  Cutter(const Document& document, std::vector<NamedRecord> records, std::string ending)
      : text_(document.source.text()), rows_(text_), ending_(std::move(ending)) {
    for (NamedRecord& record : records)
      if (record.kind.empty()) block_.record = std::move(record);
      else records_[record.at.begin] = std::move(record);
    convert_ = ending_ != rows_.line_ending();
  }

  Side cut() {
    side_.line_ending = rows_.line_ending();
    side_.with_mark = text_.starts_with("\xEF\xBB\xBF");
    side_.whole_line = text_.empty() || text_.ends_with('\n');
    std::size_t at = take_rows(0, rows_.top_end());
    while (at < rows_.size()) {
      const std::size_t header = rows_.next_header(at);
      if (header == rows_.size()) break;
      finish();
      block_.lead = bytes(at, header);
      const auto found = records_.find(rows_[header].statement.begin);
      if (found != records_.end()) block_.record = found->second;
      block_.header = bytes(header, header + 1);
      at = take_rows(header + 1, std::max(rows_.block_end(header), header + 1));
    }
    finish();
    side_.end = bytes(at, rows_.size());
    return std::move(side_);
  }

 private:
  /// The rows as text; the last line of the file always gets an end.
  std::string bytes(std::size_t begin, std::size_t end) const {
    return bytes_between(rows_.offset(begin), rows_.offset(end));
  }
  std::string bytes_between(std::uint32_t begin, std::uint32_t end) const {
    std::string part = text_.substr(begin, end - begin);
    if (convert_) part = with_ending(part, ending_);
    if (end == text_.size() && end > begin && !part.ends_with('\n')) part += ending_;
    return part;
  }

  std::size_t take_rows(std::size_t begin, std::size_t end) {
    std::string prefix;
    std::string lead;
    for (std::size_t i = begin; i < end; ++i) {
      const Row& row = rows_[i];
      if (row.kind == Row::Kind::blank || row.kind == Row::Kind::comment) {
        lead += bytes(i, i + 1);
        continue;
      }
      Item item{{}, std::exchange(lead, {}), {}, {}, {}};
      const std::string key = write_key(row.parts);
      if (row.kind == Row::Kind::header) {
        item.name = prefix = unique('[' + key + "] ");
        item.head = bytes(i, i + 1);
      } else {
        std::uint32_t value = row.equals + 1;
        while (value < row.statement.end && (text_[value] == ' ' || text_[value] == '\t')) ++value;
        item.name = prefix + key;
        item.head = bytes_between(row.span.begin, value);
        item.value = bytes_between(value, row.statement.end);
        if (row.statement.end == text_.size()) {  // the end of the line belongs to the rest
          item.value = item.value.substr(0, item.value.size() - ending_.size());
          item.rest = ending_;
        } else {
          item.rest = bytes_between(row.statement.end, row.span.end);
        }
      }
      block_.items.push_back(std::move(item));
    }
    block_.tail = std::move(lead);
    return end;
  }

  std::string unique(std::string name) const {
    const std::string first = name;
    for (int i = 1; find_item(&block_, name); ++i) name = first + std::to_string(i) + ' ';
    return name;
  }

  void finish() { side_.blocks.push_back(std::exchange(block_, {})); }

  const std::string& text_;
  Rows rows_;
  std::string ending_;
  bool convert_ = false;
  std::map<std::uint32_t, NamedRecord> records_;
  Block block_;
  Side side_;
};

/// What a change of would lose something, so blank lines above do not count.
std::string core(const Block& block) {
  std::string lead;
  std::string_view rest = block.lead;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
    const std::string_view line = rest.substr(0, end);
    if (line.find_first_not_of(" \t\r\n") != std::string_view::npos) lead += line;
    rest.remove_prefix(end);
  }
  return lead + block.bytes().substr(block.lead.size());
}

class Merger {
 public:
  Merger(const Side& base, const Side& ours, const Side& theirs, const MergeRules& rules,
         const std::set<std::string>& contested)
      : base_(base), ours_(ours), theirs_(theirs), rules_(rules), contested_(contested) {}

  Merged merge() {
    for (const Block& ours : ours_.blocks) {
      const Block* theirs = theirs_.find(ours.record.identity);
      if (!is_new(ours) || !theirs || !ours.header.starts_with("[[") ||
          says_the_same(ours, *theirs))
        continue;
      twice_.insert(ours.record.identity);
      if (const auto group = group_of(ours); !group.empty()) contested_.insert(group);
    }
    const auto order = merge_order(
        base_.names(), ours_.names(), theirs_.names(),
        [&](const std::string& name) { return stays(name); },
        [&](const std::string& a, const std::string& b) { return sorts_before(a, b); });
    for (const std::string& name : order) add(name);
    put(merge_lines(base_.end, ours_.end, theirs_.end));
    return std::move(merged_);
  }

 private:
  static bool says_the_same(const Block& a, const Block& b) {
    return value_text(*a.record.table) == value_text(*b.record.table);
  }
  bool is_new(const Block& block) const { return !base_.find(block.record.identity); }

  std::string group_of(const Block& block) const {
    const NamedRecord& record = block.record;
    return record.kind.empty() ? "" : rules_.group(record.kind, *record.table);
  }

  /// New on one side, or on both and not the same there, in a group whose records do not go together.
  bool is_contested(const std::string& name) const {
    const Block* ours = ours_.find(name);
    const Block* theirs = theirs_.find(name);
    const Block& one = ours ? *ours : *theirs;
    if (!is_new(one) || (ours && theirs && !twice_.contains(name))) return false;
    return contested_.contains(group_of(one));
  }

  bool stays(const std::string& name) const {
    const Block* ours = ours_.find(name);
    const Block* theirs = theirs_.find(name);
    if (ours && theirs) return true;
    const Block* left = ours ? ours : theirs;
    return left && core(*left) != core(*base_.find(name));
  }

  bool sorts_before(const std::string& a, const std::string& b) const {
    const auto key = [&](const std::string& name) {
      const Block* block = ours_.find(name) ? ours_.find(name) : theirs_.find(name);
      const NamedRecord& record = block->record;
      return record.kind.empty() ? std::string{} : rules_.order(record.kind, *record.table);
    };
    const std::string first = key(a);
    const std::string second = key(b);
    if (first != second) return first < second;
    return rules_.reversed ? b < a : a < b;
  }

  void put(const std::string& text) {
    if (text.empty()) return;
    if (!merged_.pieces.empty())
      if (auto* last = std::get_if<std::string>(&merged_.pieces.back())) {
        *last += text;
        return;
      }
    merged_.pieces.emplace_back(text);
  }

  void put(MergeConflict::Why why, const NamedRecord& record, const std::string& key,
           std::string ours, std::string theirs) {
    const std::string name =
        record.kind.empty() ? std::string{} : rules_.name(record.kind, *record.table);
    merged_.pieces.emplace_back(
        MergeConflict{why, record.kind, name, key, std::move(ours), std::move(theirs)});
  }

  void add(const std::string& name) {
    const Block* base = base_.find(name);
    const Block* ours = ours_.find(name);
    const Block* theirs = theirs_.find(name);
    if (is_contested(name)) return add_contested(group_of(ours ? *ours : *theirs));
    using Why = MergeConflict::Why;
    if (ours && theirs && twice_.contains(name))
      return put(Why::twice, ours->record, "", ours->bytes(), theirs->bytes());
    if (ours && theirs) return merge_blocks(base, *ours, *theirs);
    const Block& one = ours ? *ours : *theirs;
    if (!base) return put(one.bytes());
    put(Why::removed, one.record, "", ours ? ours->bytes() : "", theirs ? theirs->bytes() : "");
  }

  void add_contested(const std::string& group) {
    if (!told_.insert(group).second) return;
    MergeConflict conflict{MergeConflict::Why::contested, "", group, "", "", ""};
    for (const auto& [side, bytes] :
         {std::pair{&ours_, &conflict.ours}, {&theirs_, &conflict.theirs}})
      for (const Block& block : side->blocks) {
        const std::string& name = block.record.identity;
        if (!is_contested(name) || group_of(block) != group) continue;
        *bytes += block.bytes();
        if (!twice_.contains(name)) continue;
        conflict.why = MergeConflict::Why::twice;
        conflict.kind = block.record.kind;
        conflict.name = rules_.name(block.record.kind, *block.record.table);
      }
    merged_.pieces.emplace_back(std::move(conflict));
  }

  void merge_blocks(const Block* base, const Block& ours, const Block& theirs) {
    put(merge_lines(base ? base->lead : "", ours.lead, theirs.lead));
    put(pick(base ? base->header : ours.header, ours.header, theirs.header)
            .value_or(std::min(ours.header, theirs.header)));
    const auto order = merge_order(
        item_names(base), item_names(&ours), item_names(&theirs),
        [&](const std::string& name) {
          const Item* our = find_item(&ours, name);
          const Item* their = find_item(&theirs, name);
          if (our && their) return true;
          const Item* left = our ? our : their;
          return left && left->bytes() != find_item(base, name)->bytes();
        },
        [](const std::string& a, const std::string& b) { return a < b; });
    for (const std::string& name : order)
      merge_items(ours.record, name, find_item(base, name), find_item(&ours, name),
                  find_item(&theirs, name));
    put(merge_lines(base ? base->tail : "", ours.tail, theirs.tail));
  }

  void merge_items(const NamedRecord& record, const std::string& name, const Item* base,
                   const Item* ours, const Item* theirs) {
    using Why = MergeConflict::Why;
    if (!ours || !theirs) {
      const Item& one = ours ? *ours : *theirs;
      if (!base) return put(one.bytes());
      return put(Why::removed, record, name, ours ? ours->bytes() : "",
                 theirs ? theirs->bytes() : "");
    }
    put(merge_lines(base ? base->lead : "", ours->lead, theirs->lead));
    const Item& was = base ? *base : *ours;
    const auto value = base ? pick(base->value, ours->value, theirs->value)
                       : ours->value == theirs->value ? std::optional{ours->value}
                                                      : std::nullopt;
    const auto rest = base                         ? pick(base->rest, ours->rest, theirs->rest)
                      : ours->rest == theirs->rest ? std::optional{ours->rest}
                                                   : std::nullopt;
    if (!value || !rest) return put(Why::value, record, name, ours->row(), theirs->row());
    const auto head = pick(was.head, ours->head, theirs->head);
    put(head.value_or(std::min(ours->head, theirs->head)) + *value + *rest);
  }

  const Side& base_;
  const Side& ours_;
  const Side& theirs_;
  const MergeRules& rules_;
  std::set<std::string> contested_;
  std::set<std::string> twice_;  ///< new on both sides, and not the same there
  std::set<std::string> told_;
  Merged merged_;
};

void strip_last_ending(Merged& merged) {
  if (merged.pieces.empty()) return;
  auto* last = std::get_if<std::string>(&merged.pieces.back());
  if (!last || !last->ends_with('\n')) return;
  last->pop_back();
  if (last->ends_with('\r')) last->pop_back();
}

}  // namespace

bool Merged::clean() const {
  return std::ranges::none_of(
      pieces, [](const MergePiece& piece) { return std::holds_alternative<MergeConflict>(piece); });
}

std::string Merged::text() const {
  std::string all;
  for (const MergePiece& piece : pieces)
    if (const auto* text = std::get_if<std::string>(&piece)) all += *text;
  return all;
}

Merged merge(const Document& base, const Document& ours, const Document& theirs,
             const MergeRules& rules, const std::set<std::string>& contested) {
  const auto from_base = records_of(base, rules.identify);
  auto from_ours = records_of(ours, rules.identify);
  auto from_theirs = records_of(theirs, rules.identify);
  recognise(from_base, from_ours, rules.identify);
  recognise(from_base, from_theirs, rules.identify);
  const std::string ending{Rows{base.source.text()}.line_ending()};
  const Side was = Cutter{base, from_base, ending}.cut();
  const Side we = Cutter{ours, std::move(from_ours), ending}.cut();
  const Side they = Cutter{theirs, std::move(from_theirs), ending}.cut();
  Merged merged = Merger{was, we, they, rules, contested}.merge();
  if (!pick(was.whole_line, we.whole_line, they.whole_line).value_or(true))
    strip_last_ending(merged);
  const auto new_ending = pick(was.line_ending, we.line_ending, they.line_ending).value_or(ending);
  if (new_ending != ending)
    for (MergePiece& piece : merged.pieces)
      if (auto* text = std::get_if<std::string>(&piece)) *text = with_ending(*text, new_ending);
  if (pick(was.with_mark, we.with_mark, they.with_mark).value_or(false))
    merged.pieces.insert(merged.pieces.begin(), std::string{"\xEF\xBB\xBF"});
  return merged;
}

}  // namespace taizhang::document
