#include "transfer/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "model/next_id.hpp"
#include "store/folders.hpp"
#include "store/read_value.hpp"
#include "transfer/convert.hpp"
#include "transfer/places.hpp"
#include "transfer/row.hpp"

namespace taizhang::transfer {

using model::Datum;
using model::Field;
using model::FileKind;
using model::Format;

namespace {

Diagnostic reason(std::string_view code, Facts facts = {}) {
  return {Severity::error, code, {}, std::move(facts)};
}

/// Plans the rows of one county.
class CountyPlanner {
 public:
  CountyPlanner(const Surroundings& surroundings, const KindInfo& kind,
                const store::LoadedCounty& county, store::ChangeSet& changes, Plan& plan)
      : surroundings_(surroundings), kind_(kind), county_(county), changes_(changes), plan_(plan) {}

  /// Lets a row say what its township is called, before any row is taken: one that is wrong must not
  /// decide for the others.
  void hear(const RowCells& cells) {
    const auto code = cells.find("code");
    const auto township = cells.find("township");
    if (kind_.kind != Kind::villages || !code || !township) return;
    const auto digits = read_code(*code, 12);
    const auto name = read_text(*township);
    if (digits && name) ++votes_[digits->substr(0, 9)][*name];
  }

  void take(const RowCells& cells, RowFate& fate) {
    cells_ = &cells;
    fate_ = &fate;
    identity_.clear();
    fate.kind = kind_.record;
    if (kind_.kind == Kind::villages) take_village();
    else if (kind_.kind == Kind::submissions) take_submission();
    else take_village_record();
    if (!identity_.empty() && !refused()) seen_.emplace(identity_, cells.number());
  }

 private:
  // ---- what all kinds share

  void refuse(Diagnostic why, std::string_view key) {
    fate_->fate = Fate::refused;
    fate_->reasons.push_back(cells_->at(std::move(why), key));
  }
  bool refused() const { return fate_->fate == Fate::refused; }

  /// A number in a cell of several rows may be that of each or their sum.
  bool refuse_shared(std::string_view key, const std::string& value) {
    if (!cells_->shares(key)) return false;
    refuse(reason("cell-merged", {{"value", value}}), key);
    return true;
  }

  /// Puts the cells into the record; all that is wrong is told at once.
  template <class Record>
  void fill(Record& record) {
    given_.clear();
    in_columns_.clear();
    for (const Field* field : fields_of(kind_)) {
      const auto cell = cells_->find(field->key);
      if (!cell) {
        fill_counts(record, *field);
        continue;
      }
      if (names_problem(*field, *cell)) continue;
      const bool counts = field->shape == model::Shape::counts ||
                          (field->shape == model::Shape::whole && field->key != "round");
      if (counts && refuse_shared(field->key, cell->text)) continue;
      auto datum = read_cell(*field, *cell, cells_->heading_of(field->key));
      if (!datum) refuse(std::move(datum.error()), field->key);
      else if (field->set(&record, std::move(*datum))) given_.push_back(field);
    }
  }

  /// Counts that have a column each. Those without one are left as they are.
  template <class Record>
  void fill_counts(Record& record, const Field& field) {
    if (field.shape != model::Shape::counts) return;
    model::Counts counts;
    for (const std::string_view each : field.choices) {
      const std::string key = count_key(field, each);
      const auto cell = cells_->find(key);
      if (!cell || refuse_shared(key, cell->text)) continue;
      // What is counted goes with its unit, whatever the column is called.
      const std::string_view unit = each == "households" ? " 户" : " 人";
      auto count = read_count(*cell, cells_->heading_of(key) + std::string{unit});
      if (count) counts.emplace_back(each, *count);
      else refuse(std::move(count.error()), key);
    }
    if (!counts.empty() && field.set(&record, Datum{std::move(counts)})) {
      given_.push_back(&field);
      in_columns_.insert(&field);
    }
  }

