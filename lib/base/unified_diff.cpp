#include "base/unified_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <vector>

#include "base/quoted.hpp"

namespace taizhang {

namespace {

using Lines = std::vector<std::string_view>;

/// Each with its '\n', so that a last line without one differs from the same with one.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto newline = text.find('\n');
    const auto size = newline == std::string_view::npos ? text.size() : newline + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

/// Lines [old_begin, old_end) became [new_begin, new_end).
struct Change {
  std::size_t old_begin = 0;
  std::size_t old_end = 0;
  std::size_t new_begin = 0;
  std::size_t new_end = 0;
};

/// The fewest lines removed and added, found by the O(ND) method of Myers. Lines are compared as
/// numbers. Beyond `max_edits` the whole stretch counts as replaced: right, if not the shortest.
class ShortestEdit {
 public:
  ShortestEdit(const std::vector<int>& before, const std::vector<int>& after)
      : before_(before), after_(after) {}

  std::vector<Change> changes() {
    const long n = size(before_);
    const long m = size(after_);
    if (n == 0 || m == 0) return {{0, before_.size(), 0, after_.size()}};
    for (long edits = 0; edits <= max_edits; ++edits)
      if (reach(edits)) return walk_back(edits);
    return {{0, before_.size(), 0, after_.size()}};
  }

 private:
  static constexpr long max_edits = 2000;

  static long size(const std::vector<int>& lines) { return static_cast<long>(lines.size()); }

  /// The furthest old line reached on `diagonal` (old minus new) after `edits` edits.
  long& furthest(long edits, long diagonal) {
    return rounds_[static_cast<std::size_t>(edits)]
                  [static_cast<std::size_t>((diagonal + edits) / 2)];
  }

  /// Whether the last edit that came to `diagonal` added a line (else it removed one).
  bool came_by_adding(long edits, long diagonal) {
    return diagonal == -edits || (diagonal != edits && furthest(edits - 1, diagonal - 1) <
                                                           furthest(edits - 1, diagonal + 1));
  }

  long start(long edits, long diagonal) {
    if (edits == 0) return 0;
    return came_by_adding(edits, diagonal) ? furthest(edits - 1, diagonal + 1)
                                           : furthest(edits - 1, diagonal - 1) + 1;
  }

  /// One more edit on every diagonal; true when both ends are reached.
  bool reach(long edits) {
    rounds_.emplace_back(static_cast<std::size_t>(edits) + 1);
    for (long diagonal = -edits; diagonal <= edits; diagonal += 2) {
      long x = start(edits, diagonal);
      while (x < size(before_) && x - diagonal < size(after_) && x - diagonal >= 0 &&
             before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(x - diagonal)])
        ++x;
      furthest(edits, diagonal) = x;
      if (x >= size(before_) && x - diagonal >= size(after_)) return true;
    }
    return false;
  }

  std::vector<Change> walk_back(long edits) {
    std::vector<Change> changes;
    long diagonal = size(before_) - size(after_);
    for (; edits > 0; --edits) {
      const bool added = came_by_adding(edits, diagonal);
      const auto x = static_cast<std::size_t>(start(edits, diagonal));
      const auto y = static_cast<std::size_t>(start(edits, diagonal) - diagonal);
      const Change change = added ? Change{x, x, y - 1, y} : Change{x - 1, x, y, y};
      if (!changes.empty() && changes.back().old_begin == change.old_end &&
          changes.back().new_begin == change.new_end) {
        changes.back().old_begin = change.old_begin;
        changes.back().new_begin = change.new_begin;
      } else {
        changes.push_back(change);
      }
      diagonal += added ? 1 : -1;
    }
    std::ranges::reverse(changes);
    return changes;
  }

  const std::vector<int>& before_;
  const std::vector<int>& after_;
  std::vector<std::vector<long>> rounds_;
};

std::vector<Change> changes_between(const Lines& before, const Lines& after) {
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head &&
         before[before.size() - tail - 1] == after[after.size() - tail - 1])
    ++tail;
  if (head == before.size() && head == after.size()) return {};

  std::unordered_map<std::string_view, int> numbers;
  const auto numbered = [&](const Lines& lines) {
    std::vector<int> result;
    result.reserve(lines.size() - tail - head);
    for (std::size_t i = head; i < lines.size() - tail; ++i)
      result.push_back(
          numbers.try_emplace(lines[i], static_cast<int>(numbers.size())).first->second);
    return result;
  };
  const auto old_numbers = numbered(before);
  const auto new_numbers = numbered(after);
  auto changes = ShortestEdit(old_numbers, new_numbers).changes();
  for (Change& change : changes)
    change = {change.old_begin + head, change.old_end + head, change.new_begin + head,
              change.new_end + head};
  return changes;
}

void append_line(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// A tab ends a name that holds spaces, as git writes it.
std::string name_line(std::string_view text, std::string_view side, std::string_view path) {
  if (text.empty()) return "/dev/null\n";
  const std::string_view end = path.find(' ') == std::string_view::npos ? "\n" : "\t\n";
  return quote_line(std::string(side).append(path)).append(end);
}

/// `12,3`; the count is left out when 1, and an empty range names the line before it.
std::string range(std::size_t begin, std::size_t end) {
  if (end == begin) return fmt::format("{},0", begin);
  if (end == begin + 1) return fmt::format("{}", begin + 1);
  return fmt::format("{},{}", begin + 1, end - begin);
}

}  // namespace

std::string unified_diff(std::string_view old_text, std::string_view new_text,
                         std::string_view path, int context) {
  const Lines before = lines_of(old_text);
  const Lines after = lines_of(new_text);
  const auto changes = changes_between(before, after);
  if (changes.empty()) return {};

  std::string out = "--- " + name_line(old_text, "a/", path);
  out += "+++ " + name_line(new_text, "b/", path);

  const auto around = static_cast<std::size_t>(std::max(context, 0));
  for (std::size_t first = 0; first < changes.size();) {
    std::size_t last = first;
    while (last + 1 < changes.size() &&
           changes[last + 1].old_begin - changes[last].old_end <= 2 * around)
      ++last;
    const std::size_t lead = std::min(around, changes[first].old_begin);
    const std::size_t trail = std::min(around, before.size() - changes[last].old_end);
    out += fmt::format("@@ -{} +{} @@\n",
                       range(changes[first].old_begin - lead, changes[last].old_end + trail),
                       range(changes[first].new_begin - lead, changes[last].new_end + trail));
    std::size_t at = changes[first].old_begin - lead;
    for (; first <= last; ++first) {
      const Change& change = changes[first];
      for (; at < change.old_begin; ++at) append_line(out, ' ', before[at]);
      for (; at < change.old_end; ++at) append_line(out, '-', before[at]);
      for (std::size_t i = change.new_begin; i < change.new_end; ++i)
        append_line(out, '+', after[i]);
    }
    for (const std::size_t end = at + trail; at < end; ++at) append_line(out, ' ', before[at]);
  }
  return out;
}

}  // namespace taizhang
