#include "base/process.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cerrno>

#include "base/failure.hpp"

using namespace taizhang;
using process::Program;

namespace {

std::string code_of(const Failure& failure) { return std::string{failure.diagnostic().code}; }

template <class Action>
std::string code_thrown_by(Action action) {
  try {
    action();
  } catch (const Failure& failure) {
    return code_of(failure);
  }
  return "none";
}

bool has_children() { return ::waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD; }

}  // namespace

TEST_CASE("a program is run without a shell, and both its outputs and its status come back") {
  const auto outcome =
      process::run({"sh", {"-c", "cat; echo \"$1\" >&2; exit 3", "x", "$(a) *"}, {}}, "村\n");
  CHECK(outcome.output == "村\n");
  CHECK(outcome.errors == "$(a) *\n");
  CHECK(outcome.status == 3);
  CHECK(!has_children());
}

TEST_CASE("a program sees the environment it is given and no other") {
  CHECK(process::run({"env", {}, {"A=甲", "B="}}).output == "A=甲\nB=\n");
  CHECK(process::run({"env", {}, {}}).output.empty());
  CHECK(process::inherited({"PATH", "NO_SUCH_NAME_AT_ALL"}).size() == 1);
}

TEST_CASE("more than any pipe holds goes through in both directions at once") {
  const std::string much(3'000'000, 'a');
  CHECK(process::run({"cat", {}, {}}, much).output == much);
  const auto both = process::run({"sh", {"-c", "head -c 900000 /dev/zero >&2; cat"}, {}}, much);
  CHECK(both.output == much);
  CHECK(both.errors.size() == 900'000);
}

TEST_CASE("a program that does not read its input does not stop us") {
  CHECK(process::run({"true", {}, {}}, std::string(3'000'000, 'a')).status == 0);
}

TEST_CASE("a program that is killed gives the signal's number") {
  CHECK(process::run({"sh", {"-c", "kill -9 $$"}, {}}).status == 128 + 9);
}

TEST_CASE("a program that is not there is a failure, and so is one that cannot be run") {
  CHECK(code_thrown_by([] {
          process::run({"no-such-program-anywhere", {}, {}});
        }) == "program-missing");
  CHECK(code_thrown_by([] { process::run({"/no/such/program", {}, {}}); }) == "program-missing");
  CHECK(code_thrown_by([] { process::run({"/etc/passwd", {}, {}}); }) == "program-failed");
}

TEST_CASE("a conversation goes back and forth and leaves no process behind") {
  {
    process::Conversation talk({"cat", {}, {}});
    talk.write("一\n二");
    CHECK(talk.read_line() == "一");
    CHECK(talk.read(3) == "二");
    const std::string much(200'000, 'b');
    talk.write("xyz");
    talk.skip(2);
    CHECK(talk.read(1) == "z");
    for (int i = 0; i < 10; ++i) {
      talk.write(std::string(1000, static_cast<char>('a' + i)));
      talk.write("\n");
      CHECK(talk.read_line() == std::string(1000, static_cast<char>('a' + i)));
    }
  }
  CHECK(!has_children());
}

TEST_CASE("a conversation that breaks off says why") {
  process::Conversation talk({"sh", {"-c", "echo 坏了 >&2; exit 1"}, {}});
  try {
    talk.read_line();
    FAIL("a line was read");
  } catch (const Failure& failure) {
    CHECK(code_of(failure) == "program-failed");
    CHECK(failure.diagnostic().facts.at(1).second == "坏了");
  }
  CHECK(!has_children());
}
