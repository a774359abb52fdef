#include "store/sidecar.hpp"

#include <doctest/doctest.h>

using namespace taizhang::store;

TEST_CASE("A sidecar is what sha256sum reads, with all else in comments, and reads back the same") {
  const std::string zeros(64, '0'), ones(64, '1');
  const Sidecar sidecar{{{"kind", "halfmonth"}, {"rules", "a"}, {"rules", "b: c"}},
                        {{zeros, "2023-06-H1.txt"}, {ones, "../奇怪\\名\n字.toml"}},
                        {"[t]\ta", "t\t1"}};
  const std::string text = sidecar_text(sidecar);
  CHECK(text == "# taizhang-report/1\n# kind: halfmonth\n# rules: a\n# rules: b: c\n" + zeros +
                    "  2023-06-H1.txt\n\\" + ones +
                    "  ../奇怪\\\\名\\n字.toml\n#=[t]\ta\n#=t\t1\n");
  const auto again = parse_sidecar(text);
  REQUIRE(again);
  CHECK(again->facts == sidecar.facts);
  CHECK(again->sums == sidecar.sums);
  CHECK(again->figures == sidecar.figures);
  CHECK(again->fact("rules") == "a");
  CHECK(again->fact("place").empty());
}

TEST_CASE("What is no sidecar of ours is none") {
  const std::string sum = std::string(64, '0') + "  a\n";
  CHECK(parse_sidecar("# taizhang-report/1\n" + sum));
  for (const std::string& text : {std::string{}, sum, "# taizhang-report/2\n" + sum,
                                  std::string{"# taizhang-report/1\n# kind: month\n"},
                                  "# taizhang-report/1\n" + sum + "何物\n"})
    CHECK(!parse_sidecar(text));
}
