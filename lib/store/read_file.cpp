#include "store/read_file.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "store/read_record.hpp"

namespace taizhang::store {

using document::Value;

FileReader FileReader::from_tree(const Tree& tree, std::string path, model::FileKind kind,
                                 Texts texts) {
  FileReader reader{std::move(path), kind};
  auto bytes = tree.read(reader.path_);
  if (bytes) reader.parse(std::move(*bytes), texts);
  else reader.refuse(std::move(bytes.error()));
  return reader;
}

FileReader FileReader::from_text(std::string path, std::string text, model::FileKind kind) {
  FileReader reader{std::move(path), kind};
  reader.parse(std::move(text), Texts::own);
  return reader;
}

void FileReader::parse(std::string text, Texts texts) {
  auto parsed = document::parse(path_, std::move(text));
  if (!parsed) {
    diagnostics_ = std::move(parsed.error());
    readable_ = false;
    return;
  }
  document_ = std::move(*parsed);
  if (texts == Texts::own) document_->root = document::Table(document_->root);  // copies own theirs
  complete_ = check_top_level(*document_, kind_, diagnostics_);
}

void FileReader::refuse(Diagnostic diagnostic) {
  diagnostics_.push_back(std::move(diagnostic));
  readable_ = false;
}

document::Member* FileReader::find(std::string_view name) {
  auto& members = document_->root.members;
  const auto found = std::ranges::find(members, name, &document::Member::key);
  return found == members.end() ? nullptr : &*found;
}

Value* FileReader::single(std::string_view name) {
  if (!document_) return nullptr;
  document::Member* member = find(name);
  if (!member || !member->value.table()) {
    const bool empty = trim(document_->source.text()).empty();
    if (!member)
      diagnostics_.push_back(at(document_->source, {}, Severity::error,
                                empty ? "file-empty" : "identity-missing",
                                {{"record", std::string{name}}}));
    readable_ = false;
    return nullptr;
  }
  return &member->value;
}

std::span<Value> FileReader::repeated(std::string_view name) {
  document::Member* member = document_ ? find(name) : nullptr;
  auto* array = member ? member->value.array() : nullptr;
  const bool fits =
      array && std::ranges::all_of(array->items, [](const Value& item) { return item.table(); });
  if (!fits) return {};
  return array->items;
}

const model::RecordKind& FileReader::kind(std::string_view name) const {
  return *model::find_kind(kind_, name);
}

void FileReader::take(Value& value, const model::RecordKind& kind, void* record) {
  const bool good = read_record(document_->source, value, kind, record, diagnostics_);
  complete_ = complete_ && good;
  const model::Field& identity = kind.fields.front();
  if (!kind.repeated && identity.format != model::Format::any &&
      std::holds_alternative<std::monostate>(identity.get(record)))
    readable_ = false;  // without its code nobody knows whose ledger this is
}

void FileReader::move_diagnostics_to(Diagnostics& all) {
  all.insert(all.end(), std::make_move_iterator(diagnostics_.begin()),
             std::make_move_iterator(diagnostics_.end()));
  diagnostics_.clear();
}

}  // namespace taizhang::store
