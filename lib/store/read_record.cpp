#include "store/read_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "base/period.hpp"
#include "base/text.hpp"
#include "store/read_value.hpp"

namespace taizhang::store {

using document::Member;
using document::Source;
using document::Table;
using document::Value;
using model::Datum;
using model::Field;
using model::FileKind;
using model::RecordKind;

Diagnostic at(const Source& source, Span span, Severity severity, std::string_view code,
              Facts facts) {
  return {severity, code, source.place(span), std::move(facts)};
}

namespace {

/// Reports on the values of one record.
class RecordReader {
 public:
  RecordReader(const Source& source, const RecordKind& kind, Diagnostics& diagnostics)
      : source_(source), kind_(kind), diagnostics_(diagnostics) {}

  bool read(Value& value, void* record) {
    Table& table = *value.table();
    kind_.at(record) = value.span;
    for (Member& member : table.members) read_member(member, record);
    if (required_found_ == std::ranges::count(kind_.fields, model::Need::required, &Field::need))
      return good_;
    for (const Field& field : kind_.fields)
      if (field.need == model::Need::required && !table.find(field.key))
        error(value.span, "missing-key",
              {{"record", std::string{kind_.name}}, {"key", std::string{field.key}}});
    return good_;
  }

 private:
  void error(Span span, std::string_view code, Facts facts) {
    diagnostics_.push_back(at(source_, span, Severity::error, code, std::move(facts)));
    good_ = false;
  }

  /// The field of that key. People write keys in the order of the format, so the search begins behind
  /// the field found last.
  const Field* find_field(const Text& key) {
    const std::size_t count = kind_.fields.size();
    for (std::size_t tried = 0; tried < count; ++tried) {
      const std::size_t ahead = next_ + tried;
      const std::size_t index = ahead < count ? ahead : ahead - count;
      if (key != kind_.fields[index].key) continue;
      next_ = index + 1;
      required_found_ += kind_.fields[index].need == model::Need::required;
      return &kind_.fields[index];
    }
    return nullptr;
  }

  void read_member(Member& member, void* record) {
    const Field* const field = find_field(member.key);
    if (!field) return unknown(member);
    if (take_text(member.value, *field, record)) return;
    const std::size_t before = diagnostics_.size();
    Datum datum = read_value(source_, member.value, *field, diagnostics_);
    bool usable = true;
    for (Diagnostic& diagnostic : std::span(diagnostics_).subspan(before)) {
      usable = usable && diagnostic.severity != Severity::error;
      if (std::ranges::find(diagnostic.facts, "key", &Facts::value_type::first) ==
          diagnostic.facts.end())
        diagnostic.facts.emplace_back("key", member.key);
    }
    good_ = good_ && usable;
    if (!usable) return;
    if (!is_blank(datum)) field->set(record, std::move(datum));
    else if (field->need == model::Need::required)
      error(member.value.span, "empty-value", {{"key", member.key}});
  }

  /// Most values are texts with which nothing is wrong. False leaves it to `read_value` to say what is.
  static bool take_text(Value& value, const Field& field, void* record) {
    Text* const text = field.set_text ? value.text() : nullptr;
    return text && !is_blank_text(*text) && has_format(*text, field.format) &&
           field.set_text(record, std::move(*text));
  }

  static bool is_blank_text(std::string_view text) {
    constexpr unsigned char begins_wide_space = 0xE3;
    const auto first = static_cast<unsigned char>(text.empty() ? ' ' : text.front());
    return (first <= ' ' || first == begins_wide_space) && trim(text).empty();
  }

  static bool is_blank(const Datum& datum) {
    const auto* text = std::get_if<Text>(&datum);
    return text && is_blank_text(*text);
  }

  void unknown(const Member& member) {
    std::vector<std::string_view> keys;
    for (const Field& field : kind_.fields) keys.push_back(field.key);
    const auto near = nearest(member.key, keys);
    Facts facts{{"key", member.key}, {"record", std::string{kind_.name}}};
    if (near) facts.emplace_back("nearest", std::string{*near});
    diagnostics_.push_back(
        at(source_, member.key_span, Severity::warning, "unknown-key", std::move(facts)));
  }