  /// With the counts that stand in the ledger and in no column.
  template <class Record>
  void keep_counts(const Record& is, Record& wanted) {
    for (const Field* field : in_columns_) {
      const Datum before = field->get(&is);
      const auto* known = std::get_if<model::Counts>(&before);
      if (!known) continue;
      const Datum given = field->get(&wanted);
      model::Counts counts = *known;
      for (const auto& [name, count] : std::get<model::Counts>(given)) {
        const auto same = std::ranges::find(counts, name, &model::Counts::value_type::first);
        if (same == counts.end()) counts.emplace_back(name, count);
        else same->second = count;
      }
      field->set(&wanted, Datum{std::move(counts)});
    }
  }

  /// Refuses a new record that lacks what it must have.
  template <class Record>
  void demand(const Record& record) {
    for (const Field* field : fields_of(kind_))
      if (field->need == model::Need::required && !refused() &&
          std::holds_alternative<std::monostate>(field->get(&record)))
        refuse(missing(*field), field->key);
  }

  Diagnostic missing(std::string_view key) const {
    return reason("import-missing", {{"key", office_heading(kind_.name, key)}});
  }
  Diagnostic missing(const Field& field) const {
    if (cells_->has(field.key)) return missing(field.key);
    return reason("import-column-missing",
                  {{"column", office_heading(kind_.name, field.key)},
                   {"key", std::string{field.key}},
                   {"choices", fmt::format("{}", fmt::join(field.choices, " "))}});
  }

  /// The second row about one record; rows that say the same twice included. Only a row that is taken
  /// keeps a later one out.
  bool is_repeated(const std::string& identity) {
    identity_ = identity;
    const auto first = seen_.find(identity);
    if (first == seen_.end()) return false;
    refuse(reason("import-row-twice", {{"row", std::to_string(first->second)}}),
           fate_->record.empty() ? "code" : "id");
    return true;
  }

  store::ChangeSet::OpenFile* open(const std::string& path) {
    auto opened = changes_.open(path);
    if (opened) return *opened;
    refuse(reason("import-ledger-broken", {{"path", path}}), "code");
    return nullptr;
  }

  void set(const std::string& path, Span record, document::Key key, const std::string& heading,
           const document::Value& after, std::string before_text, std::string after_text,
           bool there) {
    auto* file = open(path);
    if (!file) return;
    if (there) file->edit.set_value(record, std::move(key), after);
    else file->edit.insert_key(record, std::move(key), after);
    fate_->fate = Fate::changed;
    fate_->changes.push_back({heading, std::move(before_text), std::move(after_text)});
  }

  /// Changes what the row gives and the ledger says otherwise. An empty cell changes nothing.
  template <class Record>
  void compare(const std::string& path, const Record& is, const Record& wanted) {
    for (const Field* field : given_) {
      const Datum before = field->get(&is);
      const Datum after = field->get(&wanted);
      const document::Value value = store::write_datum(after);
      if (document::same_meaning(store::write_datum(before), value)) continue;
      if (std::holds_alternative<std::monostate>(after)) continue;
      set(path, is.at, {std::string{field->key}}, cells_->heading_of(field->key), value,
          cell_text(before), cell_text(after), !std::holds_alternative<std::monostate>(before));
    }
  }

  template <class Record>
  void add(const std::string& path, FileKind file, const Record& record) {
    demand(record);
    if (refused()) return;
    const auto added = changes_.add(path, file, kind_.record, record);
    if (!added) refuse(reason("import-ledger-broken", {{"path", path}}), "code");
    else fate_->fate = Fate::added;
  }

  /// Something new of that day, which does not go unasked into a round that was over before.
  template <class Record>
  void add_new(const std::string& path, const Record& wanted, Date day) {
    const bool has_round = std::ranges::find(given_, "round", &Field::key) != given_.end();
    auto over = has_round ? std::nullopt : report::over_before(surroundings_.occasion, day);
    if (!over) return add(path, FileKind::village, wanted);
    over->facts.emplace_back("option", fmt::format("--set round={}", surroundings_.occasion.round));
    refuse(std::move(*over), "round");
  }

  // ---- villages

