#include "report/state.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace taizhang::report {

using workflow::TaskLife;
using workflow::TaskState;

Occasion occasion(const model::WorkspaceLedger& workspace, Date as_of,
                  std::optional<std::int64_t> wanted) {
  Occasion made{workspace.info.name, workspace.info.example, 0, std::nullopt, as_of, {}};
  const model::Round* chosen = nullptr;
  for (const model::Round& round : workspace.rounds) {  // by year
    if (!round.year || !round.from || !round.to) continue;
    const bool begun = *round.from <= as_of;
    if (wanted ? round.year == wanted : begun || !chosen) chosen = &round;
  }
  if (chosen) made.dates = *chosen;
  made.round = wanted.value_or(chosen ? *chosen->year : static_cast<int>(as_of.year()));
  return made;
}

std::optional<Diagnostic> over_before(const Occasion& occasion, Date day) {
  if (!occasion.dates || *occasion.dates->to >= day) return std::nullopt;
  Diagnostic diagnostic;
  diagnostic.code = "round-over";
  diagnostic.facts = {{"date", format_date(day)},
                      {"round", fmt::format("{}", occasion.round)},
                      {"to", format_date(*occasion.dates->to)},
                      {"year", fmt::format("{}", static_cast<int>(day.year()))}};
  return diagnostic;
}

namespace {

const document::Source* source_of(const store::LoadedCounty& loaded, const std::string& path) {
  const auto source = loaded.sources.find(path);
  return source == loaded.sources.end() ? nullptr : &source->second;
}

}  // namespace

std::uint32_t line_of(const VillageState& village, Span span) {
  return village.source ? village.source->line_number(span.begin) : 0;
}

std::uint32_t line_of(const CountyState& state, const std::string& path, Span span) {
  const document::Source* source = source_of(*state.loaded, path);
  return source ? source->line_number(span.begin) : 0;
}

Row row_at(const VillageState& village, Span at, std::vector<Cell> cells) {
  Row row;
  row.cells = std::move(cells);
  row.path = village.ledger->path;
  row.line = line_of(village, at);
  return row;
}

namespace {

/// Errors of entries that a replay counts all the same.
bool is_counted(std::string_view code) {
  return code == "verification-suspect" || code == "extension-backdated" ||
         code == "acceptance-on-suspect";
}

}  // namespace

CountyState replay_county(const store::LoadedCounty& loaded, const Occasion& occasion) {
  const model::CountyLedger& county = loaded.ledger;
  CountyState state;
  state.loaded = &loaded;
  state.county = &county;
  state.units = workflow::Units{county.units};
  state.files = county.village_files;
  state.files_read = county.village_files_read;
  for (const auto& township : county.townships) {
    state.townships.push_back(&township);
    for (const auto& village : township.villages) {
      if (!village.complete) continue;
      model::Findings findings;
      auto life =
          workflow::replay_village(village, state.units, occasion.round, occasion.as_of, &findings);
      const auto refused = std::ranges::count_if(findings, [](const model::Finding& finding) {
        return finding.severity == Severity::error && !is_counted(finding.code);
      });
      const auto of_round = [&](const model::Step& step) {
        return step.round == occasion.round && workflow::exists_on(step, occasion.as_of);
      };
      state.keeps_steps = state.keeps_steps || std::ranges::any_of(village.steps, of_round);
      state.keeps_tasks = state.keeps_tasks || !life.tasks.empty();
      state.villages.push_back({&township, &village, std::move(life),
                                static_cast<std::size_t>(refused),
                                source_of(loaded, village.path)});
    }
  }
  return state;
}

void take_every_task(CountyState& state, Date as_of) {
  for (VillageState& village : state.villages)
    workflow::take_every_task(village.life, *village.ledger, state.units, as_of);
}

void narrow(CountyState& state, std::string_view township, std::string_view village) {
  if (township.empty()) return;
  std::erase_if(state.townships, [&](const auto* each) { return each->folder != township; });
  std::erase_if(state.villages, [&](const VillageState& each) {
    return each.township->folder != township ||
           (!village.empty() && each.ledger->info.code != village);
  });
  state.files = state.files_read = 0;
  for (const auto* each : state.townships) {
    state.files += each->village_files;
    state.files_read += each->village_files_read;
  }
  if (village.empty()) return;
  state.files = 1;
  state.files_read = state.villages.size();
}

