#include "workflow/shortcuts.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>

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
};

/// "T12": letters, then digits; nothing for any other id.
std::optional<Numbered> numbered(std::string_view id) {
  const std::size_t digits = std::min(id.find_first_of("0123456789"), id.size());
  Numbered found{id.substr(0, digits), 0};
  const auto [rest, error] =
      std::from_chars(id.data() + digits, id.data() + id.size(), found.number);
  if (digits == 0 || error != std::errc{} || rest != id.data() + id.size()) return std::nullopt;
  return found;
}

void gaps(const VillageLedger& village, Findings& findings) {
  std::map<std::string_view, std::map<int, const model::Task*>> tasks;
  for (const auto& task : village.tasks)
    if (const auto id = numbered(task.id)) tasks[id->letters].emplace(id->number, &task);
  for (const auto& [letters, by_number] : tasks) {
    int expected = 1;
    for (const auto& [number, task] : by_number) {
      if (number > expected) {
        std::string missing = std::string{letters} + std::to_string(expected);
        if (number - 1 > expected)
          missing += "–" + std::string{letters} + std::to_string(number - 1);
        findings.push_back({Severity::warning,
                            "task-id-gap",
                            task->at,
                            "id",
                            {{"task", task->id}, {"missing", std::move(missing)}}});
      }
      expected = number + 1;
    }
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
