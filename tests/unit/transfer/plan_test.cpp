#include "transfer/plan.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/scratch.hpp"
#include "sheet/read.hpp"

using namespace taizhang;
using namespace taizhang::transfer;

namespace {

const std::string village =
    "schema = 1\n[village]\ncode = \"610326103901\"\nname = \"甲村\"\ntownship = \"汤峪镇\"\n"
    "households = 412  # 户数\n\n"
    "[[survey]]\nround = 2023\ndate = 2023-03-14\nkind = \"走访\"\nby = \"组一\"\nrules = \"r\"\n"
    "answers.weak = true\nanswers.grade = 3.0\n\n"
    "[[problem]]\nid = \"P1\"\nround = 2023\ntype = \"制度\"\ntext = \"不开会\"\n\n"
    "[[task]]\nid = \"T1\"\nround = 2023\nproblem = \"P1\"\nkind = \"任务\"\ntitle = \"开会\"\n"
    "owner = \"书记\"\nopened = 2023-04-01\n\n"
    "[[entry]]\ntask = \"T1\"\ndate = 2023-05-01\naction = \"进展\"\nby = \"书记\"\nunit = "
    "\"支部\"\n"
    "level = \"村\"\ntext = \"开了\"\n";

/// A county with two townships, and what an import makes of it.
class Office {
 public:
  Office() {
    scratch_.put("taizhang.toml", "schema = 1\n[workspace]\nname = \"市\"\n");
    scratch_.put("眉县/county.toml",
                 "schema = 1\n[county]\ncode = \"610326\"\nname = \"眉县\"\nrules = \"r\"\n");
    scratch_.put("眉县/汤峪镇/township.toml",
                 "schema = 1\n[township]\ncode = \"610326103\"\nname = \"汤峪镇\"\n\n"
                 "[[submission]]\nperiod = \"2023-06-H1\"\ndate = 2023-06-14\nby = \"甲\"\n");
    scratch_.put("眉县/汤峪镇/甲村.toml", village);
    scratch_.put("眉县/槐芽镇/township.toml",
                 "schema = 1\n[township]\ncode = \"610326102\"\nname = \"槐芽镇\"\n");
    scratch_.put("眉县/槐芽镇/甲村.toml",
                 "schema = 1\n[village]\ncode = \"610326102901\"\nname = \"甲村\"\n");
    rules_.info.id = "r";
    ask("weak", model::QuestionType::flag);
    ask("grade", model::QuestionType::number);
  }

  const Scratch& scratch() const { return scratch_; }

  Plan plan(std::string_view kind, std::string_view csv) {
    const store::Workspace workspace = *store::open_workspace(scratch_.path());
    const KindInfo& info = *find_kind(kind);
    const Mapping mapping{info, kind == "answers" ? &rules_ : nullptr};
    const auto sheets = sheet::read_sheets("a.csv", csv, Encoding::utf8);
    REQUIRE(sheets);
    const auto bound = bind_sheet("a.csv", *sheets, mapping, info);
    if (!bound) {
      Plan failed;
      failed.fates.emplace_back().reasons = bound.error();
      return failed;
    }
    Surroundings surroundings;
    surroundings.workspace = &workspace;
    surroundings.counties = workspace.counties;
    surroundings.occasion.round = 2023;
    surroundings.occasion.dates = round_;
    surroundings.today = *parse_date("2023-06-30");
    surroundings.rules = &rules_;
    store::ChangeSet changes{workspace.tree};
    Plan made = make_plan(surroundings, info, *bound, mapping, {}, changes);
    files_ = *changes.finish();
    return made;
  }

  /// The one code with which the last row is refused; else its fate as a number.
  std::string fate(std::string_view kind, std::string_view csv) {
    const Plan made = plan(kind, csv);
    const RowFate& last = made.fates.back();
    if (last.reasons.empty()) return std::to_string(static_cast<int>(last.fate));
    return std::string{last.reasons.front().code};
  }

  /// Lines of the only changed file that were not there before.
  std::vector<std::string> new_lines() const {
    REQUIRE(files_.size() == 1);
    std::vector<std::string> lines;
    std::string_view text = *files_.front().new_bytes;
    while (!text.empty()) {
      const std::string line{text.substr(0, text.find('\n') + 1)};
      if (files_.front().old_bytes->find(line) == std::string::npos) lines.push_back(line);
      text.remove_prefix(line.size());
    }
    return lines;
  }
  void end_round(std::string_view day) { round_.emplace().to = *parse_date(day); }
  std::size_t changed_files() const { return files_.size(); }

 private:
  void ask(std::string id, model::QuestionType type) {
    auto& question = rules_.questions.emplace_back();
    question.label = id + "怎么样";
    question.id = std::move(id);
    question.type = type;
  }

