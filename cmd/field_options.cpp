#include "field_options.hpp"

#include <algorithm>

#include "arguments.hpp"
#include "base/text.hpp"
#include "base/typed.hpp"

namespace taizhang::cmd {

using model::Field;
using model::Shape;

namespace {

std::string option_name(std::string_view key) {
  std::string name = "--" + std::string{key};
  std::ranges::replace(name, '_', '-');
  return name;
}

Diagnostic joined(const std::string& option, const std::string& value) {
  return {Severity::error, "list-item-joined", {}, {{"option", option}, {"value", value}}};
}

}  // namespace

bool looks_joined(std::string_view item) {
  for (const std::string_view comma : {",", "，", "、", ";", "；"})
    if (item.find(comma) != std::string_view::npos) return true;
  return false;
}

void FieldOptions::declare(Arguments& args, const model::RecordKind& kind,
                           std::initializer_list<std::string_view> without,
                           std::initializer_list<std::string_view> filled, bool insist) {
  const auto names = [](std::initializer_list<std::string_view> keys, std::string_view key) {
    return std::ranges::find(keys, key) != keys.end();
  };
  for (const Field& field : kind.fields) {
    const std::string key{field.key};
    if (names(without, field.key) || !declared_.insert(key).second) continue;
    const std::string option = option_name(key);
    const Need need = insist && field.need == model::Need::required && !names(filled, field.key)
                          ? Need::required
                          : Need::optional;
    switch (field.shape) {
      case Shape::text:
        args.option(option, texts_[key], need);
        break;
      case Shape::choice:
        args.choice(option, texts_[key], field.choices, need);
        break;
      case Shape::whole:
        args.option(option, wholes_[key], need);
        break;
      case Shape::date:
        args.option(option, dates_[key], need);
        break;
      case Shape::flag:
        args.flag(option, flags_[key]);
        break;
      case Shape::texts:
      case Shape::counts:
      case Shape::answers:
        args.option(option, lists_[key], need);
        break;
      case Shape::number:
      case Shape::evidence:
      case Shape::condition:
        break;  // in no record that a command adds by its fields
    }
  }
}

Diagnostics FieldOptions::fill(const model::RecordKind& kind, void* record) const {
  Diagnostics problems;
  const auto find = [](const auto& map, std::string_view key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
  };
  for (const Field& field : kind.fields) {
    if (const auto* text = find(texts_, field.key); text && !trim(*text).empty())
      field.set(record, model::code_digits(field.format) ? half_width(trim(*text))
                                                         : std::string{trim(*text)});
    if (const auto* whole = find(wholes_, field.key); whole && *whole) field.set(record, **whole);
    if (const auto* date = find(dates_, field.key); date && *date) field.set(record, **date);
    if (const auto* flag = find(flags_, field.key); flag && *flag) field.set(record, true);
    const auto* list = find(lists_, field.key);
    if (!list || list->empty()) continue;
    if (field.shape == Shape::texts) {
      for (const std::string& item : *list)
        if (looks_joined(item)) problems.push_back(joined(option_name(field.key), item));
      field.set(record, *list);
    }
    if (field.shape != Shape::counts) continue;  // answers are typed by the rule set
    field.set(record, read_counts(option_name(field.key), *list, problems));
  }
  return problems;
}

model::Counts read_counts(std::string_view option, const std::vector<std::string>& words,
                          Diagnostics& problems) {
  model::Counts counts;
  for (const std::string& word : words) {
    const auto pair = split_pair(word);
    const auto count = pair ? whole_number(half_width(pair->second)) : std::nullopt;
    if (count) {
      counts.emplace_back(pair->first, *count);
      continue;
    }
    Diagnostic diagnostic;
    diagnostic.code = "bad-count-option";
    diagnostic.facts = {{"option", std::string{option}}, {"value", word}};
    problems.push_back(std::move(diagnostic));
  }
  return counts;
}

bool FieldOptions::has(std::string_view key) const {
  const auto text = texts_.find(key);
  const auto date = dates_.find(key);
  return (text != texts_.end() && !text->second.empty()) ||
         (date != dates_.end() && date->second.has_value());
}

const std::vector<std::string>& FieldOptions::list(std::string_view key) const {
  static const std::vector<std::string> none;
  const auto found = lists_.find(key);
  return found == lists_.end() ? none : found->second;
}

}  // namespace taizhang::cmd
