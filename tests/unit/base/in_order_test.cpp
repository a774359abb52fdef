#include "base/in_order.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

using namespace taizhang;

TEST_CASE("things are used in their order, however many workers make them") {
  for (const std::size_t workers : {0u, 1u, 2u, 8u}) {
    std::string used;
    in_order(
        10, workers,
        [](std::size_t i) {
          std::this_thread::sleep_for(std::chrono::milliseconds(i % 3));
          return std::to_string(i);
        },
        [&](const std::string& made) { used += made; });
    CHECK(used == "0123456789");
  }
}

TEST_CASE("few things wait to be used") {
  std::atomic<int> alive = 0;
  struct Thing {
    explicit Thing(std::atomic<int>& count) : alive(&count) { ++*alive; }
    Thing(Thing&& other) noexcept : alive(std::exchange(other.alive, nullptr)) {}
    ~Thing() {
      if (alive) --*alive;
    }
    std::atomic<int>* alive;
  };
  int most = 0;
  in_order(
      50, 2, [&](std::size_t) { return Thing(alive); },
      [&](const Thing&) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        most = std::max(most, alive.load());
      });
  CHECK(most <= 2);
  CHECK(alive == 0);
}

TEST_CASE("a thing is dropped by the thread that made it") {
  static std::atomic<int> elsewhere = 0;
  struct Thing {
    std::thread::id maker = std::this_thread::get_id();
    ~Thing() { elsewhere += maker != std::this_thread::get_id(); }
  };
  for (const std::size_t workers : {1u, 2u, 3u})
    in_order(
        20, workers, [](std::size_t) { return std::make_unique<Thing>(); },
        [](const std::unique_ptr<Thing>&) {});
  CHECK(elsewhere == 0);
}

TEST_CASE("what making or using throws comes out, after what came before it was used") {
  for (const std::size_t workers : {1u, 4u}) {
    int used = 0;
    const auto make = [](std::size_t i) {
      if (i == 3) throw std::runtime_error("made");
      return static_cast<int>(i);
    };
    CHECK_THROWS_AS(in_order(20, workers, make, [&](int) { ++used; }), std::runtime_error);
    CHECK(used == 3);
    const auto use = [](int) { throw std::logic_error("used"); };
    CHECK_THROWS_AS(in_order(20, workers, make, use), std::logic_error);
  }
}

TEST_CASE("nothing to make is nothing to use") {
  in_order(
      0, 4, [](std::size_t) { return 1; }, [](int) { FAIL("used"); });
}
