#include "base/entry.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "base/failure.hpp"
#include "base/scratch.hpp"

using namespace taizhang;

TEST_CASE("a file takes another name, also one that is taken") {
  const Scratch scratch;
  const std::string a = scratch.put("a", "new");
  scratch.put("b", "old");
  disk::rename_file(a, scratch / "b");
  CHECK(scratch.names() == std::vector<std::string>{"b"});
  CHECK(scratch.get("b") == "new");
  CHECK_THROWS_AS(disk::rename_file(a, scratch / "c"), Failure);
}

TEST_CASE("a file is removed, and one that is gone is no failure") {
  const Scratch scratch;
  const std::string a = scratch.put("a", "");
  disk::remove_file(a);
  CHECK(!disk::exists(a));
  CHECK_NOTHROW(disk::remove_file(a));
  CHECK_THROWS_AS(disk::remove_file(scratch.path()), Failure);
}

TEST_CASE("only a folder that holds nothing is removed") {
  const Scratch scratch;
  scratch.put("full/a", "");
  scratch.put("file", "");
  std::filesystem::create_directories(scratch / "empty");
  std::filesystem::create_directories(scratch / "target");
  std::filesystem::create_symlink("target", scratch / "link");
  for (const auto* const name : {"full", "file", "empty", "link", "none"})
    disk::remove_empty_folder(scratch / name);
  CHECK(scratch.names() == std::vector<std::string>{"file", "full", "link", "target"});
}
