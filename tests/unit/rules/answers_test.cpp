#include "rules/answers.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace taizhang::rules;
using model::SurveyKind;

namespace {

model::Survey survey(SurveyKind kind, std::string_view date, std::int64_t value,
                     std::int64_t round = 2023) {
  model::Survey made;
  made.round = round;
  made.kind = kind;
  made.date = parse_date(date).value();
  made.answers.push_back({"q", value, {}});
  return made;
}

/// The value of `q` in force in 2023 on that day, with a star when only the 自查 says so; "-" for
/// none.
std::string in_force(std::vector<model::Survey> surveys, std::string_view day = "2023-12-31") {
  model::VillageLedger village;
  village.surveys = std::move(surveys);
  const auto sheet = answers_in_force(village, 2023, parse_date(day).value());
  const auto held = sheet.find("q");
  if (held == sheet.end()) return "-";
  return std::to_string(std::get<std::int64_t>(held->second.answer->value)) +
         (held->second.self_check ? "*" : "");
}

}  // namespace

TEST_CASE("the latest answer counts, in whatever order it is written") {
  for (const SurveyKind first :
       {SurveyKind::visit, SurveyKind::return_visit, SurveyKind::questionnaire})
    for (const SurveyKind second :
         {SurveyKind::visit, SurveyKind::return_visit, SurveyKind::questionnaire}) {
      const auto early = survey(first, "2023-03-01", 1);
      const auto late = survey(second, "2023-04-01", 2);
      CHECK(in_force({early, late}) == "2");
      CHECK(in_force({late, early}) == "2");
    }
}

TEST_CASE("of two answers of one day the one written later counts") {
  CHECK(in_force({survey(SurveyKind::visit, "2023-03-01", 1),
                  survey(SurveyKind::questionnaire, "2023-03-01", 2)}) == "2");
  CHECK(in_force({survey(SurveyKind::self_check, "2023-03-01", 1),
                  survey(SurveyKind::self_check, "2023-03-01", 2)}) == "2*");
}

TEST_CASE("a self-check fills only what others leave open, and is marked") {
  const auto own = survey(SurveyKind::self_check, "2023-05-01", 1);
  const auto visit = survey(SurveyKind::visit, "2023-03-01", 2);
  CHECK(in_force({own}) == "1*");
  CHECK(in_force({own, visit}) == "2");
  CHECK(in_force({visit, own}) == "2");
}

TEST_CASE("answers after the day or of another round do not exist") {
  const auto early = survey(SurveyKind::visit, "2023-03-01", 1);
  const auto late = survey(SurveyKind::visit, "2023-04-01", 2);
  CHECK(in_force({early, late}, "2023-04-01") == "2");
  CHECK(in_force({early, late}, "2023-03-31") == "1");
  CHECK(in_force({early, late}, "2023-02-28") == "-");
  CHECK(in_force({survey(SurveyKind::visit, "2023-03-01", 1, 2022)}) == "-");
}

TEST_CASE("a survey of which something is unknown counts for nothing") {
  auto undated = survey(SurveyKind::visit, "2023-03-01", 1);
  undated.date.reset();
  auto unnamed = survey(SurveyKind::visit, "2023-03-01", 1);
  unnamed.kind.reset();
  CHECK(in_force({undated, unnamed}) == "-");
}

TEST_CASE("only a visit or a return visit up to the day makes a village visited") {
  const auto visited = [](model::Survey each, std::string_view day = "2023-12-31") {
    model::VillageLedger village;
    village.surveys.push_back(std::move(each));
    return is_visited(village, 2023, parse_date(day).value());
  };
  CHECK(visited(survey(SurveyKind::visit, "2023-03-01", 1)));
  CHECK(visited(survey(SurveyKind::return_visit, "2023-03-01", 1)));
  CHECK(!visited(survey(SurveyKind::self_check, "2023-03-01", 1)));
  CHECK(!visited(survey(SurveyKind::questionnaire, "2023-03-01", 1)));
  CHECK(!visited(survey(SurveyKind::visit, "2023-03-01", 1), "2023-02-28"));
  CHECK(!visited(survey(SurveyKind::visit, "2023-03-01", 1, 2022)));
}
