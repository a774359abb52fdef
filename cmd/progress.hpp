#pragma once

#include <chrono>
#include <string_view>

#include "session.hpp"

namespace taizhang::cmd {

/// How far a long run has come: one line on a terminal, from the first second on.
class Progress {
 public:
  explicit Progress(Session& session) : session_(session) {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// In the place of what was shown before.
  void show(std::string_view id, const Facts& facts = {});
  /// Before anything else is told.
  void clear();

 private:
  Session& session_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  bool shown_ = false;
};

}  // namespace taizhang::cmd
