#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "reading.hpp"
#include "report/plan_sheet.hpp"
#include "report/village_sheet.hpp"

namespace taizhang::cmd {

namespace {

struct ShowOptions : ReadingOptions {
  std::string task;
  bool plan = false;
};

}  // namespace

Runner declare_show(Arguments& args) {
  auto options = std::make_shared<ShowOptions>();
  args.positional("VILLAGE", options->place);
  args.positional("TASK", options->task, Need::optional);
  args.flag("--plan", options->plan);
  declare_reading(args, *options);
  return [options](Session& session) {
    if (options->plan && !options->task.empty()) {
      session.complain(
          Diagnostic{Severity::error, "plan-with-task", {}, {{"task", options->task}}});
      return Exit::usage;
    }
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    const auto one = open_village(session, *reading, Around::nothing);
    if (!one) return one.error();
    const OneVillage& found = **one;
    if (options->plan) {
      session.emit(report::plan_sheet(reading->occasion, found.state, *found.village),
                   options->format);
      return reading->exit;
    }
    if (options->task.empty()) {
      session.emit(report::village_sheet(reading->occasion, found.state, *found.village),
                   options->format);
      return reading->exit;
    }
    if (!options->round) {  // the task may be of another one
      const auto& tasks = found.village->ledger->tasks;
      const auto task = std::ranges::find(tasks, options->task, &model::Task::id);
      if (task != tasks.end() && task->round) reading->occasion.round = *task->round;
      report::take_every_task((*one)->state, reading->occasion.as_of);
    }
    const auto sheet =
        report::task_sheet(reading->occasion, found.state, *found.village, options->task);
    if (!sheet) return unknown_task(session, found, options->task);
    session.emit(*sheet, options->format, Places::shown);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
