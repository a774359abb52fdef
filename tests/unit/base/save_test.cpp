#include "base/save.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <thread>

#include "base/failure.hpp"
#include "base/scratch.hpp"

using namespace taizhang;
using disk::replace_file;
using disk::replace_files;
using disk::write_document;
namespace fs = std::filesystem;
using Names = std::vector<std::string>;

namespace {

std::string failure_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Failure& failure) {
    CHECK(!failure.diagnostic().place.path.empty());
    return std::string(failure.diagnostic().code);
  }
  return "none";
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

/// A signal ignored, as `main` does, for as long as this lives.
class Ignored {
 public:
  explicit Ignored(int number) : number_(number), before_(signal(number, SIG_IGN)) {}
  ~Ignored() { signal(number_, before_); }

 private:
  int number_;
  void (*before_)(int);
};

}  // namespace

TEST_CASE("a file is replaced and keeps its permissions") {
  const Scratch scratch;
  const std::string file = scratch.put("a.toml", "old");
  REQUIRE(chmod(file.c_str(), 0640) == 0);
  replace_file(file, "a.toml", "old", "new bytes");
  CHECK(scratch.get("a.toml") == "new bytes");
  CHECK(mode_of(file) == 0640);
  CHECK(scratch.names() == Names{"a.toml"});
}

TEST_CASE("a new file gets the permissions of any new file") {
  const Scratch scratch;
  const mode_t before = umask(027);
  replace_file(scratch / "a", "a", std::nullopt, "new");
  umask(before);
  CHECK(scratch.get("a") == "new");
  CHECK(mode_of(scratch / "a") == 0640);
}

TEST_CASE("a symlink stays one and its target is replaced") {
  const Scratch scratch;
  scratch.put("real/a", "old");
  fs::create_symlink("real/a", scratch / "link");
  replace_file(scratch / "link", "link", "old", "new");
  CHECK(fs::is_symlink(scratch / "link"));
  CHECK(scratch.get("real/a") == "new");
}

TEST_CASE("what another has changed meanwhile is not overwritten") {
  const Scratch scratch;
  const std::string file = scratch.put("a", "theirs");
  const auto replace = [&](std::optional<std::string_view> old_bytes, const std::string& path) {
    return failure_of([&] { replace_file(path, "a", old_bytes, "mine"); });
  };
  CHECK(replace("before", file) == "file-changed-meanwhile");
  CHECK(replace("their", file) == "file-changed-meanwhile");
  CHECK(replace("theirs!", file) == "file-changed-meanwhile");
  CHECK(replace(std::nullopt, file) == "file-changed-meanwhile");
  CHECK(replace("gone", scratch / "b") == "file-changed-meanwhile");
  CHECK(scratch.get("a") == "theirs");
  CHECK(scratch.names() == Names{"a"});
}

TEST_CASE("read-only, hard-linked and special files are refused by name") {
  const Scratch scratch;
  const auto replace = [&](const std::string& path) {
    return failure_of([&] { replace_file(path, "shown", "old", "new"); });
  };
  const std::string read_only = scratch.put("read-only", "old");
  REQUIRE(chmod(read_only.c_str(), 0444) == 0);
  CHECK(replace(read_only) == "file-read-only");

  const std::string linked = scratch.put("linked", "old");
  fs::create_hard_link(linked, scratch / "other");
  CHECK(replace(linked) == "file-hard-linked");

  REQUIRE(mkfifo((scratch / "fifo").c_str(), 0600) == 0);
  CHECK(replace(scratch / "fifo") == "file-not-regular");
  CHECK(replace(scratch.path()) == "file-not-regular");
  fs::create_symlink("none", scratch / "broken");
  CHECK(replace(scratch / "broken") == "file-not-regular");
  CHECK(replace(scratch / "none/a") == "write-failed");

  CHECK(scratch.get("read-only") == "old");
  CHECK(scratch.get("linked") == "old");
  CHECK(scratch.names() == Names{"broken", "fifo", "linked", "other", "read-only"});
}

