#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/location.hpp"
#include "model/terms.hpp"

namespace taizhang::model {

// Plain structs, one per record of the file format; members are named like the keys. An absent key
// is an empty string, list or optional. `at` is where the record's header stands in its file.
// What the keys mean: README.md, chapter File format; which are required: fields.cpp.

/// One-line tables of named counts, in the order written.
using Counts = std::vector<std::pair<std::string, std::int64_t>>;

using AnswerValue = std::variant<bool, std::int64_t, double, std::string, Date, Counts>;

struct Answer {
  std::string question;
  AnswerValue value;
  Span at;           ///< of the value
  Span key_at = {};  ///< of its key
};
using Answers = std::vector<Answer>;

struct Evidence {
  std::string file;
  std::string sha256;
  Span at;
};

// ---- taizhang.toml

struct WorkspaceInfo {
  std::string name;
  std::optional<Language> language;
  bool example = false;
  Span at;
};

struct Round {
  std::optional<std::int64_t> year;
  std::optional<Date> from;
  std::optional<Date> to;
  Span at;
};

// ---- county.toml

struct CountyInfo {
  std::string code;
  std::string name;
  std::string rules;
  std::optional<Roster> roster;
  std::vector<std::string> chain;
  std::vector<std::string> departments;
  std::optional<Rhythm> rhythm;
  std::optional<std::int64_t> deadline_days;
  std::optional<std::int64_t> planned_inspections;
  std::string scoring;                 ///< rule set by which townships are ranked
  std::string sheet;                   ///< rule set by which 验收 is judged
  std::vector<std::string> follow_up;  ///< how long after 摘牌 someone looks again
  Span at;
};

struct Unit {
  std::string name;
  std::vector<std::string> aliases;
  std::optional<Level> level;
  std::vector<std::string> strengths;
  std::optional<std::int64_t> capacity;
  Span at;
};

/// A contact point (党建工作联系点): who of the standing committee covers which townships.
struct Contact {
  std::optional<std::int64_t> round;
  std::string leader;
  std::string post;
  std::vector<std::string> townships;
  Span at;
};

/// How the county takes one step of its chain: at which level, by whom.
struct ChainStep {
  std::optional<StepKind> kind;
  std::optional<Level> level;
  std::string by;
  Span at;
};

/// A part of the 四化包联 grid: an area, its group's head and deputies.
struct Grid {
  std::string area;
  std::vector<std::string> townships;
  std::string head;
  std::vector<std::string> deputies;
  std::optional<Date> from;
  std::optional<Date> to;
  Span at;
};

// ---- township.toml

struct TownshipInfo {
  std::string code;
  std::string name;
  Span at;
};

struct Leader {
  std::string role;
  std::string name;
  std::string post;
  std::optional<Date> from;
  std::optional<Date> to;
  Span at;
};

struct Submission {
  std::string period;
  std::optional<Date> date;
  std::string by;
  std::string unit;
  std::string text;
  Span at;
};

// ---- inspections.toml

struct Inspection {
  std::string id;
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::optional<InspectionKind> kind;
  std::optional<bool> unannounced;
  std::string occasion;
  std::string by;
  std::string unit;
  std::vector<std::string> villages;
  std::string text;
  std::string result;
  Span at;
};

struct InspectionFinding {
  std::string id;
  std::string inspection;
  std::string village;
  std::optional<FindingKind> kind;
  std::optional<Handling> handling;
  std::optional<Date> due;
  std::string text;
  Span at;
};

struct Reply {
  std::string finding;
  std::optional<Date> date;
  std::string by;
  std::string unit;
  std::string text;
  Span at;
};

// ---- one ledger per village

struct VillageInfo {
  std::string code;
  std::optional<Settlement> kind;
  std::string name;
  std::string township;
  std::optional<std::int64_t> households;
  std::optional<std::int64_t> population;
  std::optional<std::int64_t> members;
  std::vector<std::string> former;
  Span at;
};

struct Survey {
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::optional<SurveyKind> kind;
  std::string by;
  std::string rules;
  std::vector<std::string> methods;
  Counts heard;
  Answers answers;
  std::string text;
  Span at;
};

struct Step {
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::optional<StepKind> kind;
  std::string by;
  std::string department;
  std::optional<StepResult> result;
  std::vector<std::string> criteria;
  std::string rules;
  std::string rules_sha256;
  std::string reason;
  std::string opinion;
  Span at;
};

struct Support {
  std::optional<SupportRole> role;
  std::string name;
  std::string post;
  std::string unit;
  std::optional<Date> from;
  std::optional<Date> to;
  Span at;
};

struct Problem {
  std::string id;
  std::optional<std::int64_t> round;
  std::string type;
  std::optional<Date> found;
  std::string text;
  std::string cause;
  std::string goal;
  Span at;
};

/// What the plan of a round (一村一策) says of the village as a whole.
struct Plan {
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::string by;
  std::string opinion;
  std::string goal;
  std::string development;
  std::string text;
  Span at;
};

/// What the village collective earned in a year.
struct Income {
  std::optional<std::int64_t> year;
  std::optional<std::int64_t> amount;  ///< yuan
  std::optional<Date> date;
  std::string text;
  Span at;
};

struct Task {
  std::string id;
  std::optional<std::int64_t> round;
  std::string problem;
  std::optional<TaskKind> kind;
  std::string title;
  std::string measure;
  std::string owner;
  std::string unit;
  std::optional<Date> opened;
  std::optional<Date> due;
  std::string standard;
  std::optional<std::int64_t> target;
  std::optional<std::int64_t> target_max;
  std::string target_unit;
  std::optional<Strand> strand;
  Span at;
};

struct Milestone {
  std::string id;
  std::string task;
  std::optional<Date> due;
  std::string text;
  Span at;
};

struct Entry {
  std::string task;
  std::optional<Date> date;
  std::optional<Action> action;
  std::string by;
  std::string unit;
  std::optional<Level> level;
  std::string text;
  std::string reason;
  std::optional<std::int64_t> count;
  Counts sources;  ///< of the count: how many are 致富能手, 经济组织负责人, 退役军人 and others
  std::string milestone;
  std::vector<Evidence> evidence;
  std::string definition;
  std::optional<Date> due;
  std::string new_owner;
  std::string new_unit;
  std::string voids;
  Span at;
};

struct Acceptance {
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::optional<AcceptanceKind> kind;
  std::string by;
  std::string unit;
  std::optional<Level> level;
  std::optional<AcceptanceResult> result;
  std::string sheet;
  Answers scores;
  Counts votes;
  std::string reason;
  std::optional<Date> due;
  std::string text;
  Span at;
};

struct Follow {
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::optional<FollowKind> kind;
  std::string by;
  std::string unit;
  std::optional<Level> level;
  std::optional<FollowResult> result;
  std::string text;
  Span at;
};

/// An answer to one of the reasons to look that `audit` gives.
struct Note {
  std::string audit;  ///< the short hash that `audit` prints
  std::optional<Date> date;
  std::string by;
  std::string unit;
  std::string text;
  Span at;
};

// ---- rule sets: rules/*.toml and the ones inside the program

enum class Operator : std::uint8_t { is, one_of, at_least, at_most, above, below, older_than };

/// How long ago, in calendar months or in days.
struct Age {
  std::int64_t months = 0;
  std::int64_t days = 0;
};

/// A comparison of one answer with fixed values, or a group of conditions.
struct Condition {
  enum class Kind : std::uint8_t { compare, any, all, none, at_least };

