#include "store/undo_log.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <random>

#include "base/failure.hpp"
#include "base/hash.hpp"
#include "base/patch.hpp"
#include "base/scratch.hpp"

using namespace taizhang;
using store::CommandNote;
using store::FileChange;
using store::UndoLog;
namespace fs = std::filesystem;

namespace {

using Changes = std::vector<FileChange>;
using Tree = std::map<std::string, std::string>;  ///< folders end with '/'

/// All that is in the workspace but for our own state.
Tree tree_of(const Scratch& scratch) {
  Tree tree;
  for (const auto& entry : fs::recursive_directory_iterator(scratch.path())) {
    const std::string name = fs::relative(entry.path(), scratch.path()).string();
    if (name.starts_with(".taizhang")) continue;
    if (entry.is_directory()) tree[name + '/'];
    else tree[name] = scratch.get(name);
  }
  return tree;
}

CommandNote note(std::string command) { return {std::move(command), "2023-06-15 09:30:00", {}}; }

CommandNote undoing(std::uint32_t number) { return {"undo", "2023-06-15 09:31:00", number}; }

std::string failure_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Failure& failure) {
    return std::string(failure.diagnostic().code);
  }
  return "none";
}

std::vector<std::string> codes(const Diagnostics& diagnostics) {
  std::vector<std::string> codes;
  for (const Diagnostic& each : diagnostics)
    codes.push_back(std::string(each.code) +
                    (each.place.path.empty() ? "" : ' ' + each.place.path));
  return codes;
}

using Codes = std::vector<std::string>;

std::vector<std::uint32_t> numbers(const UndoLog& log) {
  std::vector<std::uint32_t> numbers;
  for (const auto& entry : log.list().entries) numbers.push_back(entry.number);
  return numbers;
}

/// Takes a change back as the command does.
void undo(UndoLog& log, std::uint32_t number) {
  const auto back = log.reverse(number);
  REQUIRE(back.has_value());
  log.commit(*back, undoing(number));
}

Codes refused(const UndoLog& log, std::uint32_t number) {
  const auto back = log.reverse(number);
  return back ? Codes{"none"} : codes(back.error());
}

std::string patch_name(std::uint32_t number, std::string_view ending = ".patch") {
  return ".taizhang/undo/00000" + std::to_string(number) + std::string(ending);
}

/// While it lives, scratch folders are made in memory, where a sync takes no time.
class InMemory {
 public:
  InMemory() {
    const char* const folder = std::getenv("TMPDIR");
    if (folder != nullptr) before_ = folder;
    if (disk::is_folder("/dev/shm")) setenv("TMPDIR", "/dev/shm", 1);
  }
  InMemory(const InMemory&) = delete;
  InMemory& operator=(const InMemory&) = delete;
  ~InMemory() {
    if (before_) setenv("TMPDIR", before_->c_str(), 1);
    else unsetenv("TMPDIR");
  }

 private:
  std::optional<std::string> before_;
};

/// A change of a file, a new one in new folders, and one removed.
struct ThreeFiles {
  ThreeFiles() {
    scratch.put("眉县/a.toml", "old a\r\nno newline");
    scratch.put("眉县/c.toml", "old c\n");
  }
  Scratch scratch;
  UndoLog log{scratch.path()};
  Changes changes{{"眉县/a.toml", "old a\r\nno newline", "\xEF\xBB\xBFnew a\r\n"},
                  {"新 县/新\n镇/b.toml", {}, "new b\n"},
                  {"眉县/c.toml", "old c\n", {}}};
};

}  // namespace

TEST_CASE_FIXTURE(ThreeFiles, "what a command did is undone and redone, files and folders") {
  const Tree before = tree_of(scratch);
  log.commit(changes, note("log 示例甲村 T1"));
  const Tree after = tree_of(scratch);
  CHECK(after == Tree{{"眉县/", ""},
                      {"眉县/a.toml", "\xEF\xBB\xBFnew a\r\n"},
                      {"新 县/", ""},
                      {"新 县/新\n镇/", ""},
                      {"新 县/新\n镇/b.toml", "new b\n"}});
  for (int i = 0; i < 3; ++i) {
    undo(log, *log.newest());
    CHECK(tree_of(scratch) == before);
    undo(log, *log.newest());
    CHECK(tree_of(scratch) == after);
  }
  CHECK(numbers(log) == std::vector<std::uint32_t>{7, 6, 5, 4, 3, 2, 1});
}

