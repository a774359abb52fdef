#include "report/matches.hpp"

#include <algorithm>

#include "report/figures.hpp"
#include "workflow/responsibility.hpp"

namespace taizhang::report {

using workflow::Helper;
using workflow::Need;
using workflow::Offer;
using workflow::Seeker;

namespace {

/// "村容村貌差(P1 P2)".
std::string reason(const Need& need) {
  std::string problems;
  for (const auto* problem : need.problems) problems += (problems.empty() ? "" : " ") + problem->id;
  return need.text + "(" + problems + ")";
}

struct Reasons {
  Names met, open;
};

Reasons reasons(const Seeker& seeker, const Offer& offer) {
  Reasons made;
  for (std::size_t i = 0; i < seeker.needs.size(); ++i)
    (std::ranges::find(offer.met, i) != offer.met.end() ? made.met : made.open)
        .items.push_back(reason(seeker.needs[i]));
  return made;
}

}  // namespace

Matches::Matches(const Occasion& occasion, std::string_view place, model::SupportRole role)
    : occasion_(occasion), role_(role) {
  report_.schema = "taizhang.match/1";
  report_.title = {"match.title", {{"role", std::string{model::term(role)}}}};
  report_.subtitle = subtitle(occasion, place);
  chosen_ = {"proposals",
             {"match.proposals"},
             {{"rank", "column.number", Align::right},
              {"township", "column.township"},
              {"village", "column.village"},
              {"unit", "column.helper"},
              {"met", "column.needs_met"},
              {"open", "column.needs_open"}},
             {},
             true};
  others_ = {"others",
             {"match.others"},
             {{"township", "column.township"},
              {"village", "column.village"},
              {"unit", "column.helper"},
              {"met", "column.needs_met"},
              {"room", "column.room", Align::right}},
             {},
             true};
  unmatched_ = {"unmatched",
                {"match.unmatched"},
                {{"township", "column.township"},
                 {"village", "column.village"},
                 {"needs", "column.needs"},
                 {"why", "column.why"}},
                {},
                true};
  unused_ = {"unused",
             {"match.unused"},
             {{"unit", "column.helper"},
              {"strengths", "column.strengths"},
              {"takes", "column.takes", Align::right},
              {"has", "column.has", Align::right},
              {"why", "column.why"}},
             {},
             true};
}

std::vector<Matches::Pair> Matches::add(const CountyState& county, const model::RuleSet& rules,
                                        std::string_view township, std::string_view village) {
  coverage_.add(county);
  const Date day = occasion_.as_of;
  std::vector<Seeker> seekers;
  std::vector<const VillageState*> states;
  for (const VillageState& each : county.villages)
    if (workflow::needs_support(each.life) && !workflow::is_held(*each.ledger, role_, day)) {
      seekers.push_back(
          {each.ledger, workflow::needs_of(*each.ledger, rules, occasion_.round, day)});
      states.push_back(&each);
    }
  std::vector<Helper> helpers = workflow::helpers_of(*county.county, role_, day);
  const workflow::Matching found = workflow::match(seekers, helpers, role_);

  std::vector<std::int64_t> given(helpers.size());
  for (const Offer& offer : found.chosen) given[offer.helper] += !offer.there;
  const auto state_of = [&](const Seeker& seeker) -> const VillageState& {
    return **std::ranges::find(states, seeker.village, &VillageState::ledger);
  };
  const auto wanted = [&](const Seeker& seeker) {
    return (township.empty() || state_of(seeker).township->folder == township) &&
           (village.empty() || seeker.village->info.code == village);
  };
  const auto row_for = [&](const Seeker& seeker) {
    Row row;
    row.path = seeker.village->path;
    row.line = line_of(county, row.path, seeker.village->info.at);
    row.cells = {state_of(seeker).township->folder, seeker.village->info.name};
    return row;
  };

  std::vector<Pair> pairs;
  for (const Offer& offer : found.chosen) {
    const Seeker& seeker = seekers[offer.seeker];
    if (!wanted(seeker)) continue;
    const Reasons why = reasons(seeker, offer);
    Row row = row_for(seeker);
    row.cells.insert(row.cells.begin(), Cell{++proposed_});
    row.cells.insert(row.cells.end(), {helpers[offer.helper].unit->name, why.met, why.open});
    chosen_.rows.push_back(row);
    pairs.push_back({seeker.village, helpers[offer.helper].unit});
  }
  for (const Offer& offer : found.others) {
    const Seeker& seeker = seekers[offer.seeker];
    if (!wanted(seeker)) continue;
    const Helper& helper = helpers[offer.helper];
    Row row = row_for(seeker);
    row.cells.insert(row.cells.end(),
                     {helper.unit->name, reasons(seeker, offer).met,
                      std::max<std::int64_t>(helper.room() - given[offer.helper], 0)});
    others_.rows.push_back(row);
  }
  for (std::size_t i = 0; i < seekers.size(); ++i) {
    const Seeker& seeker = seekers[i];
    if (!wanted(seeker)) continue;
    ++seeking_;
    const auto is_its = [&](const Offer& offer) { return offer.seeker == i; };
    if (std::ranges::any_of(found.chosen, is_its)) continue;
    Names needs;
    for (const Need& need : seeker.needs) needs.items.push_back(reason(need));
    const std::string_view why = needs.items.empty()                         ? "match.no_needs"
                                 : std::ranges::any_of(found.others, is_its) ? "match.all_full"
                                                                             : "match.nobody";
    Row row = row_for(seeker);
    row.cells.insert(row.cells.end(), {Cell{needs}, Cell{Label{why}}});
    unmatched_.rows.push_back(row);
  }
  for (std::size_t i = 0; i < helpers.size(); ++i) {
    if (std::ranges::any_of(found.chosen, [&](const Offer& each) { return each.helper == i; }))
      continue;
    const Helper& helper = helpers[i];
    if (helper.room() <= 0) continue;  // it is at work already
    Row row;
    row.path = county.county->path;
    row.line = line_of(county, row.path, helper.unit->at);
    row.cells = {helper.unit->name, Names{helper.unit->strengths}, helper.capacity,
                 static_cast<std::int64_t>(helper.villages.size()), Label{"match.not_needed"}};
    unused_.rows.push_back(row);
  }
  return pairs;
}

Report Matches::finish() && {
  Figures figures{"figures"};
  figures.add("match.seeking", seeking_);
  figures.add("match.proposed", proposed_);
  report_.tables.push_back(std::move(figures).take());
  for (Table* table : {&chosen_, &others_, &unmatched_, &unused_})
    if (!table->rows.empty()) report_.tables.push_back(std::move(*table));
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