  void take_village() {
    const auto cell = cells_->find("code");
    if (!cell) return refuse(missing("code"), "code");
    model::VillageInfo info;
    fill(info);
    if (info.code.empty() || is_repeated(info.code)) return;
    fate_->place = info.name.empty() ? info.code : info.name;
    for (const model::TownshipLedger& township : county_.ledger.townships)
      for (const model::VillageLedger& village : township.villages)
        if (village.info.code == info.code) return take_known_village(township, village, info);
    if (refused()) return;
    add_village(info);
  }

  void take_known_village(const model::TownshipLedger& township,
                          const model::VillageLedger& village, const model::VillageInfo& info) {
    fate_->place = store::join(township.folder, village.info.name);
    fate_->path = village.path;
    if (const auto named = cells_->find("township"))
      if (!is_township(township, named->text))
        refuse(reason("import-village-elsewhere",
                      {{"township", township.folder}, {"value", named->text}}),
               "township");
    if (refused()) return;
    // A village need not say that it is one.
    if (info.kind == model::Settlement::village && !village.info.kind)
      std::erase_if(given_, [](const Field* field) { return field->key == "kind"; });
    compare(village.path, village.info, info);
  }

  void add_village(model::VillageInfo& info) {
    demand(info);
    if (refused()) return;
    if (!store::is_file_name(info.name))
      return refuse(reason("bad-file-name", {{"value", info.name}}), "name");
    const auto folder = township_for(info.code);
    if (!folder) return;
    info.township = *folder;
    fate_->place = store::join(*folder, info.name);
    fate_->path = store::join(store::join(county_.ledger.folder, *folder), info.name + ".toml");
    if (surroundings_.workspace->tree->exists(fate_->path) || !files_.insert(fate_->path).second)
      return refuse(reason("import-name-taken", {{"path", fate_->path}}), "name");
    plan_.created.push_back({fate_->path, info, {}, false});
    fate_->fate = Fate::added;
  }

  /// The folder of the township with the code's first nine digits; a new one when the row names it.
  std::optional<std::string> township_for(const std::string& code) {
    const std::string wanted = code.substr(0, 9);
    const auto named = cells_->find("township");
    for (const model::TownshipLedger& township : county_.ledger.townships) {
      if (township.info.code != wanted) continue;
      if (!named || is_township(township, named->text)) return township.folder;
      refuse(reason("import-township-differs",
                    {{"code", code}, {"township", township.folder}, {"value", named->text}}),
             "township");
      return std::nullopt;
    }
    if (!named) {
      refuse(reason("import-township-unknown", {{"code", wanted}}), "township");
      return std::nullopt;
    }
    const auto name = read_text(*named);
    if (!name || !store::is_file_name(*name)) {
      refuse(name ? reason("bad-file-name", {{"value", *name}}) : name.error(), "township");
      return std::nullopt;
    }
    for (const model::TownshipLedger& township : county_.ledger.townships)
      if (is_township(township, *name)) {
        refuse(reason("import-township-differs",
                      {{"code", code}, {"township", township.info.code}, {"value", *name}}),
               "code");
        return std::nullopt;
      }
    const std::string elected = elected_name(wanted);
    if (*name != elected || elected_code(*name) != wanted) {
      refuse(reason("import-township-differs",
                    {{"code", code}, {"township", elected}, {"value", *name}}),
             "township");
      return std::nullopt;
    }
    if (new_townships_.insert(wanted).second) {
      model::TownshipInfo info;
      info.code = wanted;
      info.name = *name;
      const std::string folder = store::join(county_.ledger.folder, *name);
      plan_.created.push_back({store::join(folder, "township.toml"), {}, info, true});
    }
    return *name;
  }

  /// What most rows call the township with that code.
  std::string elected_name(const std::string& code) const {
    const auto names = votes_.find(code);
    if (names == votes_.end()) return {};
    using Vote = std::pair<const std::string, std::size_t>;
    return std::ranges::max_element(names->second, {}, &Vote::second)->first;
  }

  /// Of the codes whose township most rows call so, the one with most rows.
  std::string elected_code(const std::string& name) const {
    std::string best;
    std::size_t most = 0;
    for (const auto& [code, names] : votes_) {
      const auto found = names.find(name);
      if (found == names.end() || found->second <= most || elected_name(code) != name) continue;
      best = code;
      most = found->second;
    }
    return best;
  }

