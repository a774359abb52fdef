#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace taizhang {

/// A calendar day. Every Date made by this library is valid (`ok()`).
using Date = std::chrono::year_month_day;

/// The day written as exactly `YYYY-MM-DD`; nothing for any other spelling or an impossible day.
std::optional<Date> parse_date(std::string_view text);

/// `YYYY-MM-DD`.
std::string format_date(Date date);

Date add_days(Date date, int days);

/// Whole days from `from` to `to`; negative when `to` is earlier.
int days_between(Date from, Date to);

/// The day it is at UTC+08:00 at that moment, whatever the machine's time zone.
Date day_in_china(std::chrono::system_clock::time_point moment);

/// The same with the time of day: 2023-06-12 14:03:22.
std::string clock_in_china(std::chrono::system_clock::time_point moment);

}  // namespace taizhang
