#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/records.hpp"

namespace taizhang::workflow {

/// All values of a village’s record as `key=value` lines, without those that are absent.
std::string record_lines(std::string_view kind, const void* record);

/// What a verification vouches for: SHA-256 over id, round, problem, kind, title, measure, standard,
/// target, target_max and target_unit as `key=value` lines in that order (NFC, `\` and newline
/// escaped, absent keys omitted), 64 hexadecimal digits.
std::string definition_hash(const model::Task& task);

/// The 8 digits by which a 更正 names an entry: over all its values, plus its ordinal among equal
/// entries of the list, which holds one task's entries in the order of the file.
std::string entry_hash(std::span<const model::Entry* const> entries, std::size_t index);

}  // namespace taizhang::workflow
