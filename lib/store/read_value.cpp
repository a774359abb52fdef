#include "store/read_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/period.hpp"
#include "base/text.hpp"
#include "document/slips.hpp"
#include "model/limits.hpp"
#include "store/read_record.hpp"

namespace taizhang::store {

using document::Array;
using document::Member;
using document::Source;
using document::Table;
using document::Value;
using model::AnswerValue;
using model::Datum;
using model::Field;
using model::Format;
using model::Shape;

namespace {

bool all_digits(std::string_view text, std::size_t length) {
  return text.size() == length &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool all_hex(std::string_view text, std::size_t length) {
  return text.size() == length && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

bool is_relative_path(std::string_view text) {
  return !text.empty() && text.front() != '/' && text.find('\0') == text.npos &&
         text.find('\\') == text.npos;
}

bool is_code(Format format) {
  return format == Format::county_code || format == Format::township_code ||
         format == Format::village_code;
}

std::string_view code_of_format(Format format) {
  switch (format) {
    case Format::id:
      return "bad-id";
    case Format::period:
      return "bad-period";
    case Format::sha256:
    case Format::short_hash:
      return "bad-hash";
    default:
      return "bad-path";
  }
}

std::size_t digits_of_format(Format format) {
  if (const std::size_t digits = model::code_digits(format)) return digits;
  return format == Format::sha256 ? 64 : 8;
}

/// What stands there, as a message id.
std::string_view type_name(const Value& value) {
  if (value.text()) return "type.is-text";
  if (value.integer()) return "type.is-whole";
  if (value.real()) return std::isfinite(*value.real()) ? "type.is-number" : "type.is-infinite";
  if (value.boolean()) return "type.is-flag";
  if (value.date()) return "type.is-date";
  if (value.array()) return "type.is-array";
  if (value.table()) return "type.is-table";
  return "type.is-time";
}

/// What should stand there, as a message id.
std::string_view shape_name(Shape shape) {
  switch (shape) {
    case Shape::text:
    case Shape::choice:
      return "type.text";
    case Shape::whole:
      return "type.whole";
    case Shape::number:
      return "type.number";
    case Shape::flag:
      return "type.flag";
    case Shape::date:
      return "type.date";
    case Shape::texts:
      return "type.array";
    case Shape::evidence:
      return "type.evidence";
    case Shape::counts:
    case Shape::answers:
    case Shape::condition:
      break;
  }
  return "type.table";
}

class ValueReader {
 public:
  ValueReader(const Source& source, const Field& field, Diagnostics& diagnostics)
      : source_(source), field_(field), diagnostics_(diagnostics) {}

  Datum read(Value& value) {
    Text* const text = value.text();
    switch (field_.shape) {
      case Shape::text:
        if (!text) return wrong_type(value);
        check_format(value.span, *text);
        return std::move(*text);
      case Shape::choice:
        if (!text) return wrong_type(value);
        check_choice(value.span, *text);
        return std::move(*text);
      case Shape::whole:
        return value.integer() ? whole(value, *value.integer()) : wrong_type(value);
      case Shape::number:
        if (value.real() && std::isfinite(*value.real())) return *value.real();
        return value.integer() ? Datum{static_cast<double>(*value.integer())} : wrong_type(value);
      case Shape::flag:
        return value.boolean() ? Datum{*value.boolean()} : wrong_type(value);
      case Shape::date:
        return value.date() ? Datum{*value.date()} : wrong_type(value);
      case Shape::texts:
        return value.array() ? texts(*value.array()) : wrong_type(value);
      case Shape::counts:
        return value.table() ? counts(*value.table()) : wrong_type(value);
      case Shape::answers:
        return value.table() ? answers(*value.table()) : wrong_type(value);
      case Shape::evidence:
        return value.array() ? evidence(*value.array()) : wrong_type(value);
      case Shape::condition:
        break;
    }
    return read_condition(source_, value, diagnostics_);
  }

 private:
  void error(Span span, std::string_view code, Facts facts = {}) {
    if (!inside_.empty()) facts.emplace_back("key", fmt::format("{}.{}", field_.key, inside_));
    diagnostics_.push_back(at(source_, span, Severity::error, code, std::move(facts)));
  }

  /// Something stands there that is not of the field's type.
  Datum wrong_type(const Value& value, std::string_view expected) {
    if (is_code(field_.format) && value.integer()) {
      error(value.span, "code-not-text",
            {{"value", fmt::format("{}", *value.integer())}, {"digits", digits()}});
    } else if (field_.shape == Shape::date && value.text()) {
      const auto meant = document::meant_date(*value.text());
      error(value.span, "date-quoted",
            {{"value", *value.text()}, {"date", meant && meant->possible ? meant->text : ""}});
    } else {
      error(value.span, "wrong-type",
            {{"expected", std::string{expected}}, {"found", std::string{type_name(value)}}});
    }
    return {};
  }

  Datum wrong_type(const Value& value) { return wrong_type(value, shape_name(field_.shape)); }

  std::string digits() const { return fmt::format("{}", digits_of_format(field_.format)); }

  /// The text is no code: says what is wrong with its digits.
  void bad_code(Span span, std::string_view text) {
    const auto plain = document::narrow(text);
    if (plain && *plain != text && all_digits(*plain, plain->size()))
      error(span, "code-wide", {{"value", std::string{text}}, {"plain", *plain}});
    else if (all_digits(text, text.size()))
      error(span, "code-length",
            {{"value", std::string{text}},
             {"count", fmt::format("{}", text.size())},
             {"digits", digits()}});
    else error(span, "bad-code", {{"value", std::string{text}}, {"digits", digits()}});
  }

  void check_format(Span span, std::string_view text) {
    if (has_format(text, field_.format)) return;
    if (is_code(field_.format)) bad_code(span, text);
    else
      error(span, code_of_format(field_.format),
            {{"value", std::string{text}}, {"digits", digits()}});
  }

  void check_choice(Span span, std::string_view text) {
    if (std::ranges::find(field_.choices, text) != field_.choices.end()) return;
    const auto near = nearest(text, field_.choices);
    error(span, "bad-choice",
          {{"value", std::string{text}},
           {"choices", fmt::format("{}", fmt::join(field_.choices, " "))},
           {"nearest", std::string{near.value_or("")}}});
  }

  void check_size(const Value& value) {
    const auto* number = value.integer();
    if (number && (*number > model::most_counted || *number < -model::most_counted))
      error(value.span, "whole-too-large", {{"value", fmt::format("{}", *number)}});
  }

  Datum whole(const Value& value, std::int64_t number) {
    check_size(value);
    if (number < 0 && field_.format != Format::signed_whole)
      error(value.span, "negative-number", {{"value", fmt::format("{}", number)}});
    return number;
  }

  Datum texts(Array& array) {
    std::vector<std::string> result;
    for (Value& item : array.items) {
      Text* const text = item.text();
      if (!text) {
        wrong_type(item, "type.text");
        continue;
      }
      if (field_.choices.empty()) check_format(item.span, *text);
      else check_choice(item.span, *text);
      result.emplace_back(*text);
    }
    return result;
  }

  Datum counts(const Table& table) {
    model::Counts result;
    for (const Member& member : table.members) {
      inside_ = member.key;
      const auto* number = member.value.integer();
      if (!number) {
        wrong_type(member.value, "type.whole");
      } else if (*number < 0) {
        error(member.value.span, "negative-number", {{"value", fmt::format("{}", *number)}});
      } else if (!field_.choices.empty() &&
                 std::ranges::find(field_.choices, member.key) == field_.choices.end()) {
        inside_ = {};
        error(member.key_span, "bad-counts",
              {{"value", member.key},
               {"choices", fmt::format("{}", fmt::join(field_.choices, " "))},
               {"nearest", std::string{nearest(member.key, field_.choices).value_or("")}}});
      } else {
        check_size(member.value);
        result.emplace_back(member.key, *number);
      }
    }
    return result;
  }

  Datum answers(const Table& table) {
    model::Answers result;
    for (const Member& member : table.members) {
      inside_ = member.key;
      check_size(member.value);
      if (const Table* counted = member.value.table())
        for (const Member& each : counted->members) check_size(each.value);
      auto answer = answer_value(member.value);
      if (answer)
        result.push_back({member.key, std::move(*answer), member.value.span, member.key_span});
      else wrong_type(member.value, "type.answer");
    }
    return result;
  }

  void unknown_key(const Member& member) {
    diagnostics_.push_back(
        at(source_, member.key_span, Severity::warning, "unknown-key",
           {{"record", std::string{field_.key}}, {"key", member.key}, {"nearest", ""}}));
  }

  Datum evidence(const Array& array) {
    std::vector<model::Evidence> result;
    for (const Value& item : array.items) {
      inside_ = {};
      const Table* table = item.table();
      const Member* file = table ? table->find("file") : nullptr;
      const Member* hash = table ? table->find("sha256") : nullptr;
      if (!file || !file->value.text() || !hash || !hash->value.text()) {
        error(item.span, "bad-evidence");
        continue;
      }
      for (const Member& member : table->members)
        if (&member != file && &member != hash) unknown_key(member);
      inside_ = "file";
      if (!is_relative_path(*file->value.text()))
        error(file->value.span, "bad-path", {{"value", *file->value.text()}});
      inside_ = "sha256";
      if (!all_hex(*hash->value.text(), 64))
        error(hash->value.span, "bad-hash", {{"value", *hash->value.text()}, {"digits", "64"}});
      result.push_back({*file->value.text(), *hash->value.text(), item.span});
    }
    return result;
  }

  const Source& source_;
  const Field& field_;
  Diagnostics& diagnostics_;
  std::string_view inside_;  ///< key in the field's own table; empty for the field as a whole
};

}  // namespace

Datum read_value(const Source& source, Value& value, const Field& field, Diagnostics& diagnostics) {
  return ValueReader{source, field, diagnostics}.read(value);
}

bool has_format(std::string_view text, Format format) {
  switch (format) {
    case Format::county_code:
      return all_digits(text, 6);
    case Format::township_code:
      return all_digits(text, 9);
    case Format::village_code:
      return all_digits(text, 12);
    case Format::id:
      return is_id(text);
    case Format::sha256:
      return all_hex(text, 64);
    case Format::short_hash:
      return all_hex(text, 8);
    case Format::path:
      return is_relative_path(text);
    case Format::period: {
      const auto period = parse_period(text);
      return period && period_name(*period) == text;
    }
    case Format::any:
    case Format::signed_whole:
      break;
  }
  return true;
}

std::optional<AnswerValue> answer_value(const Value& value) {
  if (value.boolean()) return *value.boolean();
  if (value.integer()) return *value.integer();
  if (value.real() && std::isfinite(*value.real())) return *value.real();
  if (value.text()) return *value.text();
  if (value.date()) return *value.date();
  if (const Table* table = value.table()) {
    model::Counts counts;
    for (const Member& member : table->members) {
      if (!member.value.integer() || *member.value.integer() < 0) return std::nullopt;
      counts.emplace_back(member.key, *member.value.integer());
    }
    return counts;
  }
  return std::nullopt;
}

}  // namespace taizhang::store
