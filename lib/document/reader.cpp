// One function for each thing that TOML knows, each reading on at `at_`. They give false after
// `refuse`, which remembers the first place that is wrong; nothing is read after that.
#include "document/reader.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "document/characters.hpp"
#include "document/scalar.hpp"
#include "document/slips.hpp"

namespace taizhang::document {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Tables with more members than this are searched through an index.
constexpr std::size_t few_members = 32;

/// Room for as many is made at once; more make a vector grow as usual.
constexpr std::size_t usual_members = 12;
constexpr std::size_t usual_items = 16;
constexpr std::size_t few_at_once = 4;  ///< in braces

class Reader {
 public:
  explicit Reader(const std::string& text)
      : begin_(text.data()), end_(begin_ + text.size()), at_(begin_), line_(begin_) {}

  std::variant<Content, Refusal> run() {
    // Most that is wrong with a text's encoding can be said without a place (guard.hpp).
    if (!simdjson::validate_utf8(begin_, static_cast<std::size_t>(end_ - begin_)))
      return Refusal{0, "toml-syntax"};
    if (std::string_view(at_, end_).starts_with(byte_order_mark)) {
      at_ += byte_order_mark.size();
      line_ = at_;
    }
    if (!lines()) return refusal_;
    return std::move(content_);
  }

 private:
  struct Part {
    Text name;
    Span span;
  };

  // ---- Places

  std::uint32_t offset(const char* at) const { return static_cast<std::uint32_t>(at - begin_); }
  Span span_from(const char* begin) const { return {offset(begin), offset(at_)}; }

  bool refuse(const char* at, std::string_view code = "toml-syntax") {
    refusal_ = {offset(at), code};
    return false;
  }
  bool refuse() { return refuse(at_); }

  // ---- Lines

  bool lines() {
    open(content_.root);
    while (true) {
      skip_blanks();
      if (*at_ == '[') {
        if (!(at_[1] == '[' ? array_header() : table_header())) return false;
        skip_blanks();
      } else if (*at_ != '#' && *at_ != '\n' && *at_ != '\r' && at_ != end_) {
        if (!key_and_value(*table_, &names_)) return false;
        skip_blanks();
      }
      if (*at_ == '#') skip_comment();
      if (at_ == end_) return !is_line_too_long(at_) || refuse();
      if (!line_end()) return false;
    }
  }

  void skip_blanks() { at_ = skip(at_, blank); }
  void skip_comment() { at_ = skip_text<'\n', '\n'>(at_, end_); }

  bool is_line_too_long(const char* end) const {
    return static_cast<std::size_t>(end - line_) > max_line_bytes;
  }

  bool line_end() {
    if (is_line_too_long(at_)) return refuse();
    if (*at_ == '\r' && at_[1] == '\n') ++at_;
    if (*at_ != '\n') return refuse();
    line_ = ++at_;
    return true;
  }

  /// Between the items of an array.
  bool skip_lines_and_comments() {
    while (true) {
      skip_blanks();
      if (*at_ == '#') skip_comment();
      if (*at_ != '\n' && *at_ != '\r') return true;
      if (!line_end()) return false;
    }
  }

  // ---- Keys

  /// Fills `parts_` with a key of one or more parts.
  bool key() {
    part_count_ = 0;
    while (true) {
      skip_blanks();
      if (part_count_ == parts_.size()) return refuse();
      Part& part = parts_[part_count_++];
      const char* const begin = at_;
      if (*at_ == '"' || *at_ == '\'') {
        if (!line_string(part.name)) return false;
      } else {
        at_ = skip(at_, in_key);
        if (at_ == begin) return refuse();
        part.name = Text::lent({begin, at_});
      }
      part.span = span_from(begin);
      skip_blanks();
      if (*at_ != '.') return true;
      ++at_;
    }
  }

  // ---- Tables

  /// Position of a member; the number of members when there is none of that name.
  std::size_t find(const Table& table, std::string_view name) {
    const auto& members = table.members;
    if (members.size() <= few_members) {
      std::size_t position = 0;
      while (position < members.size() && members[position].key != name) ++position;
      return position;
    }
    // No two tables have the same first key at the same place.
    auto& index = indexes_[members.front().key_span.begin];
    for (std::size_t i = index.size(); i < members.size(); ++i) index.emplace(members[i].key, i);
    const auto found = index.find(std::string(name));
    return found == index.end() ? members.size() : found->second;
  }