  // ---- what belongs to a village

  void take_village_record() {
    auto found = find_village(county_.ledger, *cells_);
    if (!found.village) return refuse(std::move(found.why), found.key);
    const model::VillageLedger& village = *found.village;
    fate_->place = store::join(found.township->folder, village.info.name);
    fate_->path = village.path;
    if (!village.complete)
      return refuse(reason("import-ledger-broken", {{"path", village.path}}), found.key);
    if (kind_.kind == Kind::problems) take_problem(village);
    else if (kind_.kind == Kind::tasks) take_task(village);
    else take_survey(village);
  }

  /// Finds the record by its id, else by what it says; fills in the id of a new one.
  template <class Record, class Same>
  const Record* find_by_id_or(Record& wanted, const std::vector<Record>& records,
                              std::string_view prefix, Same same) {
    if (!wanted.round) wanted.round = surroundings_.occasion.round;
    const Record* known = nullptr;
    for (const Record& record : records) {
      const bool hit =
          wanted.id.empty() ? same(record) && !taken_.contains(&record) : record.id == wanted.id;
      if (hit && !known) known = &record;
    }
    if (known) taken_.insert(known);
    if (wanted.id.empty()) {
      if (known) {
        wanted.id = known->id;
      } else {
        auto& ids = new_ids_[fate_->path + '/' + std::string{prefix}];
        std::vector<Record> all = records;
        for (const std::string& id : ids) all.emplace_back().id = id;
        wanted.id = model::next_id(prefix, all);
        ids.push_back(wanted.id);
      }
    }
    fate_->record = wanted.id;
    return known;
  }

  void take_problem(const model::VillageLedger& village) {
    model::Problem wanted;
    fill(wanted);
    if (refused()) return;
    const bool has_id = !wanted.id.empty();
    const std::string content = canonical_name(wanted.text.empty() ? wanted.type : wanted.text);
    // One problem, several measures: each has a row, and the problem's cell is merged over them.
    if (cells_->continues("text") && seen_.contains(village.path + "\n" + content)) {
      fate_->fate = Fate::aside;
      return;
    }
    const model::Problem* known =
        find_by_id_or(wanted, village.problems, "P", [&](const model::Problem& each) {
          return each.round == wanted.round &&
                 canonical_name(each.text) == canonical_name(wanted.text) &&
                 (!wanted.text.empty() || each.type == wanted.type);
        });
    if (is_repeated(village.path + (has_id ? "/" + wanted.id : "\n" + content))) return;
    if (known) compare(village.path, *known, wanted);
    else add_new(village.path, wanted, wanted.found.value_or(surroundings_.today));
  }

  /// Whether a task's problem is told by its words, not by its id.
  bool names_problem(const Field& field, const sheet::Cell& cell) const {
    return kind_.kind == Kind::tasks && field.key == "problem" &&
           !store::has_format(trim(cell.text), Format::id);
  }

  void link_problem(const model::VillageLedger& village, model::Task& wanted) {
    if (!wanted.problem.empty()) return;
    const std::string_view key = cells_->find("problem") ? "problem" : problem_text;
    const auto cell = cells_->find(key);
    if (!cell) return;
    const auto text = read_text(*cell);
    if (!text) return refuse(text.error(), key);
    for (const model::Problem& each : village.problems)
      if (each.round == wanted.round.value_or(surroundings_.occasion.round) &&
          canonical_name(each.text) == canonical_name(*text)) {
        wanted.problem = each.id;
        for (const Field* field : fields_of(kind_))
          if (field->key == "problem") given_.push_back(field);
        return;
      }
    refuse(reason("import-problem-unknown", {{"value", *text}, {"file", plan_.path}}), key);
  }

