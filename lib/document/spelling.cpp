#include "document/spelling.hpp"

#include <algorithm>
#include <charconv>

namespace taizhang::document {

namespace {

/// Bytes that a piece of a string takes as written and in the value.
struct Piece {
  std::size_t written = 1;
  std::size_t meant = 1;
};

std::size_t utf8_bytes(std::uint32_t code) {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/// An escape at the front of `rest`, which begins with a backslash.
Piece escape(std::string_view rest) {
  const char kind = rest.size() > 1 ? rest[1] : '\0';
  if (kind == 'u' || kind == 'U') {
    const std::size_t digits = kind == 'u' ? 4 : 8;
    std::uint32_t code = 0;
    const std::string_view hexadecimal = rest.substr(2, digits);
    std::from_chars(hexadecimal.data(), hexadecimal.data() + hexadecimal.size(), code, 16);
    return {2 + digits, utf8_bytes(code)};
  }
  const std::size_t blank = rest.substr(1).find_first_not_of(" \t\r\n");
  if (blank == 0) return {2, 1};
  return {blank == std::string_view::npos ? rest.size() : 1 + blank, 0};  // the line goes on
}

Piece piece(std::string_view rest, bool escapes) {
  if (escapes && rest.front() == '\\') return escape(rest);
  if (rest.starts_with("\r\n")) return {2, 1};
  return {};
}

}  // namespace

Span part_of_string(const Source& source, Span string, std::size_t offset, std::size_t length) {
  std::string_view all = source.text();
  all = all.substr(0, std::min<std::size_t>(string.end, all.size()));
  std::size_t at = std::min<std::size_t>(string.begin, all.size());
  const bool basic = all.substr(at).starts_with('"');
  if (!basic && !all.substr(at).starts_with('\'')) return string;
  const bool multi_line = all.substr(at).starts_with(basic ? "\"\"\"" : "'''");
  at += multi_line ? 3 : 1;
  if (multi_line && all.substr(at).starts_with("\r\n")) at += 2;
  else if (multi_line && all.substr(at).starts_with('\n')) ++at;

  const auto go = [&](std::size_t bytes) {
    for (std::size_t meant = 0; at < all.size() && meant < bytes;) {
      const Piece next = piece(all.substr(at), basic);
      at = std::min(at + next.written, all.size());
      meant += next.meant;
    }
  };
  const auto skip_joints = [&] {
    while (at < all.size() && piece(all.substr(at), basic).meant == 0)
      at = std::min(at + piece(all.substr(at), basic).written, all.size());
  };
  go(offset);
  skip_joints();
  const std::size_t begin = at;
  go(length);
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
}

}  // namespace taizhang::document
