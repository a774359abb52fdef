#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/field.hpp"
#include "render/catalogue.hpp"

namespace taizhang::render {

// What data/messages/fields.txt says of the file format.

/// All kinds of files, in the order in which they are explained.
std::span<const model::FileKind> file_kinds();

/// "county" for county.toml: the name of its schema and the end of its message id.
std::string_view file_kind_name(model::FileKind file);
std::optional<model::FileKind> file_kind_named(std::string_view name);

/// The name of such a file and what it is for: "county.toml: a county".
std::string file_words(const Catalogue& catalogue, model::FileKind file);

/// What a record is.
std::string record_words(const Catalogue& catalogue, const model::RecordKind& kind);

/// What a key means.
std::string field_words(const Catalogue& catalogue, const model::RecordKind& kind,
                        const model::Field& field);

/// The same up to its first stop: short enough for a comment beside the key.
std::string field_comment(const Catalogue& catalogue, const model::RecordKind& kind,
                          const model::Field& field);

/// "text", "whole number", "list of texts": what kind of value a key has.
std::string shape_words(const Catalogue& catalogue, const model::Field& field);

/// Which values or keys it may have, or how they look; empty when anything will do. Names in code
/// are put between `code` marks.
std::string value_words(const Catalogue& catalogue, const model::Field& field,
                        std::string_view code = {});

/// All of that in one line: "first due date [required, date]".
std::string field_line(const Catalogue& catalogue, const model::RecordKind& kind,
                       const model::Field& field);

/// The header as it stands in a file: "[county]", "[[task]]".
std::string header_of(const model::RecordKind& kind);

}  // namespace taizhang::render
