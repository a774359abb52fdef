#include "document/write_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "document/document.hpp"
#include "document/reader.hpp"

namespace taizhang::document {

namespace {

std::string write_text(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const auto [code, length] = utf8::step(text);
    const std::string_view character = text.substr(0, length);
    text.remove_prefix(length);
    switch (code) {
      case '"':
        out += "\\\"";
        continue;
      case '\\':
        out += "\\\\";
        continue;
      case '\b':
        out += "\\b";
        continue;
      case '\t':
        out += "\\t";
        continue;
      case '\n':
        out += "\\n";
        continue;
      case '\f':
        out += "\\f";
        continue;
      case '\r':
        out += "\\r";
        continue;
      default:
        break;
    }
    if (!has_hidden_characters(character)) out += character;
    else if (code <= 0xFFFF) out += fmt::format("\\u{:04X}", code);
    else out += fmt::format("\\U{:08X}", code);
  }
  return out + '"';
}

std::string write_real(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
  std::string out = fmt::format("{}", number);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

std::string write_key_part(std::string_view part) {
  const auto is_bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return !part.empty() && std::ranges::all_of(part, is_bare) ? std::string(part) : write_text(part);
}

bool holds_tables(const Array& array) {
  return !array.items.empty() &&
         std::ranges::all_of(array.items, [](const Value& item) { return item.table(); });
}

bool is_time(const std::string& text) {
  if (text.find_first_not_of("0123456789:.+-TtZz ") != std::string::npos) return false;
  const auto read = parse({}, "x = " + text);
  if (!read) return false;
  const auto* time = read->root.members.front().value.time();
  return time && time->text == text;
}

bool is_writable_inside(const Value& value, int depth) {
  if (depth > max_nesting) return false;
  const auto is_utf8 = [](std::string_view text) { return !first_invalid_utf8(text); };
  if (const Text* text = value.text()) return is_utf8(*text);
  if (const Date* date = value.date())
    return date->ok() && int{date->year()} >= 0 && int{date->year()} <= 9999;
  if (const auto* time = value.time()) return is_time(time->text);
  if (const Array* array = value.array())
    return std::ranges::all_of(
        array->items, [&](const Value& item) { return is_writable_inside(item, depth + 1); });
  if (const Table* table = value.table())
    return std::ranges::all_of(table->members, [&](const Member& member) {
      return is_utf8(member.key) && is_writable_inside(member.value, depth + 1);
    });
  return true;
}

}  // namespace

bool is_writable(const Value& value) { return is_writable_inside(value, 0); }

std::string write_on_one_line(const Value& value) {
  if (const Text* text = value.text()) return write_text(*text);
  if (const std::int64_t* integer = value.integer()) return fmt::format("{}", *integer);
  if (const double* real = value.real()) return write_real(*real);
  if (const bool* boolean = value.boolean()) return *boolean ? "true" : "false";
  if (const Date* date = value.date()) return format_date(*date);
  if (const auto* time = value.time()) return time->text;
  std::string out;
  if (const Array* array = value.array()) {
    for (const Value& item : array->items)
      out += (out.empty() ? "" : ", ") + write_on_one_line(item);
    return "[" + out + "]";
  }
  for (const Member& member : value.table()->members)
    out += (out.empty() ? "" : ", ") + write_key_part(member.key) + " = " +
           write_on_one_line(member.value);
  return out.empty() ? "{}" : "{ " + out + " }";
}

std::string write_value(const Value& value, std::string_view line_ending, std::string_view indent) {
  const Array* array = value.array();
  if (!array || !holds_tables(*array)) return write_on_one_line(value);
  std::string out = "[";
  for (const Value& item : array->items)
    out += fmt::format("{}{}  {},", line_ending, indent, write_on_one_line(item));
  return out + fmt::format("{}{}]", line_ending, indent);
}

std::string write_key(const Key& key) {
  std::string out;
  for (const std::string& part : key) {
    if (!out.empty()) out += '.';
    out += write_key_part(part);
  }
  return out;
}

}  // namespace taizhang::document
