#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "base/process.hpp"

namespace taizhang::store {

/// A commit, as far as it matters here.
struct Commit {
  std::string id;
  std::string tree;
  std::vector<std::string> parents;
  std::string author;     ///< the name only
  Date author_day{};      ///< at +08:00
  std::int64_t time = 0;  ///< of the committer, in seconds since 1970
  Date day{};             ///< of the committer, at +08:00
  std::string subject;    ///< the first line

  /// As messages name it.
  std::string short_id() const { return id.substr(0, 10); }
};

/// One name in a folder that git keeps.
struct GitEntry {
  std::string name;
  std::string id;  ///< of the file's text or of the folder
  bool is_folder = false;
  bool is_link = false;
  bool is_foreign = false;  ///< another repository (a submodule): nothing of it is kept here
};

/// A git repository that is only asked. Whatever stands in its configuration, in its replacements and
/// grafts or in our environment, git runs nothing for us, fetches nothing, and answers with what was
/// committed. To whom the repository belongs does not matter. Several threads may ask at once.
class Git {
 public:
  /// The repository that `folder` (absolute, without links) lies in; nothing when there is none.
  static std::shared_ptr<Git> find(const std::string& folder);

  /// Its topmost folder, and the way from there down to the folder it was found from.
  const std::string& top() const { return top_; }
  const std::string& prefix() const { return prefix_; }

  /// One git command to its end. `more` is added to the environment.
  /// Failures of this and all below: git-missing, git-failed.
  process::Outcome run(std::vector<std::string> arguments, std::string_view input = {},
                       const std::vector<std::string>& more = {}) const;

  /// git's merge of three texts line by line: the text with what conflicts between markers that bear
  /// the labels, and whether something did.
  struct TextMerge {
    std::string text;
    bool clean = false;
  };
  static TextMerge merge_text(const std::string& base, const std::string& ours,
                              const std::string& theirs, const std::string& our_label,
                              const std::string& their_label);

  /// What `word` names in git's own way. Diagnostics: rev-unknown.
  tl::expected<Commit, Diagnostic> commit(const std::string& word);
  /// The newest commit on the present branch (first parents) that was made by the end of the day at
  /// +08:00. Diagnostics: rev-unknown without any commit, rev-before-history.
  tl::expected<Commit, Diagnostic> commit_on(Date day);

  /// A folder by its id. What is no folder is empty.
  const std::vector<GitEntry>& folder(const std::string& id);
  /// The bytes of a file by its id; nothing when they are not there or more than `limit`.
  struct Content {
    std::string bytes;
    bool found = false;
    bool too_large = false;
  };
  Content content(const std::string& id, std::size_t limit);

  /// What is staged, as a folder: its id. The index is the one that GIT_INDEX_FILE names, else the
  /// repository's own.
  std::string staged();

 private:
  struct Object {
    std::string id, type, bytes;
    bool too_large = false;
  };

  Git(std::string top, std::string prefix, std::string directory);
  process::Program program(std::vector<std::string> arguments,
                           const std::vector<std::string>& more) const;
  std::optional<Object> object(const std::string& name, std::size_t limit);

  std::string top_, prefix_, directory_;
  std::mutex asking_;                               ///< over objects_
  std::unique_ptr<process::Conversation> objects_;  ///< begun when first needed
  std::mutex keeping_;                              ///< over folders_, whose values never change
  std::map<std::string, std::vector<GitEntry>> folders_;
};

}  // namespace taizhang::store
