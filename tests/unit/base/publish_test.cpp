#include "base/publish.hpp"

#include <doctest/doctest.h>

#include "base/failure.hpp"
#include "base/save.hpp"
#include "scratch.hpp"

using namespace taizhang;
using Names = std::vector<std::string>;

TEST_CASE("A folder appears with all its files, and never over one that is there") {
  const Scratch scratch;
  CHECK(disk::publish_folder(scratch / "2023-06-H1", {{"a", "甲"}, {"b", ""}}));
  CHECK(scratch.get("2023-06-H1/a") == "甲");
  CHECK(scratch.names() == Names{"2023-06-H1"});
  CHECK(!disk::publish_folder(scratch / "2023-06-H1", {{"a", "乙"}}));
  CHECK(scratch.get("2023-06-H1/a") == "甲");
  scratch.put("file", "");
  CHECK(!disk::publish_folder(scratch / "file", {{"a", "乙"}}));
  CHECK(scratch.names() == Names{"2023-06-H1", "file"});  // nothing is left beside them
}

TEST_CASE("A folder that cannot be made leaves nothing") {
  const Scratch scratch;
  CHECK_THROWS_AS(disk::publish_folder(scratch / "none/2023", {{"a", ""}}), Failure);
  CHECK_THROWS_AS(disk::publish_folder(scratch / "2023", {{"no/such", ""}}), Failure);
  CHECK(scratch.names().empty());
}

TEST_CASE("What a run left that died while it filled a folder is swept away") {
  const Scratch scratch;
  scratch.put(".taizhang.999999999.abcdef/2023-06-H1.txt", "半份");
  scratch.put(".taizhang.1.abcdef/2023-06-H1.txt", "another run is at it");
  disk::sweep(scratch.path());
  CHECK(scratch.names() == Names{".taizhang.1.abcdef"});
}
