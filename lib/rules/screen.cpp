#include "rules/screen.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

namespace taizhang::rules {

using model::AnswerValue;
using model::Condition;
using model::Effect;
using model::Operator;
using model::Question;
using model::QuestionType;
using model::RuleSet;

std::string_view term(Verdict verdict) {
  constexpr std::array<std::string_view, 3> names{"列入", "不列入", "无法判断"};
  return names[static_cast<std::size_t>(verdict)];
}

bool applies_to(const RuleSet& rules, model::Settlement kind) {
  const auto& kinds = rules.info.applies_to;
  if (kinds.empty()) return kind == model::Settlement::village;
  return std::ranges::find(kinds, model::term(kind)) != kinds.end();
}

const Question* find_question(const RuleSet& rules, std::string_view id) {
  const auto found = std::ranges::find(rules.questions, id, &Question::id);
  return found == rules.questions.end() ? nullptr : &*found;
}

namespace {

std::optional<double> number(const AnswerValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

bool in_range(const Question& question, double value) {
  return (!question.min || value >= *question.min) && (!question.max || value <= *question.max);
}

bool is_poll(const AnswerValue& value) {
  const auto* counts = std::get_if<model::Counts>(&value);
  if (!counts) return false;
  const auto valid = std::ranges::find(*counts, "valid", &model::Counts::value_type::first);
  return valid != counts->end() && std::ranges::all_of(*counts, [&](const auto& count) {
           return count.second <= valid->second;
         });
}

bool equal(const AnswerValue& a, const AnswerValue& b) {
  const auto left = number(a);
  const auto right = number(b);
  return left && right ? *left == *right : a == b;
}

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

/// Evaluates conditions of one rule set in three-valued logic and notes what it looked at.
class Evaluation {
 public:
  Evaluation(const RuleSet& rules, const AnswerSheet& answers) : rules_(rules), answers_(answers) {}

  Truth evaluate(const Condition& condition) {
    if (condition.kind == Condition::Kind::compare) return compare(condition);
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

  std::vector<const Question*> seen;
  std::vector<const Question*> missing;

 private:
  /// Whether a question arises, and the unanswered questions that keep this open.
  struct Applies {
    Truth truth = Truth::unknown;
    std::vector<const Question*> missing;
  };

  static Truth at_least(std::int64_t least, std::int64_t yes, std::int64_t open) {
    if (yes >= least) return Truth::yes;
    return yes + open >= least ? Truth::unknown : Truth::no;
  }

  static void note(std::vector<const Question*>& list, const Question* question) {
    if (std::ranges::find(list, question) == list.end()) list.push_back(question);
  }

  /// Each question is judged once. One that depends on itself, or on a chain too long to be meant,
  /// stays open.
  const Applies& applies(const Question& question) {
    const auto [held, added] = applies_.try_emplace(&question);
    Applies& result = held->second;
    if (!added) return result;
    if (!question.applies_when) {
      result.truth = Truth::yes;
    } else if (depth_ < max_depth) {
      std::vector<const Question*> outer;
      outer.swap(missing);
      ++depth_;
      result.truth = evaluate(*question.applies_when);
      --depth_;
      outer.swap(missing);
      if (result.truth == Truth::unknown) result.missing = std::move(outer);
    }
    return result;
  }

  /// That the question arises and its answer compares so: a question that does not arise hits
  /// nothing.
  Truth compare(const Condition& condition) {
    const Question* question = find_question(rules_, condition.question);
    if (!question) return Truth::unknown;
    const Applies& arises = applies(*question);
    if (arises.truth == Truth::no) return Truth::no;
    const auto held = answers_.find(condition.question);
    const bool answered = held != answers_.end() && fits(*question, held->second.answer->value);
    if (answered) note(seen, question);
    const Truth value = answered ? holds(condition, held->second.answer->value) : Truth::unknown;
    if (value == Truth::no) return value;
    if (arises.truth == Truth::unknown) {
      for (const Question* each : arises.missing) note(missing, each);
      return Truth::unknown;
    }
    if (!answered) note(missing, question);
    return value;
  }

  static Truth holds(const Condition& condition, const AnswerValue& value) {
    const auto& operands = condition.operands;
    if (condition.op == Operator::is || condition.op == Operator::one_of)
      return truth(std::ranges::any_of(operands,
                                       [&](const auto& operand) { return equal(value, operand); }));
    const auto left = number(value);
    const auto right = number(operands.front());
    if (!left || !right) return Truth::unknown;
    switch (condition.op) {
      case Operator::at_least:
        return truth(*left >= *right);
      case Operator::at_most:
        return truth(*left <= *right);
      case Operator::above:
        return truth(*left > *right);
      case Operator::below:
        return truth(*left < *right);
      case Operator::is:
      case Operator::one_of:
        break;
    }
    return Truth::unknown;
  }

  static constexpr int max_depth = 64;

  const RuleSet& rules_;
  const AnswerSheet& answers_;
  std::map<const Question*, Applies> applies_;
  int depth_ = 0;
};

}  // namespace

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
  return is_poll(value);
}

Screening screen(const RuleSet& rules, const AnswerSheet& answers) {
  Screening result;
  bool hit = false;
  bool open = false;
  bool judged = false;  // a rule set without a listing criterion decides nothing
  for (const model::Criterion& criterion : rules.criteria) {
    if (!criterion.when || !criterion.effect) continue;
    Evaluation evaluation{rules, answers};
    CriterionResult each{&criterion, evaluation.evaluate(*criterion.when), {}, {}};
    each.seen = std::move(evaluation.seen);
    if (each.truth == Truth::unknown) each.missing = std::move(evaluation.missing);
    if (*criterion.effect == Effect::list) {
      hit = hit || each.truth == Truth::yes;
      open = open || each.truth == Truth::unknown;
      judged = true;
    }
    result.criteria.push_back(std::move(each));
  }
  const bool firm = judged && !open;
  result.verdict = hit ? Verdict::listed : firm ? Verdict::not_listed : Verdict::undecided;
  return result;
}

std::vector<const Question*> Screening::missing() const {
  std::vector<const Question*> all;
  if (verdict != Verdict::undecided) return all;
  for (const CriterionResult& each : criteria) {
    if (each.criterion->effect != Effect::list) continue;
    for (const Question* question : each.missing)
      if (std::ranges::find(all, question) == all.end()) all.push_back(question);
  }
  return all;
}

}  // namespace taizhang::rules
