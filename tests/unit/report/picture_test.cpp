#include "report/picture.hpp"

#include <doctest/doctest.h>

#include "store/load.hpp"
#include "store/workspace.hpp"

using namespace taizhang;
using namespace taizhang::report;

namespace {

Picture applied(Picture picture, const std::vector<Difference>& all) {
  for (const Difference& each : all) apply(each, picture);
  return picture;
}

}  // namespace

TEST_CASE("Differences applied to the first of two days give the second, and each has its line") {
  const auto workspace = store::open_workspace(TAIZHANG_SOURCE_DIR "/examples/baoji");
  REQUIRE(workspace);
  using namespace std::chrono;
  std::size_t seen = 0;
  for (const store::CountyFolder& folder : workspace->counties) {
    const store::LoadedCounty county = store::load_county(*workspace, folder);
    std::vector<std::pair<Date, Picture>> days;
    for (Date day = 2023y / March / 1; day <= 2023y / July / 31; day = add_days(day, 9)) {
      const Occasion on = occasion(workspace->ledger, day);
      days.emplace_back(day, picture_of(replay_county(county, on), day));
    }
    for (std::size_t i = 0; i < days.size(); ++i)
      for (std::size_t j = i; j < days.size(); ++j) {
        const auto& [first, before] = days[i];
        const auto& [second, after] = days[j];
        const auto all = differences(before, after);
        CHECK(applied(before, all) == after);
        CHECK(all.empty() == (before == after));
        seen += all.size();
      }
    const Date end = 2023y / July / 31;
    const CountyState state = replay_county(county, occasion(workspace->ledger, end));
    for (const Difference& each : differences({}, picture_of(state, end)))
      for (const VillageState& village : state.villages)
        if (village.ledger->path == each.path)
          CHECK(line_of(state, each.path, place_of(each, village)) > 0);
  }
  CHECK(seen > 500);
}

TEST_CASE("Each aspect of a task that differs is a difference of its own") {
  using namespace std::chrono;
  Picture before, after;
  before["a"].tasks["T1"] = {workflow::TaskState::active, 2023y / June / 1, "甲", "甲办", true};
  after["a"].tasks["T1"] = {workflow::TaskState::closed, 2023y / June / 9, "乙", "乙办", false};
  after["a"].tasks["T2"] = {};
  after["a"].listed = true;
  after["a"].stage = workflow::Stage::rectifying;
  std::vector<Aspect> aspects;
  for (const Difference& each : differences(before, after)) aspects.push_back(each.aspect);
  CHECK(aspects == std::vector{Aspect::listed, Aspect::stage, Aspect::state, Aspect::due,
                               Aspect::owner, Aspect::unit, Aspect::overdue, Aspect::opened});
  CHECK(applied(before, differences(before, after)) == after);
}
