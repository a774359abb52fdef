#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/period.hpp"
#include "workflow/audit_case.hpp"

namespace taizhang::workflow {

using model::Action;
using model::Entry;

namespace {

struct Closing {
  const AuditCase* task = nullptr;
  const Entry* entry = nullptr;
};

void bulk(AuditWork& work) {
  const PeriodKind kind =
      work.county.info.rhythm == model::Rhythm::month ? PeriodKind::month : PeriodKind::half_month;
  std::map<Date, std::vector<Closing>> periods;  // by last day
  for (const AuditCase& each : work.cases)
    for (const Entry* entry : each.in_force())
      if (entry->action == Action::close)
        periods[period_of(*entry->date, kind).last].push_back({&each, entry});
  for (const auto& [last, closings] : periods) {
    std::vector<AuditPlace> places;
    std::vector<std::string> keys{format_date(last)};
    for (const Closing& closing : closings) {
      if (*closing.entry->date != last) continue;
      places.push_back(closing.task->place(closing.entry->at));
      keys.push_back(closing.task->key());
    }
    if (places.size() < work.bounds.closings || 2 * places.size() <= closings.size()) continue;
    Facts facts{{"date", format_date(last)},
                {"count", fmt::format("{}", places.size())},
                {"all", fmt::format("{}", closings.size())}};
    work.add(Pattern::bulk, std::move(places), std::move(facts), std::move(keys));
  }
}

/// Goes through the entries of one task and notes what happened since when.
class Walk {
 public:
  Walk(AuditWork& work, const AuditCase& task) : work_(work), task_(task), due_(task.task().due) {}

  void run() {
    for (const Entry* entry : task_.in_force()) {
      switch (*entry->action) {
        case Action::progress:
          ++progress_;
          new_since_back_ = true;
          last_progress_ = entry;
          break;
        case Action::apply:
          apply(*entry);
          break;
        case Action::send_back:
          went_back(*entry);
          break;
        case Action::reopen:
          went_back(*entry);
          progress_ = 0;
          due_ = entry->due;
          break;
        case Action::extend:
          extend(*entry);
          due_ = entry->due;
          break;
        default:
          break;
      }
    }
  }

 private:
  void add(Pattern pattern, const Entry& entry, const Entry* other, Facts facts) {
    std::vector<AuditPlace> places{task_.place(entry.at)};
    if (other) places.push_back(task_.place(other->at));
    work_.add(pattern, std::move(places), std::move(facts), {task_.key(entry)});
  }

  void went_back(const Entry& entry) {
    back_ = &entry;
    new_since_back_ = false;
  }

  void apply(const Entry& entry) {
    if (back_ && !new_since_back_)
      add(Pattern::nothing_new, entry, back_,
          {{"date", format_date(*entry.date)},
           {"action", std::string{term(*back_->action)}},
           {"before", format_date(*back_->date)}});
    else if (progress_ == 1 && *last_progress_->date == *entry.date)
      add(Pattern::same_day, entry, last_progress_, {{"date", format_date(*entry.date)}});
  }

  void extend(const Entry& entry) {
    if (!due_ || *entry.date > *due_) return;
    const int days = days_between(*entry.date, *due_);
    if (days > work_.bounds.days_before) return;
    add(Pattern::moved, entry, nullptr,
        {{"date", format_date(*entry.date)},
         {"before", format_date(*due_)},
         {"due", format_date(*entry.due)},
         {"days", fmt::format("{}", days)}});
  }

  AuditWork& work_;
  const AuditCase& task_;
  std::optional<Date> due_;
  int progress_ = 0;  ///< since it was (re)opened
  const Entry* last_progress_ = nullptr;
  const Entry* back_ = nullptr;  ///< the last 退回 or 重开
  bool new_since_back_ = false;
};

/// Entries are appended: one that stands below a much later one was written long after its date.
void backdated(AuditWork& work, const AuditCase& task) {
  const Entry* latest = nullptr;
  for (const Entry* entry : task.view.entries) {
    if (!entry->date || *entry->date > work.as_of) continue;
    if (latest && days_between(*entry->date, *latest->date) >= work.bounds.days_later)
      work.add(Pattern::backdated, {task.place(entry->at), task.place(latest->at)},
               {{"date", format_date(*entry->date)},
                {"other", format_date(*latest->date)},
                {"days", fmt::format("{}", days_between(*entry->date, *latest->date))}},
               {task.key(*entry)});
    if (!latest || *entry->date > *latest->date) latest = entry;
  }
}

}  // namespace

void audit_dates(AuditWork& work) {
  bulk(work);
  for (const AuditCase& task : work.cases) {
    Walk{work, task}.run();
    backdated(work, task);
  }
}

}  // namespace taizhang::workflow