TEST_CASE_FIXTURE(ThreeFiles, "the list says what was done, when, and what can be taken back") {
  CHECK(log.list().entries.empty());
  CHECK(!log.newest());
  log.commit(changes, note("log \"甲\"\nT1"));
  auto list = log.list();
  CHECK(list.diagnostics.empty());
  REQUIRE(list.entries.size() == 1);
  CHECK(list.entries[0].number == 1);
  CHECK(list.entries[0].note.command == "log \"甲\"\nT1");
  CHECK(list.entries[0].note.time == "2023-06-15 09:30:00");
  CHECK(!list.entries[0].note.undoes);
  CHECK(list.entries[0].paths == Codes{"眉县/a.toml", "新 县/新\n镇/b.toml", "眉县/c.toml"});
  CHECK(list.entries[0].undoable);
  CHECK(!list.entries[0].undone_by);

  undo(log, 1);
  list = log.list();
  REQUIRE(list.entries.size() == 2);
  CHECK(list.entries[0].note.undoes == 1u);
  CHECK(list.entries[0].undoable);
  CHECK(list.entries[1].undone_by == 2u);
  CHECK(!list.entries[1].undoable);

  undo(log, 2);
  list = log.list();
  CHECK(!list.entries[0].undone_by);
  CHECK(list.entries[1].undone_by == 3u);
  CHECK(!list.entries[2].undone_by);
  CHECK(list.entries[2].undoable);
}

TEST_CASE("a change is taken back although others came after it, unless they touched its files") {
  const Scratch scratch;
  scratch.put("a", "1\n");
  scratch.put("b", "1\n");
  UndoLog log(scratch.path());
  log.commit({{"a", "1\n", "2\n"}}, note("first"));
  log.commit({{"b", "1\n", "2\n"}}, note("second"));
  log.commit({{"a", "2\n", "3\n"}}, note("third"));
  CHECK(refused(log, 1) == Codes{"undo-file-changed a"});
  undo(log, 2);
  CHECK(scratch.get("b") == "1\n");
  undo(log, 3);
  undo(log, 1);
  CHECK(scratch.get("a") == "1\n");
}

TEST_CASE_FIXTURE(ThreeFiles, "every file that was changed since is named and nothing is undone") {
  log.commit(changes, note("log"));
  scratch.put("眉县/a.toml", "by hand");
  scratch.put("眉县/c.toml", "by hand");
  const Tree now = tree_of(scratch);
  CHECK(refused(log, 1) == Codes{"undo-file-changed 眉县/a.toml", "undo-file-changed 眉县/c.toml"});
  CHECK(!log.list().entries.at(0).undoable);
  fs::remove(scratch / "新 县/新\n镇/b.toml");
  CHECK(refused(log, 1).size() == 3);
  fs::create_directories(scratch / "新 县/新\n镇/b.toml");
  CHECK(refused(log, 1).size() == 3);
  CHECK(refused(log, 2) == Codes{"undo-unknown"});
}

TEST_CASE("a folder that was there before or holds more stays") {
  const Scratch scratch;
  fs::create_directories(scratch / "there");
  UndoLog log(scratch.path());
  log.commit({{"there/a", {}, "a"}, {"made/a", {}, "a"}, {"made/below/a", {}, "a"}}, note("add"));
  scratch.put("made/other", "");
  undo(log, 1);
  CHECK(tree_of(scratch) == Tree{{"there/", ""}, {"made/", ""}, {"made/other", ""}});
}

TEST_CASE("an empty file and no file are told apart") {
  const Scratch scratch;
  scratch.put("emptied", "x");
  scratch.put("removed", "");
  UndoLog log(scratch.path());
  const Tree before = tree_of(scratch);
  log.commit({{"emptied", "x", ""}, {"removed", "", {}}, {"made", {}, ""}}, note("n"));
  const Tree after = tree_of(scratch);
  CHECK(after == Tree{{"emptied", ""}, {"made", ""}});
  undo(log, 1);
  CHECK(tree_of(scratch) == before);
  undo(log, 2);
  CHECK(tree_of(scratch) == after);
}

