#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace taizhang::transfer {

// What people write into cells of forms where a program would want 是, 412 or 二类. `label` is the
// heading of the column or the question. Nothing when the cell may mean two things.

/// 是 否 √ × Y N yes no true false; 有 and 无 unless the label itself says what is not there
/// ("是否没有活动室").
std::optional<bool> spoken_flag(std::string_view text, std::string_view label);

/// Whether 有 or 无 stands below a label that makes two meanings of it.
bool is_two_edged(std::string_view text, std::string_view label);

/// A whole number, or one with a counting word that goes with the label: 412户 below 户数, 2类 and 二类
/// below 考核等次.
std::optional<std::int64_t> spoken_count(std::string_view text, std::string_view label);

/// The one choice that says the same with digits in the other script: 2类 for 二类.
std::optional<std::string> spoken_choice(std::string_view text,
                                         std::span<const std::string> choices);

}  // namespace taizhang::transfer
