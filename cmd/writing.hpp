#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/save.hpp"
#include "command.hpp"
#include "session.hpp"
#include "store/change_set.hpp"
#include "store/workspace.hpp"

namespace taizhang::cmd {

/// What every writing command takes.
struct WritingOptions {
  bool dry_run = false;
  std::optional<std::int64_t> wait;  ///< seconds
};

/// Declares -n/--dry-run and --wait.
void declare_writing(Arguments& args, WritingOptions& options);

/// A change of the workspace that nobody else changes meanwhile: begin, note changes, judge, save.
class Writing {
 public:
  /// Finds the workspace and locks it; a dry run needs no lock. Complains and gives an exit code
  /// when there is no workspace or another run is at work.
  static tl::expected<Writing, Exit> begin(Session& session, const WritingOptions& options);

  /// The same in a folder that is only now becoming a workspace.
  static tl::expected<Writing, Exit> begin_in(Session& session, const WritingOptions& options,
                                              std::string root);

  const std::string& root() const { return root_; }
  const store::Tree& tree() const { return *tree_; }
  store::ChangeSet& changes() { return changes_; }

  /// Whether the ledgers may say what the changes make them say: complains about what was not wrong
  /// before, and gives an exit code when that is an error. What would be wrong with the new lines
  /// is shown at `anchor`; errors of the `tolerated` codes are told and do not stand in the way.
  /// Nothing is written.
  std::optional<Exit> judge(const Place& anchor = {},
                            std::initializer_list<std::string_view> tolerated = {});

  /// What the changes noted so far would make newly wrong, at its places in the new texts; nothing is
  /// told. The unexpected: changes that cannot be made at all.
  tl::expected<Diagnostics, Diagnostics> weigh();

  /// Forgets the changes noted so far.
  void start_over() { changes_ = store::ChangeSet{tree_}; }

  /// The file as it would be; after `weigh`. Empty when it stays as it is.
  std::string new_text(const std::string& path) const;

  /// Complains and says that nothing was written; gives the exit code.
  Exit refuse(const Diagnostics& reasons);

  /// The workspace as it will be; after `judge`.
  const store::Workspace& after() const { return after_; }

  /// The changes are those that take that earlier change back, instead of any noted ones. What they
  /// restore need not be judged unless other changes came after it.
  void take_back(std::vector<store::FileChange> changes, std::uint32_t number);

  bool dry_run() const { return dry_run_; }

  /// The changes as a unified difference for people; after `judge`.
  std::string difference() const;

  /// Writes the files, or in a dry run shows the difference, and prints the message `done`.
  Exit save(std::string_view done, const Facts& facts = {});

 private:
  Writing(Session& session, const WritingOptions& options, std::string root);
  Exit refused();
  /// The difference; of many new files only their names.
  void show_changes();

  Session& session_;
  bool dry_run_;
  std::optional<std::uint32_t> undoes_;
  std::string root_;
  std::optional<disk::Lock> lock_;
  std::shared_ptr<const store::Tree> tree_;
  store::ChangeSet changes_;
  std::vector<store::FileChange> files_;
  std::vector<std::string> judged_folders_;  ///< of the counties in `judged_before_`
  Diagnostics judged_before_;
  store::Workspace after_;
};

}  // namespace taizhang::cmd