TEST_CASE("changes that change nothing are not remembered") {
  const Scratch scratch;
  UndoLog log(scratch.path());
  log.commit({{"a", "1", "1"}, {"b", {}, {}}}, note("n"));
  log.commit({}, note("n"));
  CHECK(scratch.names().empty());
}

TEST_CASE_FIXTURE(ThreeFiles, "the patch is a text that patch(1) understands") {
  log.commit({changes[0]}, note("log 示例甲村 T1 --text \"x\""));
  const std::string text = scratch.get(patch_name(1));
  const auto line_end = text.find('\n');
  CHECK(text.substr(0, line_end) == "taizhang-undo 1 " + sha256(text.substr(line_end + 1)));
  CHECK(text.substr(line_end + 1) ==
        "# number: 1\n"
        "# command: \"log 示例甲村 T1 --text \\\"x\\\"\"\n"
        "# time: 2023-06-15 09:30:00\n"
        "# file: " +
            sha256("old a\r\nno newline") + ' ' + sha256("\xEF\xBB\xBFnew a\r\n") +
            " 眉县/a.toml\n"
            "\n"
            "--- a/眉县/a.toml\n+++ b/眉县/a.toml\n@@ -1,2 +1 @@\n"
            "-old a\r\n-no newline\n\\ No newline at end of file\n+\xEF\xBB\xBFnew a\r\n");
}

TEST_CASE("a damaged patch is named, the others work, and no damage makes wrong bytes") {
  const InMemory in_memory;
  const Scratch scratch;
  scratch.put("a", "1\n2\n3\n");
  UndoLog log(scratch.path());
  log.commit({{"a", "1\n2\n3\n", "1\n2\n4\n"}}, note("first"));
  log.commit({{"b", {}, "b\n"}}, note("second"));
  const std::string good = scratch.get(patch_name(1));
  const auto damaged = [&](const std::string& bytes) {
    scratch.put(patch_name(1), bytes);
    return refused(log, 1) == Codes{"undo-damaged .taizhang/undo/000001.patch"};
  };
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    if (!damaged(bad) || !damaged(good.substr(0, i))) FAIL_CHECK("taken at byte " << i);
  }
  CHECK(damaged(good + "\n"));
  CHECK(damaged(scratch.get(patch_name(2))));  // another's number
  CHECK(numbers(log) == std::vector<std::uint32_t>{2});
  CHECK(codes(log.list().diagnostics) == Codes{"undo-damaged .taizhang/undo/000001.patch"});
  CHECK(log.list().entries.at(0).undoable);
  fs::remove(scratch / patch_name(1));
  fs::create_directories(scratch / patch_name(1));
  CHECK(codes(log.list().diagnostics).size() == 1);
}

