#pragma once

#include <cstdint>

#include "base/period.hpp"
#include "workflow/task_life.hpp"

namespace taizhang::report {

/// What happened to tasks between two days; each entry in force is one.
struct Moves {
  std::int64_t opened = 0, applied = 0, closed = 0, returned = 0, reopened = 0, extended = 0;

  void add(const Moves& other);
};

/// Both days included.
Moves moves_between(const workflow::TaskLife& life, Date first, Date last);

}  // namespace taizhang::report
