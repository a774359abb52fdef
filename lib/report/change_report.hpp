#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "report/fact_changes.hpp"
#include "report/table.hpp"
#include "store/git.hpp"

namespace taizhang::report {

/// Changed facts in a table: each in words, and for programs also in its parts.
class ChangeReport {
 public:
  /// What a key of a record means, in a few words of the language of the output.
  using KeyWords = std::function<std::string(const std::string& kind, const std::string& key)>;
  /// The words for a kind of records, e.g. 任务.
  using KindWords = std::function<std::string(const std::string& kind)>;

  /// Of one ledger through its commits.
  static ChangeReport of_history(Label title, KeyWords keys, KindWords kinds, bool in_parts);
  /// Of many ledgers between two times.
  static ChangeReport of_difference(Label title, KeyWords keys, KindWords kinds, bool in_parts);

  void add(const store::Commit& commit, const FactChange& change);
  void add(std::string_view ledger, const FactChange& change);
  void note(Label line) { report_.subtitle.push_back(std::move(line)); }
  Report finish() &&;

 private:
  ChangeReport(Label title, KeyWords keys, KindWords kinds, bool in_parts);
  void add(Row row, const FactChange& change);
  void add_columns();
  Label words(const FactChange& change) const;

  KeyWords keys_;
  KindWords kinds_;
  bool in_parts_;
  Report report_;
  Table table_;
};

}  // namespace taizhang::report
