#include <doctest/doctest.h>

#include <algorithm>

#include "base/scratch.hpp"
#include "rules/check.hpp"
#include "store/load.hpp"
#include "store/rule_files.hpp"
#include "store/spots.hpp"

using namespace taizhang;

namespace {

// Everything that a rule set can say, once.
constexpr std::string_view sound = R"(schema = 1
[rules]
id = "own"
name = "甲"
place = "示例县"
year = 2023
source = "文件"
[[question]]
id = "flag"
label = "是否题"
type = "是否"
[[question]]
id = "whole"
label = "整数题"
type = "整数"
min = 1
max = 3
[[question]]
id = "choice"
label = "选项题"
type = "选项"
choices = ["好", "中", "差"]
[[question]]
id = "date"
label = "日期题"
type = "日期"
applies_when = { question = "flag", is = true }
[[question]]
id = "poll"
label = "计票题"
type = "计票"
choices = ["satisfied", "dissatisfied"]
[[question]]
id = "points"
label = "得分题"
type = "数值"
min = 0
max = 100
[[criterion]]
id = "c1"
label = "情形一"
effect = "列入"
when = { any = [{ question = "whole", is = 3 }, { question = "choice", is = "差" }] }
[[criterion]]
id = "c2"
label = "情形二"
effect = "列入"
when = { at_least = 2, of = [{ question = "flag", is = true }, { question = "date", older_than = { months = 3 } }, { question = "poll", share = "satisfied", below = 0.6 }] }
[[score]]
id = "s"
label = "计分"
[[item]]
score = "s"
question = "points"
[[knockout]]
score = "s"
label = "否决"
when = { question = "flag", is = true }
[[band]]
id = "good"
score = "s"
label = "绿"
from = 60
[[band]]
id = "bad"
score = "s"
label = "红"
effect = "列入"
[[ranking]]
id = "r"
label = "倒排"
effect = "关注"
share = 0.1
rounding = "进一"
[[key]]
ranking = "r"
question = "whole"
worse = "大"
)";

struct Fault {
  std::string what;
  std::string_view from;  ///< stands once in the sound file
  std::string_view to;
  std::string spot;  ///< line, column and code of the one finding
};

