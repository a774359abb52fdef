#include "base/unified_diff.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>
#include <random>
#include <string>
#include <vector>

using taizhang::unified_diff;

namespace {

std::string_view take_line(std::string_view& rest) {
  const auto newline = rest.find('\n');
  const auto line = rest.substr(0, newline);
  rest.remove_prefix(newline == std::string_view::npos ? rest.size() : newline + 1);
  return line;
}

/// Applies a diff as a reader of the format would; "does not apply" when it contradicts the text.
std::string patched(std::string_view before, std::string_view diff) {
  const std::string wrong = "does not apply";
  std::string after;
  std::size_t old_lines_left = 0;
  std::size_t line_number = 1;  // of the next old line
  take_line(diff);
  take_line(diff);
  while (!diff.empty()) {
    std::string_view line = take_line(diff);
    const bool unended = diff.starts_with("\\ No newline at end of file\n");
    if (line.starts_with("@@ -")) {
      if (old_lines_left != 0) return wrong;
      std::size_t start = 0;
      const auto* end = line.data() + line.size();
      auto at = std::from_chars(line.data() + 4, end, start).ptr;
      old_lines_left = 1;
      if (*at == ',') std::from_chars(at + 1, end, old_lines_left);
      if (old_lines_left == 0) ++start;
      for (; line_number < start; ++line_number) (after += take_line(before)) += '\n';
      continue;
    }
    const char sign = line.front();
    line.remove_prefix(1);
    if (sign != '+') {
      const bool ended = before.find('\n') != std::string_view::npos;
      if (old_lines_left == 0 || ended == unended || take_line(before) != line) return wrong;
      --old_lines_left;
      ++line_number;
    }
    if (sign != '-') {
      after += line;
      if (!unended) after += '\n';
    }
    if (unended) take_line(diff);
  }
  return after.append(before);
}

}  // namespace

TEST_CASE("equal texts have no diff") {
  CHECK(unified_diff("", "", "a").empty());
  CHECK(unified_diff("a\nb", "a\nb", "a").empty());
}

TEST_CASE("one changed line is shown with three lines around it") {
  CHECK(unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n",
                     "眉县/汤峪镇/示例甲村.toml") ==
        "--- a/眉县/汤峪镇/示例甲村.toml\n"
        "+++ b/眉县/汤峪镇/示例甲村.toml\n"
        "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
}

TEST_CASE("changes far apart are two hunks and near ones are one") {
  std::string before;
  for (int i = 0; i < 20; ++i) before += std::to_string(i) + '\n';
  std::string far = before;
  far.replace(far.find("2\n"), 1, "X").replace(far.find("\n17\n") + 1, 2, "Y");
  const std::string two = unified_diff(before, far, "f");
  CHECK(two.find("@@ -1,6 +1,6 @@") != std::string::npos);
  CHECK(two.find("@@ -15,6 +15,6 @@") != std::string::npos);
  const std::string one = unified_diff(before, far, "f", 7);
  CHECK(one.find("@@ -1,20 +1,20 @@") != std::string::npos);
}

TEST_CASE("a missing newline at the end is told") {
  CHECK(unified_diff("a", "a\n", "f") ==
        "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
  CHECK(unified_diff("a\n", "a\nb", "f") ==
        "--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n a\n+b\n\\ No newline at end of file\n");
}

TEST_CASE("new and removed files are compared with nothing") {
  CHECK(unified_diff("", "a\nb\n", "f") == "--- /dev/null\n+++ b/f\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  CHECK(unified_diff("a\n", "", "f") == "--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
}

TEST_CASE("a name with a space is ended by a tab") {
  CHECK(unified_diff("a\n", "b\n", "甲 村").starts_with("--- a/甲 村\t\n+++ b/甲 村\t\n"));
}

TEST_CASE("only the added lines of an inserted record are shown") {
  const std::string entry = "\n[[entry]]\ntask = \"T1\"\n";
  const std::string before = "schema = 1\n" + entry + entry + "\n[[task]]\n";
  const std::string after = "schema = 1\n" + entry + entry + entry + "\n[[task]]\n";
  const std::string diff = unified_diff(before, after, "f", 0);
  CHECK(std::count(diff.begin(), diff.end(), '\n') == 2 + 1 + 3);
}

TEST_CASE("a diff applied to the old text gives the new one") {
  std::mt19937 random(1);
  for (int i = 0; i < 5000; ++i) {
    std::string before, after;
    for (auto left = random() % 30; left > 0; --left) {
      const std::string line{static_cast<char>('a' + random() % 5), '\n'};
      const auto fate = random() % 10;
      if (fate != 0) before += line;
      if (fate > 1) after += line;
      if (fate == 2) after += "x\n";
    }
    if (random() % 3 == 0 && !before.empty()) before.pop_back();
    if (random() % 3 == 0 && !after.empty()) after.pop_back();
    const std::string diff = unified_diff(before, after, "f", static_cast<int>(random() % 4));
    if (before == after ? !diff.empty() : patched(before, diff) != after)
      FAIL_CHECK(before << "---\n" << after << "---\n" << diff);
  }
}

TEST_CASE("texts that share nothing and texts of the largest size are managed") {
  std::mt19937 random(2);
  std::string before, after;
  for (int i = 0; i < 20000; ++i) {
    before += std::to_string(random()) + '\n';
    after += std::to_string(random()) + '\n';
  }
  CHECK(patched(before, unified_diff(before, after, "f")) == after);

  std::string large;
  while (large.size() < (8u << 20) - 64) large += "text = \"" + std::to_string(random()) + "\"\n";
  std::string changed = "first = 1\n" + large + "last";
  changed[changed.size() / 2] = '?';
  CHECK(patched(large, unified_diff(large, changed, "f")) == changed);
}
