#include "rules/vary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "base/typed.hpp"
#include "rules/condition.hpp"

namespace taizhang::rules {

using model::AnswerValue;
using model::Condition;
using model::Operator;
using model::RuleSet;

namespace {

constexpr std::array<std::pair<std::string_view, Operator>, 6> operators{
    {{"is", Operator::is},
     {"at_least", Operator::at_least},
     {"at_most", Operator::at_most},
     {"above", Operator::above},
     {"below", Operator::below},
     {"older_than", Operator::older_than}}};

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

/// What stands in an answer's place in a ledger, without the quotes.
AnswerValue answer(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  if (const auto value = whole(text)) return *value;
  if (const auto value = number(text)) return *value;
  if (const auto date = typed_date(text)) return *date;
  return std::string{text};
}

std::optional<model::Age> age(std::string_view text) {
  const auto count = text.empty() ? std::nullopt : whole(text.substr(0, text.size() - 1));
  if (!count || *count < 1 || *count > 36500) return std::nullopt;
  if (text.back() == 'm') return model::Age{*count, 0};
  if (text.back() == 'd') return model::Age{0, *count};
  return std::nullopt;
}

/// Calls take for every comparison with answers to the question, wherever it stands.
template <class Take>
void each_comparison(Condition& condition, const std::string& question, const Take& take) {
  if (condition.kind == Condition::Kind::compare && condition.question == question) take(condition);
  for (Condition& part : condition.parts) each_comparison(part, question, take);
}

template <class Take>
void each_comparison(RuleSet& rules, const std::string& question, const Take& take) {
  const auto look = [&](std::optional<Condition>& condition) {
    if (condition) each_comparison(*condition, question, take);
  };
  for (auto& each : rules.questions) look(each.applies_when);
  for (auto& each : rules.criteria) look(each.when);
  for (auto& each : rules.items) look(each.when);
  for (auto& each : rules.knockouts) look(each.when);
}

class Varier {
 public:
  Varier(RuleSet& rules, std::string_view change) : rules_(rules), change_(change) {}

  tl::expected<void, Diagnostic> vary() {
    const auto equals = change_.find('=');
    const auto dot = change_.substr(0, equals).rfind('.');
    if (equals == change_.npos || dot == change_.npos || dot == 0 || dot + 1 == equals ||
        equals + 1 == change_.size())
      return refuse("change-unreadable");
    id_ = change_.substr(0, dot);
    key_ = change_.substr(dot + 1, equals - dot - 1);
    value_ = change_.substr(equals + 1);
    if (auto* band = find(rules_.bands)) return vary(*band);
    if (auto* ranking = find(rules_.rankings)) return vary(*ranking);
    if (find_question(rules_, id_)) return vary_question();
    std::vector<std::string_view> ids;
    for (const auto& each : rules_.questions) ids.push_back(each.id);
    for (const auto& each : rules_.bands) ids.push_back(each.id);
    for (const auto& each : rules_.rankings) ids.push_back(each.id);
    return refuse("change-unknown-id",
                  {{"id", id_}, {"nearest", std::string{nearest(id_, ids).value_or("")}}});
  }

 private:
  tl::unexpected<Diagnostic> refuse(std::string_view code, Facts facts = {}) const {
    facts.emplace_back("change", std::string{change_});
    facts.emplace_back("rules", rules_.info.id);
    return tl::unexpected{Diagnostic{Severity::error, code, {}, std::move(facts)}};
  }
  tl::unexpected<Diagnostic> bad_value() const {
    return refuse("change-bad-value", {{"id", id_}, {"key", key_}, {"value", value_}});
  }
  tl::unexpected<Diagnostic> unknown_key(const std::string& keys) const {
    return refuse("change-unknown-key", {{"id", id_}, {"key", key_}, {"choices", keys}});
  }

  template <class Record>
  Record* find(std::vector<Record>& records) const {
    const auto found = std::ranges::find(records, id_, &Record::id);
    return found == records.end() ? nullptr : &*found;
  }

  tl::expected<void, Diagnostic> vary(model::Band& band) const {
    if (key_ != "from" || !band.from) return unknown_key(band.from ? "from" : "");
    const auto from = number(value_);
    if (!from) return bad_value();
    band.from = from;
    return {};
  }

  tl::expected<void, Diagnostic> vary(model::Ranking& ranking) const {
    if (key_ == "count") {
      const auto count = whole(value_);
      if (!count || *count < 1) return bad_value();
      ranking.count = count;
      ranking.share.reset();
      return {};
    }
    if (key_ != "share") return unknown_key("count share");
    const auto share = number(value_);
    if (!share || !(*share > 0 && *share <= 1) || !ranking.rounding) return bad_value();
    ranking.share = share;
    ranking.count.reset();
    return {};
  }

  tl::expected<void, Diagnostic> vary_question() {
    std::vector<std::string_view> keys;
    bool found = false;
    bool good = true;
    each_comparison(rules_, id_, [&](Condition& condition) {
      const auto name =
          std::ranges::find(operators, condition.op, [](const auto& each) { return each.second; });
      if (name == operators.end()) return;
      if (std::ranges::find(keys, name->first) == keys.end()) keys.push_back(name->first);
      if (name->first != key_) return;
      found = true;
      good = good && set(condition);
    });
    if (!found) return unknown_key(fmt::format("{}", fmt::join(keys, " ")));
    if (!good) return bad_value();
    return {};
  }

  bool set(Condition& condition) const {
    if (condition.op == Operator::older_than) {
      const auto made = age(value_);
      if (made) condition.age = *made;
      return made.has_value();
    }
    const model::Question& question = *find_question(rules_, id_);
    AnswerValue operand = answer(value_);
    const auto share = as_number(operand);
    const bool good =
        condition.share.empty() ? fits(question, operand) : share && *share >= 0 && *share <= 1;
    if (good) condition.operands = {std::move(operand)};
    return good;
  }

  RuleSet& rules_;
  std::string_view change_;
  std::string id_, key_, value_;
};

}  // namespace

tl::expected<void, Diagnostic> vary(RuleSet& rules, std::string_view change) {
  return Varier{rules, change}.vary();
}

}  // namespace taizhang::rules
