#include "workflow/fingerprint.hpp"

#include "base/hash.hpp"
#include "workflow/journal.hpp"

namespace taizhang::workflow::tests {

TEST_CASE("A definition is the SHA-256 over its keys and values, line by line") {
  model::Task task = sample_task();
  const std::string head =
      "id=T1\nround=2023\nproblem=P1\nkind=任务\ntitle=健全“三会一课”\nmeasure=每月一次\n"
      "standard=记录完整\n";
  CHECK(definition_hash(task) == sha256(head));
  task.target = 3;
  task.target_max = 5;
  task.target_unit = "名";
  CHECK(definition_hash(task) == sha256(head + "target=3\ntarget_max=5\ntarget_unit=名\n"));
  CHECK(definition_hash(model::Task{}) == sha256(""));
}

TEST_CASE("Values of a definition are NFC, with backslash and newline escaped") {
  model::Task task;
  task.title = "cafe\u0301";
  CHECK(definition_hash(task) == sha256("title=caf\u00e9\n"));
  task.title = "a\nb\\n";
  CHECK(definition_hash(task) == sha256("title=a\\nb\\\\n\n"));
}

TEST_CASE("A definition does not depend on who does a task, nor until when") {
  model::Task task = sample_task();
  const std::string before = definition_hash(task);
  task.owner = "别人";
  task.unit = "别的单位";
  task.due = day("2024-01-01");
  task.opened = day("2023-01-01");
  task.strand = model::Strand::organisation;
  task.at = {7, 9};
  CHECK(definition_hash(task) == before);
}

TEST_CASE("An entry's hash is over all its values and its ordinal among equal ones") {
  Entry full = progress("2023-05-01", -2);
  full.level = Level::village;
  full.evidence = {{"佐证/一.md", "ab", {}}, {"佐证/二.md", "cd", {}}};
  const std::string lines =
      "task=T1\ndate=2023-05-01\naction=进展\nby=甲\nunit=示例甲村党支部\nlevel=村\ntext=开了会\n"
      "count=-2\nevidence=佐证/一.md\tab\t佐证/二.md\tcd\t\n";
  const Journal journal{full, progress("2023-05-01"), full, full};
  CHECK(journal.hash(0) == sha256(lines + "#1\n").substr(0, 8));
  CHECK(journal.hash(2) == sha256(lines + "#2\n").substr(0, 8));
  CHECK(journal.hash(3) == sha256(lines + "#3\n").substr(0, 8));
}

TEST_CASE("Every key of an entry changes its hash") {
  const Entry plain = progress("2023-05-01");
  std::vector<Entry> changed(15, plain);
  changed[0].date = day("2023-05-02");
  changed[1].action = Action::reopen;
  changed[2].by = "乙";
  changed[3].unit = "县委办";
  changed[4].level = Level::county;
  changed[5].text = "别的";
  changed[6].reason = "缘由";
  changed[7].count = 0;
  changed[8].milestone = "M1";
  changed[9].evidence = {{"佐证/一.md", "", {}}};
  changed[10].definition = "00";
  changed[11].due = day("2023-05-02");
  changed[12].new_owner = "乙";
  changed[13].new_unit = "县委办";
  changed[14].voids = "00000000";
  std::vector<std::string> hashes{Journal{plain}.hash(0)};
  for (const Entry& each : changed) hashes.push_back(Journal{each}.hash(0));
  std::ranges::sort(hashes);
  CHECK(std::ranges::adjacent_find(hashes) == hashes.end());
}

TEST_CASE("The second of two equal entries can be taken back by itself") {
  Journal journal{progress("2023-05-01", 2), progress("2023-05-01", 2)};
  journal.add(journal.correction("2023-05-02", 1));
  const TaskLife life = journal.on("2023-05-02");
  CHECK(life.count == 2);
  CHECK_FALSE(life.events[0].voided);
  CHECK(life.events[1].voided);
}

}  // namespace taizhang::workflow::tests
