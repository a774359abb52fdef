#include "render/json.hpp"

#include <nlohmann/json.hpp>

#include <iterator>
#include <utility>
#include <variant>

#include "base/private_data.hpp"
#include "render/cell.hpp"
#include "render/diagnostics.hpp"

namespace taizhang::render {

namespace {

using Json = nlohmann::ordered_json;

/// Two spaces deep, ended by a line break; bytes that are no text become U+FFFD.
std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json facts_json(const Facts& facts) {
  Json json = Json::object();
  for (const auto& [name, value] : facts) json[std::string(name)] = value;
  return json;
}

Json label_json(const report::Label& label) {
  if (label.id.empty()) return nullptr;
  if (label.facts.empty()) return label.id;
  Json json{{"id", label.id}};
  json.update(facts_json(label.facts));
  return json;
}

Json labels_json(const std::vector<report::Label>& labels) {
  Json json = Json::array();
  for (const report::Label& label : labels) json.push_back(label_json(label));
  return json;
}

struct Writer {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(report::Missing) const { return nullptr; }
  Json operator()(const std::string& text) const { return text; }
  Json operator()(report::Term term) const { return term.zh; }
  Json operator()(const report::Names& names) const { return names.joined(); }
  Json operator()(const report::Label& label) const { return label_json(label); }
  Json operator()(std::int64_t number) const { return number; }
  Json operator()(report::Decimal decimal) const {
    return static_cast<double>(decimal.hundredths) / 100;
  }
  Json operator()(Date date) const { return format_date(date); }
  Json operator()(report::Share share) const {
    return share.whole == 0 ? Json(nullptr) : Json{{"part", share.part}, {"whole", share.whole}};
  }
};

Json row_json(const report::Table& table, const report::Row& row) {
  Json json = Json::object();
  Json missing = Json::array();
  for (std::size_t c = 0; c < table.columns.size() && c < row.cells.size(); ++c) {
    const std::string key(table.columns[c].key);
    const report::Cell& cell = row.cells[c];
    json[key] = std::visit(Writer{}, cell.content);
    if (is_missing(cell.content)) missing.push_back(key);
    if (cell.light != report::Light::none) json[key + "_light"] = light_name(cell.light);
  }
  if (!missing.empty()) json["missing"] = std::move(missing);
  if (row.total) json["total"] = true;
  if (!row.path.empty()) {
    json["path"] = row.path;
    if (row.line > 0) json["line"] = row.line;
  }
  return json;
}

Json table_json(const report::Table& table) {
  Json json{{"id", table.id}};
  if (!table.title.id.empty()) json["title"] = label_json(table.title);
  json["columns"] = Json::array();
  for (const report::Column& column : table.columns) json["columns"].push_back(column.key);
  json["rows"] = Json::array();
  for (const report::Row& row : table.rows) json["rows"].push_back(row_json(table, row));
  return json;
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

}  // namespace

std::string render_json(const report::Report& report) {
  Json json{{"schema", report.schema}, {"title", label_json(report.title)}};
  json["subtitle"] = labels_json(report.subtitle);
  json["tables"] = Json::array();
  for (const report::Table& table : report.tables) json["tables"].push_back(table_json(table));
  json["notes"] = labels_json(report.notes);
  return dump(json);
}

std::string render_json_lines(const report::Report& report) {
  std::string lines;
  for (const report::Table& table : report.tables)
    for (const report::Row& row : table.rows) {
      Json json = row_json(table, row);
      for (auto member = json.begin(); member != json.end();)
        member = member->is_null() ? json.erase(member) : std::next(member);
      lines += json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
  return lines;
}

std::string render_diagnostics_json(const Catalogue& catalogue, const Diagnostics& diagnostics) {
  Json json = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    const Place& place = diagnostic.place;
    Json one{{"severity", severity_name(diagnostic.severity)}, {"code", diagnostic.code}};
    one["path"] = place.path.empty() ? Json(nullptr) : Json(place.path);
    one["line"] = place.line > 0 ? Json(place.line) : Json(nullptr);
    one["column"] = place.line > 0 && place.column > 0 ? Json(place.column) : Json(nullptr);
    one["message"] = mask_private_numbers(catalogue.text(diagnostic.code, diagnostic.facts));
    one["remedy"] = mask_private_numbers(catalogue.remedy(diagnostic.code, diagnostic.facts));
    Facts facts = diagnostic.facts;
    for (auto& fact : facts) fact.second = mask_private_numbers(fact.second);
    one["facts"] = facts_json(facts);
    json.push_back(std::move(one));
  }
  return dump(json);
}

}  // namespace taizhang::render