void Tally::add(const TaskLife& life, Date as_of) {
  if (life.state == TaskState::cancelled) {
    ++cancelled;
    return;
  }
  ++total;
  pending += life.state == TaskState::pending;
  active += life.state == TaskState::active;
  applied += life.state == TaskState::applied;
  verified += life.state == TaskState::verified;
  closed += life.state == TaskState::closed;
  overdue += workflow::is_overdue(life, as_of);
  check_overdue += workflow::is_check_overdue(life, as_of);
  suspect += life.definition_suspect;
}

void Tally::add(const Tally& other) {
  total += other.total;
  pending += other.pending;
  active += other.active;
  applied += other.applied;
  verified += other.verified;
  closed += other.closed;
  cancelled += other.cancelled;
  overdue += other.overdue;
  check_overdue += other.check_overdue;
  suspect += other.suspect;
}

Content count_or_missing(bool kept, std::int64_t count) {
  return kept ? Content{count} : Content{Missing{}};
}

Content text_or_missing(std::string_view text) {
  return text.empty() ? Content{Missing{}} : Content{std::string{text}};
}

Content date_or_missing(const std::optional<Date>& date) {
  return date ? Content{*date} : Content{Missing{}};
}

std::vector<Label> subtitle(const Occasion& occasion, std::string_view place) {
  std::vector<Label> lines;
  lines.push_back({"subtitle.scope",
                   {{"place", place.empty() ? occasion.workspace : std::string{place}},
                    {"round", fmt::format("{}", occasion.round)},
                    {"as_of", format_date(occasion.as_of)}}});
  if (occasion.example) lines.push_back({"subtitle.example", {}});
  return lines;
}

void Coverage::add(const CountyState& state) {
  found += state.files;
  read += state.files_read;
  for (const VillageState& village : state.villages) refused += village.refused;
}

void Coverage::tell(Report& report) const {
  if (read < found) {
    const Label unread{"note.readable",
                       {{"read", fmt::format("{}", read)}, {"found", fmt::format("{}", found)}}};
    report.subtitle.push_back(unread);
    report.notes.push_back(unread);
  }
  if (refused > 0)
    report.notes.push_back({"note.refused", {{"count", fmt::format("{}", refused)}}});
}

void Scope::add(const CountyState& state) {
  const Text& name = state.county->info.name;
  all_.push_back(name);
  if (state.keeps_steps) steps_.push_back(name);
  if (state.keeps_tasks) tasks_.push_back(name);
  has_villages_ = has_villages_ || !state.villages.empty();
  if (state.villages.empty() && without_villages_.empty()) without_villages_ = name;
  if (state.county->info.rules.empty() && without_rules_.empty()) without_rules_ = name;
}

std::vector<Label> Scope::notes() const {
  std::vector<Label> notes;
  if (steps_.empty() && tasks_.empty()) {
    if (all_.empty()) notes.push_back({"note.next_county", {}});
    else if (!has_villages_) notes.push_back({"note.next_roster", {{"county", without_villages_}}});
    else if (!without_rules_.empty())
      notes.push_back({"note.next_rules", {{"county", without_rules_}}});
    else notes.push_back({"note.next_listing", {}});
    return notes;
  }
  const auto add = [&](std::string_view id, const std::vector<std::string>& some) {
    if (some.empty() || some.size() == all_.size()) return;
    notes.push_back({id, {{"counties", fmt::format("{}", fmt::join(some, " "))}}});
  };
  add("note.scope_listed", steps_);
  add("note.scope_tasks", tasks_);
  return notes;
}

Light light_of(const TaskLife& life, Date as_of, int soon_days) {
  if (life.state == TaskState::cancelled) return Light::none;
  if (workflow::is_overdue(life, as_of)) return Light::red;
  if (life.state == TaskState::closed)
    return life.definition_suspect ? Light::yellow : Light::green;
  if (workflow::is_check_overdue(life, as_of)) return Light::yellow;
  const bool soon = life.due && days_between(as_of, *life.due) <= soon_days;
  return soon ? Light::yellow : Light::green;
}

}  // namespace taizhang::report
