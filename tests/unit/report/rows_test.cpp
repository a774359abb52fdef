#include "report/rows.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include "base/date.hpp"

using namespace taizhang;
using namespace taizhang::report;

namespace {

Row row_of(std::size_t number) {
  Row row;
  row.cells = {fmt::format("示例{}村", number),
               Cell{Term{"整改中"}, Light::yellow},
               static_cast<std::int64_t>(number) - 5,
               Share{1, static_cast<std::int64_t>(number)},
               Label{"value.of", {{"part", fmt::format("{}", number)}, {"whole", "9"}}},
               Decimal{150},
               *parse_date("2023-06-15"),
               Missing{},
               Names{{"第一书记", "结对单位"}, number % 2 == 0},
               Cell{}};
  row.cells.resize(1 + number % row.cells.size());
  row.path = fmt::format("县/镇/示例{}村.toml", number / 2);
  row.line = static_cast<std::uint32_t>(number);
  row.total = number % 7 == 0;
  return row;
}

struct Teller {
  std::string operator()(std::monostate) const { return "empty"; }
  std::string operator()(Missing) const { return "missing"; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(Term term) const { return std::string{term.zh}; }
  std::string operator()(const Names& names) const {
    return fmt::format("{} {}", names.joined(), names.terms);
  }
  std::string operator()(const Label& label) const {
    std::string all{label.id};
    for (const auto& [name, value] : label.facts) all += fmt::format(" {}={}", name, value);
    return all;
  }
  std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
  std::string operator()(Share share) const {
    return fmt::format("{}/{}", share.part, share.whole);
  }
  std::string operator()(Decimal number) const { return fmt::format("{}%", number.hundredths); }
  std::string operator()(Date day) const { return format_date(day); }
};

/// All that a row says.
std::string told(const Row& row) {
  std::string all = fmt::format("{} {} {}", row.path, row.line, row.total);
  for (const Cell& cell : row.cells)
    all += fmt::format("\n{} {} {}", cell.content.index(), static_cast<int>(cell.light),
                       std::visit(Teller{}, cell.content));
  return all;
}

}  // namespace

TEST_CASE("Rows come back as they were added, however many, and more than once") {
  for (const std::size_t count : {0u, 1u, 100u, 20'000u}) {
    Rows rows;
    for (std::size_t i = 0; i < count; ++i) rows.push_back(row_of(i));
    CHECK(rows.size() == count);
    for (int turn = 0; turn < 2; ++turn) {
      std::size_t number = 0;
      std::size_t wrong = 0;
      for (const Row& row : rows) {
        wrong += told(row) != told(row_of(number++));
      }
      CHECK(number == count);
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("Copies of many rows go their own ways") {
  Rows rows;
  for (std::size_t i = 0; i < 20'000; ++i) rows.push_back(row_of(i));
  Rows longer = rows;
  for (std::size_t i = 20'000; i < 40'000; ++i) longer.push_back(row_of(i));
  for (std::size_t i = 0; i < 20'000; ++i) rows.push_back(row_of(0));
  std::size_t number = 0;
  std::size_t wrong = 0;
  for (const Row& row : longer) wrong += row.path != row_of(number++).path;
  CHECK(number == 40'000);
  CHECK(wrong == 0);
  number = 0;
  for (const Row& row : rows)
    wrong += row.path != row_of(number < 20'000 ? number : 0).path, ++number;
  CHECK(wrong == 0);
}

TEST_CASE("a row added cell by cell is the one that a Row would be") {
  const Names names{{"第一书记"}, true};
  const Label label{"value.of", {{"part", "1"}, {"whole", "9"}}};
  const Date day = *parse_date("2023-06-15");
  const std::string village = "示例甲村";
  Rows rows;
  rows.add({village,
            {Term{"整改中"}, Light::red},
            {},
            Missing{},
            std::int64_t{7},
            Share{1, 2},
            Decimal{150},
            day,
            names,
            label},
           "县/镇/示例甲村.toml", 12, true);
  rows.add({"示例乙村", Cell{"汤峪镇", Light::green}, Content{day}, Cell{label}});
  Row first;
  first.cells = {village,         Cell{Term{"整改中"}, Light::red},
                 Cell{},          Missing{},
                 std::int64_t{7}, Share{1, 2},
                 Decimal{150},    day,
                 names,           label};
  first.path = "县/镇/示例甲村.toml";
  first.line = 12;
  first.total = true;
  Row second;
  second.cells = {"示例乙村", Cell{"汤峪镇", Light::green}, day, label};
  std::vector<std::string> found;
  for (const Row& row : rows) found.push_back(told(row));
  CHECK(found == std::vector{told(first), told(second)});
  CHECK(rows.is_lit(1));
  CHECK_FALSE(rows.is_lit(0));
}
