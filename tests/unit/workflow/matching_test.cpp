#include "workflow/matching.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "workflow/journal.hpp"

using namespace taizhang;
using namespace taizhang::workflow;
using model::SupportRole;

namespace {

using tests::day;

const std::vector<std::string> words{"村容村貌", "集体经济", "矛盾调处", "组织制度", "阵地建设"};

model::RuleSet rule_set() {
  model::RuleSet rules;
  for (std::size_t i = 0; i < words.size(); ++i) {
    model::ProblemType type;
    type.id = "type_" + std::to_string(i);
    type.label = words[i] + "差";
    type.needs = {words[i]};
    if (i == 0) type.needs.push_back(words[4]);
    rules.problem_types.push_back(type);
  }
  return rules;
}

/// A county whose villages and units are drawn by the seed.
model::CountyLedger random_county(std::mt19937& random, std::size_t most) {
  const auto draw = [&](std::size_t below) { return random() % below; };
  model::CountyLedger county;
  county.townships.resize(2);
  for (std::size_t u = 0, count = 1 + draw(most); u < count; ++u) {
    model::Unit unit;
    unit.name = "示例" + std::to_string(u) + "局";
    unit.aliases = {"例" + std::to_string(u)};
    unit.level = model::Level::county;
    for (const std::string& word : words)
      if (draw(3) == 0) unit.strengths.push_back(word);
    if (draw(4) > 0) unit.capacity = static_cast<std::int64_t>(draw(3));
    county.units.push_back(unit);
  }
  for (std::size_t v = 0, count = 1 + draw(most); v < count; ++v) {
    model::VillageLedger village;
    village.info.code = "6103261039" + std::to_string(10 + v);
    for (std::size_t p = 0, problems = draw(4); p < problems; ++p) {
      model::Problem problem;
      problem.id = "P" + std::to_string(p + 1);
      problem.round = 2023;
      problem.type = draw(2) == 0 ? words[draw(words.size())] + "差"
                                  : "type_" + std::to_string(draw(words.size()));
      village.problems.push_back(problem);
    }
    if (draw(3) == 0) {
      model::Support support;
      support.role = draw(2) == 0 ? SupportRole::partner_unit : SupportRole::helping_department;
      support.unit = "例" + std::to_string(draw(county.units.size()));
      if (draw(3) == 0) support.to = day("2023-05-01");
      village.supports.push_back(support);
    }
    county.townships[draw(2)].villages.push_back(village);
  }
  return county;
}

struct Run {
  std::vector<Seeker> seekers;
  std::vector<Helper> helpers;
  Matching matching;

  Run(const model::CountyLedger& county, const model::RuleSet& rules, SupportRole role) {
    const Date on = day("2023-06-15");
    for (const auto& township : county.townships)
      for (const auto& village : township.villages)
        if (!is_held(village, role, on))
          seekers.push_back({&village, needs_of(village, rules, 2023, on)});
    helpers = helpers_of(county, role, on);
    matching = match(seekers, helpers, role);
  }

  /// code → unit
  std::vector<std::string> pairs() const {
    std::vector<std::string> said;
    for (const Offer& offer : matching.chosen)
      said.push_back(seekers[offer.seeker].village->info.code + helpers[offer.helper].unit->name);
    return said;
  }

  /// Villages helped and needs met by the best of all ways to choose among the offers.
  std::pair<std::size_t, std::size_t> best() const {
    std::vector<Offer> all = matching.chosen;
    all.insert(all.end(), matching.others.begin(), matching.others.end());
    std::vector<std::int64_t> room;
    for (const Helper& helper : helpers) room.push_back(helper.room());
    return best_from(all, 0, room);
  }

 private:
  std::pair<std::size_t, std::size_t> best_from(const std::vector<Offer>& all, std::size_t seeker,
                                                std::vector<std::int64_t>& room) const {
    if (seeker == seekers.size()) return {0, 0};
    auto best = best_from(all, seeker + 1, room);
    for (const Offer& offer : all) {
      if (offer.seeker != seeker || (!offer.there && room[offer.helper] <= 0)) continue;
      if (!offer.there) --room[offer.helper];
      auto rest = best_from(all, seeker + 1, room);
      if (!offer.there) ++room[offer.helper];
      best = std::max(best, {rest.first + 1, rest.second + offer.met.size()});
    }
    return best;
  }
};

}  // namespace

