#include "base/spill.hpp"

#include <doctest/doctest.h>

using taizhang::disk::Spill;

TEST_CASE("What was spilled is read again from its place") {
  Spill spill;
  const auto first = spill.append("一");
  const auto second = spill.append(std::string(300'000, 'x') + "y");
  CHECK(spill.read(second + 299'999, 2) == "xy");
  CHECK(spill.read(first, 3) == "一");
  CHECK(spill.append("z") == second + 300'001);
}
