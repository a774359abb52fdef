#include "workflow/audit.hpp"

#include <map>
#include <random>

#include "workflow/journal.hpp"

namespace taizhang::workflow::tests {

namespace {

using model::CountyLedger;
using model::Evidence;
using model::VillageLedger;

constexpr std::string_view today = "2023-12-31";

/// A text of some length that has nothing in common with another one by chance.
constexpr std::string_view minutes =
    "支部大会由支部书记主持，先学习了议事规则，再逐户通报了低保评议的结果，党员们围绕集体果园的"
    "承包办法提了意见，最后举手通过了全年的学习安排。";

/// A county of two villages with one task each, worked on honestly.
struct County {
  CountyLedger ledger;
  std::map<std::string, std::string> texts;  ///< by sha256 of the evidence

  County() {
    ledger.townships.resize(1);
    for (const char* code : {"610326103901", "610326103902"}) {
      VillageLedger village;
      village.info.code = code;
      village.info.name = code;
      ledger.townships[0].villages.push_back(village);
    }
    for (VillageLedger& each : ledger.townships[0].villages) {
      each.tasks = {sample_task()};
      work(each, "T1", 0);
    }
  }

  VillageLedger& village(std::size_t i) { return ledger.townships[0].villages[i]; }
  Entry& entry(std::size_t i, std::size_t n) { return village(i).entries[n]; }
  Evidence& evidence(std::size_t i) { return entry(i, 2).evidence[0]; }

  /// Two 进展, 申请销号, 初核 and 销号 from 2023-05-02 on, so many days later.
  void work(VillageLedger& village, std::string_view id, int days) {
    const auto& task = *std::ranges::find(village.tasks, id, &model::Task::id);
    for (Entry each : {progress("2023-05-02"), progress("2023-05-08"), apply("2023-05-10"),
                       verify("2023-05-12", task), close("2023-05-17")}) {
      each.task = id;
      each.date = add_days(*each.date, days);
      for (Evidence& item : each.evidence) {
        item.sha256 = std::string(60, '0') + std::to_string(1000 + serial_++);
        item.file = fmt::format("佐证/{}.md", item.sha256.view().substr(60));
      }
      village.entries.push_back(std::move(each));
    }
  }

  void add_task(std::size_t i, std::string_view id, int days) {
    village(i).tasks.push_back(sample_task());
    village(i).tasks.back().id = id;
    work(village(i), id, days);
  }

  std::vector<Reason> reasons(std::string_view as_of = today) const {
    return audit(ledger, units(), day(as_of), [&](const VillageLedger&, const Evidence& evidence) {
      const auto found = texts.find(evidence.sha256);
      return found == texts.end() ? std::string{} : found->second;
    });
  }

  std::string found(std::string_view as_of = today) const {
    std::string all;
    for (const Reason& reason : reasons(as_of)) {
      all += (all.empty() ? "" : " ") + std::string{name_of(reason.pattern)};
      for (const AuditPlace& place : reason.places)
        all += fmt::format("/{}{}", place.village->info.code.view().substr(9), place.subject);
    }
    return all;
  }

