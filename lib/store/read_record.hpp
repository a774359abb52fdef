#pragma once

#include "base/diagnostic.hpp"
#include "document/document.hpp"
#include "model/field.hpp"

namespace taizhang::store {

/// Fills a record struct of that kind from its table, by the field table; texts are taken over from
/// the table. False when something in it
/// cannot be understood (each thing reported at its place as an error); unknown keys are warnings.
/// Diagnostics: missing-key, empty-value, unknown-key, wrong-type, code-not-text, code-length,
/// code-wide, bad-code, date-quoted, bad-choice, bad-id, bad-period, bad-hash, bad-path,
/// negative-number, whole-too-large, bad-counts, bad-evidence, bad-condition.
bool read_record(const document::Source& source, document::Value& value,
                 const model::RecordKind& kind, void* record, Diagnostics& diagnostics);

/// Reports top-level keys of a file of that kind which no record kind or `schema` explains, and
/// records written with the wrong brackets. False when a record is lost by it.
bool check_top_level(const document::Document& document, model::FileKind file,
                     Diagnostics& diagnostics);

/// A diagnostic at a span of the source.
Diagnostic at(const document::Source& source, Span span, Severity severity, std::string_view code,
              Facts facts = {});

/// Where the value of `key` stands in the record whose header has that span; the header itself when
/// the key is empty or absent.
Span key_span(const document::Source& source, Span record, std::string_view key);

}  // namespace taizhang::store
