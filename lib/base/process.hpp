#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.hpp"

namespace taizhang::process {

/// Another program as it is to be run: without a shell, with this environment and no other.
struct Program {
  std::string name;  ///< looked for in the absolute folders of our PATH; a path is taken as it is
  std::vector<std::string> arguments;    ///< without the name
  std::vector<std::string> environment;  ///< NAME=value
};

/// `NAME=value` for each of the names that our own environment holds.
std::vector<std::string> inherited(const std::vector<std::string>& names);

struct Outcome {
  int status = 0;  ///< what it ended with; 128 and the signal's number when it was killed
  std::string output;
  std::string errors;
};

/// Runs a program to its end with `input` as its standard input. Expects SIGPIPE to be ignored, as main
/// does: a program may end before it has read all.
/// Failures: program-missing, program-failed (it could not be run).
Outcome run(const Program& program, std::string_view input = {});

/// A program that answers as long as it is asked. It ends with this object.
class Conversation {
 public:
  /// Failures: those of run.
  explicit Conversation(Program program);
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  ~Conversation();

  /// Failure of this and the following: program-failed, with what it wrote to standard error.
  void write(std::string_view bytes);
  /// Up to the next '\n', which is taken away.
  std::string read_line();
  std::string read(std::size_t count);
  void skip(std::size_t count);

 private:
  void fill();
  [[noreturn]] void fail();

  Program program_;
  int child_ = -1;
  disk::Descriptor input_, output_, errors_;
  std::string buffer_;
  std::size_t used_ = 0;
};

}  // namespace taizhang::process
