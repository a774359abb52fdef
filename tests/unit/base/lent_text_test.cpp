#include "base/lent_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

using taizhang::Text;

TEST_CASE("a text that is made from words owns a copy of them") {
  std::string words = "健全三会一课";
  const Text text{words};
  words.assign(words.size(), 'x');
  CHECK(text == "健全三会一课");
  CHECK(text.size() == 18);
}

TEST_CASE("a lent text is the lender's bytes, a copy of it is not") {
  std::string words = "lent";
  const Text lent = Text::lent(words);
  CHECK(lent.view().data() == words.data());
  const Text copy = lent;
  Text assigned;
  assigned = lent;
  words = "gone";
  CHECK(lent == "gone");
  CHECK(copy == "lent");
  CHECK(assigned == "lent");
}

TEST_CASE("moving hands on what is lent or owned and leaves an empty text") {
  const std::string words = "lent";
  Text lent = Text::lent(words);
  const Text moved = std::move(lent);
  CHECK(moved.view().data() == words.data());
  CHECK(lent.empty());  // NOLINT(bugprone-use-after-move)

  Text owned{"owned"};
  const char* const bytes = owned.view().data();
  Text taken{"dropped"};
  taken = std::move(owned);
  CHECK(taken.view().data() == bytes);
  CHECK(owned.empty());  // NOLINT(bugprone-use-after-move)
}

TEST_CASE("an empty text is like any other") {
  const Text none;
  CHECK(none.empty());
  CHECK(none == "");
  CHECK(none == Text{""});
  CHECK(Text::lent("") == none);
  CHECK(Text{none} == none);
  CHECK(std::string{none}.empty());
}

TEST_CASE("texts are equal when their bytes are, whoever owns them") {
  const std::string words = "T1";
  CHECK(Text::lent(words) == Text{"T1"});
  CHECK_FALSE(Text{"T1"} == "T2");
  CHECK_FALSE(Text{"T1"} == "T11");
  CHECK_FALSE(Text{"T1"} == "");
  CHECK(Text{"T1"} != "S1");
  CHECK(Text{"T1"} < Text{"T2"});
  CHECK(Text{"T1"} < "T2");
}

TEST_CASE("a text serves where strings and views do") {
  const Text text{"县委办"};
  const std::string_view view = text;
  const std::string string = text;
  CHECK(view == string);
  CHECK(text + "主任" == "县委办主任");
  CHECK("眉县" + text == "眉县县委办");
  CHECK(text + text == "县委办县委办");
  CHECK(text.starts_with("县"));
  CHECK(text.ends_with("办"));
  CHECK(text.view().substr(6) == "办");
  CHECK(fmt::format("{}:{:>2}", text, Text{"x"}) == "县委办: x");
  const std::array words{std::string_view{"镇"}, view};
  CHECK(std::ranges::find(words, text) == words.begin() + 1);
  const std::vector<Text> texts{Text{"a"}, text};
  CHECK(std::ranges::find(texts, view) == texts.begin() + 1);
}

TEST_CASE("a text that is moved into itself stays what it was") {
  Text text{"县委组织部组织股"};
  Text& same = text;
  text = std::move(same);
  CHECK(text == "县委组织部组织股");
}
