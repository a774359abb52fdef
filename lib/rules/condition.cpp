#include "rules/condition.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace taizhang::rules {

using model::AnswerValue;
using model::Condition;
using model::Operator;
using model::Question;
using model::QuestionType;

namespace {

constexpr int max_depth = 64;

/// More votes than people live in any county; keeps products of counts in range.
constexpr std::int64_t most_votes = 1'000'000'000'000;

std::optional<double> number(const AnswerValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

bool in_range(const Question& question, double value) {
  return (!question.min || value >= *question.min) && (!question.max || value <= *question.max);
}

std::optional<std::int64_t> count(const model::Counts& counts, std::string_view name) {
  const auto found = std::ranges::find(counts, name, &model::Counts::value_type::first);
  if (found == counts.end()) return std::nullopt;
  return found->second;
}

/// A poll has its valid votes, as many as its question wants, and no count above them. Where the question lists its counts there are
/// no others, and together they are not above the valid votes either.
bool is_poll(const Question& question, const AnswerValue& value) {
  const auto* counts = std::get_if<model::Counts>(&value);
  if (!counts) return false;
  const auto valid = count(*counts, "valid");
  if (!valid || *valid > most_votes || !in_range(question, static_cast<double>(*valid)))
    return false;
  std::int64_t together = 0;
  for (const auto& [name, votes] : *counts) {
    if (votes > *valid) return false;
    if (name == "valid" || question.choices.empty()) continue;
    if (std::ranges::find(question.choices, name) == question.choices.end()) return false;
    together += votes;
    if (together > *valid) return false;
  }
  return true;
}

bool equal(const AnswerValue& a, const AnswerValue& b) {
  const auto left = number(a);
  const auto right = number(b);
  return left && right ? *left == *right : a == b;
}

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

Truth at_least(std::int64_t least, std::int64_t yes, std::int64_t open) {
  if (yes >= least) return Truth::yes;
  return yes + open >= least ? Truth::unknown : Truth::no;
}

void note(std::vector<const Question*>& list, const Question* question) {
  if (std::ranges::find(list, question) == list.end()) list.push_back(question);
}

Truth ordered(Operator op, double left, double right) {
  switch (op) {
    case Operator::at_least:
      return truth(left >= right);
    case Operator::at_most:
      return truth(left <= right);
    case Operator::above:
      return truth(left > right);
    case Operator::below:
      return truth(left < right);
    case Operator::is:
      return truth(left == right);
    case Operator::one_of:
    case Operator::older_than:
      break;
  }
  return Truth::unknown;
}

/// Votes against a share of the valid ones, in millionths of votes, so that 60 % of 10 votes is 6.
Truth compare_share(const Condition& condition, const AnswerValue& value) {
  constexpr double millionths = 1e6;
  const auto* counts = std::get_if<model::Counts>(&value);
  const auto valid = counts ? count(*counts, "valid") : std::nullopt;
  const auto share = condition.operands.empty() ? std::nullopt : number(condition.operands.front());
  if (!valid || *valid == 0 || !share) return Truth::unknown;
  double votes = 0;
  for (const std::string& name : condition.share) {
    const auto found = count(*counts, name);
    if (!found) return Truth::unknown;
    votes += static_cast<double>(*found);
  }
  const double wanted = std::round(*share * millionths) * static_cast<double>(*valid);
  return ordered(condition.op, votes * millionths, wanted);
}

}  // namespace

const Question* find_question(const model::RuleSet& rules, std::string_view id) {
  const auto found = std::ranges::find(rules.questions, id, &Question::id);
  return found == rules.questions.end() ? nullptr : &*found;
}

bool fits(const Question& question, const AnswerValue& value) {
  if (!question.type) return false;
  switch (*question.type) {
    case QuestionType::flag:
      return std::holds_alternative<bool>(value);
    case QuestionType::whole:
      return std::holds_alternative<std::int64_t>(value) && in_range(question, *number(value));
    case QuestionType::number: {
      const auto held = number(value);
      return held && std::isfinite(*held) && in_range(question, *held);
    }
    case QuestionType::choice: {
      const auto* text = std::get_if<std::string>(&value);
      return text && std::ranges::find(question.choices, *text) != question.choices.end();
    }
    case QuestionType::date:
      return std::holds_alternative<Date>(value);
    case QuestionType::poll:
      break;
  }
  return is_poll(question, value);
}

std::optional<double> as_number(const AnswerValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1.0 : 0.0;
  if (const auto* date = std::get_if<Date>(&value))
    return static_cast<double>(std::chrono::sys_days{*date}.time_since_epoch().count());
  return number(value);
}

bool is_older(Date date, const model::Age& age, Date day) {
  Date later = date + std::chrono::months{static_cast<int>(age.months)};
  if (!later.ok()) later = later.year() / later.month() / std::chrono::last;
  return add_days(later, static_cast<int>(age.days)) < day;
}

Truth compare(const Condition& condition, const AnswerValue& value, Date day) {
  if (!condition.share.empty()) return compare_share(condition, value);
  if (condition.op == Operator::older_than) {
    const auto* date = std::get_if<Date>(&value);
    return date ? truth(is_older(*date, condition.age, day)) : Truth::unknown;
  }
  const auto& operands = condition.operands;
  if (condition.op == Operator::is || condition.op == Operator::one_of)
    return truth(
        std::ranges::any_of(operands, [&](const auto& operand) { return equal(value, operand); }));
  const auto left = number(value);
  const auto right = operands.empty() ? std::nullopt : number(operands.front());
  return left && right ? ordered(condition.op, *left, *right) : Truth::unknown;
}

Rules::Rules(const model::RuleSet& rules, Date on) : set(&rules), day(on) {
  for (std::size_t i = 0; i < rules.questions.size(); ++i)
    position.emplace(rules.questions[i].id, i);
}

Values Rules::values(const AnswerSheet& answers) const {
  Values made(set->questions.size(), nullptr);
  for (const auto& [id, held] : answers) {
    const auto found = position.find(id);
    if (found != position.end() && fits(set->questions[found->second], held.answer->value))
      made[found->second] = &held.answer->value;
  }
  return made;
}

Evaluation::Evaluation(const Rules& rules, const Values& values)
    : rules_(rules), values_(values), applies_(rules.set->questions.size()) {}

Truth Evaluation::evaluate(const Condition& condition) {
  if (condition.kind == Condition::Kind::compare) return comparison(condition);
  std::int64_t yes = 0;
  std::int64_t open = 0;
  for (const Condition& part : condition.parts) {
    const std::size_t missing_before = missing.size();
    const Truth value = evaluate(part);
    yes += value == Truth::yes;
    open += value == Truth::unknown;
    if (value != Truth::unknown) missing.resize(missing_before);  // settled without them
  }
  const auto all = static_cast<std::int64_t>(condition.parts.size());
  switch (condition.kind) {
    case Condition::Kind::any:
      return at_least(1, yes, open);
    case Condition::Kind::all:
      return at_least(all, yes, open);
    case Condition::Kind::at_least:
      return at_least(condition.least, yes, open);
    case Condition::Kind::none: {
      const Truth any = at_least(1, yes, open);
      return any == Truth::unknown ? any : truth(any == Truth::no);
    }
    case Condition::Kind::compare:
      break;
  }
  return Truth::unknown;
}

/// Each question is judged once. One that depends on itself, or on a chain too long to be meant,
/// stays open.
const Evaluation::Applies& Evaluation::applies(std::size_t position) {
  Applies& result = applies_[position];
  if (result.judged) return result;
  result.judged = true;
  const auto& when = rules_.set->questions[position].applies_when;
  if (!when) {
    result.truth = Truth::yes;
  } else if (depth_ < max_depth) {
    std::vector<const Question*> outer;
    outer.swap(missing);
    ++depth_;
    result.truth = evaluate(*when);
    --depth_;
    outer.swap(missing);
    if (result.truth == Truth::unknown) result.missing = std::move(outer);
  }
  return result;
}

Evaluation::Asked Evaluation::ask(std::size_t position) {
  const Question* question = &rules_.set->questions[position];
  const Applies& arises = applies(position);
  const Asked asked{arises.truth, arises.truth == Truth::no ? nullptr : values_[position]};
  if (asked.value) note(seen, question);
  return asked;
}

/// That the question arises and its answer compares so: a question that does not arise hits nothing.
Truth Evaluation::comparison(const Condition& condition) {
  const auto found = rules_.position.find(condition.question);
  if (found == rules_.position.end()) return Truth::unknown;
  const Asked asked = ask(found->second);
  if (asked.arises == Truth::no) return Truth::no;
  const Truth value = asked.value ? compare(condition, *asked.value, rules_.day) : Truth::unknown;
  if (value == Truth::no) return value;
  if (asked.arises == Truth::unknown) {
    for (const Question* each : applies_[found->second].missing) note(missing, each);
    return Truth::unknown;
  }
  if (value == Truth::unknown) note(missing, &rules_.set->questions[found->second]);
  return value;
}

}  // namespace taizhang::rules
