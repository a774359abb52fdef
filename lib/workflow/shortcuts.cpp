#include "workflow/shortcuts.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace taizhang::workflow {

using model::Findings;
using model::VillageLedger;

namespace {

void problems_without_task(const VillageLedger& village, Findings& findings) {
  for (const auto& problem : village.problems) {
    const auto in_round = [&](const auto& record) { return record.round == problem.round; };
    const bool planned = std::ranges::any_of(village.tasks, in_round);
    const bool accepting = std::ranges::any_of(village.acceptances, in_round);
    if (problem.id.empty() || (!planned && !accepting) ||
        std::ranges::any_of(village.tasks,
                            [&](const auto& task) { return task.problem == problem.id; }))
      continue;
    findings.push_back({accepting ? Severity::error : Severity::warning,
                        "problem-without-task",
                        problem.at,
                        "id",
                        {{"problem", problem.id}}});
  }
}

struct Numbered {
  std::string_view letters;
  int number = 0;
  const model::Task* task = nullptr;
};

/// "T12": letters, then digits; nothing for any other id.
std::optional<Numbered> numbered(std::string_view id) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto digits = static_cast<std::size_t>(std::ranges::find_if(id, is_digit) - id.begin());
  Numbered found{id.substr(0, digits)};
  const auto [rest, error] =
      std::from_chars(id.data() + digits, id.data() + id.size(), found.number);
  if (digits == 0 || error != std::errc{} || rest != id.data() + id.size()) return std::nullopt;
  return found;
}

/// The tasks with such ids by their letters and numbers, each once.
std::vector<Numbered> by_number(const VillageLedger& village) {
  std::vector<Numbered> tasks;
  tasks.reserve(village.tasks.size());
  for (const auto& task : village.tasks)
    if (auto id = numbered(task.id)) {
      id->task = &task;
      tasks.push_back(*id);
    }
  const auto before = [](const Numbered& a, const Numbered& b) {
    return std::tie(a.letters, a.number) < std::tie(b.letters, b.number);
  };
  if (!std::ranges::is_sorted(tasks, before)) std::ranges::stable_sort(tasks, before);
  const auto same = [](const Numbered& a, const Numbered& b) {
    return a.number == b.number && a.letters == b.letters;
  };
  tasks.erase(std::unique(tasks.begin(), tasks.end(), same), tasks.end());
  return tasks;
}

void gaps(const VillageLedger& village, Findings& findings) {
  std::string_view letters;
  int expected = 1;
  for (const Numbered& each : by_number(village)) {
    if (each.letters != letters) expected = 1;
    letters = each.letters;
    if (each.number > expected) {
      std::string missing = std::string{letters} + std::to_string(expected);
      if (each.number - 1 > expected)
        missing += "–" + std::string{letters} + std::to_string(each.number - 1);
      findings.push_back({Severity::warning,
                          "task-id-gap",
                          each.task->at,
                          "id",
                          {{"task", each.task->id}, {"missing", std::move(missing)}}});
    }
    expected = each.number + 1;
  }
}

}  // namespace

Findings check_shortcuts(const VillageLedger& village) {
  Findings findings;
  problems_without_task(village, findings);
  gaps(village, findings);
  return findings;
}

}  // namespace taizhang::workflow