 private:
  int serial_ = 0;
};

}  // namespace

TEST_CASE("honest work gives no reason to look") { CHECK(County{}.found().empty()); }

TEST_CASE("one file for two tasks is a reason, for one task applied for twice it is none") {
  County county;
  county.evidence(1).sha256 = county.evidence(0).sha256;
  CHECK(county.found() == "reused-evidence/901T1/902T1");
  county.evidence(0).file = county.evidence(1).file = "佐证/一.md";
  CHECK(county.reasons().front().facts.front().second == "佐证/一.md");
  county.evidence(0).file = "佐证/二.md";
  const std::string names = county.reasons().front().facts.front().second;
  CHECK(names.size() == std::string_view{"佐证/一.md 佐证/二.md"}.size());
  County twice;
  twice.village(0).entries.resize(3);
  twice.village(0).entries.push_back(send_back("2023-05-12"));
  twice.village(0).entries.push_back(progress("2023-05-13"));
  twice.village(0).entries.push_back(apply("2023-05-14"));
  twice.village(0).entries.back().evidence = twice.entry(0, 2).evidence;
  CHECK(twice.found().empty());
}

TEST_CASE("near-same evidence of two tasks is a reason, from nine tenths on") {
  County county;
  const std::string text{minutes};
  county.texts[county.evidence(0).sha256] = text + "5月3日，到会21人。";
  county.texts[county.evidence(1).sha256] = text + "6月8日，到会35人。";
  CHECK(county.found() == "similar-text/901T1/902T1");
  // a third is about something else
  county.texts[county.evidence(1).sha256] = text.substr(0, text.size() / 3 / 2 * 3) +
                                            "随后大家到村口清理水渠，约定每周五下午轮流打扫巷道。";
  CHECK(county.found().empty());
  // the same, but too short to mean anything
  for (std::size_t i : {0u, 1u})
    county.texts[county.evidence(i).sha256] = "会议记录齐全，签到完整，5月3日。";
  CHECK(county.found().empty());
}

TEST_CASE("near-same words of two applications are a reason, those of one task are none") {
  County county;
  county.entry(0, 2).text = county.entry(1, 2).text = minutes;
  CHECK(county.found() == "similar-text/901T1/902T1");
  county.entry(1, 2).text = "登记本补齐以后再报一次";
  CHECK(county.found().empty());
}

TEST_CASE("evidence whose latest date is before the task began is a reason") {
  County county;  // opened on 2023-04-12
  county.evidence(0).file = "佐证/主题党日-2023年4月11日.md";
  CHECK(county.found() == "older-evidence/901T1");
  county.evidence(0).file = "佐证/主题党日-20230412.md";
  CHECK(county.found().empty());
  county.evidence(0).file = "佐证/主题党日.md";
  county.texts[county.evidence(0).sha256] = "2022-12-01、2023/3/5 两次";
  CHECK(county.found() == "older-evidence/901T1");
  county.texts[county.evidence(0).sha256] = "2022-12-01、2023.5.5 两次";
  CHECK(county.found().empty());
}

TEST_CASE("five and more than half of a period closed on its last day are a reason") {
  const auto closed = [](int on_last_day, int days, int others) {
    County county;
    for (VillageLedger& village : county.ledger.townships[0].villages) {
      village.tasks.clear();
      village.entries.clear();
    }
    for (int n = 1; n <= on_last_day; ++n) county.add_task(0, "T" + std::to_string(n), 14 + days);
    for (int n = 1; n <= others; ++n) county.add_task(1, "T" + std::to_string(n), 5);
    return county.found();
  };
  CHECK(closed(5, 0, 4) == "bulk-closing/901T1/901T2/901T3/901T4/901T5");  // 2023-05-31
  CHECK(closed(4, 0, 0).empty());                                          // not so many
  CHECK(closed(5, -1, 0).empty());                                         // the day before
  CHECK(closed(5, 0, 5).empty());  // as many on other days of the period
}

TEST_CASE("an application on the day of the only progress is a reason") {
  County county;
  auto& entries = county.village(0).entries;
  entries.erase(entries.begin());
  entries[0].date = entries[1].date;
  CHECK(county.found() == "same-day/901T1/901T1");
  entries[0].date = add_days(*entries[0].date, -1);
  CHECK(county.found().empty());
  County two;  // the last of two on that day
  two.entry(0, 1).date = two.entry(0, 2).date;
  CHECK(two.found().empty());
}

TEST_CASE("applied for again without new progress is a reason, after a return and a reopening") {
  for (const bool reopened : {false, true}) {
    County county;
    auto& entries = county.village(0).entries;
    const model::Task& task = county.village(0).tasks[0];
    if (!reopened) entries.resize(3);
    Entry back = reopened ? reopen("2023-06-01", "2023-07-31") : send_back("2023-06-01");
    for (const Entry& each : {back, apply("2023-06-05"), verify("2023-06-06", task)})
      entries.push_back(each);
    entries[entries.size() - 2].evidence[0].sha256 = std::string(64, 'a');
    CHECK(county.found() == "nothing-new/901T1/901T1");
    entries.insert(entries.end() - 2, progress("2023-06-02"));
    CHECK(county.found().empty());
  }
}

TEST_CASE("a deadline moved in its last three days is a reason, earlier or too late it is none") {
  const auto moved = [](std::string_view date) {
    County county;
    county.village(0).entries.resize(2);
    county.village(0).entries.push_back(extend(date, "2023-09-30"));
    return county.found();
  };
  CHECK(moved("2023-06-27") == "moved-deadline/901T1");
  CHECK(moved("2023-06-30") == "moved-deadline/901T1");
  CHECK(moved("2023-06-26").empty());
  CHECK(moved("2023-07-01").empty());  // overdue already, and it stays that
}

TEST_CASE("the deadline that was moved is the one in force") {
  County county;
  county.village(0).entries.resize(2);
  county.village(0).entries.push_back(extend("2023-06-01", "2023-08-31"));
  county.village(0).entries.push_back(extend("2023-06-30", "2023-09-30"));
  CHECK(county.found().empty());
  county.village(0).entries.back().date = day("2023-08-30");
  CHECK(county.found() == "moved-deadline/901T1");
}

TEST_CASE("an entry below one dated fifteen days later was written long after its day") {
  const auto written = [](std::string_view date) {
    County county;
    county.village(0).entries.resize(2);  // the last is of 2023-05-08
    county.village(0).entries.push_back(progress(date));
    return county.found();
  };
  CHECK(written("2023-04-23") == "backdated/901T1/901T1");
  CHECK(written("2023-04-24").empty());
}

TEST_CASE("the same type of problem within a year of its solution is a reason") {
  const auto again = [](std::string_view type, std::string_view found) {
    County county;
    for (const auto& [id, date] :
         {std::pair{"P1", std::string_view{"2023-04-06"}}, {"P2", found}}) {
      model::Problem problem;
      problem.id = id;
      problem.round = 2023;
      problem.type = id == std::string_view{"P1"} ? "组织制度形同虚设" : type;
      problem.found = day(date);
      county.village(0).problems.push_back(problem);
    }
    return county.found("2024-12-31");
  };
  CHECK(again("组织制度形同虚设", "2024-05-17") ==
        "problem-back/901P2/901P1");  // closed 2023-05-17
  CHECK(again("组织制度形同虚设", "2024-05-18").empty());
  CHECK(again("组织制度形同虚设", "2023-05-17").empty());  // found while it was still open
  CHECK(again("无办公活动场所", "2023-09-01").empty());
}

TEST_CASE("two units that check each other’s work are a reason, by whatever name") {
  County county;  // 示例镇党委 verifies in both villages
  county.village(1).tasks[0].unit = "例示例镇党委";
  for (std::size_t n : {0u, 1u, 2u}) {
    county.entry(1, n).unit = "示例镇党委";
    county.entry(1, n).level = Level::township;
  }
  county.entry(1, 3).unit = "示例镇纪委";
  county.entry(1, 3).definition = definition_hash(county.village(1).tasks[0]);
  CHECK(county.found().empty());  // 纪委 checks 党委, nobody checks 纪委 but the county
  county.village(0).tasks[0].unit = "示例镇纪委";
  for (std::size_t n : {0u, 1u, 2u}) {
    county.entry(0, n).unit = "示例镇纪委";
    county.entry(0, n).level = Level::township;
  }
  CHECK(county.found() == "mutual-checks/901T1/902T1");
}

TEST_CASE("a note answers the one reason it names, from its day on") {
  County county;
  county.evidence(1).sha256 = county.evidence(0).sha256;
  const std::string id = county.reasons().front().id;
  CHECK(id.size() == 8);
  model::Note note;
  note.audit = id;
  note.date = day("2023-08-01");
  note.text = "两个村合开的会";
  county.village(0).notes = {note};
  CHECK(county.reasons("2023-07-31").front().answer == nullptr);
  REQUIRE(county.reasons().front().answer);
  CHECK(county.reasons().front().answer->text == "两个村合开的会");
  county.add_task(0, "T2", 1);  // a third use is another reason
  county.village(0).entries.back().date = day("2023-06-02");
  county.village(0).entries[7].evidence[0].sha256 = county.evidence(0).sha256;
  REQUIRE(county.reasons().size() == 1);
  CHECK(county.reasons().front().id != id);
  CHECK(county.reasons().front().answer == nullptr);
}

TEST_CASE("reasons are those of the day, and a lost evidence text hides no other") {
  County county;
  county.evidence(1).sha256 = county.evidence(0).sha256;
  CHECK(county.found("2023-05-09").empty());
  CHECK_FALSE(county.found("2023-05-10").empty());
}

namespace {

/// Invents a county that works honestly, with what honest people do now and then: write a thing up
/// days later, ask for more time at the last moment, close on the day of a meeting.
class HonestCounty {
 public:
  HonestCounty() {
    county.ledger.townships.resize(10);
    for (int t = 0; t < 10; ++t)
      for (int v = 0; v < 5; ++v) add_village(t, v);
  }

