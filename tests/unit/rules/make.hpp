#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "rules/screen.hpp"

// Rule sets and answers by hand.

namespace taizhang::rules {

inline const Date today{std::chrono::year{2023}, std::chrono::month{6}, std::chrono::day{15}};

inline model::Question question(std::string id,
                                model::QuestionType type = model::QuestionType::flag) {
  model::Question made;
  made.id = std::move(id);
  made.label = made.id;
  made.type = type;
  return made;
}

inline model::Question number_question(std::string id, double min, double max) {
  model::Question made = question(std::move(id), model::QuestionType::number);
  made.min = min;
  made.max = max;
  return made;
}

inline model::Condition compare(std::string id, model::AnswerValue operand = true,
                                model::Operator op = model::Operator::is) {
  model::Condition made;
  made.question = std::move(id);
  made.op = op;
  made.operands.push_back(std::move(operand));
  return made;
}

inline model::Condition older(std::string id, std::int64_t months, std::int64_t days = 0) {
  model::Condition made;
  made.question = std::move(id);
  made.op = model::Operator::older_than;
  made.age = {months, days};
  return made;
}

inline model::Condition share(std::string id, std::vector<std::string> names, model::Operator op,
                              double operand) {
  model::Condition made = compare(std::move(id), operand, op);
  made.share = std::move(names);
  return made;
}

inline model::Condition group(model::Condition::Kind kind, std::vector<model::Condition> parts,
                              std::int64_t least = 0) {
  model::Condition made;
  made.kind = kind;
  made.parts = std::move(parts);
  made.least = least;
  return made;
}

inline model::Criterion criterion(model::Condition when,
                                  model::Effect effect = model::Effect::list) {
  model::Criterion made;
  made.id = "c";
  made.label = "c";
  made.effect = effect;
  made.when = std::move(when);
  return made;
}

/// Answers that stay where they are.
class Sheet {
 public:
  Sheet() = default;
  Sheet(std::initializer_list<std::pair<std::string, model::AnswerValue>> answers) {
    for (const auto& [id, value] : answers) answer(id, value);
  }
  void answer(std::string id, model::AnswerValue value) {
    answers_.push_back(
        std::make_unique<model::Answer>(model::Answer{std::move(id), std::move(value), {}}));
  }
  AnswerSheet sheet() const {
    AnswerSheet made;
    for (const auto& each : answers_) made[each->question] = {each.get(), nullptr, false};
    return made;
  }
  Values values(const Rules& rules) const { return rules.values(sheet()); }
  Screening screen(const model::RuleSet& set, Date day = today) const {
    const Rules rules{set, day};
    return rules::screen(rules, values(rules));
  }

 private:
  std::vector<std::unique_ptr<model::Answer>> answers_;
};

}  // namespace taizhang::rules
