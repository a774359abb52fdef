#include "rules/answer_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "base/typed.hpp"
#include "rules/condition.hpp"

namespace taizhang::rules {

using model::AnswerValue;
using model::QuestionType;

namespace {

std::optional<bool> flag(std::string_view text) {
  if (text == "是" || text == "true") return true;
  if (text == "否" || text == "false") return false;
  return std::nullopt;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

std::optional<model::Counts> counts(std::string_view text) {
  model::Counts all;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const auto pair = split_pair(text.substr(0, comma));
    const auto count = pair ? whole_number(pair->second) : std::nullopt;
    if (!count) return std::nullopt;
    all.emplace_back(pair->first, *count);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return all;
}

/// Nothing when the text is no answer of that type.
std::optional<AnswerValue> convert(const model::Question& question, std::string_view text) {
  const auto wrap = [](auto value) -> std::optional<AnswerValue> {
    if (value) return AnswerValue{std::move(*value)};
    return std::nullopt;
  };
  switch (question.type.value_or(QuestionType::choice)) {
    case QuestionType::flag:
      return wrap(flag(text));
    case QuestionType::whole:
      return wrap(whole_number(text));
    case QuestionType::number:
      if (const auto whole = whole_number(text)) return AnswerValue{*whole};
      return wrap(number(text));
    case QuestionType::date:
      return wrap(typed_date(text));
    case QuestionType::poll:
      return wrap(counts(text));
    case QuestionType::choice:
      return AnswerValue{std::string{text}};
  }
  return std::nullopt;
}

/// The label that tells how a question of that type is answered.
std::string_view way_of(QuestionType type) {
  switch (type) {
    case QuestionType::flag:
      return "type.typed_flag";
    case QuestionType::whole:
      return "type.typed_whole";
    case QuestionType::number:
      return "type.typed_number";
    case QuestionType::date:
      return "type.typed_date";
    case QuestionType::poll:
      return "type.typed_poll";
    case QuestionType::choice:
      break;
  }
  return "type.typed_choice";
}

std::string bound(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : std::string{};
}

Diagnostic complaint(std::string_view code, Facts facts) {
  return {Severity::error, code, {}, std::move(facts)};
}

}  // namespace

tl::expected<model::Answer, Diagnostic> read_answer(const model::RuleSet& rules,
                                                    std::string_view question,
                                                    std::string_view text) {
  auto found = std::ranges::find(rules.questions, question, &model::Question::id);
  if (found == rules.questions.end() &&
      std::ranges::count(rules.questions, question, &model::Question::label) == 1)
    found = std::ranges::find(rules.questions, question, &model::Question::label);
  if (found == rules.questions.end()) {
    std::vector<std::string_view> ids;
    for (const model::Question& each : rules.questions) ids.push_back(each.id);
    return tl::make_unexpected(
        complaint("answer-question-unknown",
                  {{"question", std::string{question}},
                   {"rules", rules.info.id},
                   {"nearest", std::string{nearest(question, ids).value_or("")}}}));
  }
  auto value = convert(*found, text);
  if (!value || (found->type && !fits(*found, *value)))
    return tl::make_unexpected(complaint(
        "answer-bad", {{"question", std::string{question}},
                       {"label", found->label},
                       {"value", std::string{text}},
                       {"type", std::string{way_of(found->type.value_or(QuestionType::choice))}},
                       {"min", bound(found->min)},
                       {"max", bound(found->max)},
                       {"choices", fmt::format("{}", fmt::join(found->choices, " "))}}));
  return model::Answer{found->id, std::move(*value), {}};
}

}  // namespace taizhang::rules