TEST_CASE("a write that the system stops leaves the old bytes and nothing else") {
  const Scratch scratch;
  const std::string file = scratch.put("a", "old");
  const Ignored ignored(SIGXFSZ);
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const rlimit small{1000, before.rlim_max};
  const std::string large(5000, 'x');
  REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  const std::string code = failure_of([&] { replace_file(file, "a", "old", large); });
  const std::string document = failure_of([&] { write_document(file, large); });
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  CHECK(code == "write-failed");
  CHECK(document == "write-failed");
  CHECK(scratch.get("a") == "old");
  CHECK(scratch.names() == Names{"a"});
}

TEST_CASE("several files are replaced, made and removed together") {
  const Scratch scratch;
  const std::string a = scratch.put("x/a", "a1");
  const std::string c = scratch.put("y/c", "c1");
  replace_files({{a, "a", "a1", "a2"}, {scratch / "x/b", "b", {}, "b2"}, {c, "c", "c1", {}}});
  CHECK(scratch.get("x/a") == "a2");
  CHECK(scratch.get("x/b") == "b2");
  CHECK(!disk::exists(c));
}

TEST_CASE("many files are replaced, made and removed together") {
  const Scratch scratch;
  std::vector<disk::Replacement> wanted;
  for (const std::string folder : {"x", "y", "z"})
    for (const std::string file : {"a", "b", "c", "d"}) {
      const std::string path = scratch.put(folder + '/' + file, "old");
      REQUIRE(chmod(path.c_str(), 0640) == 0);
      wanted.push_back({path, file, "old", "new"});
    }
  wanted[1].new_bytes.reset();
  fs::remove(wanted[2].path);
  wanted[2].old_bytes.reset();
  replace_files(wanted);
  CHECK(scratch.get("x/a") == "new");
  CHECK(mode_of(wanted[0].path) == 0640);
  CHECK(!disk::exists(wanted[1].path));
  CHECK(scratch.get("x/c") == "new");
  CHECK(scratch.get("z/d") == "new");
  std::vector<disk::Replacement> back;
  for (const auto& each : wanted) back.push_back({each.path, each.shown, each.new_bytes, "back"});
  back[11].old_bytes = "what another wrote";
  CHECK(failure_of([&] { replace_files(back); }) == "file-changed-meanwhile");
  CHECK(scratch.get("x/a") == "new");
  back[11] = back[0];  // it finds what the first has just put there
  CHECK(failure_of([&] { replace_files(back); }) == "file-changed-meanwhile");
  CHECK(scratch.get("x/a") == "new");
  CHECK(!disk::exists(wanted[1].path));
}

