#include "report/audit_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "store/evidence.hpp"

namespace taizhang::report {

using workflow::Pattern;
using workflow::Reason;

namespace {

struct Words {
  std::string_view name;
  std::string_view why;
};

Words words_of(Pattern pattern) {
  constexpr std::array<Words, workflow::pattern_count> words{
      {{"audit.reused", "audit.reused-why"},
       {"audit.similar", "audit.similar-why"},
       {"audit.older", "audit.older-why"},
       {"audit.bulk", "audit.bulk-why"},
       {"audit.same-day", "audit.same-day-why"},
       {"audit.nothing-new", "audit.nothing-new-why"},
       {"audit.moved", "audit.moved-why"},
       {"audit.backdated", "audit.backdated-why"},
       {"audit.back-again", "audit.back-again-why"},
       {"audit.mutual", "audit.mutual-why"},
       {"audit.removed", "audit.removed-why"},
       {"audit.committed", "audit.committed-why"}}};
  return words[static_cast<std::size_t>(pattern)];
}

Table table_of(std::string_view id, std::string_view title, bool answered) {
  Table table;
  table.id = id;
  table.title = {title};
  table.columns = {{"id", "column.reason_id"},
                   {"pattern", "column.pattern"},
                   {"village", "column.village"},
                   {"subject", "column.id"},
                   {"why", "column.why"}};
  if (answered) table.columns.push_back({"answer", "column.note"});
  return table;
}

bool in_place(const CountyState& state, const Reason& reason, std::int64_t round) {
  return std::ranges::any_of(reason.places, [&](const workflow::AuditPlace& place) {
    // what is gone may be of no round, or its whole ledger
    if (!state.loaded->sources.contains(place.village->path))
      return state.villages.size() == state.files_read;
    return (place.round == round || place.round == 0) &&
           std::ranges::any_of(state.villages, [&](const VillageState& village) {
             return village.ledger == place.village;
           });
  });
}

}  // namespace

std::vector<Reason> reasons(const CountyState& state, const Occasion& occasion,
                            CommitHistory* history) {
  auto found = workflow::audit(
      *state.county, state.units, occasion.as_of,
      [&](const model::VillageLedger& village, const model::Evidence& evidence) {
        return store::evidence_text(*occasion.evidence, village.path, evidence);
      },
      {}, history ? history->of(*state.county) : workflow::Committed{});
  std::erase_if(found,
                [&](const Reason& reason) { return !in_place(state, reason, occasion.round); });
  return found;
}

AuditReport::AuditReport(const Occasion& occasion, std::string_view place, CommitHistory* history)
    : occasion_(occasion),
      history_(history),
      open_(table_of("reasons", "audit.reasons", false)),
      answered_(table_of("answered", "audit.answered", true)) {
  report_.schema = "taizhang.audit/1";
  report_.title = {"audit.title"};
  report_.subtitle = subtitle(occasion, place);
}

void AuditReport::add(const CountyState& state) {
  coverage_.add(state);
  for (const Reason& reason : reasons(state, occasion_, history_)) add(state, reason);
}

void AuditReport::add(const CountyState& state, const Reason& reason) {
  const Words words = words_of(reason.pattern);
  Table& table = reason.answer ? answered_ : open_;
  bool first = true;
  for (const workflow::AuditPlace& place : reason.places) {
    Row row;
    row.cells = {Cell{}, Cell{}, place.village->info.name, place.subject, Cell{}};
    if (reason.answer) row.cells.emplace_back();
    if (first) {
      row.cells[0].content = reason.id;
      row.cells[1].content = Label{words.name};
      row.cells[4].content = Label{words.why, reason.facts};
      if (reason.answer)
        row.cells[5].content = fmt::format("{} {}: {}", format_date(*reason.answer->date),
                                           reason.answer->by, reason.answer->text);
    }
    first = false;
    row.path = place.village->path;
    if (state.loaded->sources.contains(row.path)) row.line = line_of(state, row.path, place.at);
    table.rows.push_back(row);
  }
}

Report AuditReport::finish() && {
  const bool none = open_.rows.empty();
  for (Table* table : {&open_, &answered_})
    if (!table->rows.empty()) report_.tables.push_back(std::move(*table));
  if (none) report_.notes.push_back({"audit.none"});
  report_.notes.push_back({"audit.not-a-verdict"});
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
