#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "document/change.hpp"
#include "document/document.hpp"

namespace taizhang::document {

/// Changes to a text that leave every other byte as it is: comments, blank lines, order, line
/// endings, byte order mark. The document must outlive the edit. Records are named by their
/// headers' spans in the document, or `top_level`; changes are noted in order and judged by `apply`.
class Edit {
 public:
  explicit Edit(const Document& document) : document_(document) {}

  /// Replaces the value's bytes and nothing else on its line.
  void set_value(Span record, Key key, Value value);

  /// Adds a line after the record's last key (a dotted key after those that begin alike), with its
  /// `=` below the others'. A template's line that waits for the key, `# key =  # what it means`, is
  /// filled in instead.
  void insert_key(Span record, Key key, Value value);

  /// Takes the key's lines away; comment lines right above it as `above` says.
  void remove_key(Span record, Key key, Comments above = Comments::refuse);

  /// Adds an item to an array, which keeps its style: one line or many, comma at the end or not.
  void append_to_array(Span record, Key key, Value item);

  /// Adds a record, one blank line before and after it. Comments right above a header stay with that
  /// header, a comment right under a record's last key with that record.
  void insert_record(Where where, NewRecord record);

  /// Takes a record away with the tables below it and the comments that belong to it.
  void remove_record(Span record);

  bool empty() const { return changes_.empty(); }

  /// The new text, read again and proved to say exactly what was asked for. Codes:
  /// edit-record-missing, edit-key-missing, edit-key-exists, edit-record-exists, edit-shape,
  /// edit-scattered, edit-conflict, edit-unwritable, edit-line-too-long, comment-orphaned. Throws
  /// Failure edit-not-proven when the proof fails, which is this program's fault.
  tl::expected<std::string, Diagnostics> apply() const;

 private:
  const Document& document_;
  std::vector<Change> changes_;
};

}  // namespace taizhang::document
