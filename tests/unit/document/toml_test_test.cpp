// Reads all cases of the toml-test suite for TOML 1.0 (https://github.com/toml-lang/toml-test) with our
// reader and with toml++ when TOML_TEST_DIR names a folder that holds it.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "document/document.hpp"
#include "document/guard.hpp"
#include "document/witness.hpp"

namespace {

using namespace taizhang;
using document::Value;
using nlohmann::json;

std::string read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

/// One spelling for a time: `T` and `Z` in capitals, no zeros at the end of a fraction.
std::string normal_time(std::string text) {
  for (char& c : text) {
    if (c == ' ' || c == 't') c = 'T';
    if (c == 'z') c = 'Z';
  }
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return text;
  std::size_t end = dot + 1;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  std::size_t kept = end;
  while (text[kept - 1] == '0') --kept;
  if (text[kept - 1] == '.') --kept;
  return text.erase(kept, end - kept);
}

std::string type_of_time(const std::string& text) {
  if (text.find('T') == std::string::npos) return "time-local";
  const std::string time = text.substr(text.find('T'));
  return time.find_first_of("Z+-") == std::string::npos ? "datetime-local" : "datetime";
}

bool same_float(double value, const std::string& expected) {
  const double other = std::strtod(expected.c_str(), nullptr);
  return value == other || (std::isnan(value) && std::isnan(other));
}

bool matches(const Value& value, const json& expected);

bool table_matches(const document::Table& table, const json& expected) {
  if (!expected.is_object() || expected.size() != table.members.size()) return false;
  for (const auto& member : table.members)
    if (!expected.contains(member.key) || !matches(member.value, expected[member.key]))
      return false;
  return true;
}

bool matches(const Value& value, const json& expected) {
  if (const auto* table = value.table()) return table_matches(*table, expected);
  if (const auto* array = value.array()) {
    if (!expected.is_array() || expected.size() != array->items.size()) return false;
    for (std::size_t i = 0; i < array->items.size(); ++i)
      if (!matches(array->items[i], expected[i])) return false;
    return true;
  }
  if (!expected.is_object() || !expected.contains("type") || !expected["type"].is_string())
    return false;
  const std::string type = expected["type"];
  const std::string text = expected["value"];
  if (value.text()) return type == "string" && text == *value.text();
  if (value.integer()) return type == "integer" && text == std::to_string(*value.integer());
  if (value.boolean()) return type == "bool" && text == (*value.boolean() ? "true" : "false");
  if (value.real()) return type == "float" && same_float(*value.real(), text);
  if (value.date()) return type == "date-local" && text == format_date(*value.date());
  const std::string time = normal_time((*value.time()).text);
  return type == type_of_time(time) && normal_time(text) == time;
}

}  // namespace

TEST_CASE("every case of toml-test for TOML 1.0 is accepted with its meaning, or refused") {
  const char* folder = std::getenv("TOML_TEST_DIR");
  if (folder == nullptr) {
    MESSAGE("skipped: TOML_TEST_DIR is not set");
    return;
  }
  const std::string root = std::string(folder) + "/";
  std::ifstream list(root + "files-toml-1.0.0");
  int valid = 0;
  int invalid = 0;
  for (std::string name; std::getline(list, name);) {
    if (!name.ends_with(".toml")) continue;
    CAPTURE(name);
    const auto document = document::parse(name, read_bytes(root + name));
    if (name.starts_with("invalid/")) {
      ++invalid;
      CHECK_FALSE(document.has_value());
      if (!document) CHECK_FALSE(document.error().empty());
      const document::Source source(name, read_bytes(root + name));
      if (document::guard(source).empty())
        CHECK_FALSE(document::witness(source.text()).has_value());
      continue;
    }
    ++valid;
    REQUIRE(document.has_value());
    std::string expected = root + name;
    expected.replace(expected.size() - 5, 5, ".json");
    CHECK(table_matches(document->root, json::parse(read_bytes(expected))));
    CHECK(document::is_confirmed(*document));
  }
  CHECK(valid > 200);
  CHECK(invalid > 450);
}
