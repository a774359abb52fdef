#include "base/patch.hpp"

#include <doctest/doctest.h>

#include <random>
#include <utility>

#include "base/unified_diff.hpp"

using taizhang::apply_patch;
using taizhang::FilePatch;
using taizhang::PatchWay;
using taizhang::read_patch;
using taizhang::unified_diff;

namespace {

using Answer = std::optional<std::string>;

/// Applies a patch of one file; "unreadable" when it is none.
Answer patched(std::string_view patch, std::string_view text, PatchWay way = PatchWay::forward) {
  const auto files = read_patch(patch);
  if (!files || files->size() != 1) return "unreadable";
  return apply_patch(files->front(), text, way);
}

Answer unpatched(std::string_view patch, std::string_view text) {
  return patched(patch, text, PatchWay::backward);
}

/// Lines of a few letters, so that many are alike, with all that may stand in a file: both line
/// endings, bytes that are no text, lines that look like a patch, no newline at the end.
std::string random_text(std::mt19937& random) {
  constexpr std::string_view lines[] = {
      "a\n",          "b\n",        "\n",       "a\r\n",
      "\r\n",         "-- a/f\n",   "++ b/f\n", "@@ -1 +1 @@\n",
      "\xEF\xBB\xBF", "\xff\xfe\n", "汤峪镇\n", "\\ No newline at end of file\n"};
  std::string text;
  for (auto left = random() % 20; left > 0; --left) text += lines[random() % std::size(lines)];
  if (random() % 20 == 0) text += '\0';
  if (random() % 3 == 0 && !text.empty()) text.pop_back();
  return text;
}

/// `text` with a few lines lost or doubled.
std::string neighbour(std::mt19937& random, const std::string& text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto newline = text.find('\n', at);
    const auto end = newline == std::string::npos ? text.size() : newline + 1;
    const auto fate = random() % 10;
    if (fate != 0) result.append(text, at, end - at);
    if (fate == 1) result += "new\n";
    at = end;
  }
  return result;
}

}  // namespace

TEST_CASE("a difference of any two texts leads from each to the other") {
  std::mt19937 random(7);
  for (int i = 0; i < 20000; ++i) {
    const std::string before = random_text(random);
    const std::string after = i % 2 == 0 ? random_text(random) : neighbour(random, before);
    if (before == after) continue;
    const std::string diff = unified_diff(before, after, "f", static_cast<int>(random() % 4));
    if (patched(diff, before) != after || unpatched(diff, after) != before)
      FAIL_CHECK(before << "---\n" << after << "---\n" << diff);
  }
}

TEST_CASE("a patch of several files is read file by file") {
  const std::string path = "眉县/新 镇/a\t\"b\"\n.toml";
  const std::string text = unified_diff("", "a\r\nb", "new") + unified_diff("a\n", "", "old") +
                           unified_diff("--- a/x\n", "+++ b/x\n", path);
  const auto files = read_patch(text);
  REQUIRE(files);
  REQUIRE(files->size() == 3);
  CHECK((*files)[0].path == "new");
  CHECK((*files)[0].old_is_empty);
  CHECK(apply_patch((*files)[0], "", PatchWay::forward) == "a\r\nb");
  CHECK((*files)[1].path == "old");
  CHECK((*files)[1].new_is_empty);
  CHECK(apply_patch((*files)[1], "", PatchWay::backward) == "a\n");
  CHECK((*files)[2].path == path);
  CHECK(apply_patch((*files)[2], "--- a/x\n", PatchWay::forward) == "+++ b/x\n");
  CHECK(read_patch("")->empty());
}

TEST_CASE("a patch is refused by any text that is not exactly the one it was made of") {
  const std::string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  const std::string after = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n";
  const std::string diff = unified_diff(before, after, "f");
  CHECK(patched(diff, before) == after);
  CHECK(!patched(diff, after));
  CHECK(!patched(diff, "0\n" + before));    // two lines further down
  CHECK(!patched(diff, before.substr(2)));  // one further up
  CHECK(!patched(diff, "1\n2\n3\n4\n5"));   // ends too early
  CHECK(!patched(diff, "1\n2\n3\n4\n5\r\n6\n7\n8\n9\n"));
  CHECK(!patched(diff, ""));
  CHECK(!patched(unified_diff("", "a\n", "f"), "b\n"));       // there already
  CHECK(!unpatched(unified_diff("", "a\n", "f"), "a\nb\n"));  // something would remain
  CHECK(!patched(unified_diff("a", "b", "f"), "a\n"));
  CHECK(!patched(unified_diff("a\n", "a\nb", "f", 0), "a\nb\n"));
}

