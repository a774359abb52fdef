#include "base/disk.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/beneath.hpp"
#include "base/scratch.hpp"

using namespace taizhang;
namespace fs = std::filesystem;

namespace {

std::string refusal(const std::string& path, std::size_t limit = disk::max_file_bytes) {
  const auto bytes = disk::read_file(path, "shown", limit);
  if (bytes) return "read";
  CHECK(bytes.error().place.path == "shown");
  return std::string(bytes.error().code);
}

/// Without the privileges of root, which no permission stops.
class Unprivileged {
 public:
  Unprivileged() : user_(geteuid()) {
    if (user_ == 0) REQUIRE(seteuid(65534) == 0);
  }
  ~Unprivileged() { CHECK(seteuid(user_) == 0); }

 private:
  uid_t user_;
};

}  // namespace

TEST_CASE("a regular file is read whole, also through a symlink") {
  const Scratch scratch;
  const std::string bytes = std::string("村\r\n\0x", 7) + std::string(100'000, 'y');
  const std::string file = scratch.put("a.toml", bytes);
  fs::create_symlink("a.toml", scratch / "link");
  CHECK(disk::read_file(file, "a") == bytes);
  CHECK(disk::read_file(scratch / "link", "a") == bytes);
  CHECK(disk::read_file(scratch.put("empty", ""), "a") == "");
}

TEST_CASE("a file whose size the system calls 0 is read to its end") {
  CHECK(disk::read_file("/proc/self/status", "s").value().size() > 100);
}

TEST_CASE("a file may be as large as the limit and no larger") {
  const Scratch scratch;
  const std::string file = scratch.put("a", "12345678");
  CHECK(refusal(file, 8) == "read");
  CHECK(refusal(file, 7) == "file-too-large");
  CHECK(refusal("/proc/self/status", 50) == "file-too-large");
}

TEST_CASE("what is no regular file is refused without waiting") {
  const Scratch scratch;
  REQUIRE(mkfifo((scratch / "fifo").c_str(), 0600) == 0);
  CHECK(refusal(scratch.path()) == "file-not-regular");
  CHECK(refusal(scratch / "fifo") == "file-not-regular");
  CHECK(refusal("/dev/zero") == "file-not-regular");
  CHECK(refusal(scratch / "none") == "file-missing");
  CHECK(refusal("") == "file-missing");
  CHECK(refusal(scratch.put("a", "") + "/b") == "file-missing");
  CHECK(refusal(scratch.path() + std::string("/a\0b", 4)) == "file-missing");
  fs::create_symlink("loop", scratch / "loop");
  CHECK(refusal(scratch / "loop") == "file-unreadable");
}

TEST_CASE("a file or folder without permission is told apart from a missing one") {
  const Scratch scratch;
  const std::string file = scratch.put("a", "secret");
  fs::create_directory(scratch / "folder");
  REQUIRE(chmod(scratch.path().c_str(), 0755) == 0);
  REQUIRE(chmod(file.c_str(), 0) == 0);
  REQUIRE(chmod((scratch / "folder").c_str(), 0) == 0);
  const Unprivileged unprivileged;
  CHECK(refusal(file) == "file-denied");
  CHECK(disk::list_folder(scratch / "folder", "f").error().code == "folder-denied");
}

TEST_CASE("a folder is listed in byte order, symlinks not counted as folders") {
  const Scratch scratch;
  scratch.put("汤峪镇/a", "");
  scratch.put("b", "");
  scratch.put(".hidden", "");
  fs::create_symlink("汤峪镇", scratch / "z");
  const auto entries = disk::list_folder(scratch.path(), "f").value();
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].name == ".hidden");
  CHECK(entries[1].name == "b");
  CHECK(entries[2].name == "z");
  CHECK(entries[3].name == "汤峪镇");
  CHECK(!entries[1].is_directory);
  CHECK(!entries[2].is_directory);
  CHECK(entries[3].is_directory);
  CHECK(disk::list_folder(scratch / "none", "f").error().code == "folder-missing");
  CHECK(disk::list_folder(scratch / "b", "f").error().code == "folder-missing");
}

