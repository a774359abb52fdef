#include "workflow/duties.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/text.hpp"
#include "workflow/village_life.hpp"

namespace taizhang::workflow {

using model::Follow;
using model::FollowKind;

namespace {

constexpr std::int64_t most_days = 7305;
constexpr std::int64_t most_months = 240;

/// The round was listed again later, or another round of the village has begun, from that day.
std::optional<Date> listed_again(const model::VillageLedger& village, std::int64_t round,
                                 Date as_of) {
  std::optional<Date> first;
  for (const auto& step : village.steps) {
    if (step.kind != model::StepKind::approval || !step.round || *step.round <= round) continue;
    const auto* decision = deciding_step(village, *step.round, as_of);
    if (!decision || decision->result != model::StepResult::listed || !decision->date) continue;
    if (!first || *decision->date < *first) first = decision->date;
  }
  return first;
}

class RoundDuties {
 public:
  RoundDuties(const model::VillageLedger& village, std::int64_t round, Date delisted,
              const std::vector<model::Age>& schedule, Date as_of)
      : village_(village), round_(round), delisted_(delisted), as_of_(as_of) {
    for (const model::Age& age : schedule) {
      const bool last = &age == &schedule.back();
      const Date before = duties_.empty() ? delisted : duties_.back().due;
      const Date due = day_after(delisted, age);
      begins_.push_back(add_days(before, days_between(before, due) / 2));
      duties_.push_back({round, last ? FollowKind::re_inspection : FollowKind::follow_up, delisted,
                         due, nullptr});
    }
  }

  std::vector<Duty> take() {
    std::optional<Date> end = listed_again(village_, round_, as_of_);
    for (const Follow* record : records()) {
      fulfil(*record);
      if (record->result == model::FollowResult::relapsed && (!end || *record->date < *end))
        end = record->date;
    }
    if (end) std::erase_if(duties_, [](const Duty& duty) { return !duty.done; });
    return std::move(duties_);
  }

 private:
  std::vector<const Follow*> records() const {
    std::vector<const Follow*> found;
    for (const Follow& each : village_.follows)
      if (each.round == round_ && each.kind && each.date && *each.date >= delisted_ &&
          *each.date <= as_of_)
        found.push_back(&each);
    std::ranges::stable_sort(found, {}, [](const Follow* each) { return *each->date; });
    return found;
  }

  void fulfil(const Follow& record) {
    for (std::size_t i = 0; i < duties_.size(); ++i)
      if (!duties_[i].done && *record.date >= begins_[i] &&
          (duties_[i].kind == FollowKind::follow_up || record.kind == FollowKind::re_inspection))
        duties_[i].done = &record;
  }

  const model::VillageLedger& village_;
  std::int64_t round_;
  Date delisted_;
  Date as_of_;
  std::vector<Duty> duties_;
  std::vector<Date> begins_;  ///< the day from which a record can fulfil the duty
};

}  // namespace

std::optional<model::Age> parse_age(std::string_view text) {
  const std::string name = canonical_name(text);
  if (name == "半年") return model::Age{6, 0};
  std::int64_t count = 0;
  const auto [rest, error] = std::from_chars(name.data(), name.data() + name.size(), count);
  const std::string_view unit{rest, static_cast<std::size_t>(name.data() + name.size() - rest)};
  if (error != std::errc{} || count < 1 || count > most_days) return std::nullopt;
  if (unit == "天") return model::Age{0, count};
  if (unit == "年") count *= 12;
  else if (unit != "个月") return std::nullopt;
  if (count > most_months) return std::nullopt;
  return model::Age{count, 0};
}

Date day_after(Date day, const model::Age& age) {
  Date later = day + std::chrono::months{static_cast<int>(age.months)};
  if (!later.ok()) later = later.year() / later.month() / std::chrono::last;
  return add_days(later, static_cast<int>(age.days));
}

std::vector<model::Age> follow_up_schedule(const model::CountyInfo& county) {
  std::vector<model::Age> schedule;
  for (const std::string& text : county.follow_up)
    if (const auto age = parse_age(text)) schedule.push_back(*age);
  if (county.follow_up.empty()) schedule = {{0, 30}, {6, 0}, {12, 0}};
  const auto length = [](const model::Age& age) {
    constexpr std::int64_t days_of_a_month = 30;
    return age.months * days_of_a_month + age.days;
  };
  std::ranges::stable_sort(schedule, {}, length);
  return schedule;
}

std::vector<Duty> duties(const model::CountyInfo& county, const model::VillageLedger& village,
                         const Units& units, Date as_of) {
  std::set<std::int64_t> rounds;
  for (const auto& step : village.acceptances)
    if (step.kind == model::AcceptanceKind::delisting && step.round) rounds.insert(*step.round);
  const auto schedule = follow_up_schedule(county);
  std::vector<Duty> all;
  for (const std::int64_t round : rounds) {
    const auto life = replay_village(village, units, round, as_of);
    if (!life.delisted) continue;
    for (Duty& duty : RoundDuties{village, round, *life.delisted, schedule, as_of}.take())
      all.push_back(duty);
  }
  return all;
}

model::Findings check_follow_up(const model::CountyInfo& county) {
  model::Findings findings;
  for (const std::string& text : county.follow_up)
    if (!parse_age(text))
      findings.push_back(
          {Severity::error, "follow-up-unreadable", county.at, "follow_up", {{"value", text}}});
  return findings;
}

}  // namespace taizhang::workflow
