#include "report/fact_changes.hpp"

#include <doctest/doctest.h>

using namespace taizhang::report;

namespace {

std::string told(const std::optional<std::string>& before,
                 const std::optional<std::string>& after) {
  std::string all;
  for (const FactChange& change : fact_changes(before, after))
    all += std::string{"+-*?"[static_cast<int>(change.what)]} + change.kind + "|" + change.name +
           "|" + change.task + "|" + change.key + "|" + change.old_value + "|" + change.new_value +
           "\n";
  return all;
}

const std::string base =
    "schema = 1\n[village]\nname = \"甲\"\n[[task]]\nid = \"T1\"\ndue = 2023-06-30\ntitle = "
    "\"事\"\n"
    "[[entry]]\ntask = \"T1\"\ndate = 2023-05-20\naction = \"进展\"\nby = \"张\"\ntext = \"一\"\n";

}  // namespace

TEST_CASE("changes are told by fact, not by line") {
  CHECK(told(base, base).empty());
  CHECK(told(base, "# 注释\n\n" + base + "\n").empty());
  std::string later = base;
  later.replace(later.find("06-30"), 5, "07-31");
  later += "[[entry]]\ntask = \"T1\"\ndate = 2023-06-12\naction = \"申请销号\"\nby = \"李\"\n";
  CHECK(told(base, later) ==
        "*task|T1|T1|due|2023-06-30|2023-07-31\n+entry|T1 申请销号 2023-06-12|T1|||李\n");
  CHECK(told(later, base) ==
        "*task|T1|T1|due|2023-07-31|2023-06-30\n-entry|T1 申请销号 2023-06-12|T1||李|\n");
}

TEST_CASE("an entry whose text was mended is the same entry") {
  std::string later = base;
  later.replace(later.find("\"一\""), 5, "\"二\"");
  CHECK(told(base, later) == "*entry|T1 进展 2023-05-20|T1|text|一|二\n");
}

TEST_CASE("a ledger that was not there is all new, and one that cannot be read says so") {
  CHECK(told(std::nullopt, "schema = 1\n[village]\nname = \"甲\"\n") ==
        "*|||schema||1\n+village|||||甲\n");
  CHECK(told(base, "[村") == "?|||||\n");
}