  void take_task(const model::VillageLedger& village) {
    model::Task wanted;
    fill(wanted);
    link_problem(village, wanted);
    if (refused()) return;
    const bool has_id = !wanted.id.empty();
    const std::string content = canonical_name(wanted.title);
    const std::string_view prefix = wanted.kind ? model::id_prefix(*wanted.kind) : "T";
    const model::Task* known =
        find_by_id_or(wanted, village.tasks, prefix, [&](const model::Task& each) {
          return each.round == wanted.round && canonical_name(each.title) == content &&
                 (!wanted.kind || each.kind == wanted.kind);
        });
    if (is_repeated(village.path + (has_id ? "/" + wanted.id : "\n" + content))) return;
    if (!known) {
      const bool told = cells_->find(problem_text).has_value();
      if (!wanted.kind && told && !cells_->has("kind")) wanted.kind = model::TaskKind::task;
      if (wanted.kind == model::TaskKind::task && wanted.problem.empty())
        return refuse(reason("import-problem-wanted"), "problem");
      if (!wanted.opened && wanted.due && *wanted.due < surroundings_.today)
        return refuse(reason("import-due-past", {{"due", format_date(*wanted.due)},
                                                 {"today", format_date(surroundings_.today)}}),
                      "due");
      if (!wanted.opened) wanted.opened = surroundings_.today;
      return add_new(village.path, wanted, *wanted.opened);
    }
    const bool at_work = std::ranges::any_of(
        village.entries, [&](const model::Entry& entry) { return entry.task == known->id; });
    constexpr std::array<std::string_view, 4> by_entry{"due", "opened", "owner", "unit"};
    for (const Field* field : given_)
      if (at_work && std::ranges::find(by_entry, field->key) != by_entry.end() &&
          !document::same_meaning(store::write_datum(field->get(known)),
                                  store::write_datum(field->get(&wanted))))
        refuse(reason("set-has-history", {{"record", known->id}, {"key", std::string{field->key}}}),
               field->key);
    if (!refused()) compare(village.path, *known, wanted);
  }

  void take_survey(const model::VillageLedger& village) {
    model::Survey wanted;
    fill(wanted);
    const model::RuleSet& rules = *surroundings_.rules;
    for (const model::Question& question : rules.questions) {
      const std::string key = std::string{answer_prefix} + question.id;
      const auto cell = cells_->find(key);
      if (!cell) continue;
      const bool counts = question.type == model::QuestionType::whole ||
                          question.type == model::QuestionType::number ||
                          question.type == model::QuestionType::poll;
      if (counts && refuse_shared(key, cell->text)) continue;
      auto answer = read_answer_cell(rules, question.id, *cell, cells_->heading_of(key));
      if (answer) wanted.answers.push_back(std::move(*answer));
      else refuse(std::move(answer.error()), key);
    }
    if (!wanted.round) wanted.round = surroundings_.occasion.round;
    demand(wanted);
    if (refused()) return;
    fate_->record = format_date(*wanted.date) + " " + std::string{term(*wanted.kind)};
    if (is_repeated(village.path + "\n" + fate_->record + "\n" + canonical_name(wanted.by))) return;
    const model::Survey* known = nullptr;
    for (const bool by_name : {true, false})
      for (const model::Survey& each : village.surveys)
        if (!known && each.round == wanted.round && each.date == wanted.date &&
            each.kind == wanted.kind && !taken_.contains(&each) &&
            (by_name ? canonical_name(each.by) == canonical_name(wanted.by)
                     : wanted.by.empty() || each.by.empty()))
          known = &each;
    if (known) taken_.insert(known);
    if (!known) {
      if (wanted.rules.empty() && !wanted.answers.empty()) wanted.rules = rules.info.id;
      return add_new(village.path, wanted, *wanted.date);
    }
    const Text& its = known->rules.empty() ? county_.ledger.info.rules : known->rules;
    if (!wanted.answers.empty() && its != rules.info.id)
      return refuse(reason("import-rules-differ", {{"rules", rules.info.id}, {"other", its}}),
                    "rules");
    keep_counts(*known, wanted);
    compare(village.path, *known, wanted);
    for (const model::Answer& answer : wanted.answers) compare_answer(village.path, *known, answer);
  }