TEST_CASE("a patch made by a stranger reaches nothing that commands do not change") {
  const Scratch scratch;
  scratch.put("a", "1\n");
  scratch.put("outside/secret", "1\n");
  fs::create_directories(scratch / "ws");
  fs::create_symlink("../outside", scratch / "ws/link");
  const std::string old_hash = sha256("1\n");
  UndoLog log(scratch / "ws");
  const auto forged = [&](const std::string& header, const std::string& difference) {
    const std::string text = "# number: 1\n# command: c\n# time: t\n" + header + "\n" + difference;
    scratch.put("ws/" + patch_name(1), "taizhang-undo 1 " + sha256(text) + '\n' + text);
    const auto back = log.reverse(1);
    return back ? "none" : std::string(back.error().at(0).code);
  };
  const auto of = [&](const std::string& path) {
    return "# file: - " + old_hash + ' ' + path + '\n';
  };
  const auto added = [](const std::string& path) {
    return "--- /dev/null\n+++ b/" + path + "\n@@ -0,0 +1 @@\n+1\n";
  };
  scratch.put("ws/good", "1\n");
  CHECK(forged(of("good"), added("good")) == "none");
  for (const std::string path : {"../a", "/etc/passwd", "x/../../a", "./a", "x//a", ".git/hooks/x",
                                 ".taizhang/lock", "", "x/"})
    CHECK_MESSAGE(forged(of(path), added(path)) == "undo-damaged", path);
  CHECK(forged(of("link/secret"), added("link/secret")) == "undo-file-changed");
  CHECK(forged(of("good"), added("good") + added("more")) == "undo-damaged");
  CHECK(forged(of("good"), added("good") + added("good")) == "undo-damaged");
  CHECK(forged(of("good") + of("good"), added("good")) == "undo-damaged");
  CHECK(forged(of("good"), "") == "undo-damaged");  // it was not empty
  CHECK(forged(of("good"), "--- /dev/null\n+++ b/good\n@@ -0,0 +1 @@\n+2\n") == "undo-damaged");
  CHECK(forged("# file: " + sha256("x") + ' ' + old_hash + " good\n", added("good")) ==
        "undo-damaged");  // not what it promises
  CHECK(forged("# file: - - good\n", "") == "undo-damaged");
  CHECK(forged("# file: - 123 good\n", "") == "undo-damaged");
  CHECK(forged("", "") == "undo-damaged");
  CHECK(forged(of("good") + "# made: ../x\n", added("good")) == "undo-damaged");
  CHECK(forged(of("good") + "# undoes: x\n", added("good")) == "undo-damaged");
  CHECK(forged(of("good") + "# new: x\n", added("good")) == "undo-damaged");
  CHECK(forged(of("good") + "good\n", added("good")) == "undo-damaged");
}

TEST_CASE("files outside the workspace are not changed") {
  const Scratch scratch;
  scratch.put("outside/a", "1");
  fs::create_directories(scratch / "ws/in");
  fs::create_symlink("../outside", scratch / "ws/link");
  UndoLog log(scratch / "ws");
  for (const std::string path : {"link/a", "../outside/a", ".git/config", ".taizhang/lock"})
    CHECK(failure_of([&] { log.commit({{path, "1", "2"}}, note("n")); }) == "file-outside");
  CHECK(scratch.get("outside/a") == "1");
  CHECK(!disk::exists(scratch / "ws/.taizhang"));
}

TEST_CASE_FIXTURE(ThreeFiles, "a change that fails leaves all as it was and is not remembered") {
  const Tree before = tree_of(scratch);
  const auto unchanged = [&] {
    CHECK(tree_of(scratch) == before);
    CHECK(log.list().entries.empty());
    CHECK(!disk::exists(scratch / patch_name(1, ".pending")));
    CHECK(log.recover().empty());
  };
  REQUIRE(chmod((scratch / "眉县/c.toml").c_str(), 0444) == 0);
  CHECK(failure_of([&] { log.commit(changes, note("n")); }) == "file-read-only");
  unchanged();
  REQUIRE(chmod((scratch / "眉县/c.toml").c_str(), 0644) == 0);

  Changes wrong = changes;
  wrong[0].old_bytes = "edited meanwhile";
  CHECK(failure_of([&] { log.commit(wrong, note("n")); }) == "file-changed-meanwhile");
  unchanged();

  // As on a full disk: first the patch does not fit, then it does but a file does not.
  void (*const handler)(int) = signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &limit) == 0);
  Changes large = changes;
  large[1].new_bytes = std::string(5000, 'x') + '\n';
  for (const rlim_t bytes : {rlim_t{1000}, rlim_t{4000}}) {
    const rlimit small{bytes, limit.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    const std::string code = failure_of([&] { log.commit(large, note("n")); });
    REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK(code == "write-failed");
    unchanged();
  }
  signal(SIGXFSZ, handler);
  log.commit(changes, note("n"));
  CHECK(*log.newest() == 1);
}