  Scratch scratch_;
  model::RuleSet rules_;
  std::optional<model::Round> round_;
  std::vector<store::FileChange> files_;
};

const std::string added = "0", changed = "1", same = "2", aside = "4";
const std::string roster = "镇,村名,编码,户数\n";

}  // namespace

TEST_CASE("one changed fact changes its value and nothing else on the line") {
  Office office;
  CHECK(office.fate("villages", roster + "汤峪镇,甲村,610326103901,415\n") == changed);
  CHECK(office.new_lines() == std::vector<std::string>{"households = 415  # 户数\n"});
}

TEST_CASE("what the ledgers say already is left alone, and so is what a cell does not say") {
  Office office;
  CHECK(office.fate("villages", roster + "汤峪,甲村,610326103901,412\n") == same);
  CHECK(office.fate("villages", roster + "汤峪镇,甲村,610326103901,\n") == same);
  CHECK(office.changed_files() == 0);
}

TEST_CASE("a new village comes into its township's folder, a new township with it") {
  Office office;
  const Plan known = office.plan("villages", roster + "汤峪镇,乙村,610326103902,3\n");
  REQUIRE(known.created.size() == 1);
  CHECK(known.created[0].path == "眉县/汤峪镇/乙村.toml");
  CHECK(known.created[0].village.township == "汤峪镇");
  const Plan fresh =
      office.plan("villages", roster + "齐镇,丙村,610326107901,3\n齐镇,丁村,610326107902,3\n");
  REQUIRE(fresh.created.size() == 3);
  CHECK(fresh.created[0].path == "眉县/齐镇/township.toml");
  CHECK(fresh.created[0].township.code == "610326107");
}

TEST_CASE("a row that contradicts the ledgers is refused") {
  Office office;
  const auto fate = [&](const std::string& row) { return office.fate("villages", roster + row); };
  CHECK(fate("汤峪镇,乙村,,3\n") == "import-missing");
  CHECK(fate("汤峪镇,,610326103902,3\n") == "import-missing");
  CHECK(fate("汤峪镇,乙村,610324103902,3\n") == "import-county-unknown");
  CHECK(fate(",乙村,610326107901,3\n") == "import-township-unknown");
  CHECK(fate("槐芽镇,乙村,610326103902,3\n") == "import-township-differs");
  CHECK(fate("槐芽镇,乙村,610326107902,3\n") == "import-township-differs");
  CHECK(fate("齐镇,甲村,610326107901,3\n齐镇,乙村,610326107902,3\n齐乡,丙村,610326107903,3\n") ==
        "import-township-differs");
  CHECK(fate("齐镇,乙村,610326107902,3\n齐镇,丙村,610326108903,3\n") == "import-township-differs");
  CHECK(fate("齐乡,甲村,610326107901,3\n齐镇,乙村,610326107902,3\n齐镇,丙村,610326107903,3\n") ==
        added);
  CHECK(fate("槐芽镇,甲村,610326103901,412\n") == "import-village-elsewhere");
  CHECK(fate("汤峪镇,甲村,610326103902,3\n") == "import-name-taken");
  CHECK(fate("汤峪镇,乙/村,610326103902,3\n") == "bad-file-name");
  CHECK(fate("汤峪镇,乙村,610326103902,3\n汤峪镇,乙村,610326103902,3\n") == "import-row-twice");
  CHECK(fate("汤峪镇,乙村,610326103902,三\n") == "cell-number");
  CHECK(fate("槐芽镇,乙村,610326103902,3\n汤峪镇,乙村,610326103902,3\n") == added);
}

TEST_CASE("a refused row is told at its cell and keeps no other out") {
  Office office;
  const Plan plan = office.plan(
      "villages", "标题\n" + roster + "汤峪镇,乙村,6.1E+11,3\n汤峪镇,丙村,610326103903,3\n");
  REQUIRE(plan.fates.size() == 2);
  CHECK(plan.fates[0].fate == Fate::refused);
  CHECK(plan.fates[0].reasons[0].place.line == 3);
  CHECK(plan.fates[0].reasons[0].place.column == 3);
  CHECK(plan.fates[1].fate == Fate::added);
}

TEST_CASE("sums and remarks are left aside") {
  Office office;
  for (const char* row : {"合计,,,412\n", "合 计,,,412\n", "注：数据截至四月,,,\n", ",,,,备注\n"})
    CHECK(office.fate("villages", roster + row) == aside);
}

TEST_CASE("a ledger that cannot be understood is left alone") {
  Office office;
  office.scratch().put("眉县/汤峪镇/甲村.toml", village + "\n[[step]]\nround = \"x\"\n");
  CHECK(office.fate("problems", "编码,类型\n610326103901,制度\n") == "import-ledger-broken");
}

