#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "base/similarity.hpp"
#include "workflow/audit_case.hpp"

namespace taizhang::workflow {

using model::Action;
using model::Entry;
using model::Evidence;

namespace {

/// A use of something that could be used once too often: by which task, where, when.
struct Use {
  const AuditCase* task = nullptr;
  const Entry* entry = nullptr;
  const Evidence* evidence = nullptr;  ///< nullptr: the application’s own text

  Span at() const { return evidence ? evidence->at : entry->at; }
};

std::vector<Use> uses_of(const AuditWork& work) {
  std::vector<Use> uses;
  for (const AuditCase& each : work.cases)
    for (const Entry* entry : each.in_force()) {
      if (entry->action != Action::apply) continue;
      for (const Evidence& evidence : entry->evidence) uses.push_back({&each, entry, &evidence});
    }
  return uses;
}

/// One use of each task, the latest first; empty when they are all of one task.
std::vector<Use> by_task(std::vector<Use> uses) {
  std::ranges::stable_sort(uses, std::ranges::greater{},
                           [](const Use& use) { return *use.entry->date; });
  std::vector<Use> kept;
  for (const Use& use : uses)
    if (std::ranges::none_of(kept, [&](const Use& each) { return each.task == use.task; }))
      kept.push_back(use);
  if (kept.size() < 2) kept.clear();
  return kept;
}

void add(AuditWork& work, Pattern pattern, const std::vector<Use>& uses, Facts facts,
         const std::string& what) {
  std::vector<AuditPlace> places;
  std::vector<std::string> keys{what};
  for (const Use& use : uses) {
    places.push_back(use.task->place(use.at()));
    keys.push_back(use.task->key());
  }
  facts.emplace_back("tasks", fmt::format("{}", uses.size()));
  work.add(pattern, std::move(places), std::move(facts), std::move(keys));
}

/// The names under which one content was handed in, each once.
std::string names_of(const std::vector<Use>& uses) {
  std::vector<std::string_view> names;
  std::string all;
  for (const Use& use : uses) {
    if (std::ranges::find(names, use.evidence->file) != names.end()) continue;
    names.push_back(use.evidence->file);
    all += (all.empty() ? "" : " ") + use.evidence->file;
  }
  return all;
}

void reused(AuditWork& work, const std::vector<Use>& uses) {
  std::map<std::string_view, std::vector<Use>> by_hash;
  std::vector<std::string_view> order;
  for (const Use& use : uses) {
    auto& same = by_hash[use.evidence->sha256];
    if (same.empty()) order.push_back(use.evidence->sha256);
    same.push_back(use);
  }
  for (const std::string_view hash : order)
    if (const auto tasks = by_task(by_hash[hash]); !tasks.empty())
      add(work, Pattern::reused, tasks, {{"file", names_of(tasks)}}, std::string{hash});
}

struct Text {
  Use use;
  LetterPairs pairs;
  std::size_t group = 0;  ///< position of one that it is like, or its own
};

std::vector<Text> texts_of(const AuditWork& work, const std::vector<Use>& uses) {
  std::vector<Text> texts;
  const auto add = [&](const Use& use, std::string_view text) {
    LetterPairs pairs = letter_pairs(text);
    if (pairs.letters >= work.bounds.letters)
      texts.push_back({use, std::move(pairs), texts.size()});
  };
  std::set<std::pair<const AuditCase*, std::string_view>> seen;
  for (const Use& use : uses)
    if (work.text_of && seen.emplace(use.task, use.evidence->sha256).second)
      add(use, work.text_of(*use.task->village, *use.evidence));
  for (const AuditCase& each : work.cases)
    for (const Entry* entry : each.in_force())
      if (entry->action == Action::apply) add({&each, entry, nullptr}, entry->text);
  return texts;
}

std::size_t root(std::vector<Text>& texts, std::size_t i) {
  while (texts[i].group != i) i = texts[i].group = texts[texts[i].group].group;
  return i;
}

/// Evidence is held against evidence, applications against applications; the same file is `reused`.
bool comparable(const Use& a, const Use& b) {
  if (a.task == b.task || (a.evidence == nullptr) != (b.evidence == nullptr)) return false;
  return !a.evidence || a.evidence->sha256 != b.evidence->sha256;
}

void similar(AuditWork& work, const std::vector<Use>& uses) {
  std::vector<Text> texts = texts_of(work, uses);
  std::vector<std::size_t> by_length(texts.size());
  std::iota(by_length.begin(), by_length.end(), std::size_t{0});
  std::ranges::stable_sort(by_length, {}, [&](std::size_t i) { return texts[i].pairs.letters; });
  // texts that are so much alike are about as long
  const double widest = (2 - work.bounds.likeness) / work.bounds.likeness;
  for (std::size_t i = 0; i < by_length.size(); ++i)
    for (std::size_t j = i + 1; j < by_length.size(); ++j) {
      const Text& a = texts[by_length[i]];
      const Text& b = texts[by_length[j]];
      if (static_cast<double>(b.pairs.pairs.size()) >
          widest * static_cast<double>(a.pairs.pairs.size()))
        break;
      if (!comparable(a.use, b.use) || likeness(a.pairs, b.pairs) < work.bounds.likeness) continue;
      const std::size_t left = root(texts, by_length[i]);
      const std::size_t right = root(texts, by_length[j]);
      texts[std::max(left, right)].group = std::min(left, right);
    }
  std::map<std::size_t, std::vector<Use>> groups;
  for (std::size_t i = 0; i < texts.size(); ++i) groups[root(texts, i)].push_back(texts[i].use);
  for (const auto& [first, group] : groups)
    if (const auto tasks = by_task(group); !tasks.empty())
      add(work, Pattern::similar, tasks,
          {{"file", tasks.front().evidence ? tasks.front().evidence->file : ""}},
          tasks.front().evidence ? "evidence" : "application");
}

/// The dates a piece of evidence speaks of: those in its name, else those in its text.
std::vector<Date> dates_of(const AuditWork& work, const Use& use) {
  const std::string_view path = use.evidence->file;
  auto dates = dates_in(path.substr(path.rfind('/') + 1));
  if (dates.empty() && work.text_of)
    dates = dates_in(work.text_of(*use.task->village, *use.evidence));
  return dates;
}

void older(AuditWork& work, const std::vector<Use>& uses) {
  for (const Use& use : uses) {
    if (use.entry != use.task->life.application) continue;
    const auto dates = dates_of(work, use);
    if (dates.empty() || std::ranges::max(dates) >= *use.task->task().opened) continue;
    work.add(Pattern::older, {use.task->place(use.at())},
             {{"file", use.evidence->file},
              {"date", format_date(std::ranges::max(dates))},
              {"opened", format_date(*use.task->task().opened)}},
             {use.task->key(), use.evidence->sha256});
  }
}

}  // namespace

void audit_evidence(AuditWork& work) {
  const std::vector<Use> uses = uses_of(work);
  reused(work, uses);
  similar(work, uses);
  older(work, uses);
}

}  // namespace taizhang::workflow