TEST_CASE("files in more folders than may be open at first are replaced") {
  const Scratch scratch;
  std::vector<disk::Replacement> wanted;
  for (int i = 0; i < 80; ++i)
    wanted.push_back({scratch.put(std::to_string(i) + "/a", "old"), "a", "old", "new"});
  struct rlimit before {};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
  REQUIRE(before.rlim_max > 200);
  const struct rlimit low { 64, before.rlim_max };
  REQUIRE(setrlimit(RLIMIT_NOFILE, &low) == 0);
  const std::string failure = failure_of([&] { replace_files(wanted); });
  REQUIRE(setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(failure == "none");
  CHECK(scratch.get("79/a") == "new");
}

TEST_CASE("when one of several files is not as expected, none is touched") {
  const Scratch scratch;
  const std::string a = scratch.put("a", "a1");
  const std::string b = scratch.put("b", "edited");
  CHECK(failure_of([&] {
          replace_files({{a, "a", "a1", "a2"}, {b, "b", "b1", "b2"}});
        }) == "file-changed-meanwhile");
  CHECK(scratch.get("a") == "a1");
  CHECK(scratch.names() == Names{"a", "b"});
}

TEST_CASE("when a file changes at the last moment, those before it are put back") {
  const Scratch scratch;
  const std::string a = scratch.put("a", "a1");
  const std::string c = scratch.put("c", "c1");
  REQUIRE(chmod(a.c_str(), 0600) == 0);
  // The second replacement of `a` finds what the first has just put there.
  CHECK(failure_of([&] {
          replace_files({{scratch / "new", "new", {}, "n"},
                         {c, "c", "c1", {}},
                         {a, "a", "a1", "a2"},
                         {a, "a", "a1", "a3"}});
        }) == "file-changed-meanwhile");
  CHECK(scratch.get("a") == "a1");
  CHECK(mode_of(a) == 0600);
  CHECK(scratch.get("c") == "c1");
  CHECK(scratch.names() == Names{"a", "c"});
}

TEST_CASE("a document replaces whatever regular file stands there") {
  const Scratch scratch;
  const std::string file = scratch.put("a.csv", "anything");
  REQUIRE(chmod(file.c_str(), 0600) == 0);
  write_document(file, "new");
  write_document(scratch / "b.csv", "b");
  CHECK(scratch.get("a.csv") == "new");
  CHECK(mode_of(file) == 0600);
  CHECK(scratch.get("b.csv") == "b");
  CHECK(failure_of([&] { write_document(scratch.path(), "x"); }) == "file-not-regular");
  CHECK(failure_of([&] { write_document(scratch / "none/a", "x"); }) == "write-failed");
}

TEST_CASE("a full device fails and is still a device") {
  CHECK(failure_of([] { write_document("/dev/full", "x"); }) == "full-disk");
  CHECK(fs::is_character_file("/dev/full"));
  write_document("/dev/null", "x");
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("a pipe is written in place, and a reader who leaves early is no error") {
  const Scratch scratch;
  const std::string fifo = scratch / "fifo";
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
  const std::string bytes(300'000, 'x');
  std::string received;
  std::thread reader([&] {
    std::ifstream in(fifo, std::ios::binary);
    received.assign(std::istreambuf_iterator<char>(in), {});
  });
  write_document(fifo, bytes);
  reader.join();
  CHECK(received == bytes);
  CHECK(fs::is_fifo(fifo));

  const Ignored ignored(SIGPIPE);
  std::thread impatient([&] { std::ifstream(fifo).get(); });
  CHECK(failure_of([&] { write_document(fifo, bytes); }) == "none");
  impatient.join();
}

TEST_CASE("folders are made with those above them") {
  const Scratch scratch;
  disk::make_folder(scratch / "a/b/c/");
  disk::make_folder(scratch / "a/b");
  CHECK(disk::is_folder(scratch / "a/b/c"));
  scratch.put("file", "");
  CHECK(failure_of([&] { disk::make_folder(scratch / "file/x"); }) == "write-failed");
}

TEST_CASE("several folders are made, each once") {
  const Scratch scratch;
  disk::make_folders({scratch / "a/b", scratch / "a/c/", scratch / "a", scratch / "d"});
  disk::make_folders({scratch / "a/c", scratch / "d/e"});
  for (const std::string folder : {"a/b", "a/c", "d/e"}) CHECK(fs::is_directory(scratch / folder));
  scratch.put("file", "");
  CHECK(failure_of([&] {
          disk::make_folders({scratch / "f", scratch / "file/g"});
        }) == "write-failed");
}

TEST_CASE("only what dead runs left behind is swept away") {
  const Scratch scratch;
  const pid_t child = fork();
  if (child == 0) _exit(0);
  REQUIRE(waitpid(child, nullptr, 0) == child);
  const std::string dead = ".taizhang." + std::to_string(child);
  const std::string mine = ".taizhang." + std::to_string(getpid()) + ".abcdef";
  for (const auto& name :
       {dead + ".abcdef", mine, dead, dead + "x.abc", std::string(".taizhang.x.y"),
        std::string("a.toml"), std::string(".taizhang.-1.abcdef")})
    scratch.put(name, "");
  disk::sweep(scratch.path());
  const Names left = scratch.names();
  CHECK(left.size() == 6);
  CHECK(std::find(left.begin(), left.end(), dead + ".abcdef") == left.end());
  CHECK_NOTHROW(disk::sweep(scratch / "none"));
}
