#include "report/inspections.hpp"

#include <algorithm>
#include <set>

namespace taizhang::report {

using model::Inspection;
using model::InspectionFinding;
using model::InspectionKind;

namespace {

/// A village's name by one of its codes; the code itself when nobody has it.
std::string name_of(const model::CountyLedger& county, const std::string& code) {
  for (const auto& township : county.townships)
    for (const auto& village : township.villages)
      if (village.info.code == code ||
          std::ranges::find(village.info.former, code) != village.info.former.end())
        return village.info.name;
  return code;
}

std::string names_of(const model::CountyLedger& county, const std::vector<std::string>& codes) {
  std::string names;
  for (const std::string& code : codes) names += (names.empty() ? "" : " ") + name_of(county, code);
  return names;
}

/// Whether the record is about a village of the place; all are when the place is a county or more.
bool concerns(const CountyState& state, const std::vector<std::string>& codes) {
  std::size_t all = 0;
  for (const auto& township : state.county->townships) all += township.village_files;
  if (state.files >= all) return true;
  return std::ranges::any_of(codes, [&](const std::string& code) {
    return std::ranges::any_of(state.villages, [&](const VillageState& village) {
      const auto& info = village.ledger->info;
      return info.code == code || std::ranges::find(info.former, code) != info.former.end();
    });
  });
}

}  // namespace

const model::Reply* reply_to(const model::CountyLedger& county, const std::string& finding,
                             Date as_of) {
  const model::Reply* first = nullptr;
  for (const model::Reply& reply : county.replies)
    if (reply.finding == finding && reply.date && *reply.date <= as_of &&
        (!first || *reply.date < *first->date))
      first = &reply;
  return first;
}

InspectionReport::InspectionReport(const Occasion& occasion, std::string_view place)
    : occasion_(occasion) {
  report_.schema = "taizhang.inspections/1";
  report_.title = {"inspect.title"};
  report_.subtitle = subtitle(occasion, place);
  plan_.id = "plan";
  plan_.title = {"inspect.plan"};
  plan_.columns = {{"county", "column.county"},
                   {"planned", "column.inspections_planned", Align::right},
                   {"inspections", "column.inspections", Align::right},
                   {"unannounced", "column.unannounced", Align::right},
                   {"villages", "column.inspected", Align::right},
                   {"findings", "column.findings", Align::right},
                   {"open", "column.open", Align::right},
                   {"late", "column.late", Align::right}};
  inspections_.id = "inspections";
  inspections_.title = {"inspect.inspections"};
  inspections_.columns = {
      {"id", "column.id"},        {"date", "column.date"},         {"kind", "column.kind"},
      {"way", "column.way"},      {"occasion", "column.occasion"}, {"villages", "column.village"},
      {"result", "column.result"}};
  open_.id = "open";
  open_.title = {"inspect.open"};
  open_.columns = {{"id", "column.id"},          {"village", "column.village"},
                   {"kind", "column.kind"},      {"handling", "column.handling"},
                   {"due", "column.due"},        {"late", "column.days_late", Align::right},
                   {"text", "column.found_text"}};
  answered_.id = "answered";
  answered_.title = {"inspect.answered"};
  answered_.columns = {{"id", "column.id"},     {"village", "column.village"},
                       {"kind", "column.kind"}, {"date", "column.replied"},
                       {"by", "column.by"},     {"text", "column.reply"}};
}

void InspectionReport::add(const CountyState& state) {
  plan(state);
  inspections(state);
  findings(state);
}

void InspectionReport::plan(const CountyState& state) {
  const model::CountyLedger& county = *state.county;
  std::int64_t count = 0, unannounced = 0, found = 0, open = 0, late = 0;
  std::set<std::string_view> villages, ids;
  for (const Inspection& each : county.inspections) {
    if (each.round != occasion_.round || !workflow::exists_on(each, occasion_.as_of)) continue;
    ids.insert(each.id);
    if (each.kind == InspectionKind::inspection) {
      ++count;
      unannounced += each.unannounced.value_or(false);
    }
    villages.insert(each.villages.begin(), each.villages.end());
  }
  for (const InspectionFinding& each : county.findings) {
    if (!ids.contains(each.inspection)) continue;
    ++found;
    if (reply_to(county, each.id, occasion_.as_of)) continue;
    ++open;
    late += each.due && *each.due < occasion_.as_of;
  }
  const bool kept = !county.inspections.empty();
  const auto figure = [&](std::int64_t value, Light light = Light::none) {
    Cell cell;
    cell.content = count_or_missing(kept, value);
    cell.light = kept ? light : Light::none;
    return cell;
  };
  Row row;
  Cell planned;
  planned.content = county.info.planned_inspections ? Content{*county.info.planned_inspections}
                                                    : Content{Missing{}};
  row.cells = {county.info.name,
               std::move(planned),
               figure(count),
               figure(unannounced),
               figure(static_cast<std::int64_t>(villages.size())),
               figure(found),
               figure(open),
               figure(late, late > 0 ? Light::red : Light::none)};
  plan_.rows.push_back(row);
}

void InspectionReport::inspections(const CountyState& state) {
  const model::CountyLedger& county = *state.county;
  for (const Inspection& each : county.inspections) {
    if (each.round != occasion_.round || !workflow::exists_on(each, occasion_.as_of) ||
        !concerns(state, each.villages))
      continue;
    Cell date;
    date.content = date_or_missing(each.date);
    Cell way;
    if (each.unannounced)
      way.content = Label{*each.unannounced ? "inspect.unannounced" : "inspect.routine"};
    Row row;
    row.cells = {each.id,        std::move(date), Term{each.kind ? term(*each.kind) : ""},
                 std::move(way), each.occasion,   names_of(county, each.villages),
                 each.result};
    row.path = county.inspections_path;
    row.line = line_of(state, row.path, each.at);
    inspections_.rows.push_back(row);
  }
}

void InspectionReport::findings(const CountyState& state) {
  const model::CountyLedger& county = *state.county;
  const Date today = occasion_.as_of;
  for (const InspectionFinding& each : county.findings) {
    const auto inspection = std::ranges::find(county.inspections, each.inspection, &Inspection::id);
    if (inspection == county.inspections.end() || inspection->round != occasion_.round ||
        !workflow::exists_on(*inspection, today) || !concerns(state, {each.village}))
      continue;
    Row row;
    row.cells = {each.id, name_of(county, each.village), Term{each.kind ? term(*each.kind) : ""}};
    row.path = county.inspections_path;
    if (const model::Reply* reply = reply_to(county, each.id, today)) {
      for (Cell& cell : std::vector<Cell>{*reply->date, reply->by, reply->text})
        row.cells.push_back(std::move(cell));
      row.line = line_of(state, row.path, reply->at);
      answered_.rows.push_back(row);
      continue;
    }
    Cell due, late, handling;
    due.content = date_or_missing(each.due);
    if (each.handling) handling.content = Term{term(*each.handling)};
    if (each.due && *each.due < today)
      late = Cell{std::int64_t{days_between(*each.due, today)}, Light::red};
    for (Cell* cell : {&handling, &due, &late}) row.cells.push_back(std::move(*cell));
    row.cells.emplace_back(each.text);
    row.line = line_of(state, row.path, each.at);
    open_.rows.push_back(row);
  }
}

Report InspectionReport::finish() && {
  report_.tables.push_back(std::move(plan_));
  for (Table* table : {&open_, &inspections_, &answered_})
    if (!table->rows.empty()) report_.tables.push_back(std::move(*table));
  return std::move(report_);
}

}  // namespace taizhang::report