TEST_CASE("existence and real paths see through symlinks") {
  const Scratch scratch;
  scratch.put("a/b", "");
  fs::create_symlink("a", scratch / "link");
  fs::create_symlink("none", scratch / "broken");
  CHECK(disk::exists(scratch / "link/b"));
  CHECK(!disk::exists(scratch / "broken"));
  CHECK(disk::is_folder(scratch / "link"));
  CHECK(!disk::is_folder(scratch / "a/b"));
  CHECK(disk::real_path(scratch / "link/../a/./b") == scratch / "a/b");
  CHECK(disk::real_path(scratch / "broken").empty());
}

TEST_CASE("evidence is read inside the workspace and nowhere else") {
  const Scratch scratch;
  const std::string root = scratch / "ws";
  const std::string folder = scratch / "ws/眉县/汤峪镇";
  scratch.put("ws/眉县/汤峪镇/佐证/a.md", "a");
  scratch.put("ws/眉县/b.md", "b");
  scratch.put("ws2/secret", "s");
  fs::create_symlink("../b.md", folder + "/inner");
  fs::create_symlink("../../../ws2/secret", folder + "/outer");
  fs::create_symlink("/etc", folder + "/etc");
  REQUIRE(mkfifo((folder + "/fifo").c_str(), 0600) == 0);

  std::string bytes;
  const auto read = [&](std::string_view relative) {
    return disk::read_confined(root, folder, relative, bytes);
  };
  using enum disk::Confined;
  CHECK(read("佐证/a.md") == present);
  CHECK(bytes == "a");
  CHECK(read("../b.md") == present);
  CHECK(bytes == "b");
  CHECK(read("inner") == present);
  CHECK(read("../../眉县/汤峪镇/../b.md") == present);

  for (const char* away : {"../../../ws2/secret", "../../../../../../etc/passwd", "/etc/passwd",
                           "outer", "etc/passwd", "../../../ws/眉县/b.md"})
    CHECK_MESSAGE(read(away) == outside, away);
  CHECK(bytes.empty());
  CHECK(read(std::string_view("a\0b", 3)) == outside);

  CHECK(read("none.md") == missing);
  CHECK(read("佐证/a.md/x") == missing);
  CHECK(read("佐证") == not_regular);
  CHECK(read("") == not_regular);
  CHECK(read("fifo") == not_regular);
  CHECK(disk::read_confined(root, folder, "../b.md", bytes, 0) == unreadable);

  // The root and the folder may be written in different ways, but the one must hold the other.
  fs::create_symlink("ws", scratch / "way");
  CHECK(disk::read_confined(scratch / "way", folder, "佐证/a.md", bytes) == present);
  CHECK(disk::read_confined(root + "/", root, "眉县/b.md", bytes) == present);
  CHECK(disk::read_confined(root, scratch / "ws2", "secret", bytes) == outside);
}

TEST_CASE("walking step by step answers as the kernel does") {
  const Scratch scratch;
  scratch.put("ws/a/b/file", "x");
  scratch.put("out", "x");
  fs::create_symlink("b/../b/file", scratch / "ws/a/inner");
  fs::create_symlink("../../out", scratch / "ws/a/outer");
  fs::create_symlink("/", scratch / "ws/top");
  fs::create_symlink("loop", scratch / "ws/loop");
  const std::string path = scratch / "ws";
  const auto root = disk::open_at(AT_FDCWD, path.c_str(), O_PATH | O_DIRECTORY);
  REQUIRE(static_cast<bool>(root));
  const auto outcome = [](const disk::Descriptor& file) { return file ? 0 : errno; };
  for (const char* relative :
       {"a/b/file", "a//b/./file", "a/inner", "a/b/../../a/inner", "a", ".", "a/..", "..",
        "a/../..", "../ws/a/b/file", "a/outer", "top/etc", "loop", "none", "a/b/file/x",
        "a/b/file/..", "none/..", "/", "a/../../ws/a"})
    CHECK_MESSAGE(outcome(disk::open_beneath_by_steps(root, relative)) ==
                      outcome(disk::open_beneath(root, relative)),
                  relative);
  CHECK(outcome(disk::open_beneath(root, "a/inner")) == 0);
  CHECK(outcome(disk::open_beneath(root, "a/outer")) == EXDEV);
}

TEST_CASE("a path is seen from a folder beside or above it") {
  CHECK(disk::path_from("/w/眉县/汤峪镇", "/w/眉县/汤峪镇/佐证/a.md") == "佐证/a.md");
  CHECK(disk::path_from("/w/眉县/汤峪镇", "/w/眉县/a.md") == "../a.md");
  CHECK(disk::path_from("/w", "/w") == ".");
}
