#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <thread>

#include "base/failure.hpp"
#include "base/save.hpp"
#include "base/scratch.hpp"

using namespace taizhang;
using disk::Lock;

namespace {

std::string fact(const Diagnostic& diagnostic, std::string_view key) {
  for (const auto& [name, value] : diagnostic.facts)
    if (name == key) return value;
  return "no such fact";
}

}  // namespace

TEST_CASE("one lock excludes another in the same process and says who holds it") {
  const Scratch scratch;
  const std::string state = scratch / ".taizhang";
  const auto first = Lock::take(state, "close", "2023-06-15 09:30", 0);
  REQUIRE(first.has_value());
  const auto second = Lock::take(state, "log", "2023-06-15 09:31", 0);
  REQUIRE(!second.has_value());
  CHECK(second.error().code == "locked");
  CHECK(fact(second.error(), "holder") == "close");
  CHECK(fact(second.error(), "since") == "2023-06-15 09:30");
  CHECK(fact(second.error(), "pid") == std::to_string(getpid()));
  CHECK(fact(second.error(), "host") != "no such fact");
}

TEST_CASE("the lock is given up at the end of its life and may be moved") {
  const Scratch scratch;
  const std::string state = scratch / ".taizhang";
  std::optional<Lock> kept;
  {
    auto lock = Lock::take(state, "a", "now", 0);
    REQUIRE(lock.has_value());
    kept = std::move(*lock);
  }
  CHECK(!Lock::take(state, "b", "now", 0).has_value());
  kept.reset();
  CHECK(scratch.get(".taizhang/lock").empty());
  CHECK(Lock::take(state, "b", "now", 0).has_value());
}

TEST_CASE("the state folder is made and hidden from git") {
  const Scratch scratch;
  REQUIRE(Lock::take(scratch / ".taizhang", "a", "now", 0).has_value());
  CHECK(scratch.get(".taizhang/.gitignore") == "*\n");
  scratch.put(".taizhang/.gitignore", "own\n");
  REQUIRE(Lock::take(scratch / ".taizhang", "a", "now", 0).has_value());
  CHECK(scratch.get(".taizhang/.gitignore") == "own\n");
}

TEST_CASE("who waits gets the lock when it is given up") {
  const Scratch scratch;
  auto held = Lock::take(scratch / "s", "a", "now", 0);
  REQUIRE(held.has_value());
  std::optional<Lock> lock(std::move(*held));
  std::thread holder([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    lock.reset();
  });
  const bool got = Lock::take(scratch / "s", "b", "now", 30).has_value();
  holder.join();
  CHECK(got);
}

TEST_CASE("a state folder that cannot be is a failure") {
  const Scratch scratch;
  scratch.put("file", "");
  CHECK_THROWS_AS(Lock::take(scratch / "file", "a", "now", 0), Failure);
  scratch.put("s/lock/x", "");
  CHECK_THROWS_AS(Lock::take(scratch / "s", "a", "now", 0), Failure);
}
