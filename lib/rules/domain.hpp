#pragma once

#include <functional>
#include <vector>

#include "rules/condition.hpp"

namespace taizhang::rules {

/// For each question answers to try: one for every way in which the comparisons of the rule set can
/// come out, those next to a threshold before the extremes. Current answers shape those of polls.
std::vector<std::vector<model::AnswerValue>> answers_to_try(const Rules& rules,
                                                            const Values& current);

/// Whether something holds, and the questions that keep it open.
struct Judged {
  Truth truth = Truth::unknown;
  std::vector<const model::Question*> open = {};
};
using Judge = std::function<Judged(const Values& values)>;

enum class Outcome : std::uint8_t { found, impossible, gave_up };

/// Looks for answers that make something hold. Never tries more than `budget` sets of answers.
class Search {
 public:
  Search(const Rules& rules, std::vector<std::vector<model::AnswerValue>> answers, long budget);

  /// Fills what is open among `values`, as far as needed. Questions for which `may_answer` is false
  /// are left alone; without it every open question may be answered. `values` is only changed
  /// when something was found.
  Outcome reach(Values& values, const Judge& judge, const std::vector<bool>& may_answer = {});

  /// Sets of answers that may still be tried.
  long budget() const { return budget_; }
  void set_budget(long budget) { budget_ = budget; }

 private:
  Outcome step(Values& values, const Judge& judge, const std::vector<bool>& may_answer);

  const Rules& rules_;
  std::vector<std::vector<model::AnswerValue>> answers_;
  long budget_;
};

}  // namespace taizhang::rules