TEST_CASE("A matching exceeds no capacity, helps no village twice and is the best there is") {
  std::mt19937 random{20230602};
  const model::RuleSet rules = rule_set();
  std::size_t pairs = 0, full = 0, there = 0;
  for (int i = 0; i < 1500; ++i) {
    const model::CountyLedger county = random_county(random, 5);
    const SupportRole role = i % 3 == 0 ? SupportRole::first_secretary : SupportRole::partner_unit;
    const Run run{county, rules, role};
    std::set<std::size_t> villages;
    std::vector<std::int64_t> room;
    for (const Helper& helper : run.helpers) room.push_back(helper.room());
    std::size_t met = 0;
    for (const Offer& offer : run.matching.chosen) {
      CHECK(villages.insert(offer.seeker).second);
      CHECK_FALSE(offer.met.empty());
      if (!offer.there) CHECK(--room[offer.helper] >= 0);
      if (role == SupportRole::partner_unit) CHECK_FALSE(offer.there);
      there += offer.there;
      met += offer.met.size();
    }
    full += !run.matching.others.empty() && villages.size() < run.seekers.size();
    CHECK(std::pair{villages.size(), met} == run.best());
    pairs += villages.size();
  }
  CHECK(pairs > 1000);
  CHECK(full > 50);
  CHECK(there > 5);
}

TEST_CASE("The order of villages, units, problems and supports changes no proposal") {
  std::mt19937 random{116};
  const model::RuleSet rules = rule_set();
  for (int i = 0; i < 300; ++i) {
    model::CountyLedger county = random_county(random, 12);
    const auto before = Run{county, rules, SupportRole::partner_unit}.pairs();
    std::ranges::shuffle(county.units, random);
    std::ranges::shuffle(county.townships, random);
    for (auto& township : county.townships) {
      std::ranges::shuffle(township.villages, random);
      for (auto& village : township.villages) std::ranges::shuffle(village.problems, random);
    }
    CHECK(Run{county, rules, SupportRole::partner_unit}.pairs() == before);
  }
}

TEST_CASE("A need is met by a strength of the same words and remembers its problems") {
  model::VillageLedger village;
  for (const char* type : {"村容村貌差", "type_4", "别的类型"}) {
    model::Problem problem;
    problem.id = "P" + std::to_string(village.problems.size() + 1);
    problem.round = 2023;
    problem.type = type;
    village.problems.push_back(problem);
  }
  village.problems.push_back(village.problems.front());
  village.problems.back().round = 2022;
  const auto needs = needs_of(village, rule_set(), 2023, day("2023-06-15"));
  REQUIRE(needs.size() == 2);
  CHECK(needs[0].text == "村容村貌");
  CHECK(needs[0].problems == std::vector<const model::Problem*>{&village.problems[0]});
  CHECK(needs[1].text == "阵地建设");
  CHECK(needs[1].problems ==
        std::vector<const model::Problem*>{&village.problems[0], &village.problems[1]});
}

TEST_CASE("A unit stands by a village under any of its names until the day it ends") {
  model::CountyLedger county;
  county.units = tests::listed_units();
  for (auto& unit : county.units) unit.strengths = {"村容村貌"};
  model::VillageLedger village;
  model::Support support;
  support.role = SupportRole::helping_department;
  support.unit = "例县委办";
  support.to = day("2023-06-15");
  village.supports = {support};
  county.townships.resize(1);
  county.townships[0].villages = {village};
  const auto taken = [&](std::string_view on) {
    const auto helpers = helpers_of(county, SupportRole::partner_unit, day(on));
    CHECK(helpers.size() == 2);  // those of the county's level
    return helpers[1].villages.size();
  };
  CHECK(taken("2023-06-14") == 1);
  CHECK(taken("2023-06-15") == 0);
  CHECK_FALSE(is_held(village, SupportRole::partner_unit, day("2023-06-14")));
  CHECK(is_held(village, SupportRole::helping_department, day("2023-06-14")));
}
