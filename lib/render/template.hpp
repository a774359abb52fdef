#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/field.hpp"
#include "render/catalogue.hpp"

namespace taizhang::render {

/// A record of a new ledger: a struct of that kind, with what is known so far.
struct NewRecord {
  const model::RecordKind* kind = nullptr;
  const void* record = nullptr;
};

template <class Record>
NewRecord new_record(model::FileKind file, std::string_view name, const Record& record) {
  return {model::find_kind(file, name), &record};
}

/// The text of a new ledger. Every key of its records stands there with a comment, those without a
/// value as a comment of their own. `schema` is the path of the file's JSON Schema seen from its own
/// folder, for editors. Expects texts that are UTF-8.
std::string new_ledger(const Catalogue& catalogue, model::FileKind file, std::string_view schema,
                       std::span<const NewRecord> records);

}  // namespace taizhang::render