  static Member& add(Table& table, Part& part) {
    return table.members.emplace_back(std::move(part.name), part.span);
  }

  /// Adds a table that a key with more parts names in passing.
  static Table* add_table(Table& table, Part& part, Origin origin) {
    Member& member = add(table, part);
    member.value.span = part.span;
    Table& made = member.value.data.emplace<Table>();
    made.origin = origin;
    return &made;
  }

  /// The table that holds what a header names: walks all parts but the last.
  Table* parent_of_header() {
    Table* table = &content_.root;
    for (std::size_t i = 0; i + 1 < part_count_; ++i) {
      Part& part = parts_[i];
      const std::size_t position = find(*table, part.name);
      if (position == table->members.size()) {
        table = add_table(*table, part, Origin::longer_header);
        continue;
      }
      Value* value = &table->members[position].value;
      if (auto* array = value->array(); array && array->of_tables) value = &array->items.back();
      table = value->table();
      if (!table || table->is_inline) return refuse_at(part);
    }
    return table;
  }

  Table* refuse_at(const Part& part) {
    refuse(begin_ + part.span.begin);
    return nullptr;
  }

  bool table_header() {
    const char* const begin = at_++;
    if (!key()) return false;
    if (*at_ != ']') return refuse();
    ++at_;
    Table* const parent = parent_of_header();
    if (!parent) return false;
    Part& last = parts_[part_count_ - 1];
    const std::size_t position = find(*parent, last.name);
    if (position == parent->members.size()) {
      table_ = add_table(*parent, last, Origin::header);
    } else {
      table_ = parent->members[position].value.table();
      if (!table_ || table_->is_inline || table_->origin != Origin::longer_header)
        return refuse(begin);
      table_->origin = Origin::header;
    }
    parent->members[position].value.span = span_from(begin);
    open(*table_);
    return true;
  }

  /// What follows a header goes into that table.
  void open(Table& table) {
    table_ = &table;
    table.members.reserve(usual_members);
    names_ = {};
    for (const Member& member : table.members) names_.note(member.key);
  }

  bool array_header() {
    const char* const begin = at_;
    at_ += 2;
    if (!key()) return false;
    if (*at_ != ']' || at_[1] != ']') return refuse();
    at_ += 2;
    Table* const parent = parent_of_header();
    if (!parent) return false;
    Part& last = parts_[part_count_ - 1];
    const std::size_t position = find(*parent, last.name);
    if (position == parent->members.size()) {
      Value& made = add(*parent, last).value;
      made.data.emplace<Array>().of_tables = true;
      (*made.array()).items.reserve(usual_items);
      made.span.begin = offset(begin);
    }
    Value& value = parent->members[position].value;
    auto* const array = value.array();
    if (!array || !array->of_tables) return refuse(begin);
    Value& item = array->items.emplace_back();
    item.span = span_from(begin);
    value.span.end = item.span.end;
    open(item.data.emplace<Table>());
    return true;
  }

  /// Which names a table may have: those of one length and first letter share a bit.
  struct Names {
    std::uint64_t bits = 0;

    /// False when no such name was noted before.
    bool note(std::string_view name) {
      const auto first = name.empty() ? 0U : static_cast<unsigned char>(name.front());
      const std::uint64_t bit = std::uint64_t{1} << ((name.size() * 8 + first) % 64);
      return (std::exchange(bits, bits | bit) & bit) != 0;
    }
  };

  /// `names` are those of the members of `inside`, if somebody keeps them.
  bool key_and_value(Table& inside, Names* names = nullptr) {
    skip_blanks();
    const char* const begin = at_;
    const char* const end = skip(begin, in_key);
    at_ = skip(end, blank);
    if (*at_ != '=' || end == begin) {
      at_ = begin;
      return other_key_and_value(inside, names);
    }
    Part& part = parts_[0];
    part = {Text::lent({begin, end}), {offset(begin), offset(end)}};
    return member(inside, part, part.span, !names || names->note(part.name));
  }

