#include "workflow/matching.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "base/text.hpp"
#include "workflow/responsibility.hpp"
#include "workflow/units.hpp"

namespace taizhang::workflow {

using model::SupportRole;
using model::VillageLedger;

namespace {

bool stands(const model::Support& support, Date day) { return !support.to || *support.to > day; }

bool same(std::string_view one, std::string_view other) {
  return canonical_name(one) == canonical_name(other);
}

/// Pairs seekers with helpers along the paths that gain most (successive best augmenting paths).
class Pairing {
 public:
  Pairing(const std::vector<Offer>& offers, std::size_t seekers, const std::vector<Helper>& helpers)
      : offers_(offers), taken_(seekers), seekers_(seekers) {
    for (const Helper& helper : helpers) room_.push_back(helper.room());
  }

  /// Offers taken, by seeker.
  std::vector<std::optional<std::size_t>> solve() && {
    while (augment()) {
    }
    return std::move(taken_);
  }

 private:
  static constexpr std::int64_t unreached = std::numeric_limits<std::int64_t>::min();

  std::int64_t worth(std::size_t offer) const {
    return static_cast<std::int64_t>(offers_[offer].met.size());
  }

  /// The gain of the best path on which each seeker can come to look for a helper; `by_` remembers
  /// the offer that pushed it out.
  void explore() {
    gain_.assign(seekers_, unreached);
    by_.assign(seekers_, std::nullopt);
    for (std::size_t i = 0; i < seekers_; ++i)
      if (!taken_[i]) gain_[i] = 0;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t o = 0; o < offers_.size(); ++o) {
        const Offer& offer = offers_[o];
        if (offer.there || gain_[offer.seeker] == unreached || taken_[offer.seeker] == o) continue;
        for (std::size_t out = 0; out < seekers_; ++out) {
          if (!taken_[out] || out == offer.seeker) continue;
          const Offer& held = offers_[*taken_[out]];
          if (held.there || held.helper != offer.helper) continue;
          const std::int64_t gain = gain_[offer.seeker] + worth(o) - worth(*taken_[out]);
          if (gain <= gain_[out]) continue;
          gain_[out] = gain;
          by_[out] = o;
          changed = true;
        }
      }
    }
  }

  bool augment() {
    explore();
    std::optional<std::size_t> last;
    std::int64_t best = unreached;
    for (std::size_t o = 0; o < offers_.size(); ++o) {
      const Offer& offer = offers_[o];
      if (gain_[offer.seeker] == unreached || taken_[offer.seeker] == o) continue;
      if (!offer.there && room_[offer.helper] <= 0) continue;
      if (gain_[offer.seeker] + worth(o) <= best) continue;
      best = gain_[offer.seeker] + worth(o);
      last = o;
    }
    if (!last) return false;
    if (!offers_[*last].there) --room_[offers_[*last].helper];
    for (std::optional<std::size_t> offer = last; offer;) {
      const std::size_t seeker = offers_[*offer].seeker;
      const auto before = by_[seeker];
      taken_[seeker] = offer;
      offer = before;
    }
    return true;
  }

  const std::vector<Offer>& offers_;
  std::vector<std::optional<std::size_t>> taken_;
  std::size_t seekers_;
  std::vector<std::int64_t> room_;
  std::vector<std::int64_t> gain_;
  std::vector<std::optional<std::size_t>> by_;
};

std::vector<std::size_t> met_by(const Seeker& seeker, const Helper& helper) {
  std::vector<std::size_t> met;
  for (std::size_t i = 0; i < seeker.needs.size(); ++i)
    if (std::ranges::any_of(helper.unit->strengths, [&](const std::string& strength) {
          return same(strength, seeker.needs[i].text);
        }))
      met.push_back(i);
  return met;
}

}  // namespace

bool is_held(const VillageLedger& village, SupportRole role, Date day) {
  return std::ranges::any_of(village.supports, [&](const model::Support& support) {
    return support.role == role && stands(support, day);
  });
}

std::vector<Need> needs_of(const VillageLedger& village, const model::RuleSet& rules,
                           std::int64_t round, Date day) {
  std::vector<Need> needs;
  for (const model::Problem& problem : village.problems) {
    if (problem.round != round || (problem.found && *problem.found > day)) continue;
    for (const model::ProblemType& type : rules.problem_types) {
      if (!same(type.label, problem.type) && type.id != problem.type) continue;
      for (const std::string& text : type.needs) {
        auto found =
            std::ranges::find_if(needs, [&](const Need& need) { return same(need.text, text); });
        if (found == needs.end()) found = needs.insert(found, {text, {}});
        if (std::ranges::find(found->problems, &problem) == found->problems.end())
          found->problems.push_back(&problem);
      }
    }
  }
  return needs;
}

std::vector<Helper> helpers_of(const model::CountyLedger& county, SupportRole role, Date day) {
  const Units units{county.units};
  std::vector<Helper> helpers;
  for (const model::Unit& unit : county.units)
    if (!unit.strengths.empty() && unit.level == model::Level::county)
      helpers.push_back({&unit, unit.capacity.value_or(1), {}});
  const auto counts = [&](const model::Support& support) {
    return stands(support, day) &&
           (support.role == SupportRole::partner_unit ||
            support.role == SupportRole::helping_department || support.role == role);
  };
  for (const auto& township : county.townships)
    for (const auto& village : township.villages)
      for (Helper& helper : helpers)
        if (std::ranges::any_of(village.supports, [&](const model::Support& support) {
              return counts(support) &&
                     units.identity(support.unit) == units.identity(helper.unit->name);
            }))
          helper.villages.push_back(&village);
  return helpers;
}

Matching match(std::vector<Seeker>& seekers, std::vector<Helper>& helpers, SupportRole role) {
  std::ranges::sort(seekers, {}, [](const Seeker& each) { return each.village->info.code.view(); });
  std::ranges::sort(helpers, {}, [](const Helper& each) { return each.unit->name.view(); });
  const bool once = role == SupportRole::partner_unit || role == SupportRole::helping_department;
  std::vector<Offer> offers;
  for (std::size_t s = 0; s < seekers.size(); ++s)
    for (std::size_t h = 0; h < helpers.size(); ++h) {
      Offer offer{s, h, met_by(seekers[s], helpers[h]), false};
      offer.there =
          std::ranges::find(helpers[h].villages, seekers[s].village) != helpers[h].villages.end();
      if (!offer.met.empty() && !(offer.there && once)) offers.push_back(std::move(offer));
    }
  const auto taken = Pairing{offers, seekers.size(), helpers}.solve();

  Matching matching;
  for (std::size_t o = 0; o < offers.size(); ++o)
    (taken[offers[o].seeker] == o ? matching.chosen : matching.others).push_back(offers[o]);
  const auto more = [](const Offer& one, const Offer& other) {
    return one.met.size() > other.met.size();
  };
  std::ranges::stable_sort(matching.chosen, more);
  std::ranges::stable_sort(matching.others, [&](const Offer& one, const Offer& other) {
    return one.seeker != other.seeker ? one.seeker < other.seeker : more(one, other);
  });
  return matching;
}

}  // namespace taizhang::workflow
