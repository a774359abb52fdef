// The limit for any program that reads files: opens and reads all that a list names, and does nothing
// with them.  bench_limit LIST THREADS

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream list(argv[1]);
  std::vector<std::string> paths;
  for (std::string path; std::getline(list, path);) paths.push_back(path);
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> bytes = 0;
  const auto work = [&] {
    std::vector<char> buffer(1 << 20);
    std::size_t sum = 0;
    for (std::size_t i = next++; i < paths.size(); i = next++) {
      const int file = ::open(paths[i].c_str(), O_RDONLY | O_CLOEXEC);
      for (ssize_t count = 0; (count = ::read(file, buffer.data(), buffer.size())) > 0;)
        sum += static_cast<std::size_t>(count);
      ::close(file);
    }
    bytes += sum;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < std::atoi(argv[2]); ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  std::printf("%zu files, %zu bytes\n", paths.size(), bytes.load());
  return 0;
}
