#include "store/change_set.hpp"

#include <algorithm>
#include <utility>

namespace taizhang::store {

tl::expected<ChangeSet::OpenFile*, Diagnostics> ChangeSet::open(const std::string& path) {
  if (const auto known = opened_.find(path); known != opened_.end()) return known->second.get();
  auto bytes = tree_->read(path);
  if (!bytes) return tl::make_unexpected(Diagnostics{std::move(bytes.error())});
  auto parsed = document::parse(path, std::move(*bytes));
  if (!parsed) return tl::make_unexpected(std::move(parsed.error()));
  auto file = std::unique_ptr<OpenFile>(new OpenFile{std::move(*parsed)});
  return opened_.emplace(path, std::move(file)).first->second.get();
}

tl::expected<void, Diagnostics> ChangeSet::insert(const std::string& path,
                                                  const model::RecordKind& kind, const void* record,
                                                  std::string_view task, Repeated repeated) {
  const auto opened = open(path);
  if (!opened) return tl::make_unexpected(opened.error());
  auto& [document, edit] = **opened;
  document::NewRecord written = write_record(kind, record);
  if (repeated == Repeated::refused)
    if (const auto there = equal_record(document, written))
      return tl::make_unexpected(
          Diagnostics{{Severity::error, "record-exists", document.source.place(*there), {}}});
  edit.insert_record(place_for(document, kind, task), std::move(written));
  return {};
}

tl::expected<void, Diagnostics> ChangeSet::create(const std::string& path, std::string bytes) {
  if (tree_->exists(path) || !created_.emplace(path, std::move(bytes)).second) {
    Diagnostic diagnostic;
    diagnostic.code = "file-exists";
    diagnostic.place.path = path;
    return tl::make_unexpected(Diagnostics{std::move(diagnostic)});
  }
  return {};
}

tl::expected<std::vector<FileChange>, Diagnostics> ChangeSet::finish() const {
  std::vector<FileChange> changes;
  Diagnostics refusals;
  for (const auto& [path, file] : opened_) {
    if (file->edit.empty()) continue;
    auto bytes = file->edit.apply();
    if (!bytes) refusals.insert(refusals.end(), bytes.error().begin(), bytes.error().end());
    else if (*bytes != file->document.source.text())
      changes.push_back({path, file->document.source.text(), std::move(*bytes)});
  }
  if (!refusals.empty()) return tl::make_unexpected(std::move(refusals));
  for (const auto& [path, bytes] : created_) changes.push_back({path, std::nullopt, bytes});
  std::ranges::sort(changes, {}, &FileChange::path);
  return changes;
}

}  // namespace taizhang::store
