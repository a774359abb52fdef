#include "store/tree.hpp"

#include <doctest/doctest.h>

#include "base/scratch.hpp"
#include "store/workspace.hpp"

using namespace taizhang;
using namespace taizhang::store;

namespace {

std::string names(const Tree& tree, const std::string& folder) {
  const auto entries = tree.list(folder);
  if (!entries) return std::string{entries.error().code};
  std::string all;
  for (const auto& entry : *entries) all += entry.name + (entry.is_directory ? "/ " : " ");
  return all;
}

}  // namespace

TEST_CASE("a part of a tree has its files, their folders and the rule sets, and no more") {
  const Scratch scratch;
  for (const char* path : {"a/b/一.toml", "a/b/二.toml", "a/三.toml", "rules/r.toml", "ab/四.toml"})
    scratch.put(path, "1");
  const auto tree = part_of_tree(disk_tree(scratch.path()), {"a/b/一.toml"});
  CHECK(names(*tree, "") == "a/ rules/ ");
  CHECK(names(*tree, "a") == "b/ ");
  CHECK(names(*tree, "a/b") == "一.toml ");
  CHECK(names(*tree, "rules") == "r.toml ");
  CHECK(tree->read("a/b/一.toml").value() == "1");
  CHECK(tree->read("a/b/二.toml").error().code == "file-missing");
  CHECK(!tree->exists("a/三.toml"));
  CHECK(tree->is_folder("a/b"));
  CHECK(!tree->is_folder("ab"));
  std::string bytes;
  CHECK(tree->read_confined("a", "三.toml", bytes) == disk::Confined::present);
}

TEST_CASE("a changed tree has the files as they would be") {
  const Scratch scratch;
  scratch.put("a/旧.toml", "1");
  scratch.put("a/去.toml", "2");
  const auto disk = disk_tree(scratch.path());
  const auto tree = changed_tree(disk, {{"a/旧.toml", "1", "11"},
                                        {"a/去.toml", "2", std::nullopt},
                                        {"b/c/新.toml", std::nullopt, "3"}});
  CHECK(tree->read("a/旧.toml").value() == "11");
  CHECK(tree->read("a/去.toml").error().code == "file-missing");
  CHECK(tree->read("b/c/新.toml").value() == "3");
  CHECK(!tree->exists("a/去.toml"));
  CHECK(tree->exists("b/c"));
  CHECK(tree->is_folder("b"));
  CHECK(!tree->is_folder("b/c/新.toml"));
  CHECK(names(*tree, "") == "a/ b/ ");
  CHECK(names(*tree, "a") == "旧.toml ");
  CHECK(names(*tree, "b") == "c/ ");
  CHECK(names(*tree, "b/c") == "新.toml ");
  CHECK(names(*tree, "没有") == "folder-missing");
  CHECK(scratch.get("a/旧.toml") == "1");
}

TEST_CASE("a workspace is read from whatever tree it is given") {
  const Scratch scratch;
  scratch.put("taizhang.toml", "schema = 1\n[workspace]\nname = \"甲\"\n");
  const auto tree = changed_tree(disk_tree(scratch.path()),
                                 {{"眉县/county.toml", std::nullopt,
                                   "schema = 1\n[county]\ncode = \"610326\"\nname = \"眉县\"\n"}});
  const Workspace workspace = read_workspace(scratch.path(), tree);
  CHECK(workspace.diagnostics.empty());
  REQUIRE(workspace.counties.size() == 1);
  CHECK(workspace.counties[0].name == "眉县");
}
