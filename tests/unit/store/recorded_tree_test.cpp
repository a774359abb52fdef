#include "store/recorded_tree.hpp"

#include <doctest/doctest.h>

#include "../base/scratch.hpp"
#include "base/hash.hpp"

using namespace taizhang;
using namespace taizhang::store;

TEST_CASE("What is read through a recorded tree is noted with its hash, and nothing else is") {
  const Scratch scratch;
  scratch.put("甲.toml", "一");
  scratch.put("乙.toml", "二");
  const auto sums = std::make_shared<ReadSums>();
  const auto tree = recorded_tree(disk_tree(scratch.path()), sums);
  CHECK(tree->read("甲.toml").value() == "一");
  CHECK(!tree->read("丙.toml"));
  CHECK(tree->exists("乙.toml"));
  CHECK(tree->list("").value().size() == 2);
  CHECK(!tree->is_folder("乙.toml"));
  CHECK(*sums == ReadSums{{"甲.toml", sha256("一")}});
}
