#pragma once

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

/// Makes `count` things with several workers and hands each to `use` on the calling thread, in their
/// order, so that nothing depends on the number of workers, nor on how many could be started. Few wait
/// at a time: memory does not grow with their number. A thing is dropped by a worker too. What `make` or `use` throws comes out.
template <class Make, class Use>
void in_order(std::size_t count, std::size_t workers, Make make, Use use) {
  using Thing = decltype(make(std::size_t{}));
  const auto alone = [&] {
    for (std::size_t i = 0; i < count; ++i) {
      Thing thing = make(i);
      use(thing);
    }
  };
  if (workers < 2 || count < 2) return alone();

  struct Slot {
    std::optional<Thing> thing;
    std::exception_ptr error;
    bool ready = false;
  };
  std::vector<Slot> slots(workers + 2);
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0;  // to be made
  std::size_t used = 0;
  bool stopped = false;

  const auto work = [&] {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return stopped || next == count || next < used + slots.size(); });
      if (stopped || next == count) return;
      const std::size_t index = next++;
      Slot& slot = slots[index % slots.size()];
      lock.unlock();
      std::exception_ptr error;
      try {
        slot.thing.reset();
        slot.thing.emplace(make(index));
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      slot.error = error;
      slot.ready = true;
      changed.notify_all();
    }
  };

  struct Workers {
    ~Workers() {
      {
        const std::scoped_lock lock(mutex);
        stopped = true;
      }
      changed.notify_all();
      for (std::thread& thread : threads) thread.join();
    }
    std::mutex& mutex;
    std::condition_variable& changed;
    bool& stopped;
    std::vector<std::thread> threads;
  };
  Workers running{mutex, changed, stopped, {}};
  try {
    for (std::size_t i = 0; i < workers && i < count; ++i) running.threads.emplace_back(work);
  } catch (const std::system_error&) {  // no room for a thread: those that run do it all
    if (running.threads.empty()) return alone();
  }

  for (std::size_t index = 0; index < count; ++index) {
    Slot& slot = slots[index % slots.size()];
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return slot.ready; });
      slot.ready = false;
    }
    if (slot.error) std::rethrow_exception(slot.error);
    use(*slot.thing);
    {
      const std::scoped_lock lock(mutex);
      used = index + 1;
    }
    changed.notify_all();
  }
}

}  // namespace taizhang