  Kind kind = Kind::compare;
  std::string question;               ///< compare
  Operator op = Operator::is;         ///< compare
  std::vector<AnswerValue> operands;  ///< compare: one, or several for one_of
  Age age;                            ///< compare: of older_than, which has no operand
  std::vector<std::string> share;     ///< compare: counts of a poll, as a share of the valid votes
  std::int64_t least = 0;             ///< at_least: how many parts must hold
  std::vector<Condition> parts;       ///< groups
  Span at;
};

struct RuleSetInfo {
  std::string id;
  std::string name;
  std::string place;
  std::optional<std::int64_t> year;
  std::string source;
  std::string unpublished;
  std::vector<std::string> applies_to;
  Span at;
};

struct Question {
  std::string id;
  std::string label;
  std::optional<QuestionType> type;
  std::string topic;
  std::string unit;
  std::optional<double> min;
  std::optional<double> max;
  std::vector<std::string> choices;
  std::optional<Condition> applies_when;
  Span at;
};

struct ProblemType {
  std::string id;
  std::string label;
  std::vector<std::string> needs;
  Span at;
};

struct Criterion {
  std::string id;
  std::string label;
  std::optional<Effect> effect;
  std::optional<Condition> when;
  Span at;
};

/// Points that add up; which band the sum is in says what follows.
struct Score {
  std::string id;
  std::string label;
  std::optional<double> base;
  Span at;
};

/// Part of a score: the answer to a question, or fixed points when a condition holds.
struct ScoreItem {
  std::string score;
  std::string label;
  std::string question;
  std::optional<Condition> when;
  std::optional<double> points;
  Span at;
};

/// What puts a score into its lowest band, whatever the points.
struct Knockout {
  std::string score;
  std::string label;
  std::optional<Condition> when;
  Span at;
};

struct Band {
  std::string id;
  std::string score;
  std::string label;
  std::optional<double> from;  ///< absent: everything below the other bands
  std::optional<Effect> effect;
  Span at = {};
  std::optional<AcceptanceResult> result = {};  ///< of an acceptance sheet
};

/// Villages ranked from the bottom (倒排): so many of them, or such a share, are hit.
struct Ranking {
  std::string id;
  std::string label;
  std::optional<Effect> effect;
  std::optional<std::int64_t> count;
  std::optional<double> share;
  std::optional<Rounding> rounding;
  std::optional<Level> within;
  Span at;
};

struct RankingKey {
  std::string ranking;
  std::string question;
  std::string score;
  std::optional<WorseEnd> worse;
  Span at;
};

/// One term of a ranking of townships (督查排名).
struct RankTerm {
  std::string id;
  std::string label;
  std::optional<RankBasis> basis;
  std::optional<double> points;  ///< 进度, 质量: full marks; else for each one, negative to deduct
  std::optional<double> cap;     ///< the term gives or takes no more
  std::optional<std::int64_t> deadline_days;  ///< of reports; absent: the county's
  std::optional<FindingKind> finding;         ///< 督查发现: only those; absent: all
  Span at;
};

/// How much of the tasks is to be closed by the end of a period, for full marks in 进度.
struct Quota {
  std::string term;
  std::string period;
  std::optional<double> percent;
  Span at;
};

}  // namespace taizhang::model
