#include "transfer/convert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/period.hpp"
#include "base/private_data.hpp"
#include "base/text.hpp"
#include "base/typed.hpp"
#include "rules/answer_text.hpp"
#include "store/read_value.hpp"
#include "transfer/spoken.hpp"

namespace taizhang::transfer {

using model::Datum;
using model::Field;
using model::Format;
using model::Shape;
using sheet::Cell;
using sheet::CellKind;

namespace {

tl::unexpected<Diagnostic> refuse(std::string_view code, const Cell& cell, Facts facts = {}) {
  facts.emplace_back("value", cell.text);
  return tl::make_unexpected(Diagnostic{Severity::error, code, {}, std::move(facts)});
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// Half-width and without spaces; the ' of a spreadsheet that keeps a number a text goes too.
std::string digits_text(std::string_view text) {
  std::string made;
  for (const char c : half_width(text))
    if (c != ' ' && c != '\t' && c != '\n') made += c;
  if (made.starts_with('\'')) made.erase(0, 1);
  return made;
}

/// 6.10326E+11, or a number with a point.
bool looks_computed(std::string_view text) {
  return !text.empty() && text.find_first_of("eE.") != text.npos && is_digit(text.front()) &&
         text.find_first_not_of("0123456789.eE+-") == text.npos;
}

/// The numbers in a text that its other characters stand between.
struct DateParts {
  std::vector<std::string> numbers;
  std::string between;  ///< what stands after each, joined
};

DateParts parts_of(std::string_view text) {
  DateParts parts;
  bool in_number = false;
  for (const char c : text) {
    if (!is_digit(c)) parts.between += c;
    else if (in_number) parts.numbers.back() += c;
    else parts.numbers.emplace_back(1, c);
    in_number = is_digit(c);
  }
  return parts;
}

std::vector<std::string> items_of(std::string_view text) {
  constexpr std::array<std::string_view, 7> separators{"、", "，", ",", "；", ";", "\n", "|"};
  std::vector<std::string> items{""};
  while (!text.empty()) {
    const auto hit = std::ranges::find_if(
        separators, [&](std::string_view each) { return text.starts_with(each); });
    if (hit == separators.end()) {
      items.back() += text.front();
      text.remove_prefix(1);
    } else {
      items.emplace_back();
      text.remove_prefix(hit->size());
    }
  }
  for (std::string& item : items) item = std::string{trim(item)};
  std::erase(items, std::string{});
  return items;
}

std::optional<std::int64_t> whole_of(const Cell& cell, std::string_view heading) {
  std::string_view text = cell.text;
  if (cell.kind != CellKind::text && cell.kind != CellKind::number) return std::nullopt;
  if (cell.kind == CellKind::number && text.ends_with(".0")) text.remove_suffix(2);
  return spoken_count(text, heading);
}

/// 2000 for ２０００ and 2,000: a number all the same, but not as it is to be written.
std::string digits_meant(std::string_view text) {
  std::string made = half_width(trim(text));
  const std::size_t first = made.find(',');
  if (first != made.npos) {
    if (first == 0 || first > 3) return {};
    for (std::size_t at = first; at < made.size(); at += 4)
      if (made[at] != ',' || made.size() - at < 4) return {};
    std::erase(made, ',');
  }
  return all_digits(made) ? made : std::string{};
}

tl::unexpected<Diagnostic> refuse_number(const Cell& cell) {
  const std::string digits = digits_meant(cell.text);
  if (digits.empty() || digits == cell.text) return refuse("cell-number", cell);
  const bool commas = half_width(cell.text).find(',') != std::string::npos;
  return refuse(commas ? "cell-number-comma" : "cell-number-wide", cell, {{"digits", digits}});
}

tl::unexpected<Diagnostic> refuse_flag(const Cell& cell, std::string_view label) {
  return refuse(is_two_edged(cell.text, label) ? "cell-flag-unclear" : "cell-flag", cell,
                {{"label", std::string{label}}});
}

tl::expected<Datum, Diagnostic> read_texts(const Field& field, const Cell& cell) {
  const auto text = read_text(cell);
  if (!text) return tl::make_unexpected(text.error());
  std::vector<std::string> items = items_of(*text);
  for (std::string& item : items) {
    if (const std::size_t digits = code_digits(field.format)) {
      auto code = read_code({cell.column, CellKind::text, item}, digits);
      if (!code) return tl::make_unexpected(code.error());
      item = std::move(*code);
    }
    if (!field.choices.empty() && std::ranges::find(field.choices, item) == field.choices.end())
      return refuse("cell-choice", cell,
                    {{"choices", fmt::format("{}", fmt::join(field.choices, " "))}});
  }
  return Datum{std::move(items)};
}

tl::expected<Datum, Diagnostic> read_counts(const Field& field, const Cell& cell) {
  model::Counts counts;
  for (const std::string& item : items_of(cell.text)) {
    const auto pair = split_pair(half_width(item));
    const auto count = pair ? whole_number(pair->second) : std::nullopt;
    const bool known =
        pair && (field.choices.empty() ||
                 std::ranges::find(field.choices, pair->first) != field.choices.end());
    if (!count || !known)
      return refuse("cell-counts", cell,
                    {{"keys", fmt::format("{}", fmt::join(field.choices, " "))}});
    counts.emplace_back(pair->first, *count);
  }
  return Datum{std::move(counts)};
}

tl::expected<Datum, Diagnostic> read_formatted(const Field& field, const Cell& cell) {
  if (const std::size_t digits = code_digits(field.format)) {
    auto code = read_code(cell, digits);
    if (!code) return tl::make_unexpected(code.error());
    return Datum{std::move(*code)};
  }
  auto text = read_text(cell);
  if (!text) return tl::make_unexpected(text.error());
  if (field.format == Format::period) {
    const auto period = parse_period(*text);
    if (!period) return refuse("cell-period", cell);
    return Datum{period_name(*period)};
  }
  if (!store::has_format(*text, field.format)) return refuse("cell-id", cell);
  return Datum{std::move(*text)};
}

}  // namespace

tl::expected<std::string, Diagnostic> read_code(const Cell& cell, std::size_t digits) {
  if (cell.kind == CellKind::error) return refuse("cell-error", cell);
  const Facts facts = {{"digits", std::to_string(digits)}};
  std::string text = digits_text(cell.text);
  // As a program writes a number that it took the code for; no digit is lost.
  if (text.size() == digits + 2 && text.ends_with(".0")) text.resize(digits);
  if (looks_computed(text)) return refuse("cell-code-scientific", cell, facts);
  if (!all_digits(text)) return refuse("cell-code", cell, facts);
  if (text.size() > digits && text.ends_with("000")) return refuse("cell-code-zeros", cell, facts);
  if (text.size() + 2 >= digits && text.size() < digits)
    return refuse("cell-code-cut", cell, facts);
  if (text.size() != digits) return refuse("cell-code", cell, facts);
  if (digits > 6 && text.ends_with("000")) return refuse("cell-code-zeros", cell, facts);
  return text;
}

tl::expected<Date, Diagnostic> read_date(const Cell& cell) {
  if (cell.kind == CellKind::error) return refuse("cell-error", cell);
  if (cell.kind == CellKind::no_date) return refuse("cell-date", cell);
  const std::string text = digits_text(cell.text);
  const DateParts parts = parts_of(text);
  std::vector<std::string> numbers = parts.numbers;
  if (numbers.size() == 1 && parts.between.empty()) {
    if (text.size() != 8) return refuse(text.size() == 5 ? "cell-date-number" : "cell-date", cell);
    numbers = {text.substr(0, 4), text.substr(4, 2), text.substr(6)};
  } else {
    constexpr std::array<std::string_view, 5> ways{"--", "//", "..", "年月日", "年月"};
    if (numbers.size() != 3 || std::ranges::find(ways, parts.between) == ways.end() ||
        !is_digit(text.front()))
      return refuse("cell-date", cell);
  }
  if (numbers[0].size() != 4)
    return refuse(numbers[0].size() <= 2 ? "cell-date-unclear" : "cell-date", cell);
  if (numbers[1].size() > 2 || numbers[2].size() > 2) return refuse("cell-date", cell);
  const auto date = parse_date(fmt::format("{}-{:0>2}-{:0>2}", numbers[0], numbers[1], numbers[2]));
  if (!date) return refuse("cell-date", cell);
  return *date;
}

tl::expected<std::string, Diagnostic> read_text(const Cell& cell) {
  if (cell.kind == CellKind::error) return refuse("cell-error", cell);
  std::string_view text = trim(cell.text);
  constexpr std::array<std::string_view, 8> formulas{"'=",  "'+",  "'-",  "'@",
                                                     "'＝", "'＋", "'－", "'＠"};
  if (std::ranges::any_of(formulas, [&](std::string_view each) { return text.starts_with(each); }))
    text.remove_prefix(1);
  if (has_hidden_characters(text)) return refuse("cell-hidden", cell);
  if (!find_private_numbers(text).empty()) return refuse("cell-private", cell);
  return std::string{text};
}

tl::expected<Datum, Diagnostic> read_cell(const Field& field, const Cell& cell,
                                          std::string_view heading) {
  if (cell.kind == CellKind::error) return refuse("cell-error", cell);
  switch (field.shape) {
    case Shape::date: {
      const auto date = read_date(cell);
      if (!date) return tl::make_unexpected(date.error());
      return Datum{*date};
    }
    case Shape::whole: {
      const auto whole = whole_of(cell, heading);
      if (!whole || (*whole < 0 && field.format != Format::signed_whole))
        return refuse_number(cell);
      return Datum{*whole};
    }
    case Shape::flag:
      if (const auto flag = spoken_flag(cell.text, heading)) return Datum{*flag};
      return refuse_flag(cell, heading);
    case Shape::choice: {
      const auto text = read_text(cell);
      if (!text) return tl::make_unexpected(text.error());
      if (std::ranges::find(field.choices, *text) == field.choices.end())
        return refuse("cell-choice", cell,
                      {{"choices", fmt::format("{}", fmt::join(field.choices, " "))}});
      return Datum{*text};
    }
    case Shape::texts:
      return read_texts(field, cell);
    case Shape::counts:
      return read_counts(field, cell);
    default:
      break;
  }
  return read_formatted(field, cell);
}

tl::expected<std::int64_t, Diagnostic> read_count(const Cell& cell, std::string_view heading) {
  if (cell.kind == CellKind::error) return refuse("cell-error", cell);
  const auto whole = whole_of(cell, heading);
  if (!whole || *whole < 0) return refuse_number(cell);
  return *whole;
}

namespace {

/// The text of the cell as `rules::read_answer` takes it.
tl::expected<std::string, Diagnostic> answer_text(const model::Question& question, const Cell& cell,
                                                  std::string_view heading) {
  auto text = read_text(cell);
  if (!text) return text;
  const std::string label = fmt::format("{} {} {}", question.label, question.unit, heading);
  switch (question.type.value_or(model::QuestionType::choice)) {
    case model::QuestionType::date: {
      const auto date = read_date(cell);
      if (!date) return tl::make_unexpected(date.error());
      return format_date(*date);
    }
    case model::QuestionType::flag: {
      const auto flag = spoken_flag(*text, label);
      if (!flag && is_two_edged(*text, label))
        return refuse(
            "cell-flag-unclear", cell,
            {{"label", std::string{heading.empty() ? std::string_view{question.label} : heading}}});
      return flag ? std::string{*flag ? "是" : "否"} : *text;
    }
    case model::QuestionType::whole:
    case model::QuestionType::number: {
      const auto whole = spoken_count(*text, label);
      if (!whole && !digits_meant(*text).empty()) return refuse_number(cell);
      return whole ? std::to_string(*whole) : *text;
    }
    case model::QuestionType::choice:
      return spoken_choice(*text, question.choices).value_or(*text);
    case model::QuestionType::poll:
      break;
  }
  return text;
}

}  // namespace

tl::expected<model::Answer, Diagnostic> read_typed_answer(const model::RuleSet& rules,
                                                          std::string_view question,
                                                          std::string_view typed) {
  const auto asked = std::ranges::find_if(rules.questions, [&](const model::Question& each) {
    return each.id == question || each.label == question;
  });
  std::string text = half_width(typed);
  if (asked != rules.questions.end()) {
    const std::string label = fmt::format("{} {}", asked->label, asked->unit);
    switch (asked->type.value_or(model::QuestionType::choice)) {
      case model::QuestionType::flag:
        if (const auto flag = spoken_flag(text, label)) text = *flag ? "是" : "否";
        break;
      case model::QuestionType::whole:
      case model::QuestionType::number:
        if (const auto whole = spoken_count(text, label)) text = std::to_string(*whole);
        break;
      case model::QuestionType::choice:
        text = spoken_choice(typed, asked->choices).value_or(std::string{typed});
        break;
      case model::QuestionType::date:
      case model::QuestionType::poll:
        break;
    }
  }
  auto answer = rules::read_answer(rules, question, text);
  return answer ? answer
                : rules::read_answer(rules, question, typed);  // the complaint as it was typed
}

tl::expected<model::Answer, Diagnostic> read_answer_cell(const model::RuleSet& rules,
                                                         std::string_view question,
                                                         const Cell& cell,
                                                         std::string_view heading) {
  const auto asked = std::ranges::find(rules.questions, question, &model::Question::id);
  auto text = asked == rules.questions.end() ? read_text(cell) : answer_text(*asked, cell, heading);
  if (!text) return tl::make_unexpected(text.error());
  auto answer = rules::read_answer(rules, question, *text);
  if (!answer && answer.error().code == "answer-bad") {
    answer.error().code = "cell-answer";
    for (auto& [name, value] : answer.error().facts)
      if (name == "value") value = cell.text;
  }
  return answer;
}

namespace {

std::string counts_text(const model::Counts& counts) {
  std::string text;
  for (const auto& [key, count] : counts)
    text += fmt::format("{}{}={}", text.empty() ? "" : ",", key, count);
  return text;
}

struct CellWriter {
  std::string operator()(const Text& text) const { return text; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(std::int64_t whole) const { return std::to_string(whole); }
  std::string operator()(double number) const { return fmt::format("{}", number); }
  std::string operator()(bool flag) const { return flag ? "是" : "否"; }
  std::string operator()(const Date& date) const { return format_date(date); }
  std::string operator()(const model::Counts& counts) const { return counts_text(counts); }
  std::string operator()(const std::vector<std::string>& items) const {
    return fmt::format("{}", fmt::join(items, "、"));
  }
  std::string operator()(const std::vector<model::Evidence>& files) const {
    std::string text;
    for (const model::Evidence& each : files) text += (text.empty() ? "" : "、") + each.file;
    return text;
  }
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const model::Answers&) const { return {}; }
  std::string operator()(const model::Condition&) const { return {}; }
};

}  // namespace

std::string cell_text(const Datum& datum) { return std::visit(CellWriter{}, datum); }

std::string answer_cell_text(const model::AnswerValue& answer) {
  return std::visit(CellWriter{}, answer);
}

bool same_number(const model::AnswerValue& a, const model::AnswerValue& b) {
  const auto number = [](const model::AnswerValue& value) -> std::optional<double> {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value)) return *real;
    return std::nullopt;
  };
  return number(a) && number(a) == number(b);
}

}  // namespace taizhang::transfer