TEST_CASE("a run that died is finished, forgotten or taken back, whatever it left") {
  const InMemory in_memory;
  // Each file stands as before, as after, or as somebody has edited it since.
  for (int mask = 0; mask < 27; ++mask) {
    ThreeFiles three;
    const Tree before = tree_of(three.scratch);
    three.log.commit(three.changes, note("log"));
    const Tree after = tree_of(three.scratch);
    fs::rename(three.scratch / patch_name(1), three.scratch / patch_name(1, ".pending"));
    std::array<int, 3> standing{mask % 3, mask / 3 % 3, mask / 9};
    const auto has = [&](int kind) { return std::ranges::count(standing, kind) > 0; };
    const auto put = [&](const std::string& path, const std::optional<std::string>& bytes) {
      if (bytes) three.scratch.put(path, *bytes);
      else fs::remove(three.scratch / path);
    };
    for (std::size_t i = 0; i < 3; ++i) {
      const FileChange& change = three.changes[i];
      put(change.path, standing[i] == 0   ? change.old_bytes
                       : standing[i] == 1 ? change.new_bytes
                                          : std::optional<std::string>("edited"));
    }
    const Diagnostics told = three.log.recover();
    const bool finished = has(1) && !has(0);
    Tree expected = finished ? after : before;
    for (std::size_t i = 0; i < 3; ++i)
      if (standing[i] == 2) expected[three.changes[i].path] = "edited";
    if (standing[1] == 2) expected.insert({{"新 县/", ""}, {"新 县/新\n镇/", ""}});
    INFO("case " << mask);
    CHECK(tree_of(three.scratch) == expected);
    CHECK(std::ranges::count(codes(told), "interrupted-command") == (has(0) && has(1) ? 1 : 0));
    CHECK(told.size() ==
          static_cast<std::size_t>(std::ranges::count(standing, 2)) + (has(0) && has(1) ? 1 : 0));
    CHECK(three.log.newest().has_value() == finished);
    CHECK(three.log.recover().empty());
    CHECK(tree_of(three.scratch) == expected);
  }
}

TEST_CASE_FIXTURE(ThreeFiles, "what is edited after a run died is told of and left alone") {
  log.commit(changes, note("log 示例甲村 T1"));
  fs::rename(scratch / patch_name(1), scratch / patch_name(1, ".pending"));
  scratch.put("眉县/a.toml", "by hand");
  scratch.put("眉县/c.toml", "old c\n");
  const Diagnostics told = log.recover();
  CHECK(codes(told) == Codes{"interrupted-command", "interrupted-then-edited 眉县/a.toml"});
  CHECK(told.at(1).severity == Severity::warning);
  CHECK(told.at(1).facts.at(0).second == "log 示例甲村 T1");
  CHECK(tree_of(scratch) ==
        Tree{{"眉县/", ""}, {"眉县/a.toml", "by hand"}, {"眉县/c.toml", "old c\n"}});
}

TEST_CASE("a pending patch that is damaged is set aside and told of once") {
  const Scratch scratch;
  scratch.put(patch_name(4, ".pending"), "no patch");
  UndoLog log(scratch.path());
  CHECK(codes(log.recover()) == Codes{"undo-damaged .taizhang/undo/000004.patch"});
  CHECK(log.recover().empty());
  log.commit({{"a", {}, "a"}}, note("n"));
  CHECK(*log.newest() == 5);
}

TEST_CASE("names in the folder that are no patches of ours do no harm") {
  const Scratch scratch;
  for (const auto* const name :
       {"1.patch", "0000001.patch", "4294967295.patch", "-00001.patch",
        "99999999999999999999.patch", "a.patch", "000001.patch~", "000002"})
    scratch.put(std::string(".taizhang/undo/") + name, "x");
  UndoLog log(scratch.path());
  CHECK(!log.newest());
  CHECK(log.recover().empty());
  log.commit({{"a", {}, "a"}}, note("n"));
  CHECK(numbers(log) == std::vector<std::uint32_t>{1});
}

TEST_CASE("only the latest patches are kept") {
  const InMemory in_memory;
  const Scratch scratch;
  UndoLog log(scratch.path());
  std::optional<std::string> text;
  const std::size_t extra = 3;
  for (std::size_t i = 1; i <= UndoLog::most_kept + extra; ++i) {
    const std::string next = std::to_string(i) + '\n';
    log.commit({{"a", text, next}}, note("n"));
    text = next;
  }
  const auto kept = numbers(log);
  CHECK(kept.size() == UndoLog::most_kept);
  CHECK(kept.back() == extra + 1);
  CHECK(log.list().diagnostics.empty());
  CHECK(refused(log, extra) == Codes{"undo-unknown"});
}

