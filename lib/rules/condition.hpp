#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"
#include "rules/answers.hpp"

namespace taizhang::rules {

/// Unknown is not No.
enum class Truth : std::uint8_t { no, yes, unknown };

/// Nothing when no question of the rule set has that id.
const model::Question* find_question(const model::RuleSet& rules, std::string_view id);

/// Whether the value is of the question's type, in its range and among its choices.
bool fits(const model::Question& question, const model::AnswerValue& value);

/// The value as a number: numbers themselves, yes and no as 1 and 0, days since 1970 of a date.
std::optional<double> as_number(const model::AnswerValue& value);

/// True when more than `age` lies between the date and the day. A month later is the same day of the
/// next month, or its last.
bool is_older(Date date, const model::Age& age, Date day);

/// Whether an answer compares as the condition says; unknown when it cannot be told, as the share of
/// a poll without votes.
Truth compare(const model::Condition& condition, const model::AnswerValue& value, Date day);

/// Answers by the position of their question in the rule set; nullptr where there is none.
using Values = std::vector<const model::AnswerValue*>;

/// A rule set ready to be held against answers on a day.
struct Rules {
  Rules(const model::RuleSet& rules, Date on);

  const model::RuleSet* set;
  Date day;
  std::map<std::string_view, std::size_t> position;  ///< of a question, by id

  /// The answers that fit their question; one that does not counts as none.
  Values values(const AnswerSheet& answers) const;
};

/// Evaluates conditions in three-valued logic and notes what it looked at.
class Evaluation {
 public:
  Evaluation(const Rules& rules, const Values& values);

  Truth evaluate(const model::Condition& condition);

  /// The answer to a question that arises; nullptr while it is unknown.
  struct Asked {
    Truth arises = Truth::unknown;
    const model::AnswerValue* value = nullptr;
  };
  Asked ask(std::size_t position);

  std::vector<const model::Question*> seen;     ///< questions whose answers were looked at
  std::vector<const model::Question*> missing;  ///< unanswered ones that keep it open

 private:
  /// Whether a question arises, and the unanswered questions that keep this open.
  struct Applies {
    bool judged = false;
    Truth truth = Truth::unknown;
    std::vector<const model::Question*> missing;
  };

  const Applies& applies(std::size_t position);
  Truth comparison(const model::Condition& condition);

  const Rules& rules_;
  const Values& values_;
  std::vector<Applies> applies_;
  int depth_ = 0;
};

}  // namespace taizhang::rules
