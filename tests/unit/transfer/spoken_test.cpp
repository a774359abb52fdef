#include "transfer/spoken.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace taizhang::transfer;

TEST_CASE("a flag is taken in every way that has one meaning") {
  for (const char* yes : {"是", "√", "✔", "Y", "yes", "Ｙ", "有"})
    CHECK(spoken_flag(yes, "是否存在突出问题") == true);
  for (const char* no : {"否", "×", "N", "NO", "无", "没有"})
    CHECK(spoken_flag(no, "是否存在突出问题") == false);
  for (const char* unclear : {"1", "x", "弱", "基本没有", "", "有点"})
    CHECK(!spoken_flag(unclear, "是否存在突出问题"));
}

TEST_CASE("there is and there is not mean two things where the label denies something") {
  for (const char* label : {"班子是否不团结", "是否无办公活动场所", "书记长期缺职"}) {
    CHECK(!spoken_flag("无", label));
    CHECK(!spoken_flag("有", label));
    CHECK(is_two_edged("无", label));
    CHECK(spoken_flag("√", label) == true);
    CHECK(!is_two_edged("√", label));
  }
  CHECK(spoken_flag("无", "有无活动场所") == false);
  CHECK(spoken_flag("有", "有没有活动场所") == true);
}

TEST_CASE("a count may have its unit behind it, and no other") {
  CHECK(spoken_count("412", "") == 412);
  CHECK(spoken_count("412户", "户数") == 412);
  CHECK(spoken_count("412 户", "总户数") == 412);
  CHECK(spoken_count("46名", "党员人数") == 46);
  CHECK(spoken_count("3次", "三会一课") == 3);
  CHECK(spoken_count("2类", "2022年度考核等次") == 2);
  CHECK(spoken_count("三类", "2022年度考核等次") == 3);
  for (const char* wrong : {"412户", "1.2万人", "约400人", "二十三人", "3-4人", "400余人", "人"})
    CHECK(!spoken_count(wrong, "人口"));
  CHECK(!spoken_count("3次", "户数"));
  CHECK(!spoken_count("二三类", "等次"));
}

TEST_CASE("a choice may be written with the digits of the other script") {
  const std::vector<std::string> grades{"一类", "二类", "三类"};
  CHECK(spoken_choice("2类", grades) == "二类");
  CHECK(spoken_choice("二类", grades) == "二类");
  CHECK(!spoken_choice("2", grades));
  CHECK(!spoken_choice("2类", std::vector<std::string>{"二类", "2类"}));
}
