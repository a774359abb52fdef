#include "rules/check_scoring.hpp"

#include <doctest/doctest.h>

using namespace taizhang;
using namespace taizhang::model;

namespace {

RankTerm term_of(std::string id, RankBasis basis) {
  RankTerm term;
  term.id = std::move(id);
  term.label = term.id;
  term.basis = basis;
  term.points = 10;
  return term;
}

std::vector<std::string_view> codes(const RuleSet& rules) {
  std::vector<std::string_view> all;
  for (const Finding& each : rules::check_scoring(rules)) all.push_back(each.code);
  return all;
}

}  // namespace

TEST_CASE("A scoring that is right has no findings") {
  RuleSet rules;
  rules.terms = {term_of("p", RankBasis::progress), term_of("r", RankBasis::on_time)};
  rules.terms[1].deadline_days = 5;
  rules.quotas = {{"p", "2023-06", 30, {}}, {"p", "2023-07", 100, {}}};
  CHECK(codes(rules).empty());
}

TEST_CASE("What a scoring says wrongly is found") {
  RuleSet rules;
  rules.terms = {term_of("p", RankBasis::progress), term_of("p", RankBasis::overdue)};
  rules.terms[0].cap = -1;
  rules.terms[0].deadline_days = 5;
  rules.terms[1].finding = FindingKind::fraud;
  rules.quotas = {{"x", "2023-06", 30, {}}, {"p", "2023-06", 0, {}}, {"p", "2023-06", 101, {}}};
  CHECK(codes(rules) == std::vector<std::string_view>{
                            "scoring-cap", "scoring-key-unused", "rule-duplicate-id",
                            "scoring-key-unused", "scoring-quota-term", "scoring-quota-percent",
                            "scoring-quota-percent", "scoring-quota-twice"});
}