const std::vector<Fault> faults{
    {"an id of two questions", "[[criterion]]\nid = \"c1\"",
     "[[question]]\nid = \"flag\"\nlabel = \"又一题\"\ntype = \"是否\"\n[[criterion]]\nid = \"c1\"",
     "40:6 rule-duplicate-id"},
    {"an id of two criteria", "id = \"c2\"", "id = \"c1\"", "45:6 rule-duplicate-id"},
    {"an id of a criterion and a band", "id = \"good\"", "id = \"c1\"", "60:6 rule-duplicate-id"},
    {"a question that is not there", "question = \"choice\", is", "question = \"choise\", is",
     "43:49 rule-unknown-question"},
    {"a condition on a question that is not there", "applies_when = { question = \"flag\"",
     "applies_when = { question = \"flog\"", "27:16 rule-unknown-question"},
    {"an order of yes and no", "question = \"flag\", is = true }, {",
     "question = \"flag\", at_least = 1 }, {", "48:30 rule-wrong-operand"},
    {"a number where a text belongs", "is = \"差\"", "is = 3", "43:49 rule-wrong-operand"},
    {"a choice that is not offered", "is = \"差\"", "is = \"很差\"", "43:49 rule-wrong-operand"},
    {"a threshold out of the range", "question = \"whole\", is = 3",
     "question = \"whole\", above = 9", "43:17 rule-wrong-operand"},
    {"a share of what is no poll", "question = \"whole\", is = 3",
     "question = \"whole\", share = \"a\", is = 3", "43:17 rule-wrong-operand"},
    {"a poll without a share", "share = \"satisfied\", below = 0.6", "below = 0.6",
     "48:116 rule-wrong-operand"},
    {"a share in percent", "below = 0.6", "below = 60", "48:116 rule-wrong-operand"},
    {"a count that the poll has not", "share = \"satisfied\"", "share = \"happy\"",
     "48:116 rule-unknown-count"},
    {"the age of what is no date", "question = \"whole\", is = 3",
     "question = \"whole\", older_than = { days = 3 }", "43:17 rule-wrong-operand"},
    {"an age in weeks", "{ months = 3 }", "{ weeks = 3 }", "48:98 bad-condition"},
    {"an empty group",
     "of = [{ question = \"flag\", is = true }, { question = \"date\", older_than = { months = 3 } "
     "}, { question = \"poll\", share = \"satisfied\", below = 0.6 }]",
     "of = []", "48:29 bad-condition"},
    {"more parts wanted than there are", "at_least = 2", "at_least = 4", "48:8 bad-condition"},
    {"questions in a circle", "applies_when = { question = \"flag\", is = true }",
     "applies_when = { question = \"date\", older_than = { days = 1 } }", "27:16 rule-circular"},
    {"a choice among nothing", "choices = [\"好\", \"中\", \"差\"]\n", "\n",
     "21:8 rule-choices-missing"},
    {"a choice offered twice", "\"中\", ", "\"好\", ", "22:11 rule-choice-twice"},
    {"an empty range", "max = 3", "max = 0.5", "16:7 rule-range-empty"},
    {"a range of yes and no", "label = \"是否题\"", "label = \"是否题\"\nmin = 1",
     "11:7 rule-range-useless"},
    {"a contradiction",
     "when = { any = [{ question = \"whole\", is = 3 }, { question = \"choice\", is = \"差\" }] }",
     "when = { all = [{ question = \"whole\", is = 3 }, { question = \"whole\", below = 2 }] }",
     "43:8 rule-never-holds"},
    {"what is always so",
     "when = { any = [{ question = \"whole\", is = 3 }, { question = \"choice\", is = \"差\" }] }",
     "when = { any = [{ question = \"whole\", is = 3 }, { question = \"whole\", below = 3 }] }",
     "43:8 rule-always-holds"},
    {"a bound that nothing is below", "question = \"whole\", is = 3",
     "question = \"whole\", below = 1", "43:17 rule-never-holds"},
    {"a question that does not arise when it matters",
     "{ at_least = 2, of = [{ question = \"flag\", is = true }, {",
     "{ all = [{ question = \"flag\", is = false }, {", "48:8 rule-never-holds"},
    {"a band above all points", "from = 60", "from = 101", "63:8 rule-band-unreachable"},
    {"a gap below the bands", "label = \"红\"", "label = \"红\"\nfrom = 10", "68:8 rule-band-gap"},
    {"two bands from one point on", "label = \"红\"", "label = \"红\"\nfrom = 60",
     "68:8 rule-band-twice"},
    {"a band of no score", "id = \"bad\"\nscore = \"s\"", "id = \"bad\"\nscore = \"t\"",
     "66:9 rule-unknown-score"},
    {"a score without bands",
     "[[band]]\nid = \"good\"\nscore = \"s\"\nlabel = \"绿\"\nfrom = 60\n[[band]]\nid = "
     "\"bad\"\nscore = \"s\"\nlabel = \"红\"\neffect = \"列入\"\n",
     "", "50:6 rule-bands-missing"},
    {"a score of nothing", "[[item]]\nscore = \"s\"\nquestion = \"points\"\n", "",
     "50:6 rule-score-empty"},
    {"an item without points", "question = \"points\"\n", "", "52:1 rule-item-two-ways"},
    {"points that are an opinion", "question = \"points\"\n", "question = \"choice\"\n",
     "54:12 rule-item-not-points"},
    {"a ranking of nobody knows how many", "share = 0.1\nrounding = \"进一\"\n", "",
     "69:1 rule-ranking-number"},
    {"a share of more than all", "share = 0.1", "share = 10", "73:9 rule-ranking-share"},
    {"a share without rounding", "rounding = \"进一\"\n", "", "73:9 rule-rounding-missing"},
    {"a ranking within a village", "rounding = \"进一\"\n",
     "rounding = \"进一\"\nwithin = \"村\"\n", "75:10 rule-within-village"},
    {"a ranking without keys", "[[key]]\nranking = \"r\"\nquestion = \"whole\"\nworse = \"大\"\n",
     "", "70:6 rule-ranking-empty"},
    {"a key of no ranking", "worse = \"大\"\n",
     "worse = \"大\"\n[[key]]\nranking = \"q\"\nquestion = \"whole\"\nworse = \"大\"\n",
     "80:11 rule-unknown-ranking"},
    {"a key without a question", "question = \"whole\"\n", "", "75:1 rule-key-two-ways"},
    {"a key without an order", "question = \"whole\"\nworse", "question = \"choice\"\nworse",
     "77:12 rule-key-unordered"},
    {"a key that not everybody is asked for", "question = \"whole\"\nworse",
     "question = \"date\"\nworse", "77:12 rule-key-conditional"},
};

/// `line:column code` of each finding, one after the other.
std::string check(const std::string& text) {
  const Scratch scratch;
  scratch.put("rules/own.toml", text);
  auto loaded = store::load_rules(*store::disk_tree(scratch.path()), "own");
  Diagnostics found = loaded.diagnostics;
  if (loaded.rules)
    for (const auto& finding : rules::check_rules(*loaded.rules))
      found.push_back(store::locate(*loaded.source, finding));
  sort_by_place(found);
  std::string all;
  for (const std::string& spot : store::spots(found))
    all += (all.empty() ? "" : " ") + spot.substr(spot.find(':') + 1);
  return all;
}

}  // namespace

TEST_CASE("a sound rule set with everything in it is without findings") {
  CHECK(check(std::string{sound}).empty());
}

TEST_CASE("every planted fault is one finding, in its place") {
  CHECK(faults.size() >= 25);
  for (const Fault& fault : faults) {
    CAPTURE(fault.what);
    std::string text{sound};
    const auto at = text.find(fault.from);
    REQUIRE(at != std::string::npos);
    text.replace(at, fault.from.size(), fault.to);
    CHECK(check(text) == fault.spot);
  }
}

TEST_CASE("all faults of a file are found in one run") {
  std::string text{sound};
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"is = 3", "is = 4"},
                                 {"share = \"satisfied\"", "share = \"happy\""},
                                 {"rounding = \"进一\"\n", ""}})
    text.replace(text.find(from), from.size(), to);
  CHECK(check(text) ==
        "43:17 rule-wrong-operand 48:116 rule-unknown-count 73:9 rule-rounding-missing");
}
