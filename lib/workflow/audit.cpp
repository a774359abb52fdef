#include "workflow/audit.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/hash.hpp"
#include "workflow/audit_case.hpp"
#include "workflow/fingerprint.hpp"

namespace taizhang::workflow {

std::string_view name_of(Pattern pattern) {
  constexpr std::array<std::string_view, pattern_count> names{
      "reused-evidence", "similar-text",  "older-evidence", "bulk-closing",
      "same-day",        "nothing-new",   "moved-deadline", "backdated",
      "problem-back",    "mutual-checks", "removed-record", "late-commit"};
  return names[static_cast<std::size_t>(pattern)];
}

std::vector<const model::Entry*> AuditCase::in_force() const {
  std::vector<const model::Entry*> entries;
  for (const Event& event : life.events)
    if (event.counted && !event.voided && event.entry->action != model::Action::correct)
      entries.push_back(event.entry);
  return entries;
}

std::string AuditCase::key() const { return village->info.code + "/" + task().id; }

std::string AuditCase::key(const model::Entry& entry) const {
  const auto index = std::ranges::find(view.entries, &entry) - view.entries.begin();
  return key() + "/" + entry_hash(view.entries, static_cast<std::size_t>(index));
}

void AuditWork::add(Pattern pattern, std::vector<AuditPlace> places, Facts facts,
                    std::vector<std::string> keys) {
  std::ranges::sort(keys);
  std::string text{name_of(pattern)};
  for (const std::string& key : keys) text += "\n" + key;
  constexpr std::size_t digits = 8;
  reasons.push_back(
      {pattern, std::move(places), std::move(facts), sha256(text).substr(0, digits), nullptr});
}

std::vector<Reason> audit(const model::CountyLedger& county, const Units& units, Date as_of,
                          const EvidenceText& text_of, const AuditBounds& bounds,
                          const Committed& committed) {
  AuditWork work{county, units, as_of, text_of, bounds, committed, {}, {}};
  std::map<std::string_view, const model::Note*> notes;
  for (const auto& township : county.townships)
    for (const auto& village : township.villages) {
      if (!village.complete) continue;
      for (const model::Note& note : village.notes)
        if (note.date && *note.date <= as_of) notes.emplace(note.audit, &note);
      for (TaskView& view : task_views(village)) {
        if (!view.task->opened || *view.task->opened > as_of) continue;
        TaskLife life = replay(view, units, as_of);
        work.cases.push_back({&village, std::move(view), std::move(life)});
      }
    }
  audit_evidence(work);
  audit_dates(work);
  audit_county(work);
  audit_history(work);
  for (Reason& reason : work.reasons)
    if (const auto note = notes.find(reason.id); note != notes.end()) reason.answer = note->second;
  std::ranges::stable_sort(work.reasons, {}, &Reason::pattern);
  return std::move(work.reasons);
}

}  // namespace taizhang::workflow
