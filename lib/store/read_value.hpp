#pragma once

#include "base/diagnostic.hpp"
#include "document/document.hpp"
#include "model/field.hpp"

namespace taizhang::store {

/// One value as its field wants it, not to be used when there is an error; texts are taken over from
/// the value. Diagnostics: see read_record.
model::Datum read_value(const document::Source& source, document::Value& value,
                        const model::Field& field, Diagnostics& diagnostics);

/// A comparison or group of a rule file. Diagnostics: bad-condition, with fact `detail`.
model::Datum read_condition(const document::Source& source, const document::Value& value,
                            Diagnostics& diagnostics);

/// The value of an answer, whatever its type; nothing for arrays, times and nested tables.
std::optional<model::AnswerValue> answer_value(const document::Value& value);

/// True when a text has the form; always for forms that are not of texts.
bool has_format(std::string_view text, model::Format format);

}  // namespace taizhang::store
