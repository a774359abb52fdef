#include "render/diagnostics.hpp"

#include <algorithm>
#include <vector>

#include "base/private_data.hpp"
#include "base/text.hpp"

namespace taizhang::render {

namespace {

constexpr std::size_t line_columns = 80;
constexpr std::size_t excerpt_columns = 76;
constexpr std::string_view indent = "    ";

/// One code point of the excerpt as it is printed.
struct Piece {
  std::string shown;
  std::size_t columns = 0;
};

std::vector<Piece> pieces_of(std::string_view excerpt) {
  std::vector<Piece> pieces;
  while (!excerpt.empty()) {
    std::size_t length = 1;
    while (length < excerpt.size() && length < 4 &&
           (static_cast<unsigned char>(excerpt[length]) & 0xC0) == 0x80)
      ++length;
    if (first_invalid_utf8(excerpt.substr(0, length))) length = 1;
    const std::string_view raw = excerpt.substr(0, length);
    Piece piece{raw == "\t" ? " " : visible(raw), 0};
    piece.columns = display_width(piece.shown);
    pieces.push_back(std::move(piece));
    excerpt.remove_prefix(length);
  }
  return pieces;
}

std::size_t width_of(const std::vector<Piece>& pieces, std::size_t begin, std::size_t end) {
  std::size_t columns = 0;
  for (std::size_t i = begin; i < end; ++i) columns += pieces[i].columns;
  return columns;
}

/// The part of the line that is printed: as much as fits, with `focus` in it and some of what
/// stands before and after.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Window window_around(const std::vector<Piece>& pieces, std::size_t focus) {
  if (width_of(pieces, 0, pieces.size()) <= excerpt_columns) return {0, pieces.size()};
  const std::size_t room = excerpt_columns - 2;  // an ellipsis on either side
  Window window{std::min(focus, pieces.size()), std::min(focus, pieces.size())};
  std::size_t used = 0;
  const auto grow_left = [&](std::size_t limit) {
    while (window.begin > 0 && used + pieces[window.begin - 1].columns <= limit)
      used += pieces[--window.begin].columns;
  };
  const auto grow_right = [&](std::size_t limit) {
    while (window.end < pieces.size() && used + pieces[window.end].columns <= limit)
      used += pieces[window.end++].columns;
  };
  grow_left(room / 2);
  grow_right(room);
  grow_left(room);
  return window;
}

void add_excerpt(std::string& out, const Place& place) {
  const std::vector<Piece> pieces = pieces_of(mask_private_numbers(place.excerpt));
  const std::size_t focus = place.column > 0 ? place.column - 1 : 0;
  const Window window = window_around(pieces, focus);
  const bool cut_left = window.begin > 0;
  out += indent;
  if (cut_left) out += "…";
  for (std::size_t i = window.begin; i < window.end; ++i) out += pieces[i].shown;
  if (window.end < pieces.size()) out += "…";
  out += '\n';
  if (place.column == 0) return;

  const std::size_t begin = std::min(focus, pieces.size());
  const std::size_t end =
      std::clamp(focus + std::max<std::size_t>(place.width, 1), begin, std::max(begin, window.end));
  const std::size_t underlined = std::max<std::size_t>(width_of(pieces, begin, end), 1);
  out += indent;
  out.append((cut_left ? 1 : 0) + width_of(pieces, window.begin, begin), ' ');
  out += '^';
  out.append(underlined - 1, '~');
  out += '\n';
}

std::string_view severity_id(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "severity.note";
    case Severity::warning:
      return "severity.warning";
    case Severity::error:
      break;
  }
  return "severity.error";
}

void end_line(std::string& out) {
  while (out.ends_with(' ')) out.pop_back();
  out += '\n';
}

/// What is wrong, behind its place and code. Editors jump to the place, so that is never broken.
void add_heading(std::string& out, const std::string& place_and_code, const std::string& what) {
  constexpr std::size_t least_room = 20;
  const std::size_t used = display_width(place_and_code);
  std::string_view rest = what;
  out += place_and_code;
  if (used + least_room <= line_columns) {
    const std::string first = wrap(rest, line_columns - used).front();
    out += first;
    rest = trim(rest.substr(std::min(first.size(), rest.size())));
  }
  end_line(out);
  if (rest.empty()) return;
  for (const std::string& line : wrap(rest, line_columns - indent.size())) {
    out += indent;
    out += line + '\n';
  }
}

}  // namespace

std::string render_diagnostic(const Catalogue& catalogue, const Diagnostic& diagnostic) {
  const Place& place = diagnostic.place;
  std::string front = place.path.empty() ? "taizhang" : visible(place.path);
  if (!place.path.empty() && place.line > 0) {
    front += ':' + std::to_string(place.line);
    if (place.column > 0) front += ':' + std::to_string(place.column);
  }
  front += ": " + catalogue.text(severity_id(diagnostic.severity)) + '[';
  front += diagnostic.code;
  front += catalogue.language() == Language::zh ? "]:" : "]: ";
  std::string out;
  add_heading(out, front, mask_private_numbers(catalogue.text(diagnostic.code, diagnostic.facts)));
  if (place.line > 0 && !place.excerpt.empty()) add_excerpt(out, place);

  const std::string remedy =
      mask_private_numbers(catalogue.remedy(diagnostic.code, diagnostic.facts));
  if (remedy.empty()) return out;
  std::string_view first = "→ ";
  for (const std::string& line : wrap(remedy, line_columns - indent.size() - 2)) {
    out += indent;
    out += first;
    out += line + '\n';
    first = "  ";
  }
  return out;
}

}  // namespace taizhang::render
