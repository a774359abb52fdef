#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "store/read_record.hpp"
#include "store/read_value.hpp"

namespace taizhang::store {

using document::Member;
using document::Source;
using document::Table;
using document::Value;
using model::Condition;
using model::Operator;

namespace {

constexpr int max_condition_depth = 8;

struct OperatorName {
  std::string_view key;
  Operator op;
};
constexpr std::array<OperatorName, 7> operator_names{{{"is", Operator::is},
                                                      {"one_of", Operator::one_of},
                                                      {"at_least", Operator::at_least},
                                                      {"at_most", Operator::at_most},
                                                      {"above", Operator::above},
                                                      {"below", Operator::below},
                                                      {"older_than", Operator::older_than}}};

class ConditionReader {
 public:
  ConditionReader(const Source& source, Diagnostics& diagnostics)
      : source_(source), diagnostics_(diagnostics) {}

  std::optional<Condition> read(const Value& value, int depth = 0) {
    const Table* table = value.table();
    if (!table) return fail(value.span, "condition.not-a-table");
    if (depth > max_condition_depth) return fail(value.span, "condition.too-deep");
    auto condition =
        table->find("question") ? comparison(value, *table) : group(value, *table, depth);
    if (condition) condition->at = value.span;
    return condition;
  }

 private:
  std::optional<Condition> fail(Span span, std::string_view detail) {
    diagnostics_.push_back(
        at(source_, span, Severity::error, "bad-condition", {{"detail", std::string{detail}}}));
    return std::nullopt;
  }

  std::optional<Condition> comparison(const Value& value, const Table& table) {
    Condition made;
    bool has_operator = false;
    for (const Member& member : table.members) {
      if (member.key == "question") {
        if (!member.value.text()) return fail(member.value.span, "condition.question-not-text");
        made.question = *member.value.text();
        continue;
      }
      if (member.key == "share") {
        if (!names(member.value, made.share))
          return fail(member.value.span, "condition.share-not-names");
        continue;
      }
      const auto known = std::ranges::find(operator_names, member.key, &OperatorName::key);
      if (known == operator_names.end())
        return fail(member.key_span, "condition.unknown-comparison");
      if (has_operator) return fail(member.key_span, "condition.two-comparisons");
      has_operator = true;
      made.op = known->op;
      if (!operands(member.value, made)) return fail(member.value.span, "condition.bad-operand");
    }
    if (!has_operator) return fail(value.span, "condition.no-comparison");
    return made;
  }

  /// One name, or a list of them.
  static bool names(const Value& value, std::vector<std::string>& made) {
    if (value.text()) made.push_back(*value.text());
    if (value.array())
      for (const Value& item : value.array()->items) {
        if (!item.text()) return false;
        made.push_back(*item.text());
      }
    return !made.empty();
  }

  /// { months = 3 } or { days = 90 }.
  static bool age(const Value& value, model::Age& made) {
    const Table* table = value.table();
    if (!table || table->members.size() != 1) return false;
    const Member& only = table->members.front();
    constexpr std::int64_t longest = 36500;
    if (!only.value.integer() || *only.value.integer() < 1 || *only.value.integer() > longest)
      return false;
    if (only.key == "months") made.months = *only.value.integer();
    else if (only.key == "days") made.days = *only.value.integer();
    else return false;
    return true;
  }

  static bool operands(const Value& value, Condition& made) {
    if (made.op == Operator::older_than) return age(value, made.age);
    if (made.op != Operator::one_of) {
      auto operand = answer_value(value);
      if (operand) made.operands.push_back(std::move(*operand));
      return operand.has_value();
    }
    if (!value.array() || value.array()->items.empty()) return false;
    for (const Value& item : value.array()->items) {
      auto operand = answer_value(item);
      if (!operand) return false;
      made.operands.push_back(std::move(*operand));
    }
    return true;
  }

  std::optional<Condition> group(const Value& value, const Table& table, int depth) {
    Condition made;
    const Value* parts = nullptr;
    if (const Member* least = table.find("at_least")) {
      const Member* of = table.find("of");
      if (!least->value.integer() || *least->value.integer() < 1 || !of ||
          table.members.size() != 2)
        return fail(value.span, "condition.bad-at-least");
      made.kind = Condition::Kind::at_least;
      made.least = *least->value.integer();
      parts = &of->value;
    } else if (table.members.size() == 1) {
      const Member& only = table.members.front();
      if (only.key == "any") made.kind = Condition::Kind::any;
      else if (only.key == "all") made.kind = Condition::Kind::all;
      else if (only.key == "none") made.kind = Condition::Kind::none;
      else return fail(only.key_span, "condition.unknown-group");
      parts = &only.value;
    } else {
      return fail(value.span, "condition.unknown-group");
    }
    if (!parts->array() || parts->array()->items.empty())
      return fail(parts->span, "condition.group-without-parts");
    for (const Value& item : parts->array()->items) {
      auto part = read(item, depth + 1);
      if (!part) return std::nullopt;
      made.parts.push_back(std::move(*part));
    }
    if (made.kind == Condition::Kind::at_least &&
        made.least > static_cast<std::int64_t>(made.parts.size()))
      return fail(value.span, "condition.bad-at-least");
    return made;
  }

  const Source& source_;
  Diagnostics& diagnostics_;
};

}  // namespace

model::Datum read_condition(const Source& source, const Value& value, Diagnostics& diagnostics) {
  auto condition = ConditionReader{source, diagnostics}.read(value);
  return condition ? model::Datum{std::move(*condition)} : model::Datum{};
}

}  // namespace taizhang::store
