#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "model/records.hpp"

namespace taizhang::model {

// The files of a workspace as structs. A county is the unit of work: nothing larger is ever held.

/// One village's (or community's) ledger.
struct VillageLedger {
  std::string path;       ///< as shown to people, from the workspace's root
  std::string file_name;  ///< without folder and ending
  bool complete = true;   ///< false when a record could not be understood: left out of all totals
  VillageInfo info;
  std::vector<Survey> surveys;
  std::vector<Step> steps;
  std::vector<Support> supports;
  std::vector<Plan> plans;
  std::vector<Income> incomes;
  std::vector<Problem> problems;
  std::vector<Task> tasks;
  std::vector<Milestone> milestones;
  std::vector<Entry> entries;
  std::vector<Acceptance> acceptances;
  std::vector<Follow> follows;
  std::vector<Note> notes;

  Settlement kind() const { return info.kind.value_or(Settlement::village); }
};

struct TownshipLedger {
  std::string path;
  std::string folder;  ///< name of its folder
  bool complete =
      true;  ///< false when township.toml is missing or something in it was not understood
  TownshipInfo info;
  std::vector<Leader> leaders;
  std::vector<Submission> submissions;
  std::vector<VillageLedger> villages;  ///< by code
  std::size_t village_files = 0;        ///< found on disk
  std::size_t village_files_read = 0;   ///< of which complete
};

struct CountyLedger {
  std::string path;
  std::string folder;
  bool readable = true;  ///< false when county.toml is missing or no TOML: nothing of it is known
  CountyInfo info;
  std::vector<Unit> units;
  std::vector<ChainStep> chain_steps;
  std::vector<Contact> contacts;
  std::vector<Grid> grids;
  std::string inspections_path;
  std::vector<Inspection> inspections;
  std::vector<InspectionFinding> findings;
  std::vector<Reply> replies;
  std::vector<TownshipLedger> townships;  ///< by code
  std::size_t village_files = 0;          ///< found on disk
  std::size_t village_files_read = 0;     ///< of which complete
};

struct RuleSet {
  std::string path;    ///< "rules/…" of the workspace, or "data/rules/…" inside the program
  std::string sha256;  ///< of the file's bytes
  RuleSetInfo info;
  std::vector<Question> questions;
  std::vector<ProblemType> problem_types;
  std::vector<Criterion> criteria;
  std::vector<Score> scores;
  std::vector<ScoreItem> items;
  std::vector<Knockout> knockouts;
  std::vector<Band> bands;
  std::vector<Ranking> rankings;
  std::vector<RankingKey> keys;
  std::vector<RankTerm> terms;
  std::vector<Quota> quotas;
};

/// What taizhang.toml says.
struct WorkspaceLedger {
  std::string path;
  WorkspaceInfo info;
  std::vector<Round> rounds;
};

/// Something wrong with a record, before it is located in the text of its file.
struct Finding {
  Severity severity = Severity::error;
  std::string_view code;
  Span record;           ///< header of the record; empty: the file as a whole
  std::string_view key;  ///< which of its keys; empty: the record as a whole
  Facts facts;
  Span other = {};  ///< a record of the same file that has to do with it; fact `other_line`
};

using Findings = std::vector<Finding>;

}  // namespace taizhang::model
