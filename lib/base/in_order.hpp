#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace taizhang {

/// As many workers as the machine runs at once.
inline std::size_t all_cores() {
  const unsigned cores = std::thread::hardware_concurrency();
  return cores > 0 ? cores : 1;
}

/// Makes `count` things with several workers, of whom the calling thread is one, and hands each to `use`,
/// one at a time and in their order, so that nothing depends on the number of workers, nor on how many
/// could be started. Who made a thing also uses and drops it: memory does not grow with their number,
/// stays warm, and is not given back to another thread. What `make` or `use` throws comes out.
template <class Make, class Use>
void in_order(std::size_t count, std::size_t workers, Make make, Use use) {
  std::atomic<std::size_t> next = 0;  // to be made
  std::mutex mutex;
  std::condition_variable used;
  std::size_t turn = 0;  // to be used
  std::exception_ptr error;

  const auto attempt = [](const auto& act) -> std::exception_ptr {
    try {
      act();
    } catch (...) {
      return std::current_exception();
    }
    return nullptr;
  };
  const auto one = [&](std::size_t index) {
    std::optional<decltype(make(index))> thing;
    auto failure = attempt([&] { thing.emplace(make(index)); });
    std::unique_lock lock(mutex);
    used.wait(lock, [&] { return turn == index; });
    if (!error && !failure) failure = attempt([&] { use(*thing); });
    if (!error && failure) {
      error = failure;
      next = count;
    }
    ++turn;
    used.notify_all();
  };
  const auto work = [&] {
    for (std::size_t index = next++; index < count; index = next++) one(index);
  };

  std::vector<std::jthread> others;
  try {
    for (std::size_t i = 1; i < workers && i < count; ++i) others.emplace_back(work);
  } catch (const std::system_error&) {  // no room for a thread: those that run do it all
  }
  work();
  others.clear();  // waits for them
  if (error) std::rethrow_exception(error);
}

}  // namespace taizhang
