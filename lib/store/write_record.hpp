#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "document/change.hpp"
#include "document/document.hpp"
#include "model/field.hpp"

namespace taizhang::store {

/// A field's value as it stands in a ledger. Expects no condition: rule files are written by hand.
document::Value write_datum(const model::Datum& datum);

/// An answer as it stands in a ledger.
document::Value write_answer(const model::AnswerValue& answer);

/// The record with its fields in the order of the table; what is absent is not written.
document::NewRecord write_record(const model::RecordKind& kind, const void* record);

template <class Record>
document::NewRecord write_record(model::FileKind file, std::string_view name,
                                 const Record& record) {
  return write_record(*model::find_kind(file, name), &record);
}

/// Where a new record of that kind goes: an entry or milestone after the last of its task (else
/// after the task), a task after all that belongs to the tasks, others after the last of their
/// kind, else before the kinds that come later in such a file.
document::Where place_for(const document::Document& document, const model::RecordKind& kind,
                          std::string_view task = {});

/// The first record of that kind which says the same as the new one but for its id.
std::optional<Span> equal_record(const document::Document& document,
                                 const document::NewRecord& record);

}  // namespace taizhang::store
