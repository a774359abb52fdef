#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
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
/// order, so that nothing depends on the number of workers, nor on how many could be started. Each
/// worker has room for one, so that memory does not grow with their number and stays warm, and drops
/// what it made: to give memory back to another thread is dear. What `make` or `use` throws comes out.
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
    bool waits = false;  ///< to be used
  };
  std::vector<Slot> slots(workers);
  std::vector<Slot*> made(slots.size());  // by index; no more than all slots are ahead of the use
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0;  // to be made
  bool stopped = false;

  const auto work = [&](Slot& slot) {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return stopped || next == count || !slot.waits; });
      if (stopped || next == count) break;
      const std::size_t index = next++;
      lock.unlock();
      try {
        slot.thing.reset();
        slot.thing.emplace(make(index));
      } catch (...) {
        slot.error = std::current_exception();
      }
      lock.lock();
      slot.waits = true;
      made[index % made.size()] = &slot;
      changed.notify_all();
    }
    changed.wait(lock, [&] { return stopped || !slot.waits; });
    lock.unlock();
    slot.thing.reset();
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
    for (std::size_t i = 0; i < workers && i < count; ++i)
      running.threads.emplace_back(work, std::ref(slots[i]));
  } catch (const std::system_error&) {  // no room for a thread: those that run do it all
    if (running.threads.empty()) return alone();
  }

  for (std::size_t index = 0; index < count; ++index) {
    Slot* slot = nullptr;
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return (slot = made[index % made.size()]) != nullptr; });
      made[index % made.size()] = nullptr;
    }
    if (slot->error) std::rethrow_exception(slot->error);
    use(*slot->thing);
    {
      const std::scoped_lock lock(mutex);
      slot->waits = false;
    }
    changed.notify_all();
  }
}

}  // namespace taizhang
