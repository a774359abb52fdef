#include "transfer/convert.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "model/field.hpp"

using namespace taizhang;
using namespace taizhang::transfer;
using sheet::Cell;
using sheet::CellKind;

namespace {

Cell text(std::string content) { return {1, CellKind::text, std::move(content)}; }
Cell number(std::string content) { return {1, CellKind::number, std::move(content)}; }

/// The code, or the diagnostic's.
std::string code(const Cell& cell, std::size_t digits = 12) {
  const auto read = read_code(cell, digits);
  return read ? *read : std::string{read.error().code};
}

std::string date(const Cell& cell) {
  const auto read = read_date(cell);
  return read ? format_date(*read) : std::string{read.error().code};
}

const model::Field& field(std::string_view kind, std::string_view key,
                          model::FileKind file = model::FileKind::village) {
  return *std::ranges::find(model::find_kind(file, kind)->fields, key, &model::Field::key);
}

std::string value(std::string_view kind, std::string_view key, const Cell& cell,
                  model::FileKind file = model::FileKind::village) {
  const auto read = read_cell(field(kind, key, file), cell);
  return read ? cell_text(*read) : std::string{read.error().code};
}

}  // namespace

TEST_CASE("a code is twelve digits, as text or as an exact number") {
  CHECK(code(text("610326103901")) == "610326103901");
  CHECK(code(number("610326103901")) == "610326103901");
  CHECK(code(text("６１０３２６１０３９０１")) == "610326103901");
  CHECK(code(text(" 610326 103 901 ")) == "610326103901");
  CHECK(code(text("'610326103901")) == "610326103901");
  CHECK(code(text("610326103901.0")) == "610326103901");
}

TEST_CASE("a code that a spreadsheet ruined is refused with the reason") {
  CHECK(code(text("6.10326E+11")) == "cell-code-scientific");
  CHECK(code(text("6.10326e11")) == "cell-code-scientific");
  CHECK(code(text("6.10324102203E+11")) == "cell-code-scientific");
  CHECK(code(text("61032610390.0")) == "cell-code-scientific");
  CHECK(code(text("10326103901")) == "cell-code-cut");
  CHECK(code(text("610326000000")) == "cell-code-zeros");
  CHECK(code(text("610326103000")) == "cell-code-zeros");
  CHECK(code(text("610326103901000000")) == "cell-code-zeros");
  CHECK(code(text("610326")) == "cell-code");
  CHECK(code(text("六一〇三二六")) == "cell-code");
  CHECK(code(text("'")) == "cell-code");
  CHECK(code({1, CellKind::error, "#N/A"}) == "cell-error");
}

TEST_CASE("a date is taken in each way that has one meaning") {
  for (const char* way : {"2023-06-02", "2023/6/2", "2023.6.2", "2023年6月2日", "2023-6-2",
                          "20230602", "２０２３年６月２日", "2023 年 6 月 2 日"})
    CHECK(date(text(way)) == "2023-06-02");
  CHECK(date({1, CellKind::date, "2023-06-02"}) == "2023-06-02");
}

TEST_CASE("a date that may mean two days, or none, is refused") {
  CHECK(date(text("6/2/2023")) == "cell-date-unclear");
  CHECK(date(text("23-6-2")) == "cell-date-unclear");
  CHECK(date(number("45079")) == "cell-date-number");
  CHECK(date(text("2023-02-30")) == "cell-date");
  CHECK(date(text("2023年6月")) == "cell-date");
  CHECK(date(text("2023/6-2")) == "cell-date");
  CHECK(date(text("六月二日")) == "cell-date");
  CHECK(date({1, CellKind::no_date, "0.5"}) == "cell-date");
}

TEST_CASE("numbers are whole and plain") {
  CHECK(value("village", "households", text("412")) == "412");
  CHECK(value("village", "households", number("412")) == "412");
  for (const char* wrong : {"412户", "1,23", ",234", "1,234,", "12,34,567", "-3", "41.5", "约4"})
    CHECK(value("village", "households", text(wrong)) == "cell-number");
  for (const char* wrong : {"1,234", "12,345,678", "１，２３４"})
    CHECK(value("village", "households", text(wrong)) == "cell-number-comma");
  CHECK(value("village", "households", text("４１２")) == "cell-number-wide");
  CHECK(value("entry", "count", text("-3")) == "-3");
}

TEST_CASE("each shape of a field refuses what it cannot be") {
  CHECK(value("village", "kind", text("社区")) == "社区");
  CHECK(value("village", "kind", text("居委会")) == "cell-choice");
  CHECK(value("problem", "id", text("P1")) == "P1");
  CHECK(value("problem", "id", text("第一条")) == "cell-id");
  CHECK(value("survey", "heard", text("members=12，residents=30")) == "members=12,residents=30");
  CHECK(value("survey", "heard", text("党员12")) == "cell-counts");
  CHECK(value("survey", "heard", text("cats=3")) == "cell-counts");
  CHECK(value("survey", "methods", text("党员大会，座谈了解 ; 现场查看")) ==
        "党员大会、座谈了解、现场查看");
  CHECK(value("village", "former", text("610326103902、6.1E+11")) == "cell-code-scientific");
  const auto township = model::FileKind::township;
  CHECK(value("submission", "period", text("2023年6月上半月"), township) == "2023-06-H1");
  CHECK(value("submission", "period", text("六月"), township) == "cell-period");
  CHECK(value("workspace", "example", text("也许"), model::FileKind::workspace) == "cell-flag");
  CHECK(value("workspace", "example", text("是"), model::FileKind::workspace) == "是");
}

TEST_CASE("running text stays as it is but for the mark against formulas") {
  CHECK(value("task", "title", text("２０２３年修路")) == "２０２３年修路");
  CHECK(value("task", "title", text("'=1+1")) == "=1+1");
  CHECK(value("task", "title", text("'引号开头")) == "'引号开头");
  CHECK(value("task", "title", text("电话 13912345678")) == "cell-private");
  CHECK(value("task", "title", text("甲\u200B乙")) == "cell-hidden");
  CHECK(value("task", "title", {1, CellKind::error, "#REF!"}) == "cell-error");
}

TEST_CASE("an answer takes the type of its question") {
  model::RuleSet rules;
  rules.info.id = "r";
  const auto ask = [&](std::string id, model::QuestionType type) {
    auto& question = rules.questions.emplace_back();
    question.id = std::move(id);
    question.type = type;
  };
  ask("weak", model::QuestionType::flag);
  ask("since", model::QuestionType::date);
  ask("poll", model::QuestionType::poll);
  const auto answer = [&](std::string_view question, const Cell& cell) {
    const auto read = read_answer_cell(rules, question, cell);
    return read ? answer_cell_text(read->value) : std::string{read.error().code};
  };
  CHECK(answer("weak", text("是")) == "是");
  CHECK(answer("weak", text("弱")) == "cell-answer");
  CHECK(answer("since", text("2023/6/2")) == "2023-06-02");
  CHECK(answer("poll", text("valid=58,satisfied=34")) == "valid=58,satisfied=34");
}
