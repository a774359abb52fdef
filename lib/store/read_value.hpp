#pragma once

#include "base/diagnostic.hpp"
#include "document/document.hpp"
#include "model/field.hpp"

namespace taizhang::store {

struct Reading {
  model::Datum datum;
  Diagnostics diagnostics;  ///< when there are errors, `datum` is not to be used
};

/// One value as its field wants it; texts are taken over from the value. Diagnostics: see read_record.
Reading read_value(const document::Source& source, document::Value& value,
                   const model::Field& field);

/// A comparison or group of a rule file. Diagnostics: bad-condition, with fact `detail`.
Reading read_condition(const document::Source& source, const document::Value& value);

/// The value of an answer, whatever its type; nothing for arrays, times and nested tables.
std::optional<model::AnswerValue> answer_value(const document::Value& value);

/// True when a text has the form; always for forms that are not of texts.
bool has_format(std::string_view text, model::Format format);

}  // namespace taizhang::store
