#include "report/submissions.hpp"

#include <doctest/doctest.h>

#include "report/state.hpp"

using namespace taizhang;
using namespace taizhang::report;
using namespace std::chrono;

namespace {

const Period june = *parse_period("2023-06-H1");  // to the 15th

model::TownshipLedger handed_in(std::optional<Date> date) {
  model::TownshipLedger township;
  township.complete = true;
  if (!date) return township;
  model::Submission made;
  made.period = "2023-06-H1";
  made.date = date;
  township.submissions.push_back(made);
  return township;
}

Handed state(std::optional<std::int64_t> deadline, std::optional<Date> date, Date received) {
  model::CountyLedger county;
  county.info.deadline_days = deadline;
  return submitted(county, handed_in(date), june, received).state;
}

}  // namespace

TEST_CASE("What is handed in after the period's end counts as soon as it is there") {
  const Date end = 2023y / June / 15, later = 2023y / June / 18;
  CHECK(state({}, later, end) == Handed::not_due);  // it still runs
  CHECK(state({}, later, 2023y / June / 16) == Handed::missing);
  CHECK(state({}, later, later) == Handed::in);
  CHECK(state(3, later, 2023y / June / 17) == Handed::not_due);
  CHECK(state(3, later, later) == Handed::on_time);  // the last day is in time
  CHECK(state(2, later, later) == Handed::late);
  CHECK(state(2, {}, 2023y / June / 17) == Handed::not_due);
  CHECK(state(2, {}, later) == Handed::missing);
}

TEST_CASE("The day by which submissions count is the day of the figures unless said otherwise") {
  Occasion occasion;
  occasion.as_of = 2023y / June / 15;
  CHECK(occasion.received_by() == occasion.as_of);
  occasion.received = 2023y / June / 30;
  CHECK(occasion.received_by() == 2023y / June / 30);
}

TEST_CASE("A county reports in its own rhythm, or none is known") {
  model::CountyLedger county;
  CHECK(!reporting_kind(county));
  const Period quarter = *parse_period("2023-Q2");
  CHECK(reporting_periods(county, quarter, 2023y / June / 30).empty());
  county.info.rhythm = model::Rhythm::month;
  CHECK(reporting_periods(county, quarter, 2023y / June / 29).size() == 2);
  CHECK(reporting_periods(county, quarter, 2023y / June / 30).size() == 3);
  county.info.rhythm = model::Rhythm::half_month;
  CHECK(reporting_kind(county) == PeriodKind::half_month);
  CHECK(reporting_periods(county, quarter, 2023y / June / 15).size() == 5);
  county.info.rhythm = {};
  county.townships = {handed_in({})};
  CHECK_FALSE(reporting_kind(county));
  county.townships.push_back(handed_in(2023y / June / 18));  // some do, and nobody said how often
  CHECK(reporting_kind(county) == PeriodKind::half_month);
}
