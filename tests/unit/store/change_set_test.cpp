#include "store/change_set.hpp"

#include <doctest/doctest.h>

#include "base/scratch.hpp"
#include "model/ledger.hpp"

using namespace taizhang;
using namespace taizhang::store;

namespace {

const std::string village =
    "schema = 1\n[village]\ncode = \"610326103901\"\nname = \"甲村\"\n\n"
    "[[task]]\nid = \"T1\"\n\n[[milestone]]\nid = \"M1\"\ntask = \"T1\"\n\n"
    "[[task]]\nid = \"T2\"\n\n[[entry]]\ntask = \"T2\"\n\n[[acceptance]]\nround = 2023\n";

/// What becomes of the file when a record of that kind is added.
template <class Record>
std::string with(std::string_view kind, const Record& record, std::string_view task = {}) {
  const Scratch scratch;
  scratch.put("v.toml", village);
  ChangeSet changes{disk_tree(scratch.path())};
  REQUIRE(changes.add("v.toml", model::FileKind::village, kind, record, task));
  const auto files = changes.finish();
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  return *files->front().new_bytes;
}

bool stands_between(const std::string& text, std::string_view before, std::string_view what,
                    std::string_view after) {
  const auto at = text.find(what);
  return text.find(before) < at && at < text.find(after);
}

model::Entry entry(std::string task) {
  model::Entry made;
  made.task = std::move(task);
  made.text = "新记";
  return made;
}

}  // namespace

TEST_CASE("a new record goes to its own kind and task") {
  const std::string milestone_of_1 = "id = \"M1\"";
  CHECK(stands_between(with("entry", entry("T1"), "T1"), milestone_of_1, "新记", "id = \"T2\""));
  CHECK(stands_between(with("entry", entry("T2"), "T2"), "task = \"T2\"", "新记", "acceptance"));
  model::Milestone milestone;
  milestone.task = "T1";
  milestone.text = "新节点";
  CHECK(
      stands_between(with("milestone", milestone, "T1"), milestone_of_1, "新节点", "id = \"T2\""));
  model::Task task;
  task.title = "新任务";
  CHECK(stands_between(with("task", task), "[[entry]]", "新任务", "acceptance"));
  model::Survey survey;
  survey.by = "新走访";
  CHECK(stands_between(with("survey", survey), "name =", "新走访", "[[task]]"));
  model::Follow follow;
  follow.by = "新跟踪";
  CHECK(stands_between(with("follow", follow) + "end", "acceptance", "新跟踪", "end"));
}

TEST_CASE("a change set names every file once and leaves out what stays") {
  const Scratch scratch;
  scratch.put("v.toml", village);
  scratch.put("w.toml", village);
  ChangeSet changes{disk_tree(scratch.path())};
  const auto file = changes.open("v.toml");
  REQUIRE(file);
  CHECK(changes.open("v.toml").value() == *file);
  (*file)->edit.set_value((*file)->document.root.find("village")->value.span, {"name"},
                          {std::string{"乙村"}, {}});
  const auto other = changes.open("w.toml");
  REQUIRE(other);
  (*other)->edit.set_value((*other)->document.root.find("village")->value.span, {"name"},
                           {std::string{"甲村"}, {}});
  REQUIRE(changes.create("x.toml", "schema = 1\n"));
  const auto files = changes.finish();
  REQUIRE(files);
  REQUIRE(files->size() == 2);
  CHECK((*files)[0].path == "v.toml");
  CHECK(*(*files)[0].old_bytes == village);
  CHECK((*files)[1].path == "x.toml");
  CHECK(!(*files)[1].old_bytes);
}

TEST_CASE("a change set refuses what cannot be done") {
  const Scratch scratch;
  scratch.put("v.toml", village);
  scratch.put("bad.toml", "schema = \n");
  ChangeSet changes{disk_tree(scratch.path())};
  CHECK(changes.create("v.toml", "").error().front().code == "file-exists");
  CHECK(changes.open("none.toml").error().front().code == "file-missing");
  CHECK(!changes.open("bad.toml"));
  const auto file = changes.open("v.toml");
  (*file)->edit.insert_key((*file)->document.root.find("village")->value.span, {"name"},
                           {std::string{"乙村"}, {}});
  CHECK(changes.finish().error().front().code == "edit-key-exists");
}
