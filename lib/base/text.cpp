#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

#include "base/utf8.hpp"

namespace taizhang {

namespace {

bool is_hidden(std::int32_t code) {
  if (code >= 0x20 && code < 0x7F) return false;
  if (utf8::is_common_han(code)) return false;
  if (code < 0) return true;
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CN:
      return true;
    default:
      return false;
  }
}

bool is_private_use(std::int32_t code) {
  return code >= 0xE000 && utf8proc_category(code) == UTF8PROC_CATEGORY_CO;
}

/// Past what nearly all text is made of: printed ASCII, and U+4000 to U+9FFF. All are assigned,
/// and plain in NFC.
std::size_t skip_ordinary(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  while (at < text.size()) {
    if (byte(at) >= 0x20 && byte(at) < 0x7F) ++at;
    else if (byte(at) >= 0xE4 && byte(at) <= 0xE9 && at + 2 < text.size() && follows(at + 1) &&
             follows(at + 2))
      at += 3;
    else break;
  }
  return at;
}

/// Offset of the first thing `visible` would write differently; the size when there is none.
std::size_t first_hidden(std::string_view text, bool keep_newlines) {
  std::size_t at = skip_ordinary(text, 0);
  while (at < text.size()) {
    const auto [code, length] = utf8::step(text.substr(at));
    if (is_hidden(code) && !(keep_newlines && code == '\n')) break;
    at = skip_ordinary(text, at + length);
  }
  return at;
}

/// Certain to be the same in NFC whatever stands beside it, unless a combining mark follows, which
/// is itself not plain.
bool is_plain_nfc(std::int32_t code) {
  return (code >= 0 && code < 0x300) || utf8::is_common_han(code) ||
         (code >= 0x2010 && code <= 0x2027) || (code >= 0x3000 && code < 0x302A) ||
         (code >= 0xFF01 && code <= 0xFF60);
}

std::vector<std::int32_t> code_points(std::string_view text) {
  std::vector<std::int32_t> codes;
  codes.reserve(text.size());
  while (!text.empty()) {
    const auto [code, length] = utf8::step(text);
    codes.push_back(code);
    text.remove_prefix(length);
  }
  return codes;
}

/// Optimal string alignment: insert, remove, replace, or swap two neighbours.
std::size_t edits_between(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = utf8::step(text.substr(at));
    if (code < 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = utf8::step(text.substr(at));
    columns += utf8::columns(code);
    at += length;
  }
  return columns;
}

std::string visible(std::string_view text, bool keep_newlines) {
  std::string out;
  out.reserve(text.size());
  while (true) {
    const std::size_t plain = first_hidden(text, keep_newlines);
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) return out;
    const auto [code, length] = utf8::step(text);
    if (code < 0)
      fmt::format_to(std::back_inserter(out), "<0x{:02X}>", static_cast<unsigned char>(text[0]));
    else fmt::format_to(std::back_inserter(out), "<U+{:04X}>", code);
    text.remove_prefix(length);
  }
}

bool has_hidden_characters(std::string_view text) {
  return first_hidden(text, true) != text.size();
}

std::optional<OddCharacter> next_odd_character(std::string_view text, std::size_t from) {
  for (from = skip_ordinary(text, from); from < text.size();) {
    const auto [code, length] = utf8::step(text.substr(from));
    const bool hidden = is_hidden(code) && code != '\n';
    if (hidden || is_private_use(code)) return OddCharacter{code, from, length, hidden};
    from = skip_ordinary(text, from + length);
  }
  return std::nullopt;
}

std::string cut(std::string_view text, std::size_t columns) {
  // No character takes more columns than bytes.
  if (text.size() <= columns || display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t at = 0;
  std::size_t boundary = 0;  // end of the last whole grapheme that leaves room for the ellipsis
  std::size_t used = 0;
  std::int32_t previous = -1;
  utf8proc_int32_t state = 0;
  while (at < text.size()) {
    const auto [code, length] = utf8::step(text.substr(at));
    if (at > 0 &&
        (previous < 0 || code < 0 || utf8proc_grapheme_break_stateful(previous, code, &state)))
      boundary = at;
    used += utf8::columns(code);
    if (used > columns - 1) break;
    previous = code;
    at += length;
  }
  return std::string(text.substr(0, boundary)) + "…";
}

std::string pad_right(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  std::string out(text);
  if (width < columns) out.append(columns - width, ' ');
  return out;
}

std::string pad_left(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  std::string out(width < columns ? columns - width : 0, ' ');
  out.append(text);
  return out;
}

std::string_view trim(std::string_view text) {
  const auto is_white = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  constexpr std::string_view wide = "\u3000";
  while (!text.empty()) {
    if (is_white(text.front())) text.remove_prefix(1);
    else if (text.starts_with(wide)) text.remove_prefix(wide.size());
    else break;
  }
  while (!text.empty()) {
    if (is_white(text.back())) text.remove_suffix(1);
    else if (text.ends_with(wide)) text.remove_suffix(wide.size());
    else break;
  }
  return text;
}

std::string nfc(std::string_view text) {
  bool plain = true;
  for (std::size_t at = skip_ordinary(text, 0); plain && at < text.size();) {
    const auto [code, length] = utf8::step(text.substr(at));
    plain = is_plain_nfc(code);
    at = skip_ordinary(text, at + length);
  }
  if (plain) return std::string(text);

  utf8proc_uint8_t* raw = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &raw,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(raw, &std::free);
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) return std::string(text);  // not UTF-8: nothing to normalise
  return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length)};
}

std::string canonical_name(std::string_view text) { return nfc(trim(text)); }

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates) {
  const auto letters = code_points(word);
  if (letters.empty()) return std::nullopt;
  std::size_t limit = std::min<std::size_t>(2, std::max<std::size_t>(1, letters.size() / 3));
  std::optional<std::string_view> best;
  for (const std::string_view candidate : candidates) {
    const auto other = code_points(candidate);
    const std::size_t longer = std::max(letters.size(), other.size());
    if (longer - std::min(letters.size(), other.size()) > limit) continue;
    const std::size_t edits = edits_between(letters, other);
    if (edits > limit || (best && edits == limit)) continue;
    best = candidate;
    limit = edits;
  }
  constexpr std::size_t shortest_beginning = 4;
  if (best || letters.size() < shortest_beginning) return best;
  for (const std::string_view candidate : candidates)
    if (candidate.starts_with(word)) {
      if (best) return std::nullopt;  // it begins several
      best = candidate;
    }
  return best;
}

}  // namespace taizhang
