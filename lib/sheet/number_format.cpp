#include "sheet/number_format.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include "base/date.hpp"

namespace taizhang::sheet {

namespace {

std::optional<double> number_of(std::string_view raw) {
  double value = 0;
  const char* end = raw.data() + raw.size();
  const auto [stop, error] = std::from_chars(raw.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

constexpr double most_exact = 9007199254740992.0;  // 2^53

}  // namespace

bool shows_date(std::uint32_t id, std::string_view code) {
  if ((id >= 14 && id <= 17) || id == 22) return true;
  if ((id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
    return true;
  if (code.empty() || id < 50) return false;
  bool in_quotes = false, in_brackets = false, day_or_year = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\') ++i;
    else if (c == '"') in_quotes = !in_quotes;
    else if (in_quotes) continue;
    else if (c == '[') in_brackets = true;
    else if (c == ']') in_brackets = false;
    else if (in_brackets) continue;
    else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') day_or_year = true;
  }
  return day_or_year;
}

std::string number_text(std::string_view raw) {
  const auto value = number_of(raw);
  if (!value) return std::string{raw};
  char buffer[64];
  const bool whole = std::trunc(*value) == *value && std::abs(*value) < most_exact;
  const auto [end, error] =
      whole ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<long long>(*value))
            : std::to_chars(buffer, buffer + sizeof buffer, *value);
  if (error != std::errc{}) return std::string{raw};
  return {buffer, end};
}

Cell date_cell(std::uint32_t column, std::string_view raw, bool since_1904) {
  const auto value = number_of(raw);
  constexpr double last = 2958465;  // 9999-12-31
  const double day = value ? std::floor(*value) : 0;
  // Day 60 is 1900-02-29, which never was; the days before it are counted one too high.
  if (!value || day < (since_1904 ? 0 : 61) || day > last)
    return {column, CellKind::no_date, std::string{raw}};
  using namespace std::chrono;
  const Date first = since_1904 ? Date{1904y / January / 1} : Date{1899y / December / 30};
  return {column, CellKind::date, format_date(add_days(first, static_cast<int>(day)))};
}

}  // namespace taizhang::sheet
