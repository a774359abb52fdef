#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "document/document.hpp"

namespace taizhang::document {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Where the text begins: after a byte order mark.
std::uint32_t text_begin(std::string_view text) {
  return text.starts_with(byte_order_mark) ? 3 : 0;
}

/// Counts in bytes within short parts, so that the compiler takes many characters at once.
std::uint32_t count_newlines(std::string_view text) {
  constexpr std::size_t part_size = 240;  // a byte can count them
  std::uint32_t all = 0;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, part_size);
    std::uint8_t count = 0;
    for (const char c : part) count = static_cast<std::uint8_t>(count + (c == '\n'));
    all += count;
    text.remove_prefix(part.size());
  }
  return all;
}

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

Source::Source(std::string path, std::string text)
    : path_(std::move(path)), text_(std::make_shared<const std::string>(std::move(text))) {}

const std::vector<std::uint32_t>& Source::starts() const {
  if (!starts_.empty()) return starts_;
  starts_.push_back(text_begin(*text_));
  for (std::size_t at = text_->find('\n'); at != std::string::npos; at = text_->find('\n', at + 1))
    starts_.push_back(static_cast<std::uint32_t>(at + 1));
  return starts_;
}

std::string_view Source::line(std::uint32_t number) const {
  if (number == 0 || number > line_count()) return {};
  const std::uint32_t begin = starts()[number - 1];
  std::string_view rest = std::string_view(*text_).substr(begin);
  if (number < line_count()) rest = rest.substr(0, starts()[number] - begin - 1);
  if (number < line_count() && rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

std::uint32_t Source::offset(std::uint32_t line, std::uint32_t column) const {
  if (line == 0) return starts()[0];
  if (line > line_count()) return static_cast<std::uint32_t>(text_->size());
  std::size_t at = starts()[line - 1];
  const std::size_t limit = line < line_count() ? starts()[line] : text_->size();
  for (; column > 1 && at < limit; --column) {
    ++at;
    while (at < limit && continues_a_character((*text_)[at])) ++at;
  }
  return static_cast<std::uint32_t>(at);
}

std::uint32_t Source::line_number(std::uint32_t offset) const {
  if (!starts_.empty()) {
    const auto after = std::ranges::upper_bound(starts_, std::max(offset, starts_[0]));
    return static_cast<std::uint32_t>(after - starts_.begin());
  }
  if (offset < counted_.offset) counted_ = {};
  const std::string_view rest = std::string_view(*text_).substr(counted_.offset);
  const std::string_view passed = rest.substr(0, offset - counted_.offset);
  counted_.line += count_newlines(passed);
  counted_.offset += static_cast<std::uint32_t>(passed.size());
  return counted_.line;
}

Place Source::place(Span span) const {
  const auto size = static_cast<std::uint32_t>(text_->size());
  const std::uint32_t begin = std::clamp(span.begin, starts()[0], size);
  const std::uint32_t number = line_number(begin);

  Place place;
  place.path = path_;
  place.line = number;
  const std::string_view all = *text_;
  const std::uint32_t start = starts()[number - 1];
  const std::string_view excerpt = line(number);
  const auto line_end = static_cast<std::uint32_t>(start + excerpt.size());
  place.column =
      static_cast<std::uint32_t>(count_code_points(all.substr(start, begin - start))) + 1;
  const std::uint32_t end = std::min(span.end, line_end);
  if (end > begin)
    place.width = static_cast<std::uint32_t>(count_code_points(all.substr(begin, end - begin)));
  place.excerpt = excerpt;
  return place;
}

}  // namespace taizhang::document
