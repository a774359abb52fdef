#include "workflow/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "model/field.hpp"

namespace taizhang::workflow {

using model::Datum;
using model::Field;
using model::FileKind;

namespace {

constexpr std::size_t usual_definition = 512;  ///< bytes that it rarely exceeds

void add_escaped(std::string& out, std::string_view text) {
  const std::string plain = nfc(text);
  if (plain.find('\\') == std::string::npos && plain.find('\n') == std::string::npos) {
    out += plain;
    return;
  }
  for (const char c : plain) {
    if (c == '\\') out += "\\\\";
    else if (c == '\n') out += "\\n";
    else out += c;
  }
}

std::string escaped(std::string_view text) {
  std::string result;
  add_escaped(result, text);
  return result;
}

std::string answered(bool value) { return value ? "true\t" : "false\t"; }
std::string answered(std::int64_t value) { return fmt::format("{}\t", value); }
std::string answered(double value) { return fmt::format("{}\t", value); }
std::string answered(const std::string& value) { return escaped(value) + '\t'; }
std::string answered(Date value) { return format_date(value) + '\t'; }
std::string answered(const model::Counts& counts) {
  std::string result;
  for (const auto& [name, count] : counts) result += fmt::format("{}\t{}\t", escaped(name), count);
  return result;
}

std::string written(const Datum& datum) {
  if (const auto* text = std::get_if<Text>(&datum)) return escaped(*text);
  if (const auto* number = std::get_if<std::int64_t>(&datum)) return fmt::format("{}", *number);
  if (const auto* date = std::get_if<Date>(&datum)) return format_date(*date);
  if (const auto* flag = std::get_if<bool>(&datum)) return *flag ? "true" : "false";
  std::string result;
  if (const auto* answers = std::get_if<model::Answers>(&datum))
    for (const model::Answer& answer : *answers) {
      result += escaped(answer.question) + '\t';
      std::visit([&](const auto& value) { result += answered(value); }, answer.value);
    }
  if (const auto* counts = std::get_if<model::Counts>(&datum))
    for (const auto& [name, count] : *counts)
      result += fmt::format("{}\t{}\t", escaped(name), count);
  if (const auto* evidence = std::get_if<std::vector<model::Evidence>>(&datum))
    for (const auto& item : *evidence) result += escaped(item.file) + '\t' + item.sha256 + '\t';
  return result;
}

void add_line(std::string& lines, const Field& field, const void* record) {
  const Datum value = field.get(record);
  if (std::holds_alternative<std::monostate>(value)) return;
  lines += fmt::format("{}={}\n", field.key, written(value));
}

void add_line(std::string& lines, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  lines += key;
  lines += '=';
  add_escaped(lines, text);
  lines += '\n';
}

void add_line(std::string& lines, std::string_view key, std::optional<std::int64_t> number) {
  if (number) add_line(lines, key, std::string_view{fmt::format_int(*number).str()});
}

}  // namespace

std::string record_lines(std::string_view kind, const void* record) {
  std::string lines;
  for (const Field& field : model::find_kind(FileKind::village, kind)->fields)
    add_line(lines, field, record);
  return lines;
}

std::string definition_hash(const model::Task& task) {
  std::string lines;
  lines.reserve(usual_definition);
  add_line(lines, "id", task.id);
  add_line(lines, "round", task.round);
  add_line(lines, "problem", task.problem);
  add_line(lines, "kind", task.kind ? model::term(*task.kind) : std::string_view{});
  add_line(lines, "title", task.title);
  add_line(lines, "measure", task.measure);
  add_line(lines, "standard", task.standard);
  add_line(lines, "target", task.target);
  add_line(lines, "target_max", task.target_max);
  add_line(lines, "target_unit", task.target_unit);
  return sha256(lines);
}

std::string entry_hash(std::span<const model::Entry* const> entries, std::size_t index) {
  const std::string lines = record_lines("entry", entries[index]);
  const auto before = entries.first(index);
  const auto equal_before = std::ranges::count_if(before, [&](const model::Entry* entry) {
    return entry->date == entries[index]->date && record_lines("entry", entry) == lines;
  });
  return sha256(fmt::format("{}#{}\n", lines, equal_before + 1)).substr(0, 8);
}

}  // namespace taizhang::workflow
