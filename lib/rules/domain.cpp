#include "rules/domain.hpp"

#include <algorithm>
#include <cmath>

#include "rules/score.hpp"

namespace taizhang::rules {

using model::AnswerValue;
using model::Condition;
using model::Operator;
using model::Question;
using model::QuestionType;

namespace {

/// Calls take for every comparison below the condition.
template <class Take>
void each_comparison(const Condition& condition, const Take& take) {
  if (condition.kind == Condition::Kind::compare) take(condition);
  for (const Condition& part : condition.parts) each_comparison(part, take);
}

template <class Take>
void each_comparison(const model::RuleSet& rules, const Take& take) {
  const auto look = [&](const std::optional<Condition>& condition) {
    if (condition) each_comparison(*condition, take);
  };
  for (const auto& question : rules.questions) look(question.applies_when);
  for (const auto& criterion : rules.criteria) look(criterion.when);
  for (const auto& item : rules.items) look(item.when);
  for (const auto& knockout : rules.knockouts) look(knockout.when);
}

/// Collects the answers to try to one question.
class Answers {
 public:
  Answers(const Question& question, const AnswerValue* current, Date day)
      : question_(question), current_(current), day_(day) {}

  void compare(const Condition& condition) {
    if (question_.type == QuestionType::poll) return poll(condition);
    if (condition.op == Operator::older_than) return age(condition.age);
    for (const AnswerValue& operand : condition.operands) around(operand);
  }

  std::vector<AnswerValue> take() {
    switch (question_.type.value_or(QuestionType::flag)) {
      case QuestionType::flag:
        add(true);
        add(false);
        break;
      case QuestionType::choice:
        for (const std::string& choice : question_.choices) add(choice);
        break;
      case QuestionType::whole:
      case QuestionType::number:
        number(question_.min.value_or(question_.max.value_or(0) - 1'000'000));
        number(question_.max.value_or(question_.min.value_or(0) + 1'000'000));
        break;
      case QuestionType::date:
        add(day_);
        break;
      case QuestionType::poll:
        if (found_.empty()) add(model::Counts{{"valid", valid()}});
        break;
    }
    return std::move(found_);
  }

 private:
  void add(AnswerValue value) {
    if (fits(question_, value) && std::ranges::find(found_, value) == found_.end())
      found_.push_back(std::move(value));
  }

  void number(double value) {
    if (question_.type == QuestionType::number) return add(value);
    if (std::abs(value) < 1e15) add(static_cast<std::int64_t>(std::llround(value)));
  }

  /// The value itself and its neighbours on both sides.
  void around(const AnswerValue& operand) {
    const auto value = as_number(operand);
    if (question_.type == QuestionType::date) {
      if (const auto* date = std::get_if<Date>(&operand))
        for (const int days : {0, -1, 1}) add(add_days(*date, days));
    } else if (value && (question_.type == QuestionType::whole)) {
      for (const double each : {std::floor(*value), std::ceil(*value)})
        for (const double step : {0.0, -1.0, 1.0}) number(each + step);
    } else if (value && question_.type == QuestionType::number) {
      for (const double step : {0.0, -0.01, 0.01}) number(*value + step);
    }
  }

  void age(const model::Age& age) {
    Date date = day_ - std::chrono::months{static_cast<int>(age.months)};
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    date = add_days(date, -static_cast<int>(age.days));
    for (const int days : {0, -1, -4, 4}) add(add_days(date, days));
  }

  std::int64_t valid() const {
    const auto* counts = current_ ? std::get_if<model::Counts>(current_) : nullptr;
    if (counts)
      for (const auto& [name, votes] : *counts)
        if (name == "valid" && votes > 0) return votes;
    constexpr double usual = 100;
    return static_cast<std::int64_t>(
        std::max(question_.min.value_or(0), std::min(usual, question_.max.value_or(usual))));
  }