  void compare_answer(const std::string& path, const model::Survey& known,
                      const model::Answer& answer) {
    const auto before = std::ranges::find(known.answers, answer.question, &model::Answer::question);
    const bool there = before != known.answers.end();
    const document::Value value = store::write_answer(answer.value);
    if (there && (document::same_meaning(store::write_answer(before->value), value) ||
                  same_number(before->value, answer.value)))
      return;
    const std::string key = std::string{answer_prefix} + answer.question;
    set(path, known.at, {"answers", answer.question}, cells_->heading_of(key), value,
        there ? answer_cell_text(before->value) : "", answer_cell_text(answer.value), there);
  }

  // ---- submissions

  void take_submission() {
    const auto named = cells_->find("township");
    if (!named) return refuse(missing("township"), "township");
    const model::TownshipLedger* township = nullptr;
    for (const model::TownshipLedger& each : county_.ledger.townships)
      if (is_township(each, named->text)) township = &each;
    if (!township)
      return refuse(reason("import-township-missing", {{"value", named->text}}), "township");
    fate_->place = township->folder;
    fate_->path = township->path;
    if (!township->complete)
      return refuse(reason("import-ledger-broken", {{"path", township->path}}), "township");
    model::Submission wanted;
    fill(wanted);
    if (refused()) return;
    if (wanted.period.empty()) return refuse(missing("period"), "period");
    fate_->record = wanted.period;
    if (is_repeated(township->path + "/" + wanted.period)) return;
    for (const model::Submission& each : township->submissions)
      if (each.period == wanted.period) return compare(township->path, each, wanted);
    add(township->path, FileKind::township, wanted);
  }

  const Surroundings& surroundings_;
  const KindInfo& kind_;
  const RowCells* cells_ = nullptr;
  const store::LoadedCounty& county_;
  store::ChangeSet& changes_;
  Plan& plan_;
  RowFate* fate_ = nullptr;
  std::vector<const Field*> given_;
  std::set<const Field*> in_columns_;          ///< counts that have a column each
  std::string identity_;                       ///< of the record that the row is about
  std::map<std::string, std::uint32_t> seen_;  ///< identities and their first rows
  std::map<std::string, std::map<std::string, std::size_t>> votes_;  ///< names by code
  std::set<std::string> new_townships_;                              ///< codes
  std::set<std::string> files_;
  std::set<const void*> taken_;
  std::map<std::string, std::vector<std::string>> new_ids_;
};

}  // namespace

Plan make_plan(const Surroundings& surroundings, const KindInfo& kind, const BoundSheet& bound,
               const Mapping& mapping, const std::map<std::uint32_t, RowFate>& refused,
               store::ChangeSet& changes) {
  Plan plan;
  plan.path = bound.path;
  std::map<const store::CountyFolder*, std::vector<std::pair<RowCells, RowFate>>> by_county;
  for (const sheet::Row& row : bound.sheet->rows) {
    if (row.number <= bound.header.last_row || row.cells.empty()) continue;
    RowFate fate;
    fate.row = row.number;
    const RowCells cells{bound, mapping, row};
    if (cells.is_aside()) {
      fate.fate = Fate::aside;
      plan.fates.push_back(std::move(fate));
      continue;
    }
    auto county = find_county(surroundings.counties, cells);
    if (!county) {
      fate.fate = Fate::refused;
      fate.reasons = {std::move(county.error())};
    } else if (const auto why = refused.find(row.number); why != refused.end()) {
      fate = why->second;
    } else {
      by_county[*county].emplace_back(cells, std::move(fate));
      continue;
    }
    plan.fates.push_back(std::move(fate));
  }
  for (auto& [folder, rows] : by_county) {
    const store::LoadedCounty county = store::load_county(*surroundings.workspace, *folder);
    CountyPlanner planner{surroundings, kind, county, changes, plan};
    for (const auto& row : rows) planner.hear(row.first);
    for (auto& [cells, fate] : rows) {
      planner.take(cells, fate);
      if (surroundings.progress) surroundings.progress(cells.number());
      plan.fates.push_back(std::move(fate));
    }
  }
  std::ranges::sort(plan.fates, {}, &RowFate::row);
  return plan;
}

}  // namespace taizhang::transfer
