#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "base/baked.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "globals.hpp"
#include "model/field.hpp"
#include "page.hpp"
#include "reading.hpp"
#include "render/field_words.hpp"
#include "report_kinds.hpp"
#include "store/folders.hpp"
#include "store/load_part.hpp"
#include "store/revision.hpp"
#include "store/rule_files.hpp"
#include "workflow/fingerprint.hpp"
#include "workflow/task_life.hpp"

namespace taizhang::cmd {

namespace {

bool is_digits(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// One township's folder, seen from its county's.
struct TownshipFolder {
  const store::CountyFolder* county = nullptr;
  std::string name;
  std::string short_path;  ///< 镇, or 县/镇 where several have that name
  std::string path;        ///< from the workspace's root
};

/// Says what the last of some words can be, reads no more than that takes, complains of nothing.
class Completer {
 public:
  Completer(Session& session, std::vector<std::string> words)
      : session_(session), before_(std::move(words)) {
    if (before_.empty()) return;
    current_ = std::move(before_.back());
    before_.pop_back();
  }

  void run() {
    const CommandLine line = take_apart(before_);
    if (line.language) session_.set_language(*line.language);
    const Command* command = find_command(line.command);
    if (!line.command.empty() && !command) return;
    name_ = command ? command->name : "";
    Arguments args(name_, line.after.empty() ? "" : line.after.front());
    Globals globals;
    declare_globals(args, globals);
    Runner runner;  // keeps what the options are bound to alive
    if (command) runner = command->declare(args);
    options_ = args.declared();
    positionals_ = args.declared_words();
    take(line.words);
    if (const auto folder = given_.find("-C"); folder != given_.end())
      session_.set_start_folder(folder->second);
    complete(command);
  }

 private:
  // ---- The words before ------------------------------------------------------------------------

  const DeclaredOption* find_option(std::string_view name) const {
    for (const DeclaredOption& option : options_)
      if (std::ranges::find(option.names, name) != option.names.end()) return &option;
    return nullptr;
  }

  const DeclaredWord* positional(std::size_t index) const {
    if (positionals_.empty()) return nullptr;
    if (index < positionals_.size()) return &positionals_[index];
    return positionals_.back().repeated ? &positionals_.back() : nullptr;
  }

  void take(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      if (waiting_) {
        given_[waiting_->names.back()] = word;
        waiting_ = nullptr;
      } else if (!only_words_ && word == "--") {
        only_words_ = true;
      } else if (!only_words_ && word.size() > 1 && word.front() == '-') {
        const std::size_t equals = word.find('=');
        const DeclaredOption* option = find_option(word.substr(0, equals));
        if (!option) continue;
        used_.insert(option);
        if (option->takes_value && equals == std::string::npos) waiting_ = option;
        else if (option->takes_value) given_[option->names.back()] = word.substr(equals + 1);
      } else {
        if (const DeclaredWord* declared = positional(words_)) take_word(*declared, word);
        ++words_;
      }
    }
  }

  void take_word(const DeclaredWord& declared, const std::string& word) {
    given_[declared.name] = word;
    if (declared.repeated) rest_.push_back(word);
  }

  std::string given(std::string_view name) const {
    const auto found = given_.find(name);
    return found == given_.end() ? std::string{} : found->second;
  }

  // ---- What fits -------------------------------------------------------------------------------

  void complete(const Command* command) {
    if (waiting_) return values(waiting_->names.back(), waiting_->choices);
    if (!only_words_ && current_.starts_with("--") && current_.find('=') != std::string::npos) {
      const std::string name = current_.substr(0, current_.find('='));
      const DeclaredOption* option = find_option(name);
      if (!option) return;
      prefix_ = name + "=";
      current_.erase(0, prefix_.size());
      return values(option->names.back(), option->choices);
    }
    if (!only_words_ && current_.starts_with('-')) return option_names(command);
    if (!command) return command_names();
    if (const DeclaredWord* declared = positional(words_))
      return values(declared->name, declared->choices);
    if (!only_words_ && current_.empty()) option_names(command);
  }

  void add(std::string_view word, std::string_view meaning = {}) {
    if (!word.starts_with(current_)) return;
    std::string line = prefix_ + std::string{word};
    if (!meaning.empty()) line += "\t" + visible(meaning);
    if (added_.insert(std::string{word}).second) session_.print(line + "\n");
  }

  void values(std::string_view name, const std::vector<std::string>& choices) {
    struct Source {
      std::string_view name;
      void (Completer::*offer)();
    };
    constexpr std::array sources{
        Source{"VILLAGE", &Completer::villages},    Source{"PLACE", &Completer::places},
        Source{"COUNTY", &Completer::counties},     Source{"TOWNSHIP", &Completer::townships},
        Source{"TASK", &Completer::tasks},          Source{"--task", &Completer::tasks},
        Source{"--problem", &Completer::problems},  Source{"--milestone", &Completer::milestones},
        Source{"ENTRY", &Completer::entries},       Source{"PERIOD", &Completer::periods},
        Source{"--period", &Completer::periods},    Source{"P1", &Completer::periods},
        Source{"P2", &Completer::periods},          Source{"--rules", &Completer::rule_sets},
        Source{"--round", &Completer::rounds},      Source{"--unit", &Completer::units},
        Source{"COMMAND", &Completer::help_topics}, Source{"RECORD", &Completer::records},
        Source{"--village", &Completer::villages},  Source{"--rev", &Completer::revisions},
        Source{"REV1", &Completer::revisions},      Source{"REV2", &Completer::revisions},
    };
    for (const std::string& choice : choices) add(choice);
    if (!choices.empty()) return;
    if (name_ == "set" && name == "WORDS") return facts();
    if (name_ == "survey" && name == "--answer") return answers();
    if (name == "WHAT") {  // of `explain`
      villages();
      return codes();
    }
    const auto source = std::ranges::find(sources, name, &Source::name);
    if (source != sources.end()) (this->*source->offer)();
  }

  std::string_view half_of(const Command& command) {
    return page_half(baked_text("cmd/" + std::string{command.name} + ".md"),
                     session_.catalogue().language());
  }

  void command_names() {
    open();
    for (const Command& command : commands())
      if (!command.group.empty()) add(command.name, page_summary(half_of(command)));
  }

  void help_topics() {
    command_names();
    add("fields");
    constexpr std::string_view folder = "cmd/topics/";
    for (const BakedFile& file : baked_files())
      if (file.path.starts_with(folder))
        add(file.path.substr(folder.size(), file.path.rfind('.') - folder.size()));
  }

  void records() {
    for (const model::RecordKind& kind : model::record_kinds()) add(kind.name);
  }

  void codes() {
    for (const std::string_view code : session_.catalogue().codes()) add(code);
  }

  void option_names(const Command* command) {
    open();
    const Command* help = find_command("help");
    for (const DeclaredOption& option : options_) {
      if (used_.contains(&option) && !option.repeated) continue;
      for (const std::string& name : option.names) {
        std::string_view meaning = command ? page_meaning(half_of(*command), name) : "";
        if (meaning.empty()) meaning = page_meaning(half_of(*help), name);
        add(name, meaning);
      }
    }
  }

  // ---- Places ----------------------------------------------------------------------------------

  /// Opens the workspace; false without one.
  bool open() {
    if (workspace_ || opened_) return workspace_.has_value();
    opened_ = true;
    auto workspace = store::open_workspace(session_.start_folder());
    if (!workspace) return false;
    workspace_ = std::move(*workspace);
    session_.set_workspace_language(workspace_->ledger.info.language);
    return true;
  }

  std::vector<disk::DirectoryEntry> list(const std::string& folder) const {
    auto entries = workspace_->tree->list(folder);
    if (entries) return std::move(*entries);
    return {};
  }

  std::vector<TownshipFolder> township_folders() const {
    std::vector<TownshipFolder> found;
    std::map<std::string, int> times;
    for (const store::CountyFolder& county : workspace_->counties)
      for (const auto& entry : list(county.folder)) {
        std::string path = store::join(county.folder, entry.name);
        if (!entry.is_directory || !workspace_->tree->exists(path + "/township.toml")) continue;
        ++times[entry.name];
        found.push_back({&county, entry.name, entry.name, std::move(path)});
      }
    for (TownshipFolder& each : found)
      if (times[each.name] > 1) each.short_path = each.path;
    return found;
  }

  void counties() {
    if (!open()) return;
    for (const store::CountyFolder& county : workspace_->counties) {
      add(county.name, county.code);
      if (is_digits(current_)) add(county.code, county.name);
    }
  }

  void townships() {
    if (!open()) return;
    for (const TownshipFolder& each : township_folders())
      add(current_.starts_with(each.county->folder + "/") ? each.path : each.short_path,
          each.county->name);
  }

  void places() {
    counties();
    villages();
  }

  /// Townships first, then the villages of the one that is meant; codes by their digits.
  void villages() {
    if (!open()) return;
    if (is_digits(current_)) return village_codes();
    std::vector<std::pair<std::string, const TownshipFolder*>> begun;
    const std::vector<TownshipFolder> folders = township_folders();
    for (const TownshipFolder& each : folders) {
      const bool whole =
          !each.county->folder.empty() && current_.starts_with(each.county->folder + "/");
      std::string path = (whole ? each.path : each.short_path) + "/";
      if (current_.starts_with(path) || path.starts_with(current_)) begun.emplace_back(path, &each);
    }
    if (begun.size() == 1) return villages_in(begun.front().first, *begun.front().second);
    for (const auto& [path, folder] : begun) add(path, folder->county->name);
    if (!begun.empty()) return;
    for (const store::CountyFolder& county : workspace_->counties)
      if (!county.folder.empty()) add(county.folder + "/");
    for (const TownshipFolder& each : folders) villages_in("", each);
  }

  void villages_in(const std::string& shown, const TownshipFolder& folder) {
    constexpr std::size_t ending = 5;  // of ".toml"
    for (const auto& entry : list(folder.path))
      if (!entry.is_directory && store::is_ledger_name(entry.name) && entry.name != "township.toml")
        add(shown + entry.name.substr(0, entry.name.size() - ending),
            shown.empty() ? folder.path : "");
  }

  /// Counties while the digits fit several of them.
  void village_codes() {
    std::vector<const store::CountyFolder*> fitting;
    for (const store::CountyFolder& county : workspace_->counties)
      if (county.code.starts_with(current_) || current_.starts_with(county.code))
        fitting.push_back(&county);
    if (fitting.size() > 1) {
      for (const store::CountyFolder* county : fitting) add(county->code, county->name);
      return;
    }
    for (const store::CountyFolder* county : fitting) {
      const store::LoadedCounty loaded = store::load_county(*workspace_, *county);
      for (const auto& township : loaded.ledger.townships)
        for (const auto& village : township.villages)
          add(village.info.code, store::join(township.folder, village.info.name));
    }
  }

  void units() {
    if (!open()) return;
    // Those of the county of the place; without one there may be hundreds.
    auto reading = read_place();
    if (!reading || reading->county.empty()) return;
    const auto loaded = store::load_part(*workspace_, reading->counties.front(), {"/", "", ""});
    for (const model::Unit& unit : loaded.ledger.units)
      add(unit.name, unit.level ? model::term(*unit.level) : "");
  }

  // ---- What one village holds ------------------------------------------------------------------

  std::optional<Reading> read_place() {
    ReadingOptions options;
    for (const std::string_view name : {"VILLAGE", "PLACE", "TOWNSHIP", "COUNTY"})
      if (options.place.empty()) options.place = given(name);
    if (options.place.empty()) return std::nullopt;
    if (!open()) return std::nullopt;
    auto reading = open_reading(session_, options);
    if (reading) return std::move(*reading);
    return std::nullopt;
  }

  template <class Use>
  void with_village(const Use& use) {
    auto reading = read_place();
    if (!reading || reading->village.empty()) return;
    const auto one = open_village(session_, *reading, Around::nothing);
    if (!one) return;
    report::take_every_task((*one)->state, reading->occasion.as_of);
    use(*(*one)->village);
  }

  void tasks() {
    with_village([this](const report::VillageState& village) {
      for (const workflow::TaskLife& life : village.life.tasks)
        add(life.task->id,
            session_.catalogue().term(workflow::term(life.state)) + " " + life.task->title);
    });
  }

  void problems() {
    with_village([this](const report::VillageState& village) {
      for (const model::Problem& problem : village.ledger->problems) add(problem.id, problem.text);
    });
  }

  // ---- What `set` changes ----------------------------------------------------------------------

  static const model::RecordKind& main_kind(const Reading& reading) {
    using model::FileKind;
    const FileKind file = !reading.village.empty()    ? FileKind::village
                          : !reading.township.empty() ? FileKind::township
                          : !reading.county.empty()   ? FileKind::county
                                                      : FileKind::workspace;
    return *std::ranges::find_if(model::record_kinds(), [&](const model::RecordKind& kind) {
      return kind.file == file && !kind.repeated;
    });
  }

  /// The kind of the record that a word names, by its id or as kind/number; nothing when unknown.
  const model::RecordKind* kind_of(model::FileKind file, std::string_view word) {
    std::string_view name = word.substr(0, word.find('/'));
    with_village([&](const report::VillageState& village) {
      const auto holds = [&](const auto& records) {
        return std::ranges::any_of(records, [&](const auto& each) { return each.id == word; });
      };
      if (holds(village.ledger->tasks)) name = "task";
      else if (holds(village.ledger->problems)) name = "problem";
      else if (holds(village.ledger->milestones)) name = "milestone";
    });
    return model::find_kind(file, name);
  }

  void keys(const model::RecordKind& kind) {
    for (const model::Field& field : kind.fields)
      add(field.key, render::field_comment(session_.catalogue(), kind, field));
  }

  void records_of_village() {
    with_village([this](const report::VillageState& village) {
      const model::VillageLedger& ledger = *village.ledger;
      for (const model::Milestone& each : ledger.milestones) add(each.id, each.text);
      for (std::size_t i = 0; i < ledger.surveys.size(); ++i) {
        const model::Survey& each = ledger.surveys[i];
        std::string meaning{each.kind ? model::term(*each.kind) : ""};
        if (each.date) meaning += " " + format_date(*each.date);
        add("survey/" + std::to_string(i + 1), meaning);
      }
      for (std::size_t i = 0; i < ledger.supports.size(); ++i) {
        const model::Support& each = ledger.supports[i];
        add("support/" + std::to_string(i + 1), each.role ? model::term(*each.role) : "");
      }
    });
  }

  /// [RECORD] KEY VALUE.
  void facts() {
    const auto reading = read_place();
    if (!reading) return;
    session_.set_workspace_language(reading->workspace.ledger.info.language);
    const model::RecordKind* kind = &main_kind(*reading);
    const model::FileKind file = kind->file;
    std::size_t keys_at = 0;
    const auto has_key = [&](std::string_view word) {
      return std::ranges::find(kind->fields, word.substr(0, word.find('.')), &model::Field::key) !=
             kind->fields.end();
    };
    if (rest_.empty()) {
      keys(*kind);
      tasks();
      problems();
      return records_of_village();
    }
    if (!has_key(rest_.front())) {
      kind = kind_of(file, rest_.front());
      keys_at = 1;
    }
    if (!kind) return;
    if (rest_.size() == keys_at) return keys(*kind);
    const auto field = std::ranges::find(kind->fields, rest_[keys_at], &model::Field::key);
    if (field == kind->fields.end()) return;
    for (const std::string_view choice : field->choices) add(choice);
    if (field->key == "unit") units();
    if (field->shape == model::Shape::flag) yes_or_no();
  }

  void yes_or_no() {
    add("是");
    add("否");
  }

  /// QUESTION=ANSWER, the question first.
  void answers() {
    const auto reading = read_place();
    if (!reading || reading->county.empty()) return;
    std::string id = given("--rules");
    if (id.empty())
      id =
          store::load_part(*workspace_, reading->counties.front(), {"/", "", ""}).ledger.info.rules;
    if (!open() || id.empty()) return;
    const auto rules = store::load_rules(*workspace_->tree, id).rules;
    if (!rules) return;
    const std::size_t equals = current_.find('=');
    if (equals == std::string::npos) {
      for (const model::Question& each : rules->questions) add(each.id + "=", each.label);
      return;
    }
    const auto asked =
        std::ranges::find(rules->questions, current_.substr(0, equals), &model::Question::id);
    if (asked == rules->questions.end()) return;
    prefix_ += current_.substr(0, equals + 1);
    current_.erase(0, equals + 1);
    if (asked->type == model::QuestionType::flag) yes_or_no();
    for (const std::string& choice : asked->choices) add(choice);
  }

  void milestones() {
    const std::string task = given("TASK");
    with_village([&](const report::VillageState& village) {
      for (const model::Milestone& each : village.ledger->milestones)
        if (each.task == task) add(each.id, each.text);
    });
  }

  void entries() {
    const std::string task = given("TASK");
    with_village([&](const report::VillageState& village) {
      for (const workflow::TaskView& view : village.life.views) {
        if (view.task->id != task) continue;
        for (std::size_t i = 0; i < view.entries.size(); ++i) {
          const model::Entry& entry = *view.entries[i];
          std::string meaning = entry.date ? format_date(*entry.date) + " " : "";
          if (entry.action) meaning += model::term(*entry.action);
          add(workflow::entry_hash(view.entries, i), meaning + " " + entry.text);
        }
      }
    });
  }

  // ---- Times and rules -------------------------------------------------------------------------

  void rounds() {
    if (!open()) return;
    for (const model::Round& round : workspace_->ledger.rounds)
      if (round.year) add(std::to_string(*round.year));
  }

  /// The kinds of period that are meant: those of the report, else all.
  std::vector<PeriodKind> period_kinds() const {
    if (name_ == "report") {
      const auto kinds = report_kinds();
      const auto named = std::ranges::find(kinds, given("KIND"), &ReportKind::name);
      if (named != kinds.end() && named->period) return {*named->period};
    }
    return {PeriodKind::half_month, PeriodKind::month, PeriodKind::quarter, PeriodKind::year};
  }

  /// The latest first, from the latest round's begin up to today.
  void periods() {
    if (!open()) return;
    std::optional<Date> first;
    for (const model::Round& round : workspace_->ledger.rounds)
      if (round.from && *round.from <= session_.today()) first = round.from;
    if (!first) return;
    for (const PeriodKind kind : period_kinds())
      for (Period each = period_of(session_.today(), kind); each.last >= *first;
           each = previous_period(each))
        add(period_name(each));
  }

  void revisions() {
    if (!open()) return;
    for (const std::string& name : store::revision_names(workspace_->root)) add(name);
  }

  void rule_sets() {
    const auto tree = open() ? workspace_->tree : nullptr;
    if (!tree) return;
    for (const std::string& id : store::rule_set_ids(*tree)) add(id);
  }

  Session& session_;
  std::vector<std::string> before_;
  std::string current_;
  std::string prefix_;  ///< "--lang=" when the value is typed into the same word
  std::string_view name_;
  std::vector<DeclaredOption> options_;
  std::vector<DeclaredWord> positionals_;
  std::map<std::string, std::string, std::less<>> given_;  ///< values by option or positional
  std::vector<std::string> rest_;  ///< of the word that takes all further ones
  std::set<const DeclaredOption*> used_;
  const DeclaredOption* waiting_ = nullptr;  ///< for its value
  std::size_t words_ = 0;                    ///< positionals so far
  bool only_words_ = false;                  ///< after `--`
  std::optional<store::Workspace> workspace_;
  bool opened_ = false;
  std::set<std::string> added_;
};

}  // namespace

// `taizhang __complete -- WORDS`, for the scripts in data/completion: a line for each word that the
// last of WORDS can be, with its meaning behind a tab.
Runner declare_complete(Arguments& args) {
  auto words = std::make_shared<std::vector<std::string>>();
  args.rest("WORDS", *words);
  return [words](Session& session) {
    session.hush();
    try {
      Completer{session, *words}.run();
    } catch (const Failure&) {
      return Exit::done;  // nobody asked for anything yet
    }
    return Exit::done;
  };
}

}  // namespace taizhang::cmd