TEST_CASE("any changes are undone and redone to the byte") {
  const InMemory in_memory;
  std::mt19937 random(5);
  const auto content = [&]() -> std::optional<std::string> {
    if (random() % 4 == 0) return std::nullopt;
    constexpr std::string_view lines[] = {"a\n",  "b\r\n",     "\n",  "\xff",
                                          "\n\n", "--- a/x\n", "汤\n"};
    std::string text;
    for (auto left = random() % 8; left > 0; --left) text += lines[random() % std::size(lines)];
    return text;
  };
  const std::string paths[] = {"a", "d/b", "d/e/c", "空 格"};
  const Scratch scratch;
  UndoLog log(scratch.path());
  std::map<std::string, std::optional<std::string>> now;
  for (int round = 0; round < 25; ++round) {
    Changes changes;
    for (const std::string& path : paths)
      if (random() % 3 != 0) changes.push_back({path, now[path], content()});
    const Tree before = tree_of(scratch);
    const auto last = log.newest();
    log.commit(changes, note("n"));
    for (const FileChange& change : changes) now[change.path] = change.new_bytes;
    if (log.newest() == last) continue;
    const Tree after = tree_of(scratch);
    undo(log, *log.newest());
    CHECK(tree_of(scratch) == before);
    undo(log, *log.newest());
    CHECK(tree_of(scratch) == after);
  }
}

namespace {

/// Runs the action in a process that dies before its `calls`-th call to the system. False when it
/// came to its end first.
bool dies(int calls, const std::function<void()>& action) {
  const pid_t child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    raise(SIGSTOP);
    try {
      action();
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFSTOPPED(status));
  // Two stops for each call, before and after.
  for (int stop = 1; stop < 2 * calls; ++stop) {
    REQUIRE(ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0);
    REQUIRE(waitpid(child, &status, 0) == child);
    if (WIFSTOPPED(status)) continue;
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    return false;
  }
  kill(child, SIGKILL);
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  return true;
}

}  // namespace

TEST_CASE("wherever a change, its undoing or its recovery is killed, all files are old or new") {
  const InMemory in_memory;
  Tree before, after;
  {
    ThreeFiles three;
    before = tree_of(three.scratch);
    three.log.commit(three.changes, note("log"));
    after = tree_of(three.scratch);
  }
  int mixed = 0;
  for (const bool undoing_it : {false, true}) {
    int calls = 1;
    for (bool died = true; died; ++calls) {
      ThreeFiles three;
      Changes changes = three.changes;
      if (undoing_it) {
        three.log.commit(changes, note("log"));
        changes = three.log.reverse(1).value();
      }
      died = dies(calls, [&] { three.log.commit(changes, undoing_it ? undoing(1) : note("log")); });
      const bool was_mixed = tree_of(three.scratch) != before && tree_of(three.scratch) != after;
      mixed += was_mixed ? 1 : 0;
      // The recovery dies as well, further on each time, until one gets through.
      for (int steps = 1; was_mixed && dies(steps, [&] { three.log.recover(); });) steps += 7;
      three.log.recover();
      INFO("killed before call " << calls);
      const Tree now = tree_of(three.scratch);
      CHECK((now == before || now == after));
      if (!died) CHECK(now == (undoing_it ? before : after));
      CHECK(three.log.recover().empty());
      CHECK(three.log.list().diagnostics.empty());
      // The log knows in which of the two it is, and leads to the other.
      const bool is_done = now == (undoing_it ? before : after);
      CHECK(three.log.newest().value_or(0) == (undoing_it ? 1u : 0u) + (is_done ? 1u : 0u));
      if (three.log.newest()) {
        undo(three.log, *three.log.newest());
        CHECK(tree_of(three.scratch) == (now == before ? after : before));
      }
    }
    CHECK(calls > 40);
  }
  CHECK(mixed > 10);
}
