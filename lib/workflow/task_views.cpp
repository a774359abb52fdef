#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "workflow/task_life.hpp"

namespace taizhang::workflow {

using model::Entry;

namespace {

/// Finds views by the ids of their tasks; of several with one id, the first.
class ViewsById {
 public:
  explicit ViewsById(std::vector<TaskView>& views) {
    by_id_.reserve(views.size());
    for (TaskView& view : views) by_id_.emplace_back(view.task->id, &view);
    std::ranges::sort(by_id_);
  }

  TaskView* find(std::string_view id) const {
    const auto found = std::ranges::lower_bound(by_id_, id, {}, &Named::first);
    return found != by_id_.end() && found->first == id ? found->second : nullptr;
  }

 private:
  using Named = std::pair<std::string_view, TaskView*>;
  std::vector<Named> by_id_;
};

std::optional<Date> delisted_in(const model::VillageLedger& village,
                                std::optional<std::int64_t> round) {
  std::optional<Date> first;
  for (const auto& step : village.acceptances)
    if (step.kind == model::AcceptanceKind::delisting && step.round == round && step.date &&
        (!first || *step.date < *first))
      first = step.date;
  return first;
}

}  // namespace

std::vector<TaskView> task_views(const model::VillageLedger& village) {
  std::vector<TaskView> views;
  views.reserve(village.tasks.size());
  for (const model::Task& task : village.tasks)
    views.push_back({&task, {}, {}, delisted_in(village, task.round)});
  const ViewsById by_id{views};
  TaskView* view = nullptr;  // entries of a task mostly stand together
  for (const Entry& entry : village.entries) {
    if (!view || view->task->id != entry.task) view = by_id.find(entry.task);
    if (view) view->entries.push_back(&entry);
  }
  for (const auto& milestone : village.milestones)
    if (TaskView* const named = by_id.find(milestone.task)) named->milestones.push_back(&milestone);
  return views;
}

}  // namespace taizhang::workflow
