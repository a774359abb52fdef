#include "workflow/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "model/field.hpp"

namespace taizhang::workflow {

using model::Datum;
using model::Field;
using model::FileKind;

namespace {

std::string escaped(std::string_view text) {
  std::string plain = nfc(text);
  if (plain.find_first_of("\\\n") == std::string::npos) return plain;
  std::string result;
  for (const char c : plain) {
    if (c == '\\') result += "\\\\";
    else if (c == '\n') result += "\\n";
    else result += c;
  }
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
  if (const auto* text = std::get_if<std::string>(&datum)) return escaped(*text);
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

}  // namespace

std::string record_lines(std::string_view kind, const void* record) {
  std::string lines;
  for (const Field& field : model::find_kind(FileKind::village, kind)->fields)
    add_line(lines, field, record);
  return lines;
}

std::string definition_hash(const model::Task& task) {
  constexpr std::array<std::string_view, 10> keys{"id",         "round",      "problem",  "kind",
                                                  "title",      "measure",    "standard", "target",
                                                  "target_max", "target_unit"};
  const auto fields = model::find_kind(FileKind::village, "task")->fields;
  std::string lines;
  for (std::string_view key : keys)
    add_line(lines, *std::ranges::find(fields, key, &Field::key), &task);
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
