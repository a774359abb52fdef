#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "document/document.hpp"
#include "document/edit.hpp"
#include "store/file_change.hpp"
#include "store/tree.hpp"
#include "store/write_record.hpp"

namespace taizhang::store {

/// What a command wants to change, file by file. Nothing is written by it.
class ChangeSet {
 public:
  explicit ChangeSet(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}

  /// A ledger that is there, and the changes to it.
  struct OpenFile {
    document::Document document;
    document::Edit edit{document};
  };

  /// Opens a ledger for changes; the same one again for the same path. Diagnostics: those of reading
  /// the file and of document::parse.
  tl::expected<OpenFile*, Diagnostics> open(const std::string& path);

  /// Adds a record at its place (`place_for`).
  template <class Record>
  tl::expected<void, Diagnostics> add(const std::string& path, model::FileKind file,
                                      std::string_view kind, const Record& record,
                                      std::string_view task = {}) {
    return insert(path, *model::find_kind(file, kind), &record, task, Repeated::allowed);
  }

  /// The same unless the file says it already but for the id. Diagnostics: those of `open`,
  /// record-exists.
  template <class Record>
  tl::expected<void, Diagnostics> add_new(const std::string& path, model::FileKind file,
                                          std::string_view kind, const Record& record,
                                          std::string_view task = {}) {
    return insert(path, *model::find_kind(file, kind), &record, task, Repeated::refused);
  }

  /// A file that is not there yet. Diagnostics: file-exists.
  tl::expected<void, Diagnostics> create(const std::string& path, std::string bytes);

  /// All changes by path, those that change nothing left out. Diagnostics: those of Edit::apply.
  tl::expected<std::vector<FileChange>, Diagnostics> finish() const;

 private:
  enum class Repeated : std::uint8_t { allowed, refused };

  tl::expected<void, Diagnostics> insert(const std::string& path, const model::RecordKind& kind,
                                         const void* record, std::string_view task,
                                         Repeated repeated);

  std::shared_ptr<const Tree> tree_;
  std::map<std::string, std::unique_ptr<OpenFile>> opened_;
  std::map<std::string, std::string> created_;
};

}  // namespace taizhang::store