  /// A key in quotes or with more parts than one.
  bool other_key_and_value(Table& inside, Names* names) {
    if (!key()) return false;
    if (*at_ != '=') return refuse();
    const Span first = parts_[0].span;
    const bool may_be_there = !names || names->note(parts_[0].name);
    Table* table = &inside;
    for (std::size_t i = 0; i + 1 < part_count_; ++i) {
      const std::size_t position = find(*table, parts_[i].name);
      if (position == table->members.size()) {
        table = add_table(*table, parts_[i], Origin::dotted_key);
      } else {
        table = table->members[position].value.table();
        if (!table || table->is_inline || table->origin == Origin::header)
          return refuse(begin_ + first.begin);
        table->origin = Origin::dotted_key;
      }
    }
    return member(*table, parts_[part_count_ - 1], first, may_be_there || part_count_ > 1);
  }

  /// Adds what stands behind the equal sign; `key` is where the whole key begins.
  bool member(Table& table, Part& last, Span key, bool may_be_there) {
    if (may_be_there && find(table, last.name) != table.members.size())
      return refuse(begin_ + key.begin);
    Member& made = add(table, last);
    ++at_;
    skip_blanks();
    return value(made.value);
  }

  // ---- Values

  bool value(Value& to) {
    const char* const begin = at_;
    if (*begin == '"' && plain_text(to)) return true;
    bool good = false;
    switch (*at_) {
      case '"':
      case '\'':
        good = text(to);
        break;
      case '[':
        good = array(to.data.emplace<Array>());
        break;
      case '{':
        good = inline_table(to.data.emplace<Table>());
        break;
      default:
        good = scalar(to);
    }
    to.span = span_from(begin);
    return good;
  }

  /// The "texts" of one line without escapes, which are most values; false leaves others to `text`.
  bool plain_text(Value& to) {
    const char* const begin = at_ + 1;
    const char* const end = skip_text<'"', '\\'>(begin, end_);
    if (*end != '"' || (end == begin && end[1] == '"')) return false;
    *to.text() = Text::lent({begin, end});  // as every new value is one
    to.span = {offset(begin - 1), offset(end + 1)};
    at_ = end + 1;
    return true;
  }

  bool open_bracket() {
    if (++depth_ > max_nesting) return refuse();
    ++at_;
    return true;
  }

  bool close_bracket() {
    --depth_;
    ++at_;
    return true;
  }

  bool array(Array& to) {
    if (!open_bracket()) return false;
    while (true) {
      if (!skip_lines_and_comments()) return false;
      if (*at_ == ']') return close_bracket();
      if (!value(to.items.emplace_back())) return false;
      if (!skip_lines_and_comments()) return false;
      if (*at_ == ']') return close_bracket();
      if (*at_ != ',') return refuse();
      ++at_;
    }
  }

  bool inline_table(Table& to) {
    to.is_inline = true;
    if (!open_bracket()) return false;
    to.members.reserve(few_at_once);
    skip_blanks();
    if (*at_ == '}') return close_bracket();
    while (true) {
      if (!key_and_value(to)) return false;
      skip_blanks();
      if (*at_ == '}') return close_bracket();
      if (*at_ != ',') return refuse();
      ++at_;
    }
  }

  bool scalar(Value& to) {
    const char* const begin = at_;
    at_ = skip(at_, in_scalar);
    // A blank may stand between a date and a time.
    if (at_ - begin == 10 && begin[4] == '-' && *at_ == ' ' && is(at_[1], digit)) {
      at_ = skip(at_ + 1, in_scalar);
    }
    const std::string_view code = read_scalar({begin, at_}, to);
    return code.empty() || refuse(begin, code);
  }

  // ---- Texts

  bool text(Value& to) {
    if (at_[1] == *at_ && at_[2] == *at_) {
      std::string read;
      if (!long_string(read)) return false;
      to.data.emplace<Text>(read);
      return true;
    }
    return line_string(*to.text());
  }

  /// Over what may stand as it is in a text with those quotes.
  std::string_view take_text(char quote) {
    const char* const begin = at_;
    at_ = quote == '"' ? skip_text<'"', '\\'>(at_, end_) : skip_text<'\'', '\''>(at_, end_);
    return {begin, at_};
  }

