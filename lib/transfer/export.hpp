#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/field.hpp"
#include "report/state.hpp"
#include "report/table.hpp"
#include "transfer/redact.hpp"

namespace taizhang::transfer {

/// What `export` gives: all that `import` takes, and the journals.
std::span<const std::string_view> export_kinds();

/// The message id of what such a table is called.
std::string_view kind_label(std::string_view kind);

struct ExportOptions {
  std::string_view kind;              ///< one of export_kinds
  std::optional<std::int64_t> round;  ///< only records of that round
  std::optional<Date> as_of;          ///< only records of that day and before
  bool redact = false;
};

/// One flat table of records, a county after the other. The columns are keys.
class Export {
 public:
  explicit Export(ExportOptions options);

  void add(const report::CountyState& county);

  /// The columns get the names that offices use, questions the words of these rule sets; without this
  /// they are named by their keys.
  void name_columns(const std::vector<model::RuleSet>& rules);

  report::Report finish(const report::Label& title, std::vector<report::Label> subtitle);

 private:
  using Cells = std::map<std::string, report::Cell, std::less<>>;

  template <class Record>
  bool wanted(const Record& record, std::optional<Date> day) const;
  template <class Record>
  void add_record(const Cells& place, const Record& record);
  void add_village(const Cells& place, const model::VillageLedger& village);
  void put(Cells& cells, const model::Field& field, const void* record) const;
  void put_answers(Cells& cells, const model::Answers& answers);
  const model::RecordKind& record_kind() const;
  std::string heading_of(const std::string& key) const;

  ExportOptions options_;
  std::vector<std::string> columns_;
  std::vector<std::string> questions_;  ///< columns of answers, as they come up
  std::vector<Cells> rows_;
  bool named_ = false;
  std::map<std::string, std::string, std::less<>> labels_;  ///< of questions, by their columns
  std::optional<Redaction> redaction_;                      ///< of the county at hand
};

}  // namespace taizhang::transfer