  /// The shares next to the threshold, none and all; what is left goes to nobody or to any other.
  void poll(const Condition& condition) {
    if (condition.share.empty() || condition.operands.empty()) return;
    const auto share = as_number(condition.operands.front());
    if (!share) return;
    const std::int64_t all = valid();
    const double exact = *share * static_cast<double>(all);
    for (const std::string& name : condition.share)
      if (std::ranges::find(names_, name) == names_.end()) names_.push_back(name);
    for (const double votes : {std::ceil(exact), std::floor(exact), std::floor(exact) - 1,
                               std::ceil(exact) + 1, 0.0, static_cast<double>(all)}) {
      if (votes < 0 || votes > static_cast<double>(all)) continue;
      for (std::size_t rest = 0; rest <= names_.size(); ++rest) {
        model::Counts counts{{"valid", all}};
        for (const std::string& name : names_)
          counts.emplace_back(name, name == condition.share.front()
                                        ? static_cast<std::int64_t>(votes)
                                    : rest < names_.size() && names_[rest] == name
                                        ? all - static_cast<std::int64_t>(votes)
                                        : 0);
        add(std::move(counts));
      }
    }
  }

 public:
  /// All counts that comparisons of the question name.
  void name(const Condition& condition) {
    for (const std::string& each : condition.share)
      if (std::ranges::find(names_, each) == names_.end()) names_.push_back(each);
  }

 private:
  const Question& question_;
  const AnswerValue* current_;
  Date day_;
  std::vector<std::string> names_;
  std::vector<AnswerValue> found_;
};

}  // namespace

std::vector<std::vector<AnswerValue>> answers_to_try(const Rules& rules, const Values& current) {
  std::vector<Answers> collected;
  for (std::size_t i = 0; i < rules.set->questions.size(); ++i)
    collected.emplace_back(rules.set->questions[i], current[i], rules.day);
  const auto at = [&](const Condition& condition) -> Answers* {
    const auto found = rules.position.find(condition.question);
    return found == rules.position.end() ? nullptr : &collected[found->second];
  };
  each_comparison(*rules.set, [&](const Condition& condition) {
    if (Answers* answers = at(condition)) answers->name(condition);
  });
  each_comparison(*rules.set, [&](const Condition& condition) {
    if (Answers* answers = at(condition)) answers->compare(condition);
  });
  std::vector<std::vector<AnswerValue>> all;
  for (Answers& each : collected) all.push_back(each.take());
  return all;
}

Search::Search(const Rules& rules, std::vector<std::vector<AnswerValue>> answers, long budget)
    : rules_(rules), answers_(std::move(answers)), budget_(budget) {}

Outcome Search::reach(Values& values, const Judge& judge, const std::vector<bool>& may_answer) {
  Values tried = values;
  const Outcome outcome = step(tried, judge, may_answer);
  if (outcome == Outcome::found) values = std::move(tried);
  return outcome;
}

Outcome Search::step(Values& values, const Judge& judge, const std::vector<bool>& may_answer) {
  if (budget_-- <= 0) return Outcome::gave_up;
  const Judged judged = judge(values);
  if (judged.truth == Truth::yes) return Outcome::found;
  if (judged.truth == Truth::no) return Outcome::impossible;
  // Whichever question is answered first, all its answers are tried, so one of them is enough.
  const auto first = std::ranges::find_if(judged.open, [&](const Question* each) {
    const std::size_t position = rules_.position.at(each->id);
    return !values[position] && (may_answer.empty() || may_answer[position]);
  });
  if (first == judged.open.end()) return Outcome::impossible;
  const std::size_t open = rules_.position.at((*first)->id);
  for (const AnswerValue& answer : answers_[open]) {
    values[open] = &answer;
    const Outcome outcome = step(values, judge, may_answer);
    if (outcome != Outcome::impossible) return outcome;
  }
  values[open] = nullptr;  // as it was found
  return Outcome::impossible;
}

}  // namespace taizhang::rules
