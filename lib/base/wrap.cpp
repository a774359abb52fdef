#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace taizhang {

namespace {

/// A grapheme: what a line may not be broken inside of.
struct Cluster {
  std::string_view bytes;
  std::size_t columns = 0;
  std::int32_t first = -1;  ///< its leading code point

  bool is_space() const { return first == ' ' || first == '\t' || first == 0x3000; }
};

using Clusters = std::vector<Cluster>;

bool holds(std::u32string_view set, std::int32_t code) {
  return code >= 0 && set.find(static_cast<char32_t>(code)) != std::u32string_view::npos;
}

bool may_begin_line(const Cluster& cluster) {
  return !holds(
      U"，。、；：！？）》」』”’〉】〕］｝…·％℃"
      U",.;:!?)]}%",
      cluster.first);
}

bool may_end_line(const Cluster& cluster) {
  return !holds(
      U"（《「『“‘〈【〔［｛"
      U"([{",
      cluster.first);
}

Clusters clusters_of(std::string_view text) {
  Clusters clusters;
  std::int32_t previous = -1;
  utf8proc_int32_t state = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = utf8::step(text.substr(at));
    if (clusters.empty() || previous < 0 || code < 0 ||
        utf8proc_grapheme_break_stateful(previous, code, &state))
      clusters.push_back({text.substr(at, 0), 0, code});
    Cluster& last = clusters.back();
    last.bytes = {last.bytes.data(), last.bytes.size() + length};
    last.columns += utf8::columns(code);
    previous = code;
    at += length;
  }
  return clusters;
}

/// Whether a line may be broken between clusters `at - 1` and `at`, where `at` is not a space.
/// Spaces between the two words do not matter to what ends the one line and begins the other.
bool may_break_before(const Clusters& clusters, std::size_t at, std::size_t line_begin) {
  std::size_t word_end = at;
  while (word_end > line_begin && clusters[word_end - 1].is_space()) --word_end;
  if (word_end == line_begin) return false;
  const Cluster& before = clusters[word_end - 1];
  const Cluster& after = clusters[at];
  if (!may_begin_line(after) || !may_end_line(before)) return false;
  if (word_end != at) return true;
  const bool straight_quote = holds(U"\"'", before.first) || holds(U"\"'", after.first);
  const bool split_dash = before.first == 0x2014 && after.first == 0x2014;
  return (before.columns == 2 || after.columns == 2) && !straight_quote && !split_dash;
}

bool may_split_before(const Clusters& clusters, std::size_t at) {
  const Cluster& before = clusters[at - 1];
  const Cluster& after = clusters[at];
  return !before.is_space() && !after.is_space() && may_begin_line(after) && may_end_line(before);
}

/// Where the line that begins at `begin` ends (one past its last cluster) and the next begins.
std::size_t line_end(const Clusters& clusters, std::size_t begin, std::size_t columns) {
  std::size_t used = 0;
  std::size_t fits = begin;
  while (fits < clusters.size() && used + clusters[fits].columns <= columns)
    used += clusters[fits++].columns;
  if (fits == clusters.size()) return fits;
  if (fits == begin) return begin + 1;  // even one character is too wide: keep going

  std::size_t next = fits;  // what overhangs may be spaces only
  while (next < clusters.size() && clusters[next].is_space()) ++next;
  if (next == clusters.size()) return next;
  if (may_break_before(clusters, next, begin)) return next;
  for (std::size_t at = fits; at > begin; --at)
    if (!clusters[at].is_space() && may_break_before(clusters, at, begin)) return at;
  // One word longer than the line: give it a line of its own, without indentation, and break inside
  // it, if possible still keeping punctuation in place.
  if (clusters[begin].is_space()) {
    while (clusters[begin].is_space()) ++begin;
    return begin;
  }
  for (std::size_t at = fits; at > begin; --at)
    if (may_split_before(clusters, at)) return at;
  return fits;
}

void wrap_paragraph(std::string_view text, std::size_t columns, std::vector<std::string>& lines) {
  const Clusters clusters = clusters_of(text);
  std::size_t begin = 0;
  do {
    const std::size_t next = line_end(clusters, begin, columns);
    std::size_t end = next;
    while (end > begin && clusters[end - 1].is_space()) --end;
    if (end > begin || next == clusters.size()) {
      std::string line;
      for (std::size_t i = begin; i < end; ++i) line.append(clusters[i].bytes);
      lines.push_back(std::move(line));
    }
    begin = next;
    while (begin < clusters.size() && clusters[begin].is_space()) ++begin;
  } while (begin < clusters.size());
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t newline = text.find('\n');
    wrap_paragraph(text.substr(0, newline), columns, lines);
    if (newline == std::string_view::npos) return lines;
    text.remove_prefix(newline + 1);
  }
}

}  // namespace taizhang
