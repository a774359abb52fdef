#include "rules/vary.hpp"

#include <doctest/doctest.h>

#include "rules/make.hpp"

using namespace taizhang;
using namespace taizhang::rules;
using model::Operator;
using model::QuestionType;

namespace {

model::RuleSet some_rules() {
  model::RuleSet set;
  set.questions = {question("flag"), number_question("income", 0, 100),
                   question("since", QuestionType::date), question("poll", QuestionType::poll)};
  set.criteria = {criterion(compare("income", 5.0, Operator::below)),
                  criterion(group(model::Condition::Kind::any,
                                  {compare("income", 3.0, Operator::below), older("since", 3),
                                   share("poll", {"yes"}, Operator::below, 0.6)}))};
  set.bands = {{"red", "s", "红", {}, {}, {}}, {"yellow", "s", "黄", 61, {}, {}}};
  set.rankings.push_back({"bottom", "倒排", model::Effect::list, 10, {}, {}, {}, {}});
  return set;
}

std::string refused(std::string_view change) {
  auto set = some_rules();
  const auto made = vary(set, change);
  return made ? "" : std::string{made.error().code};
}

}  // namespace

TEST_CASE("a threshold changes wherever the question is compared so") {
  auto set = some_rules();
  REQUIRE(vary(set, "income.below=4.5"));
  CHECK(set.criteria[0].when->operands[0] == model::AnswerValue{4.5});
  CHECK(set.criteria[1].when->parts[0].operands[0] == model::AnswerValue{4.5});
  REQUIRE(vary(set, "poll.below=0.7"));
  CHECK(set.criteria[1].when->parts[2].operands[0] == model::AnswerValue{0.7});
  REQUIRE(vary(set, "since.older_than=6m"));
  CHECK(set.criteria[1].when->parts[1].age.months == 6);
  REQUIRE(vary(set, "since.older_than=90d"));
  CHECK(set.criteria[1].when->parts[1].age.months == 0);
  CHECK(set.criteria[1].when->parts[1].age.days == 90);
}

TEST_CASE("bands and rankings change too") {
  auto set = some_rules();
  REQUIRE(vary(set, "yellow.from=65"));
  CHECK(set.bands[1].from == 65);
  REQUIRE(vary(set, "bottom.count=5"));
  CHECK(set.rankings[0].count == 5);
  CHECK(refused("bottom.share=0.1") == "change-bad-value");  // nobody says how it is rounded
  set.rankings[0].rounding = model::Rounding::up;
  REQUIRE(vary(set, "bottom.share=0.1"));
  CHECK(!set.rankings[0].count);
  CHECK(set.rankings[0].share == 0.1);
}

TEST_CASE("what cannot be changed is refused, and says why") {
  for (const char* change :
       {"", "income", "income.below", "=5", ".below=5", "income.=5", "income.below="})
    CHECK(refused(change) == "change-unreadable");
  CHECK(refused("incone.below=5") == "change-unknown-id");
  CHECK(refused("income.above=5") == "change-unknown-key");
  CHECK(refused("flag.is=true") == "change-unknown-key");
  CHECK(refused("red.from=5") == "change-unknown-key");
  CHECK(refused("bottom.cut=5") == "change-unknown-key");
  CHECK(refused("income.below=101") == "change-bad-value");
  CHECK(refused("income.below=viel") == "change-bad-value");
  CHECK(refused("poll.below=60") == "change-bad-value");
  CHECK(refused("since.older_than=3") == "change-bad-value");
  CHECK(refused("yellow.from=x") == "change-bad-value");
  CHECK(refused("bottom.count=0") == "change-bad-value");
}
