#include "transfer/mapping.hpp"

#include <algorithm>

#include "base/baked.hpp"
#include "base/text.hpp"
#include "base/typed.hpp"
#include "document/document.hpp"

namespace taizhang::transfer {

namespace {

/// A heading without what differs from office to office.
std::string plain(std::string_view heading) {
  std::string made;
  for (const char each : half_width(heading))
    if (each != ' ' && each != '\n' && each != '\r' && each != '\t') made += each;
  while (made.ends_with(':') || made.ends_with('*')) made.pop_back();
  while (made.starts_with('*')) made.erase(0, 1);
  return made;
}

/// Without what stands in brackets at its end, e.g. a unit.
std::string_view without_brackets(std::string_view heading) {
  return heading.ends_with(')') ? heading.substr(0, heading.rfind('(')) : heading;
}

std::string scalar_text(const document::Value& value) {
  if (const auto* text = value.text()) return *text;
  if (const auto* whole = value.integer()) return std::to_string(*whole);
  if (const auto* date = value.date()) return format_date(*date);
  if (const auto* flag = value.boolean()) return *flag ? "true" : "false";
  return {};
}

Diagnostic unknown_key(std::string_view key, const std::vector<std::string>& keys) {
  const std::vector<std::string_view> all{keys.begin(), keys.end()};
  return {Severity::error,
          "map-key-unknown",
          {},
          {{"key", std::string{key}}, {"nearest", std::string{nearest(key, all).value_or("")}}}};
}

}  // namespace

std::string office_heading(std::string_view kind, std::string_view key) {
  const auto known = document::parse("data/import/aliases.toml",
                                     std::string{baked_text("data/import/aliases.toml")});
  for (const std::string_view part : {kind, std::string_view{"place"}}) {
    const document::Member* table = known->root.find(part);
    const document::Member* names = table ? table->value.table()->find(key) : nullptr;
    if (names) return *names->value.array()->items.front().text();
  }
  return std::string{key};
}

std::string count_key(const model::Field& field, std::string_view count) {
  return std::string{field.key} + '.' + std::string{count};
}

Mapping::Mapping(const KindInfo& kind, const model::RuleSet* rules) {
  for (const std::string_view key : place_keys()) {
    const bool above_villages = key == "county" || key == "township";
    const bool own = kind.kind == Kind::villages && key == "village";
    if (!own && (kind.kind != Kind::submissions || above_villages)) keys_.emplace_back(key);
  }
  for (const model::Field* field : fields_of(kind))
    if (!is_key(field->key)) {
      keys_.emplace_back(field->key);
      if (field->shape == model::Shape::counts)
        for (const std::string_view count : field->choices)
          keys_.push_back(count_key(*field, count));
    }
  if (kind.kind == Kind::tasks) keys_.emplace_back(problem_text);
  if (rules)
    for (const model::Question& question : rules->questions)
      keys_.push_back(std::string{answer_prefix} + question.id);
  for (const std::string& key : keys_) add_alias(key, key);

  const auto known = document::parse("data/import/aliases.toml",
                                     std::string{baked_text("data/import/aliases.toml")});
  for (const std::string_view part : {std::string_view{"place"}, kind.name}) {
    const document::Member* table = known->root.find(part);
    for (const document::Member& member : table->value.table()->members)
      for (const document::Value& alias : member.value.array()->items) {
        std::string_view key = member.key;
        if (kind.kind == Kind::villages && key == "village") key = "name";
        if (key == "ignore") key = {};
        if (key.empty() || is_key(key)) add_alias(*alias.text(), key);
      }
  }
  if (!rules) return;
  for (const model::Question& question : rules->questions) {
    const std::string key = std::string{answer_prefix} + question.id;
    add_alias(question.id, key);
    add_alias(question.label, key);
  }
}

void Mapping::add_alias(std::string_view heading, std::string_view key) {
  aliases_.emplace(plain(heading), key);  // who comes first stays
}

bool Mapping::is_key(std::string_view key) const {
  return std::ranges::find(keys_, key) != keys_.end();
}

tl::expected<void, Diagnostics> Mapping::add_file(std::string path, std::string text) {
  auto parsed = document::parse(std::move(path), std::move(text));
  if (!parsed) return tl::make_unexpected(std::move(parsed.error()));
  Diagnostics problems;
  const auto complain = [&](Diagnostic diagnostic, Span span) {
    diagnostic.place = parsed->source.place(span);
    problems.push_back(std::move(diagnostic));
  };
  for (const document::Member& part : parsed->root.members) {
    if (part.key == "schema") continue;
    const bool columns = part.key == "columns";
    if ((!columns && part.key != "fixed") || !part.value.table()) {
      complain(unknown_key(part.key, {"columns", "fixed"}), part.key_span);
      continue;
    }
    for (const document::Member& member : part.value.table()->members) {
      const std::string value = scalar_text(member.value);
      if (member.value.table() || member.value.array() || (columns && !member.value.text())) {
        complain({Severity::error, "map-not-text", {}, {{"key", member.key}}}, member.value.span);
      } else if (!columns) {
        if (const auto fixed = fix(member.key, value); !fixed)
          complain(fixed.error(), member.key_span);
      } else if (!value.empty() && !is_key(value)) {
        complain(unknown_key(value, keys_), member.value.span);
      } else {
        own_[plain(member.key)] = value;
      }
    }
  }
  if (!problems.empty()) return tl::make_unexpected(std::move(problems));
  return {};
}

tl::expected<void, Diagnostic> Mapping::fix(std::string_view key, std::string value) {
  const auto known = look_up(key);
  if (!known || known->empty()) return tl::make_unexpected(unknown_key(key, keys_));
  fixed_.insert_or_assign(*known, std::move(value));
  return {};
}

std::optional<std::string> Mapping::look_up(std::string_view heading) const {
  const std::string wanted = plain(heading);
  for (const auto* names : {&own_, &aliases_})
    for (const std::string_view form : {std::string_view{wanted}, without_brackets(wanted)})
      if (const auto found = names->find(form); !form.empty() && found != names->end())
        return found->second;
  return std::nullopt;
}

std::optional<std::string> Mapping::key_of(const sheet::Heading& heading) const {
  if (auto whole = look_up(heading.whole)) return whole;
  return look_up(heading.text);
}

}  // namespace taizhang::transfer
