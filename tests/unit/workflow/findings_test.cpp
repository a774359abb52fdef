#include <functional>
#include <set>

#include "workflow/journal.hpp"

namespace taizhang::workflow::tests {

namespace {

/// A journal with one thing wrong, and what a replay up to the end of 2023 says about it.
struct Case {
  std::string_view finding;  ///< code@place.key; the n-th entry stands at place 100 n
  Journal journal;
  std::vector<std::pair<std::string_view, std::string>> facts;
};

Entry with(Entry entry, const std::function<void(Entry&)>& change) {
  change(entry);
  return entry;
}

Journal journal_with(Journal journal, const std::function<void(Journal&)>& change) {
  change(journal);
  return journal;
}

std::vector<Case> cases() {
  const model::Task task = sample_task();
  const Journal applied{progress("2023-05-01"), apply("2023-05-20")};
  const Journal verified =
      journal_with(applied, [&](Journal& j) { j.add(verify("2023-05-25", task)); });
  const Journal closed = journal_with(verified, [](Journal& j) { j.add(close("2023-05-31")); });
  const auto then = [](const Journal& before, Entry last,
                       const std::function<void(Entry&)>& change = {}) {
    Journal made = before;
    if (change) change(last);
    made.add(std::move(last));
    return made;
  };
  const auto corrected = [&](const Journal& before, std::string_view date, std::size_t index,
                             const std::function<void(Entry&)>& change = {}) {
    return then(before, before.correction(date, index), change);
  };
  std::vector<Case> all;
  const auto add = [&](std::string_view finding, Journal journal,
                       std::vector<std::pair<std::string_view, std::string>> facts = {}) {
    all.push_back({finding, std::move(journal), std::move(facts)});
  };

  add("action-not-allowed@100.action", {apply("2023-05-20")},
      {{"action", "申请销号"},
       {"state", "待整改"},
       {"allowed", "整改中"},
       {"step", "log"},
       {"task", "T1"}});
  add("action-not-allowed@200.action", {progress("2023-05-01"), close("2023-05-20")},
      {{"state", "整改中"}, {"step", "apply"}});
  add("action-not-allowed@300.action", then(applied, close("2023-05-25")),
      {{"state", "待初核"}, {"step", "verify"}});
  add("action-not-allowed@500.action", then(closed, extend("2023-06-02", "2023-12-30")),
      {{"state", "已销号"}, {"allowed", "待整改 整改中 待初核 待销号"}});
  add("action-not-allowed@200.action", {cancel("2023-05-01"), progress("2023-05-02")},
      {{"state", "已撤销"}});
  add("level-differs@100.level",
      {with(progress("2023-05-01"), [](Entry& e) { e.level = Level::county; })},
      {{"unit", "示例甲村党支部"}, {"listed", "村"}, {"level", "县"}});
  add("level-not-allowed@400.level",
      then(verified, with(close("2023-05-31"),
                          [](Entry& e) { e.unit = "示例镇纪委", e.level = Level::township; })),
      {{"action", "销号"}, {"level", "镇"}, {"allowed", "县"}});
  add("level-not-allowed@300.level",
      then(applied, verify("2023-05-25", task),
           [](Entry& e) { e.unit = "示例乙村党支部", e.level = Level::village; }),
      {{"action", "初核"}, {"level", "村"}, {"allowed", "镇 县"}});
  add("level-not-allowed@400.level",
      then(verified, send_back("2023-05-31"),
           [](Entry& e) { e.unit = "示例镇纪委", e.level = Level::township; }),
      {{"action", "退回"}, {"level", "镇"}, {"allowed", "县"}});
  add("entry-before-opened@100.date", {progress("2023-04-11")},
      {{"date", "2023-04-11"}, {"opened", "2023-04-12"}});
  add("entry-needs-key@100.action",
      {with(progress("2023-05-01"), [](Entry& e) { e.text.clear(); })},
      {{"action", "进展"}, {"key", "text"}});
  add("entry-needs-key@200.action",
      {progress("2023-05-01"), with(apply("2023-05-20"), [](Entry& e) { e.evidence.clear(); })},
      {{"action", "申请销号"}, {"key", "evidence"}});
  add("entry-needs-key@300.action",
      then(applied, send_back("2023-05-25"), [](Entry& e) { e.reason.clear(); }),
      {{"key", "reason"}});
  add("entry-needs-key@500.action",
      then(closed, reopen("2023-06-01", "2023-12-30"), [](Entry& e) { e.due.reset(); }),
      {{"key", "due"}});
  add("entry-needs-key@300.action",
      corrected(applied, "2023-05-25", 1, [](Entry& e) { e.voids.clear(); }),
      {{"action", "更正"}, {"key", "voids"}});
  add("entry-needs-key@300.action",
      corrected(applied, "2023-05-25", 1, [](Entry& e) { e.reason.clear(); }), {{"key", "reason"}});
  add("doer-checks-own-work@300.by", then(applied, verify("2023-05-25", task, " 甲")),
      {{"who", " 甲"}, {"action", "初核"}});
  add("doer-checks-own-work@300.by", then(applied, verify("2023-05-25", task, "责任人")),
      {{"who", "责任人"}});
  add("doer-checks-own-work@300.by", then(applied, verify("2023-05-25", task, "“责 任人”")),
      {{"who", "“责 任人”"}});
  add("doer-checks-own-work@300.by", then(applied, verify("2023-05-25", task, "甲（李四）")),
      {{"who", "甲（李四）"}});
  add("doer-unit-checks-own-work@300.unit",
      journal_with(then(applied, verify("2023-05-25", task)),
                   [](Journal& j) { j.task.unit = "例示例镇党委"; }),
      {{"who", "示例镇党委"}, {"action", "初核"}});
  add("reassign-to-verifier@400.new_owner", then(verified, reassign("2023-05-26", "「乙」")),
      {{"who", "「乙」"}});
  add("reassign-to-nobody@100.action", {reassign("2023-05-01", "")});
  add("reassign-to-verifier@400.new_owner", then(verified, reassign("2023-05-26", "乙")),
      {{"who", "乙"}});
  add("reassign-to-verifier@400.new_unit",
      then(verified, reassign("2023-05-26", "", "例示例镇党委")), {{"who", "例示例镇党委"}});
  add("count-below-zero@200.count", {progress("2023-05-01", 2), progress("2023-05-02", -3)},
      {{"count", "-3"}, {"sum", "-1"}});
  add("count-below-zero@500.count",
      then(closed, reopen("2023-06-01", "2023-12-30"), [](Entry& e) { e.count = -1; }),
      {{"sum", "-1"}});
  add("milestone-unknown@100.milestone",
      {with(progress("2023-05-01"), [](Entry& e) { e.milestone = "M1"; })}, {{"milestone", "M1"}});
  add("target-not-reached@200.action",
      journal_with({progress("2023-05-01", 2), apply("2023-05-20")},
                   [](Journal& j) { j.task.target = 3, j.task.target_unit = "名"; }),
      {{"count", "2"}, {"target", "3"}, {"target_unit", "名"}});
  add("same-person-verifies-and-closes@400.by",
      then(verified, close("2023-05-31"), [](Entry& e) { e.by = "乙 "; }), {{"who", "乙 "}});
  add("same-person-verifies-and-closes@500.by", then(closed, verify("2023-06-01", task, "丙")),
      {{"who", "丙"}});
  add("same-person-verifies-and-closes@400.by",
      then(verified, close("2023-05-31"), [](Entry& e) { e.by = "乙(王五)"; }),
      {{"who", "乙(王五)"}});
  add("same-person-verifies-and-closes@500.by", then(closed, verify("2023-06-01", task, "“丙”")),
      {{"who", "“丙”"}});
  add("reopen-adds-count@500.count",
      then(closed, reopen("2023-06-01", "2023-12-30"), [](Entry& e) { e.count = 1; }),
      {{"count", "1"}});
  add("reopen-after-delisting@500.date",
      journal_with(then(closed, reopen("2023-07-01", "2023-12-30")),
                   [](Journal& j) { j.delisted = day("2023-07-01"); }),
      {{"date", "2023-07-01"}});
  add("due-not-later@500.due", then(closed, reopen("2023-07-01", "2023-07-01")),
      {{"due", "2023-07-01"}, {"than", "2023-07-01"}});
  add("due-not-later@100.due", {extend("2023-05-01", "2023-06-30")},
      {{"due", "2023-06-30"}, {"than", "2023-06-30"}});
  add("due-not-later@100.due", {extend("2023-08-01", "2023-07-15")}, {{"than", "2023-08-01"}});
  add("extension-backdated@200.date", {progress("2023-05-20"), extend("2023-05-10", "2023-08-31")},
      {{"date", "2023-05-10"}, {"other", "2023-05-20"}, {"task", "T1"}});
  add("unit-unlisted@100.unit",
      {with(progress("2023-05-01"), [](Entry& e) { e.unit = "别的单位"; })},
      {{"unit", "别的单位"}});
  add("key-unused@100.new_owner",
      {with(progress("2023-05-01"), [](Entry& e) { e.new_owner = "乙"; })},
      {{"key", "new_owner"}, {"action", "进展"}});
  add("voids-unknown@300.voids",
      corrected(applied, "2023-05-25", 1, [](Entry& e) { e.voids = "01234567"; }),
      {{"voids", "01234567"}});
  add("voids-unknown@300.voids", corrected(applied, "2023-05-19", 1));
  add("voids-unknown@400.voids", corrected(corrected(applied, "2023-05-25", 1), "2023-05-26", 1));
  add("voids-not-allowed@500.voids", corrected(closed, "2023-06-01", 2), {{"action", "初核"}});
  add("voids-not-allowed@400.voids",
      corrected(corrected(applied, "2023-05-25", 1), "2023-05-26", 2), {{"action", "更正"}});
  add("correct-not-yours@300.unit",
      corrected(applied, "2023-05-25", 1,
                [](Entry& e) { e.unit = "示例镇党委", e.level = Level::township; }),
      {{"unit", "示例镇党委"}, {"writer", "示例甲村党支部"}});
  add("correct-not-yours@300.unit",
      corrected(applied, "2023-05-25", 1, [](Entry& e) { e.by = "甲"; }));
  add("level-differs@300.level",
      corrected(applied, "2023-05-25", 1, [](Entry& e) { e.level = Level::township; }),
      {{"unit", "县委办"}});
  add("correction-breaks-later@300.voids", corrected(applied, "2023-05-25", 0),
      {{"action", "申请销号"}, {"date", "2023-05-20"}});
  add("verification-suspect@400.definition",
      journal_with(closed,
                   [](Journal& j) {
                     j.entries[2].at.begin = 400;
                     j.entries[2].definition = std::string(64, '1');
                   }),
      {{"definition", definition_hash(task)}, {"who", "乙"}});
  return all;
}

}  // namespace

TEST_CASE("Each thing wrong in a journal is found once, at its record and key") {
  for (const Case& each : cases()) {
    Findings findings;
    each.journal.on("2023-12-31", &findings);
    CHECK(written(findings) == each.finding);
    for (const auto& expected : each.facts) {
      INFO(each.finding << ' ' << expected.first);
      REQUIRE(findings.size() == 1);
      CHECK(fact(findings[0], expected.first) == expected.second);
    }
  }
}

TEST_CASE("Only findings that change nothing in the replay let an entry count") {
  const std::set<std::string_view> harmless{"extension-backdated", "unit-unlisted", "key-unused",
                                            "verification-suspect"};
  for (const Case& each : cases()) {
    const auto code = each.finding.substr(0, each.finding.find('@'));
    const TaskLife life = each.journal.on("2023-12-31");
    INFO(each.finding);
    CHECK(std::ranges::all_of(life.events, &Event::counted) == harmless.contains(code));
  }
}

TEST_CASE("Warnings are those that leave the figures right") {
  for (const Case& each : cases()) {
    Findings findings;
    each.journal.on("2023-12-31", &findings);
    REQUIRE_FALSE(findings.empty());
    const bool warns = findings[0].code == "unit-unlisted" || findings[0].code == "key-unused";
    CHECK((findings[0].severity == Severity::warning) == warns);
  }
}

TEST_CASE("Nobody closes on a verification that does not say what was verified") {
  Journal journal{progress("2023-05-01"), apply("2023-05-20"), verify("2023-05-25", sample_task()),
                  close("2023-05-31")};
  journal.entries[2].definition.clear();
  Findings findings;
  CHECK(journal.on("2023-12-31", &findings).state == TaskState::verified);
  CHECK(written(findings) == "close-on-suspect@400.action verification-suspect@300.definition");
  CHECK(fact(findings[0], "date") == "2023-05-25");
  CHECK(fact(findings[0], "who") == "乙");
}

TEST_CASE("A progress without which a task under review misses its target stays") {
  Journal journal{progress("2023-05-01", 2), progress("2023-05-02", 1), apply("2023-05-20")};
  journal.task.target = 3;
  journal.add(journal.correction("2023-05-25", 1));
  journal.add(send_back("2023-05-26"));
  Findings findings;
  CHECK(journal.on("2023-12-31", &findings).count == 3);
  CHECK(written(findings) == "correction-breaks-later@400.voids");
  journal.add(journal.correction("2023-05-27", 1));  // returned: now it can be taken back
  journal.add(journal.correction("2023-05-28", 4));  // but then the return must stay
  findings.clear();
  const TaskLife life = journal.on("2023-12-31", &findings);
  CHECK(life.count == 2);
  CHECK(life.state == TaskState::active);
  CHECK(written(findings) == "correction-breaks-later@400.voids correction-breaks-later@700.voids");
  CHECK(fact(findings[1], "action") == "申请销号");
}

TEST_CASE("A count from before a return cannot be taken back when later ones rest on it") {
  Journal journal{progress("2023-05-01", 2), progress("2023-05-02", -1), apply("2023-05-20"),
                  send_back("2023-05-26")};
  journal.add(journal.correction("2023-05-27", 0));
  Findings findings;
  CHECK(journal.on("2023-12-31", &findings).count == 1);
  CHECK(written(findings) == "correction-breaks-later@500.voids");
}

}  // namespace taizhang::workflow::tests
