#include "base/library.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "base/failure.hpp"
#include "base/memory_file.hpp"

using namespace taizhang;

TEST_CASE("A library that is not there is a failure with its name") {
  try {
    const Library library{"libno-such-thing.so.1"};
    FAIL("loaded");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic().code == "library-missing");
    CHECK(failure.diagnostic().facts.front().second == "libno-such-thing.so.1");
  }
}

TEST_CASE("A function is found in a library, and one that is not there is a failure") {
  const Library library{"libc.so.6"};
  int (*absolute)(int) = nullptr;
  library.find("abs", absolute);
  CHECK(absolute(-7) == 7);
  CHECK_THROWS_AS(library.find("no_such_function", absolute), Failure);
}

TEST_CASE("A file in memory keeps what is written to its path") {
  const disk::MemoryFile file;
  CHECK(file.bytes().empty());
  std::ofstream(file.path()) << "村\n";
  CHECK(file.bytes() == "村\n");
}
