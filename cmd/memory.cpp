// Only in the program that is linked with mimalloc: its own `operator new` ends the program when memory
// runs out, and this one lets us say so.
#include <cstdlib>
#include <new>

void* operator new(std::size_t size) {
  if (void* const made = std::malloc(size > 0 ? size : 1)) return made;
  throw std::bad_alloc{};
}

void* operator new[](std::size_t size) { return operator new(size); }

void operator delete(void* made) noexcept { std::free(made); }
void operator delete(void* made, std::size_t) noexcept { std::free(made); }
void operator delete[](void* made) noexcept { std::free(made); }
void operator delete[](void* made, std::size_t) noexcept { std::free(made); }
