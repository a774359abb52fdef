#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/lent_text.hpp"
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
  Text question;
  AnswerValue value;
  Span at;           ///< of the value
  Span key_at = {};  ///< of its key
};
using Answers = std::vector<Answer>;

struct Evidence {
  Text file;
  Text sha256;
  Span at;
};

// ---- taizhang.toml

struct WorkspaceInfo {
  Text name;
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
  Text code;
  Text name;
  Text rules;
  std::optional<Roster> roster;
  std::vector<std::string> chain;
  std::vector<std::string> departments;
  std::optional<Rhythm> rhythm;
  std::optional<std::int64_t> deadline_days;
  std::optional<std::int64_t> planned_inspections;
  Text scoring;                        ///< rule set by which townships are ranked
  Text sheet;                          ///< rule set by which 验收 is judged
  std::vector<std::string> follow_up;  ///< how long after 摘牌 someone looks again
  Span at;
};

struct Unit {
  Text name;
  std::vector<std::string> aliases;
  std::optional<Level> level;
  std::vector<std::string> strengths;
  std::optional<std::int64_t> capacity;
  Span at;
};

/// A contact point (党建工作联系点): who of the standing committee covers which townships.
struct Contact {
  std::optional<std::int64_t> round;
  Text leader;
  Text post;
  std::vector<std::string> townships;
  Span at;
};

/// How the county takes one step of its chain: at which level, by whom.
struct ChainStep {
  std::optional<StepKind> kind;
  std::optional<Level> level;
  Text by;
  Span at;
};

/// A part of the 四化包联 grid: an area, its group's head and deputies.
struct Grid {
  Text area;
  std::vector<std::string> townships;
  Text head;
  std::vector<std::string> deputies;
  std::optional<Date> from;
  std::optional<Date> to;
  Span at;
};

// ---- township.toml

struct TownshipInfo {
  Text code;
  Text name;
  Span at;
};

struct Leader {
  Text role;
  Text name;
  Text post;
  std::optional<Date> from;
  std::optional<Date> to;
  Span at;
};

struct Submission {
  Text period;
  std::optional<Date> date;
  Text by;
  Text unit;
  Text text;
  Span at;
};

// ---- inspections.toml

struct Inspection {
  Text id;
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::optional<InspectionKind> kind;
  std::optional<bool> unannounced;
  Text occasion;
  Text by;
  Text unit;
  std::vector<std::string> villages;
  Text text;
  Text result;
  Span at;
};

struct InspectionFinding {
  Text id;
  Text inspection;
  Text village;
  std::optional<FindingKind> kind;
  std::optional<Handling> handling;
  std::optional<Date> due;
  Text text;
  Span at;
};

struct Reply {
  Text finding;
  std::optional<Date> date;
  Text by;
  Text unit;
  Text text;
  Span at;
};

// ---- one ledger per village

struct VillageInfo {
  Text code;
  std::optional<Settlement> kind;
  Text name;
  Text township;
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
  Text by;
  Text rules;
  std::vector<std::string> methods;
  Counts heard;
  Answers answers;
  Text text;
  Span at;
};

struct Step {
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::optional<StepKind> kind;
  Text by;
  Text department;
  std::optional<StepResult> result;
  std::vector<std::string> criteria;
  Text rules;
  Text rules_sha256;
  Text reason;
  Text opinion;
  Span at;
};

struct Support {
  std::optional<SupportRole> role;
  Text name;
  Text post;
  Text unit;
  std::optional<Date> from;
  std::optional<Date> to;
  Span at;
};

struct Problem {
  Text id;
  std::optional<std::int64_t> round;
  Text type;
  std::optional<Date> found;
  Text text;
  Text cause;
  Text goal;
  Span at;
};

/// What the plan of a round (一村一策) says of the village as a whole.
struct Plan {
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  Text by;
  Text opinion;
  Text goal;
  Text development;
  Text text;
  Span at;
};

/// What the village collective earned in a year.
struct Income {
  std::optional<std::int64_t> year;
  std::optional<std::int64_t> amount;  ///< yuan
  std::optional<Date> date;
  Text text;
  Span at;
};

