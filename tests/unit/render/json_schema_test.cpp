#include "render/json_schema.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "model/field.hpp"
#include "render/field_words.hpp"

using namespace taizhang;
using namespace taizhang::render;
using model::FileKind;
using nlohmann::json;

namespace {

const Catalogue chinese{Language::zh};

json schema_of(FileKind file) { return json::parse(schema_text(chinese, file)); }

json key_schema(FileKind file, const char* record, const char* key) {
  return schema_of(file)["properties"][record]["items"]["properties"][key];
}

}  // namespace

TEST_CASE("a schema has every record and key, in Chinese, and forbids no further ones") {
  for (const model::RecordKind& kind : model::record_kinds()) {
    const json schema = schema_of(kind.file);
    CHECK_FALSE(schema.contains("additionalProperties"));
    const json named = schema["properties"].value(std::string{kind.name}, json{});
    const json record = kind.repeated ? named["items"] : named;
    CAPTURE(kind.name);
    CHECK(record["title"] == header_of(kind));
    CHECK_FALSE(record.contains("additionalProperties"));
    CHECK(record["properties"].size() == kind.fields.size());
    for (const model::Field& field : kind.fields) {
      const json key = record["properties"].value(std::string{field.key}, json{});
      CHECK(key["description"] == field_line(chinese, kind, field));
      const auto& required = record["required"];
      CHECK((std::ranges::find(required, field.key) != required.end()) ==
            (field.need == model::Need::required));
    }
  }
}

TEST_CASE("a file needs the record that says whose it is, if there is one") {
  CHECK(schema_of(FileKind::village)["required"] == json{"village"});
  CHECK_FALSE(schema_of(FileKind::inspections).contains("required"));
}

TEST_CASE("values are told by type, terms and patterns") {
  CHECK(key_schema(FileKind::village, "entry", "date")["format"] == "date");
  CHECK(key_schema(FileKind::village, "entry", "level")["enum"] == json{"村", "镇", "县"});
  CHECK(key_schema(FileKind::village, "entry", "voids")["pattern"] == "^[0-9a-f]{8}$");
  CHECK(key_schema(FileKind::village, "entry", "count")["minimum"] == -1000000000000);
  CHECK(key_schema(FileKind::village, "task", "target")["minimum"] == 0);
  CHECK_FALSE(key_schema(FileKind::village, "task", "measure").contains("pattern"));
  CHECK(key_schema(FileKind::village, "task", "title").contains("pattern"));
  const json heard = key_schema(FileKind::village, "survey", "heard");
  CHECK(heard["properties"].size() == 6);
  CHECK(heard["additionalProperties"] == false);
  CHECK(key_schema(FileKind::village, "acceptance", "votes")["additionalProperties"]["minimum"] ==
        0);
}

TEST_CASE("conditions may hold conditions") {
  const json schema = schema_of(FileKind::rules);
  CHECK(key_schema(FileKind::rules, "criterion", "when")["anyOf"][0]["$ref"] ==
        "#/definitions/condition");
  CHECK(schema["definitions"]["condition"]["anyOf"].size() == 5);
  CHECK_FALSE(schema_of(FileKind::county).contains("definitions"));
}
