#include "base/typed.hpp"

#include <doctest/doctest.h>

using namespace taizhang;

namespace {

std::string day(std::string_view text) {
  const auto date = typed_date(text);
  return date ? format_date(*date) : "nothing";
}

}  // namespace

TEST_CASE("a day may be typed in the ways of an office") {
  for (const std::string_view way :
       {"2023-06-02", "2023-6-2", "2023/6/2", "2023.6.2", "2023年6月2日", "2023年06月02号",
        "2023年6月2", "20230602", " 2023-06-02 ", "２０２３－０６－０２", "２０２３／６／２"})
    CHECK_MESSAGE(day(way) == "2023-06-02", way);
}

TEST_CASE("a day that could be another one, or none, is not guessed") {
  for (const std::string_view way : {"23-6-2", "6/2/2023", "2023-6", "2023/6-2", "2023-02-29",
                                     "2023-06-031", "202306021", "x2023-06-02", "", "2023年6月2天"})
    CHECK_MESSAGE(day(way) == "nothing", way);
}

TEST_CASE("full-width letters, digits and spaces become narrow, others stay") {
  CHECK(half_width("６１０３２６，Ｔ１　村") == "610326,T1 村");
}