  County county;
  std::size_t tasks = 0;

 private:
  int roll(int sides) { return std::uniform_int_distribution<int>{0, sides - 1}(random_); }
  bool chance(int percent) { return roll(100) < percent; }

  void add_village(int t, int v) {
    VillageLedger village;
    const int code = 900 + t * 5 + v;
    village.info.code = "610326103" + std::to_string(code);
    village.info.name = village.info.code;
    for (int n = 1; n <= 4; ++n) {
      model::Problem problem;
      problem.id = "P" + std::to_string(n);
      problem.round = 2023;
      problem.type = types_[static_cast<std::size_t>((code + n * 2) % 10)];
      problem.found = add_days(day("2023-04-06"), roll(5));
      village.problems.push_back(problem);
    }
    for (int n = 1; n <= 20; ++n) add_task(village, n);
    county.ledger.townships[static_cast<std::size_t>(t)].villages.push_back(std::move(village));
  }

  void add_task(VillageLedger& village, int n) {
    model::Task task = sample_task();
    task.id = "T" + std::to_string(n);
    task.problem = "P" + std::to_string(1 + n % 4);
    task.opened = add_days(day("2023-04-10"), roll(30));
    task.due = add_days(*task.opened, 45 + roll(120));
    village.tasks.push_back(task);
    ++tasks;
    Date date = add_days(*task.opened, 3 + roll(10));
    std::vector<Entry> work;
    const int steps = 1 + roll(4);
    for (int i = 0; i < steps; ++i) {
      work.push_back(progress(format_date(date)));
      date = add_days(date, 4 + roll(20));
    }
    if (work.size() > 1 && chance(5)) std::swap(work.front(), work[1]);  // written up later
    const Date last = std::max(*work.front().date, *work.back().date);
    for (Entry& entry : work) put(village, task, std::move(entry));
    const Date asked = add_days(*task.due, -1 - roll(25));
    if (asked >= last && chance(10))
      put(village, task, extend(format_date(asked), format_date(add_days(*task.due, 30))));
    date = add_days(*village.entries.back().date, chance(12) ? 0 : 1 + roll(8));
    ask(village, task, date);
    if (chance(12)) {
      date = add_days(date, 2 + roll(4));
      put(village, task, send_back(format_date(date)));
      if (!chance(4)) {
        date = add_days(date, 1 + roll(8));
        put(village, task, progress(format_date(date)));
      }
      date = add_days(date, 1 + roll(4));
      ask(village, task, date);
    }
    date = add_days(date, 1 + roll(6));
    put(village, task, verify(format_date(date), task));
    date = add_days(date, 1 + roll(9));
    put(village, task, close(format_date(date)));
  }

