#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "document/document.hpp"
#include "model/field.hpp"
#include "store/tree.hpp"

namespace taizhang::store {

/// Whether records own their texts, or are lent them by the file's source and live no longer than it.
enum class Texts : std::uint8_t { own, lent };

/// Reads one ledger file record by record, collecting what is wrong with it.
class FileReader {
 public:
  /// Reads a file of the tree.
  static FileReader from_tree(const Tree& tree, std::string path, model::FileKind kind,
                              Texts texts = Texts::own);

  /// Reads `text` that came from elsewhere (a baked rule set, a version in git).
  static FileReader from_text(std::string path, std::string text, model::FileKind kind);

  /// False when the file could not be read at all (disk, encoding, syntax, no identity).
  bool readable() const { return readable_; }

  /// False when something in it could not be understood; implied by not readable.
  bool complete() const { return readable_ && complete_; }

  /// Nothing when the file could not be parsed. Records that were read have taken its texts over.
  const std::optional<document::Document>& document() const { return document_; }

  /// Fills the record written as [name]; its absence makes the file unreadable.
  template <class Record>
  void one(std::string_view name, Record& record) {
    if (document::Value* value = single(name)) take(*value, kind(name), &record);
  }

  /// Appends the records written as [[name]], in the order written. A record that cannot be
  /// understood is kept with what could be read, and the file is then not complete.
  template <class Record>
  void all(std::string_view name, std::vector<Record>& records) {
    const std::span<document::Value> values = repeated(name);
    if (values.empty()) return;
    const model::RecordKind& record_kind = kind(name);
    records.reserve(records.size() + values.size());
    for (document::Value& value : values) take(value, record_kind, &records.emplace_back());
  }

  void move_diagnostics_to(Diagnostics& all);

  /// The text, for later messages; with `Texts::lent` also what lends the records theirs, so that it must
  /// outlive them. Only once and only when there is a document.
  document::Source take_source() { return std::move(document_->source); }

 private:
  FileReader(std::string path, model::FileKind kind) : path_(std::move(path)), kind_(kind) {}
  void parse(std::string text, Texts texts);
  void refuse(Diagnostic diagnostic);
  document::Member* find(std::string_view name);
  document::Value* single(std::string_view name);
  std::span<document::Value> repeated(std::string_view name);
  const model::RecordKind& kind(std::string_view name) const;
  void take(document::Value& value, const model::RecordKind& kind, void* record);

  std::string path_;
  model::FileKind kind_;
  std::optional<document::Document> document_;
  Diagnostics diagnostics_;
  bool readable_ = true;
  bool complete_ = true;
};

}  // namespace taizhang::store
