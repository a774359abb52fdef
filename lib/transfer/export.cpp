#include "transfer/export.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "model/field.hpp"
#include "transfer/convert.hpp"
#include "transfer/mapping.hpp"

namespace taizhang::transfer {

using model::FileKind;
using model::Shape;
using report::Cell;

namespace {

constexpr std::array<std::string_view, 7> all{"villages",    "answers", "problems", "tasks",
                                              "submissions", "entries", "steps"};

/// A value as a cell; nothing for an absent one.
std::optional<Cell> cell_of(const model::Datum& datum) {
  if (std::holds_alternative<std::monostate>(datum)) return std::nullopt;
  if (const auto* whole = std::get_if<std::int64_t>(&datum)) return Cell{*whole};
  if (const auto* date = std::get_if<Date>(&datum)) return Cell{*date};
  return Cell{cell_text(datum)};
}

std::optional<Cell> cell_of_answer(const model::AnswerValue& answer) {
  if (const auto* whole = std::get_if<std::int64_t>(&answer)) return Cell{*whole};
  if (const auto* date = std::get_if<Date>(&answer)) return Cell{*date};
  return Cell{answer_cell_text(answer)};
}

/// Whether so few voted one way that it could be told who did.
bool tells_votes(const model::AnswerValue& answer) {
  const auto* counts = std::get_if<model::Counts>(&answer);
  return counts && std::ranges::any_of(*counts, [](const auto& each) {
           return each.second < Redaction::fewest_votes;
         });
}

std::string_view record_of(std::string_view kind) {
  if (kind == "entries") return "entry";
  if (kind == "steps") return "step";
  return find_kind(kind)->record;
}

}  // namespace

std::span<const std::string_view> export_kinds() { return all; }

std::string_view kind_label(std::string_view kind) {
  constexpr std::array<std::string_view, all.size()> labels{
      "type.export_villages",    "type.export_answers", "type.export_problems", "type.export_tasks",
      "type.export_submissions", "type.export_entries", "type.export_steps"};
  const auto found = std::ranges::find(all, kind);
  return found == all.end() ? kind : labels[static_cast<std::size_t>(found - all.begin())];
}

const model::RecordKind& Export::record_kind() const {
  return *model::find_kind(options_.kind == "submissions" ? FileKind::township : FileKind::village,
                           record_of(options_.kind));
}

Export::Export(ExportOptions options) : options_(options) {
  columns_ = {"county", "township"};
  if (options_.kind != "villages" && options_.kind != "submissions")
    columns_.emplace_back("village");
  if (options_.kind != "submissions") columns_.emplace_back("code");
  for (const model::Field& field : record_kind().fields) {
    const bool there = std::ranges::find(columns_, field.key) != columns_.end();
    if (there || field.shape == Shape::answers) continue;
    if (options_.redact && Redaction::leaves_out(field.key)) continue;
    columns_.emplace_back(field.key);
  }
}

template <class Record>
bool Export::wanted(const Record& record, std::optional<Date> day) const {
  if constexpr (requires { record.round; })
    if (options_.round && record.round && record.round != options_.round) return false;
  return !options_.as_of || !day || *day <= *options_.as_of;
}

void Export::put(Cells& cells, const model::Field& field, const void* record) const {
  const bool left_out = redaction_ && Redaction::leaves_out(field.key);
  if (field.shape == Shape::answers || left_out || cells.contains(field.key)) return;
  auto cell = cell_of(field.get(record));
  if (!cell) return;
  if (auto* text = std::get_if<std::string>(&cell->content); text && redaction_)
    *text =
        Redaction::names_person(field.key) ? redaction_->person(*text) : redaction_->words(*text);
  cells.emplace(field.key, std::move(*cell));
}

void Export::put_answers(Cells& cells, const model::Answers& answers) {
  for (const model::Answer& answer : answers) {
    const std::string key = std::string{answer_prefix} + answer.question;
    if (std::ranges::find(questions_, key) == questions_.end()) questions_.push_back(key);
    if (redaction_ && tells_votes(answer.value)) continue;
    auto cell = cell_of_answer(answer.value);
    if (auto* text = std::get_if<std::string>(&cell->content); text && redaction_)
      *text = redaction_->words(*text);
    cells.emplace(key, std::move(*cell));
  }
}

template <class Record>
void Export::add_record(const Cells& place, const Record& record) {
  Cells cells = place;
  for (const model::Field& field : record_kind().fields) put(cells, field, &record);
  if constexpr (std::is_same_v<Record, model::Survey>) put_answers(cells, record.answers);
  rows_.push_back(std::move(cells));
}

void Export::add_village(const Cells& place, const model::VillageLedger& village) {
  const auto& kind = options_.kind;
  if (kind == "villages") return add_record(place, village.info);
  if (kind == "answers") {
    for (const model::Survey& each : village.surveys)
      if (wanted(each, each.date)) add_record(place, each);
  } else if (kind == "problems") {
    for (const model::Problem& each : village.problems)
      if (wanted(each, each.found)) add_record(place, each);
  } else if (kind == "tasks") {
    for (const model::Task& each : village.tasks)
      if (wanted(each, each.opened)) add_record(place, each);
  } else if (kind == "steps") {
    for (const model::Step& each : village.steps)
      if (wanted(each, each.date)) add_record(place, each);
  } else if (kind == "entries") {
    for (const model::Entry& each : village.entries) {
      const auto task = std::ranges::find(village.tasks, each.task, &model::Task::id);
      const bool other_round = options_.round && task != village.tasks.end() && task->round &&
                               task->round != options_.round;
      if (!other_round && wanted(each, each.date)) add_record(place, each);
    }
  }
}

void Export::add(const report::CountyState& county) {
  if (options_.redact) redaction_.emplace(*county.county);
  const Text& name = county.county->info.name;
  if (options_.kind == "submissions") {
    for (const model::TownshipLedger* township : county.townships)
      for (const model::Submission& each : township->submissions)
        if (wanted(each, each.date))
          add_record({{"county", name}, {"township", township->folder}}, each);
    return;
  }
  for (const report::VillageState& each : county.villages) {
    Cells place{
        {"county", name}, {"township", each.township->folder}, {"code", each.ledger->info.code}};
    if (options_.kind != "villages") place.emplace("village", each.ledger->info.name);
    add_village(place, *each.ledger);
  }
}

void Export::name_columns(const std::vector<model::RuleSet>& rules) {
  named_ = true;
  std::map<std::string, std::set<std::string>>
      columns;  // by label: two of one name keep their keys
  for (const model::RuleSet& set : rules)
    for (const model::Question& question : set.questions)
      columns[question.label].insert(std::string{answer_prefix} + question.id);
  for (const auto& [label, keys] : columns)
    if (keys.size() == 1) labels_.emplace(*keys.begin(), label);
}

std::string Export::heading_of(const std::string& key) const {
  if (!named_) return key;
  const auto label = labels_.find(key);
  return label == labels_.end() ? office_heading(options_.kind, key) : label->second;
}

report::Report Export::finish(const report::Label& title, std::vector<report::Label> subtitle) {
  report::Report report;
  report.schema = "taizhang.export/1";
  report.title = title;
  report.subtitle = std::move(subtitle);
  report::Table table;
  table.id = options_.kind;
  columns_.insert(columns_.end(), questions_.begin(), questions_.end());
  if (options_.redact) columns_.emplace_back("redacted");
  for (const std::string& key : columns_) {
    report::Column column{key, "", report::Align::left, heading_of(key)};
    table.columns.push_back(std::move(column));
  }
  for (Cells& cells : rows_) {
    if (options_.redact) cells.emplace("redacted", std::string{"是"});
    report::Row row;
    for (const std::string& key : columns_) {
      const auto found = cells.find(key);
      row.cells.push_back(found == cells.end() ? Cell{} : found->second);
    }
    table.rows.push_back(row);
  }
  report.tables.push_back(std::move(table));
  return report;
}

}  // namespace taizhang::transfer