  const Source& source_;
  const RecordKind& kind_;
  Diagnostics& diagnostics_;
  bool good_ = true;
  std::size_t next_ = 0;  ///< where to look for the next key's field
  std::ptrdiff_t required_found_ = 0;
};

}  // namespace

bool read_record(const Source& source, Value& value, const RecordKind& kind, void* record,
                 Diagnostics& diagnostics) {
  return RecordReader{source, kind, diagnostics}.read(value, record);
}

namespace {

/// The version of the format that this program reads.
constexpr std::int64_t schema_version = 1;

bool check_schema(const Source& source, const Member& member, Diagnostics& diagnostics) {
  const auto* version = member.value.integer();
  if (version && *version == schema_version) return true;
  diagnostics.push_back(at(source, member.value.span, Severity::error,
                           version && *version > schema_version ? "schema-newer" : "schema-bad",
                           {{"version", fmt::format("{}", version ? *version : 0)},
                            {"known", fmt::format("{}", schema_version)}}));
  return false;
}

}  // namespace

bool check_top_level(const document::Document& document, FileKind file, Diagnostics& diagnostics) {
  bool good = true;
  const Source& source = document.source;
  if (!document.root.find("schema"))
    diagnostics.push_back(at(source, {}, Severity::warning, "schema-missing"));
  for (const Member& member : document.root.members) {
    if (member.key == "schema") {
      good = check_schema(source, member, diagnostics) && good;
      continue;
    }
    const RecordKind* kind = model::find_kind(file, member.key);
    if (!kind) {
      std::vector<std::string_view> names;
      for (const RecordKind& each : model::record_kinds())
        if (each.file == file) names.push_back(each.name);
      const auto near = nearest(member.key, names);
      Facts facts{{"key", member.key}, {"choices", fmt::format("{}", fmt::join(names, " "))}};
      if (near) facts.emplace_back("nearest", std::string{*near});
      diagnostics.push_back(
          at(source, member.key_span, Severity::warning, "unknown-record", std::move(facts)));
      continue;
    }
    const auto* array = member.value.array();
    const bool fits =
        kind->repeated
            ? array && std::ranges::all_of(
                           array->items, [](const Value& item) { return item.table() != nullptr; })
            : member.value.table() != nullptr;
    if (!fits) {
      diagnostics.push_back(at(source, member.key_span, Severity::error,
                               kind->repeated ? "brackets-double" : "brackets-single",
                               {{"record", std::string{kind->name}}}));
      good = false;
    }
  }
  return good;
}

namespace {

const Table* find_record(const Table& root, Span record) {
  for (const Member& member : root.members) {
    if (member.value.table() && member.value.span == record) return member.value.table();
    if (const auto* array = member.value.array())
      for (const Value& item : array->items)
        if (item.table() && item.span == record) return item.table();
  }
  return nullptr;
}

}  // namespace

namespace {

Span shifted(Span span, std::uint32_t by) { return {span.begin + by, span.end + by}; }

/// The end of the block whose header is at `header`: where the next header that is not of one of
/// its own tables may begin, looking from `from` on.
std::size_t block_end(std::string_view text, std::string_view name, std::size_t from) {
  while (true) {
    from = text.find("\n[", from);
    if (from == text.npos) return text.size();
    std::string_view next = text.substr(++from);
    next.remove_prefix(std::min(next.find_first_not_of("[ \t"), next.size()));
    if (!next.starts_with(name) || !next.substr(name.size()).starts_with('.')) return from;
  }
}

/// The key in a record that begins with a header. Only the block is read again, however long the
/// file; a line in a text or list that looks like a header makes the first attempt fail.
std::optional<Span> key_in_block(const Source& source, Span record, std::string_view key) {
  constexpr int most_attempts = 8;
  const std::string_view text = source.text();
  std::string_view name = text.substr(record.begin, record.end - record.begin);
  name = trim(name.substr(std::min(name.find_first_not_of("[ \t"), name.size())));
  name = trim(name.substr(0, name.find(']')));
  std::size_t end = record.end;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    end = block_end(text, name, end);
    const auto block =
        document::parse({}, std::string(text.substr(record.begin, end - record.begin)));
    if (block) {
      const Table* table = find_record(block->root, {0, record.end - record.begin});
      const Member* member = table ? table->find(key) : nullptr;
      if (!member) return std::nullopt;
      return shifted(member->value.span, record.begin);
    }
    if (end == text.size()) break;
  }
  return std::nullopt;
}

}  // namespace

Span key_span(const Source& source, Span record, std::string_view key) {
  if (key.empty() || record.begin >= source.text().size()) return record;
  if (source.text()[record.begin] == '[') return key_in_block(source, record, key).value_or(record);
  // Written in braces or with dotted keys, which is seldom.
  const auto document = document::parse(source.path(), source.text());
  const Table* table = document ? find_record(document->root, record) : nullptr;
  const Member* member = table ? table->find(key) : nullptr;
  return member ? member->value.span : record;
}

}  // namespace taizhang::store
