#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/state.hpp"

namespace taizhang::report {

// What stood in a county's ledgers on a day, without how it came to be; and what differs between two
// such days. differences(a, b) applied to a gives b.

struct TaskPicture {
  workflow::TaskState state{};
  std::optional<Date> due;
  std::string owner;
  std::string unit;
  bool overdue = false;

  friend bool operator==(const TaskPicture&, const TaskPicture&) = default;
};

struct VillagePicture {
  workflow::Stage stage{};
  bool listed = false;
  std::map<std::string, TaskPicture> tasks;  ///< by id

  friend bool operator==(const VillagePicture&, const VillagePicture&) = default;
};

using Picture = std::map<std::string, VillagePicture>;  ///< by the ledger's path

Picture picture_of(const CountyState& state, Date as_of);

enum class Aspect : std::uint8_t {
  listed,
  stage,
  opened,  ///< the task is new; `after` is all of it
  state,
  due,
  owner,
  unit,
  overdue,
};

/// One thing that is not as it was. Of `before` and `after` only the member that the aspect names
/// counts; for villages `task` is empty.
struct Difference {
  Aspect aspect{};
  std::string path;
  std::string task;
  TaskPicture before = {}, after = {};
  workflow::Stage stage_before{}, stage_after{};
  bool listed_after = false;
};

/// By ledger, villages before tasks. Nothing leaves a journal, so all of `before` is in `after`.
std::vector<Difference> differences(const Picture& before, const Picture& after);

void apply(const Difference& difference, Picture& picture);

/// Where the ledger says so: the entry that made the state, the due or the person what it is, the
/// decision, or the record itself.
Span place_of(const Difference& difference, const VillageState& village);

}  // namespace taizhang::report