TEST_CASE("records find their village by code or by name") {
  Office office;
  const auto fate = [&](const std::string& csv) { return office.fate("problems", csv); };
  CHECK(fate("编码,类型,存在问题\n610326103901,制度,没钱\n") == added);
  CHECK(fate("镇,村名,类型,存在问题\n汤峪镇,甲村,制度,没钱\n") == added);
  CHECK(fate("村名,类型\n甲村,制度\n") == "import-village-ambiguous");
  CHECK(fate("村名,类型\n乙村,制度\n") == "import-village-unknown");
  CHECK(fate("编码,村名,类型\n610326103901,乙村,制度\n") == "import-village-differs");
  CHECK(fate("镇,村名,类型\n汤峪镇,,制度\n") == "import-missing");
}

TEST_CASE("without a code the county must be the only one or be named") {
  Office office;
  office.scratch().put("陇县/county.toml",
                       "schema = 1\n[county]\ncode = \"610327\"\nname = \"陇县\"\n");
  CHECK(office.fate("problems", "镇,村名,类型\n汤峪镇,甲村,制度\n") == "import-county-wanted");
  CHECK(office.fate("problems", "县,镇,村名,类型\n眉县,汤峪镇,甲村,制度\n") == added);
  CHECK(office.fate("problems", "县,镇,村名,类型\n岐山县,汤峪镇,甲村,制度\n") ==
        "import-county-unknown");
}

TEST_CASE("a problem without an id is known by what it says, a new one is numbered") {
  Office office;
  const std::string heading = "编码,问题类型,存在问题\n";
  CHECK(office.fate("problems", heading + "610326103901,制度,不开会\n") == same);
  const Plan plan =
      office.plan("problems", heading + "610326103901,制度,没钱\n610326103901,制度,没人\n");
  CHECK(plan.fates[0].record == "P2");
  CHECK(plan.fates[1].record == "P3");
  CHECK(office.fate("problems", heading + "610326103901,制度,没钱\n610326103901,制度,没钱\n") ==
        "import-row-twice");
  CHECK(office.fate("problems", "编码,编号,存在问题\n610326103901,P1,少开会\n") == changed);
  CHECK(office.new_lines() == std::vector<std::string>{"text = \"少开会\"\n"});
}

TEST_CASE("who answers for a task at work changes by entries only") {
  Office office;
  const std::string heading = "编码,任务名称,责任人,措施\n";
  CHECK(office.fate("tasks", heading + "610326103901,开会,主任,\n") == "set-has-history");
  CHECK(office.fate("tasks", heading + "610326103901,开会,书记,每月一次\n") == changed);
  CHECK(office.fate("tasks", heading + "610326103901,修路,书记,\n") == "import-column-missing");
  const Plan plan = office.plan("tasks", "编码,任务名称,种类\n610326103901,修路,实事\n");
  CHECK(plan.fates[0].record == "S1");
}

TEST_CASE("a sheet of problems with their measures gives tasks for the problems in the ledger") {
  Office office;
  const auto fate = [&](const std::string& csv) { return office.fate("tasks", csv); };
  CHECK(fate("编码,存在问题,整改措施\n610326103901,不开会,每月十日开\n") == added);
  CHECK(fate("编码,存在问题,整改措施\n610326103901,没钱,申请\n") == "import-problem-unknown");
  CHECK(fate("编码,问题,任务,种类\n610326103901,不开会,催一催,任务\n") == added);
  CHECK(fate("编码,问题编号,存在问题,任务,种类\n610326103901,P1,别的话,催一催,任务\n") == added);
  CHECK(fate("编码,存在问题,任务,种类\n610326103901,不开会,催一催,\n") == "import-missing");
  CHECK(fate("编码,任务,种类\n610326103901,催一催,任务\n") == "import-problem-wanted");
  CHECK(fate("编码,任务,种类\n610326103901,修路,实事\n") == added);
  CHECK(fate("编码,任务,整改措施,种类\n610326103901,开会,每月一次,任务\n") == changed);
}

TEST_CASE("one changed answer changes one line") {
  Office office;
  const std::string heading = "编码,日期,方式,weak,grade怎么样\n";
  CHECK(office.fate("answers", heading + "610326103901,2023.3.14,走访,是,3\n") == same);
  CHECK(office.fate("answers", heading + "610326103901,2023.3.14,走访,,41\n") == changed);
  CHECK(office.fate("answers", heading + "610326103901,2023.3.14,走访,否,3\n") == changed);
  CHECK(office.new_lines() == std::vector<std::string>{"answers.weak = false\n"});
  CHECK(office.fate("answers", heading + "610326103901,2023.3.15,走访,否,3\n") == added);
  CHECK(office.fate("answers", heading + "610326103901,2023.3.14,走访,弱,3\n") == "cell-answer");
  CHECK(office.fate("answers", heading + "610326103901,,走访,否,3\n") == "import-missing");
}