  void put(VillageLedger& village, const model::Task& task, Entry entry) {
    entry.task = task.id;
    village.entries.push_back(std::move(entry));
  }

  void ask(VillageLedger& village, const model::Task& task, Date date) {
    Entry entry = apply(format_date(date));
    std::string text = "关于整改情况的记录。时间：" + format_date(date) + "。";
    for (int i = 0; i < 6; ++i) text += sentences_[static_cast<std::size_t>(roll(160))];
    entry.text = sentences_[static_cast<std::size_t>(roll(160))];
    // two tasks of a village are sometimes proved by one meeting
    std::string sha = std::string(56, '0') + std::to_string(10'000'000 + ++serial_);
    if (chance(1) && !last_sha_.empty()) sha = last_sha_;
    else county.texts[sha] = text;
    last_sha_ = sha;
    entry.evidence = {{"佐证/" + sha.substr(56) + ".md", sha, {}}};
    put(village, task, std::move(entry));
  }

  std::mt19937 random_{20230602};
  int serial_ = 0;
  std::string last_sha_;
  const std::array<const char*, 10> types_{"甲类", "乙类", "丙类", "丁类", "戊类",
                                           "己类", "庚类", "辛类", "壬类", "癸类"};
  const std::vector<std::string> sentences_ = [] {
    const std::vector<std::string> who{"支部书记",   "驻村干部", "村监委主任", "妇联主席",
                                       "镇包村领导", "党员代表", "第一书记",   "会计"};
    const std::vector<std::string> what{
        "逐户走访听取意见并当面作了答复，",   "把收支明细张贴在公开栏接受查询，",
        "带着大家清理沟渠补栽行道树，",       "主持学习条例后逐条对照查摆问题，",
        "向群众讲清流转合同里的权利和义务，", "核对低保名册并把结果贴上墙，",
        "请老党员讲村史和修路的经过，",       "到合作社查看冷库安装进度，",
        "组织青年参加电商培训班，",           "修补党群活动室漏雨的屋顶，",
        "约谈两名长期不参会的同志，",         "召开院坝会商量水费分摊，",
        "帮五保老人联系县医院复查，",         "丈量争议地块重新立下界桩，",
        "把欠账合同逐份扫描存档，",           "带队到邻镇学习猕猴桃嫁接，",
        "补齐三年来缺失的会议签到，",         "公布值班电话安排夜间轮守，",
        "清点集体资产登记造册编号，",         "为返乡大学生办理入党申请，"};
    std::vector<std::string> made;
    for (const auto& one : who)
      for (const auto& other : what) made.push_back(one + other);
    return made;
  }();
};

}  // namespace

TEST_CASE("an honest county of a thousand tasks gives few reasons to look") {
  const HonestCounty honest;
  REQUIRE(honest.tasks == 1000);
  std::map<std::string_view, int> hits;
  int all = 0;
  for (const Reason& reason : honest.county.reasons()) {
    ++hits[name_of(reason.pattern)];
    ++all;
  }
  std::string counts;
  for (const auto& [name, count] : hits)
    counts += " " + std::string{name} + "=" + std::to_string(count);
  MESSAGE("reasons to look in 1000 honest tasks: " << all << counts);
  CHECK(all > 0);     // honest people look odd now and then
  CHECK(all <= 100);  // but a reader can go through all of it
}

}  // namespace taizhang::workflow::tests
