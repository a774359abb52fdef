#include "render/json_schema.hpp"

#include <nlohmann/json.hpp>

#include "model/limits.hpp"
#include "render/field_words.hpp"

namespace taizhang::render {

using model::Field;
using model::FileKind;
using model::Format;
using model::Need;
using model::RecordKind;
using model::Shape;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view date_pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
constexpr std::string_view path_pattern = R"(^[^/\\\x00][^\\\x00]*$)";
/// Some character that is not white space as `trim` knows it.
constexpr std::string_view some_text = R"([^ \t\n\v\f\r\u3000])";

/// Empty when every text will do.
std::string_view pattern_of(Format format) {
  switch (format) {
    case Format::county_code:
      return "^[0-9]{6}$";
    case Format::township_code:
      return "^[0-9]{9}$";
    case Format::village_code:
      return "^[0-9]{12}$";
    case Format::id:
      return "^[0-9A-Za-z_-]{1,32}$";
    case Format::period:
      return "^[0-9]{4}(-(0[1-9]|1[0-2])(-H[12])?|-Q[1-4])?$";
    case Format::sha256:
      return "^[0-9a-f]{64}$";
    case Format::short_hash:
      return "^[0-9a-f]{8}$";
    case Format::path:
      return path_pattern;
    case Format::any:
    case Format::signed_whole:
      break;
  }
  return {};
}

Json text_like(std::string_view pattern) {
  Json json{{"type", "string"}};
  if (!pattern.empty()) json["pattern"] = pattern;
  return json;
}

Json one_of(std::span<const std::string_view> choices) {
  Json json{{"type", "string"}, {"enum", Json::array()}};
  for (const std::string_view choice : choices) json["enum"].push_back(choice);
  return json;
}

Json whole(std::int64_t least) {
  return {{"type", "integer"}, {"minimum", least}, {"maximum", model::most_counted}};
}
Json count() { return whole(0); }

/// Any answer to a question: which one fits is the rule set's affair.
Json answer() {
  return {{"anyOf",
           {{{"type", "boolean"}},
            {{"type", "number"}},
            {{"type", "string"}},
            {{"type", "object"}, {"additionalProperties", count()}}}}};
}

Json counts(std::span<const std::string_view> keys) {
  Json json{{"type", "object"}};
  for (const std::string_view key : keys) json["properties"][std::string{key}] = count();
  json["additionalProperties"] = keys.empty() ? count() : Json(false);
  return json;
}

Json evidence() {
  Json item{{"type", "object"}, {"required", {"file", "sha256"}}};
  item["properties"] = {{"file", text_like(path_pattern)},
                        {"sha256", text_like(pattern_of(Format::sha256))}};
  return {{"type", "array"}, {"items", item}};
}

Json parts() {
  return {{"type", "array"}, {"minItems", 1}, {"items", {{"$ref", "#/definitions/condition"}}}};
}

Json only(Json properties) {
  Json json{{"type", "object"}, {"required", Json::array()}};
  for (const auto& item : properties.items()) json["required"].push_back(item.key());
  json["properties"] = std::move(properties);
  json["additionalProperties"] = false;
  return json;
}

/// A comparison of one answer.
Json comparison() {
  const Json number{{"type", "number"}};
  const Json text{{"type", "string"}};
  const Json length{{"type", "integer"}, {"minimum", 1}};
  const Json operators{
      {"is", answer()},
      {"one_of", {{"type", "array"}, {"minItems", 1}, {"items", answer()}}},
      {"at_least", number},
      {"at_most", number},
      {"above", number},
      {"below", number},
      {"older_than", {{"oneOf", {only({{"months", length}}), only({{"days", length}})}}}}};
  Json json{{"type", "object"}, {"required", {"question"}}, {"oneOf", Json::array()}};
  for (const auto& item : operators.items()) json["oneOf"].push_back({{"required", {item.key()}}});
  json["properties"] = {
      {"question", text},
      {"share", {{"anyOf", {text, {{"type", "array"}, {"minItems", 1}, {"items", text}}}}}}};
  json["properties"].update(operators);
  json["additionalProperties"] = false;
  return json;
}

/// A comparison, or a group of conditions.
Json condition() {
  const Json least{{"type", "integer"}, {"minimum", 1}};
  Json json;
  json["anyOf"] = {comparison(), only({{"any", parts()}}), only({{"all", parts()}}),
                   only({{"none", parts()}}), only({{"at_least", least}, {"of", parts()}})};
  return json;
}

Json texts(const Field& field) {
  Json items = field.choices.empty() ? text_like(pattern_of(field.format)) : one_of(field.choices);
  return {{"type", "array"}, {"items", std::move(items)}};
}

Json value_schema(const Field& field) {
  switch (field.shape) {
    case Shape::text: {
      const std::string_view pattern = pattern_of(field.format);
      return text_like(pattern.empty() && field.need == Need::required ? some_text : pattern);
    }
    case Shape::choice:
      return one_of(field.choices);
    case Shape::whole:
      return field.format == Format::signed_whole ? whole(-model::most_counted) : count();
    case Shape::number:
      return {{"type", "number"}};
    case Shape::flag:
      return {{"type", "boolean"}};
    case Shape::date:
      return {{"type", "string"}, {"format", "date"}, {"pattern", date_pattern}};
    case Shape::texts:
      return texts(field);
    case Shape::counts:
      return counts(field.choices);
    case Shape::answers:
      return {{"type", "object"}, {"additionalProperties", answer()}};
    case Shape::evidence:
      return evidence();
    case Shape::condition:
      break;
  }
  return {{"anyOf", {{{"$ref", "#/definitions/condition"}}}}};
}

/// One key: what it means comes first, so that editors and people find it.
Json field_schema(const Catalogue& catalogue, const RecordKind& kind, const Field& field) {
  Json json{{"description", field_line(catalogue, kind, field)}};
  json.update(value_schema(field));
  return json;
}

Json record_schema(const Catalogue& catalogue, const RecordKind& kind) {
  const std::string words = record_words(catalogue, kind);
  Json record{{"title", header_of(kind)}, {"description", words}, {"type", "object"}};
  Json required = Json::array();
  for (const Field& field : kind.fields)
    if (field.need == Need::required) required.push_back(field.key);
  if (!required.empty()) record["required"] = std::move(required);
  for (const Field& field : kind.fields)
    record["properties"][std::string{field.key}] = field_schema(catalogue, kind, field);
  if (!kind.repeated) return record;
  return {{"description", words}, {"type", "array"}, {"items", std::move(record)}};
}

}  // namespace

std::string schema_text(const Catalogue& catalogue, FileKind file) {
  Json json{{"$schema", "http://json-schema.org/draft-07/schema#"},
            {"title", file_words(catalogue, file)},
            {"type", "object"}};
  Json properties;
  properties["schema"] = {
      {"description", catalogue.text("schema.version")}, {"type", "integer"}, {"enum", {1}}};
  Json required = Json::array();
  bool conditions = false;
  for (const RecordKind& kind : model::record_kinds()) {
    if (kind.file != file) continue;
    if (!kind.repeated) required.push_back(kind.name);
    for (const Field& field : kind.fields)
      conditions = conditions || field.shape == Shape::condition;
    properties[std::string{kind.name}] = record_schema(catalogue, kind);
  }
  if (!required.empty()) json["required"] = std::move(required);
  json["properties"] = std::move(properties);
  if (conditions) json["definitions"]["condition"] = condition();
  return json.dump(2) + "\n";
}

}  // namespace taizhang::render
