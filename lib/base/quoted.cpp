#include "base/quoted.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace taizhang {

namespace {

constexpr std::array<std::pair<char, char>, 5> letters{
    {{'\n', 'n'}, {'\t', 't'}, {'\r', 'r'}, {'"', '"'}, {'\\', '\\'}}};

bool is_special(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F || c == '"' || c == '\\';
}

void append_octal(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + ((byte >> shift) & 7));
}

/// The byte of three octal digits at the front; nothing when they are none.
std::optional<char> octal(std::string_view digits) {
  if (digits.size() < 3 || digits[0] > '3') return std::nullopt;
  int value = 0;
  for (const char digit : digits.substr(0, 3)) {
    if (digit < '0' || digit > '7') return std::nullopt;
    value = value * 8 + (digit - '0');
  }
  return static_cast<char>(static_cast<unsigned char>(value));
}

}  // namespace

std::string quote_line(std::string_view text) {
  if (std::ranges::none_of(text, is_special)) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (!is_special(c)) {
      out += c;
      continue;
    }
    out += '\\';
    const auto letter =
        std::ranges::find(letters, c, [](const std::pair<char, char>& pair) { return pair.first; });
    if (letter != letters.end()) out += letter->second;
    else append_octal(out, c);
  }
  return out += '"';
}

std::optional<std::string> unquote_line(std::string_view line) {
  if (std::ranges::none_of(line, is_special)) return std::string(line);
  if (line.size() < 2 || line.front() != '"' || line.back() != '"') return std::nullopt;
  line.remove_prefix(1);
  line.remove_suffix(1);
  std::string text;
  while (!line.empty()) {
    const char c = line.front();
    line.remove_prefix(1);
    if (c != '\\') {
      if (is_special(c)) return std::nullopt;
      text += c;
      continue;
    }
    if (line.empty()) return std::nullopt;
    const auto letter = std::ranges::find(
        letters, line.front(), [](const std::pair<char, char>& pair) { return pair.second; });
    if (letter != letters.end()) {
      text += letter->first;
      line.remove_prefix(1);
      continue;
    }
    const auto byte = octal(line);
    if (!byte) return std::nullopt;
    text += *byte;
    line.remove_prefix(3);
  }
  return text;
}

}  // namespace taizhang