  /// "…" or '…'. Few texts have escapes and so other bytes than those that stand there.
  bool line_string(Text& to) {
    const char quote = *at_++;
    const std::string_view plain = take_text(quote);
    if (*at_ != quote) return escaped_string(quote, std::string(plain), to);
    ++at_;
    to = Text::lent(plain);
    return true;
  }

  /// The rest of a text, of which `read` was read.
  bool escaped_string(char quote, std::string read, Text& to) {
    while (*at_ != quote) {
      if (quote != '"' || *at_ != '\\') return refuse();
      if (!escape(read)) return false;
      read += take_text(quote);
    }
    ++at_;
    to = read;
    return true;
  }

  /// """…""" or '''…'''.
  bool long_string(std::string& to) {
    const char quote = *at_;
    at_ += 3;
    if ((*at_ == '\n' || *at_ == '\r') && !line_in_string()) return false;
    while (true) {
      to += take_text(quote);
      if (*at_ == quote) {
        int count = 1;
        while (count < 5 && at_[count] == quote) ++count;
        at_ += count;
        // Up to two quotes may stand before the closing three.
        to.append(static_cast<std::size_t>(count < 3 ? count : count - 3), quote);
        if (count >= 3) return true;
      } else if (*at_ == '\n' || *at_ == '\r') {
        if (!line_in_string()) return false;
        to += '\n';
      } else if (quote == '"' && *at_ == '\\') {
        if (!(is_joint() ? joint() : escape(to))) return false;
      } else {
        return refuse();
      }
    }
  }

  bool line_in_string() {
    if (!line_end()) return false;
    if (*at_ == '<' && std::string_view(at_, end_).starts_with("<<<<<<< "))
      content_.has_conflict_marks = true;
    return true;
  }

  /// Whether the backslash is the last thing on its line.
  bool is_joint() const {
    const char* const after = skip(at_ + 1, blank);
    return *after == '\n' || *after == '\r';
  }

  /// A backslash at a line's end takes all white space after it away. For TOML that is blanks and
  /// line ends; some programs, toml++ among them, take U+3000 and its like away as well.
  bool joint() {
    ++at_;
    while (true) {
      skip_blanks();
      if (is_odd_space({at_, end_})) return refuse(at_, "space-after-joint");
      if (*at_ != '\n' && *at_ != '\r') return true;
      if (!line_in_string()) return false;
    }
  }

  bool escape(std::string& to) {
    const char* const begin = at_++;
    const char kind = *at_++;
    switch (kind) {
      case 'b':
        to += '\b';
        return true;
      case 't':
        to += '\t';
        return true;
      case 'n':
        to += '\n';
        return true;
      case 'f':
        to += '\f';
        return true;
      case 'r':
        to += '\r';
        return true;
      case '"':
      case '\\':
        to += kind;
        return true;
      case 'u':
      case 'U':
        return code_point(kind == 'u' ? 4 : 8, to) || refuse(begin, "escape-value");
      default:
        return refuse(begin);
    }
  }

  bool code_point(int digits, std::string& to) {
    std::uint32_t code = 0;
    for (int i = 0; i < digits; ++i, ++at_) {
      if (!is(*at_, hexadecimal)) return false;
      const auto c = static_cast<unsigned char>(*at_);
      code = code << 4 | (c <= '9' ? c - '0' : (c | 0x20U) - 'a' + 10U);
    }
    return append_code_point(code, to);
  }

  const char* begin_;
  const char* end_;   ///< a zero byte stands there
  const char* at_;    ///< what is read next
  const char* line_;  ///< where the present line begins
  int depth_ = 0;
  Table* table_ = nullptr;                 ///< the one that the last header opened
  Names names_;                            ///< of its members
  std::array<Part, max_key_parts> parts_;  ///< of the last key
  std::size_t part_count_ = 0;
  std::unordered_map<std::uint32_t, std::unordered_map<std::string, std::size_t>> indexes_;
  Content content_;
  Refusal refusal_;
};

}  // namespace

std::variant<Content, Refusal> read_toml(const std::string& text) { return Reader(text).run(); }

}  // namespace taizhang::document