struct Task {
  Text id;
  std::optional<std::int64_t> round;
  Text problem;
  std::optional<TaskKind> kind;
  Text title;
  Text measure;
  Text owner;
  Text unit;
  std::optional<Date> opened;
  std::optional<Date> due;
  Text standard;
  std::optional<std::int64_t> target;
  std::optional<std::int64_t> target_max;
  Text target_unit;
  std::optional<Strand> strand;
  Span at;
};

struct Milestone {
  Text id;
  Text task;
  std::optional<Date> due;
  Text text;
  Span at;
};

struct Entry {
  Text task;
  std::optional<Date> date;
  std::optional<Action> action;
  Text by;
  Text unit;
  std::optional<Level> level;
  Text text;
  Text reason;
  std::optional<std::int64_t> count;
  Counts sources;  ///< of the count: how many are 致富能手, 经济组织负责人, 退役军人 and others
  Text milestone;
  std::vector<Evidence> evidence;
  Text definition;
  std::optional<Date> due;
  Text new_owner;
  Text new_unit;
  Text voids;
  Span at;
};

struct Acceptance {
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::optional<AcceptanceKind> kind;
  Text by;
  Text unit;
  std::optional<Level> level;
  std::optional<AcceptanceResult> result;
  Text sheet;
  Answers scores;
  Counts votes;
  Text reason;
  std::optional<Date> due;
  Text text;
  Span at;
};

struct Follow {
  std::optional<std::int64_t> round;
  std::optional<Date> date;
  std::optional<FollowKind> kind;
  Text by;
  Text unit;
  std::optional<Level> level;
  std::optional<FollowResult> result;
  Text text;
  Span at;
};

/// An answer to one of the reasons to look that `audit` gives.
struct Note {
  Text audit;  ///< the short hash that `audit` prints
  std::optional<Date> date;
  Text by;
  Text unit;
  Text text;
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
  Text id;
  Text name;
  Text place;
  std::optional<std::int64_t> year;
  Text source;
  Text unpublished;
  std::vector<std::string> applies_to;
  Span at;
};

struct Question {
  Text id;
  Text label;
  std::optional<QuestionType> type;
  Text topic;
  Text unit;
  std::optional<double> min;
  std::optional<double> max;
  std::vector<std::string> choices;
  std::optional<Condition> applies_when;
  Span at;
};

struct ProblemType {
  Text id;
  Text label;
  std::vector<std::string> needs;
  Span at;
};

struct Criterion {
  Text id;
  Text label;
  std::optional<Effect> effect;
  std::optional<Condition> when;
  Span at;
};

/// Points that add up; which band the sum is in says what follows.
struct Score {
  Text id;
  Text label;
  std::optional<double> base;
  Span at;
};

/// Part of a score: the answer to a question, or fixed points when a condition holds.
struct ScoreItem {
  Text score;
  Text label;
  Text question;
  std::optional<Condition> when;
  std::optional<double> points;
  Span at;
};

/// What puts a score into its lowest band, whatever the points.
struct Knockout {
  Text score;
  Text label;
  std::optional<Condition> when;
  Span at;
};

struct Band {
  Text id;
  Text score;
  Text label;
  std::optional<double> from;  ///< absent: everything below the other bands
  std::optional<Effect> effect;
  Span at = {};
  std::optional<AcceptanceResult> result = {};  ///< of an acceptance sheet
};

/// Villages ranked from the bottom (倒排): so many of them, or such a share, are hit.
struct Ranking {
  Text id;
  Text label;
  std::optional<Effect> effect;
  std::optional<std::int64_t> count;
  std::optional<double> share;
  std::optional<Rounding> rounding;
  std::optional<Level> within;
  Span at;
};

struct RankingKey {
  Text ranking;
  Text question;
  Text score;
  std::optional<WorseEnd> worse;
  Span at;
};

/// One term of a ranking of townships (督查排名).
struct RankTerm {
  Text id;
  Text label;
  std::optional<RankBasis> basis;
  std::optional<double> points;  ///< 进度, 质量: full marks; else for each one, negative to deduct
  std::optional<double> cap;     ///< the term gives or takes no more
  std::optional<std::int64_t> deadline_days;  ///< of reports; absent: the county's
  std::optional<FindingKind> finding;         ///< 督查发现: only those; absent: all
  Span at;
};

/// How much of the tasks is to be closed by the end of a period, for full marks in 进度.
struct Quota {
  Text term;
  Text period;
  std::optional<double> percent;
  Span at;
};

}  // namespace taizhang::model