TEST_CASE("each count may have a column of its own, and the others stay") {
  Office office;
  const std::string heading = "编码,日期,方式,heard.members,heard.residents\n";
  CHECK(office.fate("answers", heading + "610326103901,2023.3.20,走访,12人,30\n") == added);
  const std::vector<std::string> lines = office.new_lines();
  CHECK(std::ranges::find(lines, "heard = { members = 12, residents = 30 }\n") != lines.end());
  CHECK(office.fate("answers", heading + "610326103901,2023.3.20,走访,约12,\n") == "cell-number");
  std::string heard = village;
  heard.replace(heard.find("rules = \"r\""), 11,
                "rules = \"r\"\nheard = { residents = 4, members = 9 }");
  office.scratch().put("眉县/汤峪镇/甲村.toml", heard);
  CHECK(office.fate("answers", heading + "610326103901,2023.3.14,走访,9,\n") == same);
  CHECK(office.fate("answers", heading + "610326103901,2023.3.14,走访,10,\n") == changed);
  CHECK(office.new_lines() ==
        std::vector<std::string>{"heard = { residents = 4, members = 10 }\n"});
}

TEST_CASE("answers of another rule set are not mixed in") {
  Office office;
  std::string other = village;
  other.replace(other.find("rules = \"r\""), 11, "rules = \"s\"");
  office.scratch().put("眉县/汤峪镇/甲村.toml", other);
  CHECK(office.fate("answers", "编码,日期,方式,weak\n610326103901,2023-03-14,走访,否\n") ==
        "import-rules-differ");
}

TEST_CASE("submissions are known by township and period") {
  Office office;
  const std::string heading = "镇,期,报送日期,报送人\n";
  CHECK(office.fate("submissions", heading + "汤峪,2023年6月上半月,2023-06-14,甲\n") == same);
  CHECK(office.fate("submissions", heading + "汤峪镇,2023-06-H2,2023-06-29,甲\n") == added);
  CHECK(office.fate("submissions", heading + "乌有镇,2023-06-H2,2023-06-29,甲\n") ==
        "import-township-missing");
  CHECK(
      office.fate("submissions",
                  heading + "汤峪镇,2023-06-H2,2023-06-29,甲\n汤峪镇,2023-06-H2,2023-06-30,甲\n") ==
      "import-row-twice");
}

TEST_CASE("a sheet whose columns cannot be told is refused as a whole") {
  Office office;
  CHECK(office.fate("villages", "姓名,电话\n甲,乙\n") == "import-no-header");
  CHECK(office.fate("villages", "村名,户数\n甲村,3\n") == "import-no-column");
  CHECK(office.fate("villages", "村名,编码,户数,总户数\n甲村,610326103901,3,4\n") ==
        "import-column-twice");
  CHECK(office.fate("villages", "村名,编码,redacted\n甲村,610326103901,是\n") == "import-redacted");
}

TEST_CASE("a finding about the new text leads back to the row of its record") {
  Office office;
  const Plan plan =
      office.plan("problems", "编码,编号,类型\n610326103901,P8,制度\n610326103901,P9,制度\n");
  const std::string path = "眉县/汤峪镇/甲村.toml";
  const std::string text =
      village +
      "\n[[problem]]\nid = \"P8\"\nround = 2023\n\n[[problem]]\nid = \"P9\"\nround = 2024\n";
  const auto lines = static_cast<std::uint32_t>(std::ranges::count(text, '\n'));
  CHECK(rows_at(plan, path, text, lines) == std::vector<std::uint32_t>{3});
  CHECK(rows_at(plan, path, text, lines - 4) == std::vector<std::uint32_t>{2});
  CHECK(rows_at(plan, path, text, 0) == std::vector<std::uint32_t>{2, 3});
  CHECK(rows_at(plan, "眉县/other.toml", text, 1).empty());
  CHECK(key_at(path, text, lines) == "round");
}

TEST_CASE("what is new goes into a round that is over only when the sheet says so") {
  Office office;
  office.end_round("2023-06-29");
  const std::string problems = "镇,村名,问题类型,问题表现,年度\n汤峪镇,甲村,制度,";
  CHECK(office.fate("problems", problems + "不公开,\n") == "round-over");
  CHECK(office.fate("problems", problems + "不公开,2023\n") == added);
  CHECK(office.fate("problems", problems + "不开会,\n") == same);
  office.end_round("2023-06-30");
  CHECK(office.fate("problems", problems + "不公开,\n") == added);
}