TEST_CASE("a text that is not such a patch is refused") {
  const std::string_view texts[] = {
      "a",
      "\n",
      "--- a/f\n",
      "--- a/f\n+++ b/f\n",
      "--- a/f\n+++ b/f\n@@ -1 +1 @@\n",
      "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b",    // no newline
      "--- a/f\n+++ b/g\n@@ -1 +1 @@\n-a\n+b\n",  // two names
      "--- a/\n+++ b/\n@@ -1 +1 @@\n-a\n+b\n",    // no name
      "--- f\n+++ f\n@@ -1 +1 @@\n-a\n+b\n",      // no side
      "--- /dev/null\n+++ /dev/null\n@@ -1 +1 @@\n-a\n+b\n",
      "--- \"a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n",
      "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n+c\n",  // one line too many
      "--- a/f\n+++ b/f\n@@ -1,2 +1 @@\n-a\n+b\n",    // one too few
      "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n-b\n",
      "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n?b\n",
      "--- a/f\n+++ b/f\n@@ -1 +1 @@\n\n",
      "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+\n\\ No newline at end of file\n",
      "--- a/f\n+++ b/f\n@@ -0,0 +0,0 @@\n",
      "--- a/f\n+++ b/f\n@@ -0 +1 @@\n-a\n+b\n",  // lines count from 1
      "--- a/f\n+++ b/f\n@@ --1 +1 @@\n-a\n+b\n",
      "--- a/f\n+++ b/f\n@@ -1, +1 @@\n-a\n+b\n",
      "--- a/f\n+++ b/f\n@@ -1 +1 @@ x\n-a\n+b\n",
      "--- a/f\n+++ b/f\n@@ -1 +99999999999999999999 @@\n-a\n+b\n",
      "--- a/f\n+++ b/f\n@@ -1,18446744073709551615 +1 @@\n-a\n+b\n"};
  for (const auto text : texts) CHECK_MESSAGE(!read_patch(text), text);
}

TEST_CASE("a patch that contradicts itself is refused when it is applied") {
  const std::string names = "--- a/f\n+++ b/f\n";
  CHECK(!patched(names + "@@ -1 +2 @@\n-a\n+b\n", "a\n"));  // new place without reason
  CHECK(!patched(names + "@@ -1 +18446744073709551615 @@\n-a\n+b\n", "a\n"));
  CHECK(!patched(names + "@@ -18446744073709551615 +1 @@\n-a\n+b\n", "a\n"));
  CHECK(!patched(names + "@@ -2 +2 @@\n-b\n+c\n@@ -1 +1 @@\n-a\n+b\n", "a\nb\n"));  // out of order
  CHECK(!patched(names + "@@ -1 +1 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b\n", "a\n"));
  // A line without '\n' in the middle of the text it makes.
  CHECK(!patched(names + "@@ -1 +1,2 @@\n a\n\\ No newline at end of file\n+b\n", "a"));
  CHECK(!patched(names + "@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n", "a\nb\n"));
  CHECK(!patched("--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", "a\nb\n"));  // something remains
}

TEST_CASE("no damage to a patch makes it do anything but refuse or do what it says") {
  std::mt19937 random(11);
  constexpr std::string_view pieces[] = {"@@ -1 +1 @@\n",
                                         "\n",
                                         "-",
                                         "+",
                                         "0",
                                         "9",
                                         ",",
                                         "--- a/f\n",
                                         "\\ No newline at end of file\n",
                                         "\"",
                                         "\\"};
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string before = random_text(random);
    const std::string after = neighbour(random, before);
    std::string diff = unified_diff(before, after, "f");
    if (diff.empty()) continue;
    for (auto left = 1 + random() % 2; left > 0; --left) {
      const auto at = random() % diff.size();
      if (random() % 2 == 0) diff.erase(at, 1 + random() % 3);
      else diff.insert(at, pieces[random() % std::size(pieces)]);
      if (diff.empty()) diff = "x";
    }
    const auto files = read_patch(diff);
    if (!files) ++refused;
    else
      for (const FilePatch& file : *files) {
        const auto made = apply_patch(file, before, PatchWay::forward);
        if (!made) ++refused;
        // What it does do, it can also take back.
        else if (apply_patch(file, *made, PatchWay::backward) != before) FAIL_CHECK(diff);
      }
  }
  CHECK(refused > 10000);
}
