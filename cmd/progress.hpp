#pragma once

#include <chrono>
#include <string_view>

#include "session.hpp"

namespace taizhang::cmd {

/// How far a long run has come: one line on a terminal, from the first second on.
class Progress {
 public:
  explicit Progress(Session& session) : session_(session) {}
  ~Progress() { session_.clear_line(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// In the place of what was shown before, and until something else is told.
  void show(std::string_view id, const Facts& facts = {});

 private:
  Session& session_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace taizhang::cmd
