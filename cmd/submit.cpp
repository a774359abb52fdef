#include <memory>

#include "arguments.hpp"
#include "field_options.hpp"
#include "target.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

struct SubmitOptions : WritingOptions {
  std::string township;
  std::string period;
  std::optional<Date> date;
  model::Submission submission;
};

/// Whether the township handed in for that period before.
const model::Submission* handed_in(const Target& target, const std::string& period) {
  for (const auto& township : target.loaded.ledger.townships)
    if (township.path == target.path)
      for (const model::Submission& each : township.submissions)
        if (each.period == period) return &each;
  return nullptr;
}

Exit submit(Session& session, const SubmitOptions& options, const Period& period, Writing& writing,
            Reading& reading) {
  const auto target = open_target(session, reading, model::FileKind::township);
  if (!target) return target.error();
  model::Submission submission = options.submission;
  submission.period = period_name(period);
  submission.date = options.date.value_or(session.today());
  if (const auto* before = handed_in(**target, submission.period)) {
    Diagnostic diagnostic;
    diagnostic.code = "submission-exists";
    diagnostic.place = (*target)->loaded.sources.at((*target)->path).place(before->at);
    diagnostic.facts = {{"period", submission.period},
                        {"date", before->date ? format_date(*before->date) : ""}};
    return writing.refuse({diagnostic});
  }
  const auto added =
      writing.changes().add((*target)->path, (*target)->file, "submission", submission);
  if (!added) {
    session.complain(added.error());
    return Exit::unreadable;
  }
  if (const auto refused = writing.judge((*target)->anchor)) return *refused;
  return writing.save("submit.done", {{"township", (*target)->name},
                                      {"period", submission.period},
                                      {"date", format_date(*submission.date)}});
}

}  // namespace

Runner declare_submit(Arguments& args) {
  auto options = std::make_shared<SubmitOptions>();
  args.positional("TOWNSHIP", options->township);
  args.positional("PERIOD", options->period);
  args.option("--by", options->submission.by, Need::required);
  args.option("--unit", options->submission.unit);
  args.option("--date", options->date);
  args.option("--text", options->submission.text);
  declare_writing(args, *options);
  return [options](Session& session) {
    const auto period = parse_period(options->period);
    if (!period) {
      session.complain(
          {Severity::error, "bad-period", {}, {{"key", "PERIOD"}, {"value", options->period}}});
      return Exit::usage;
    }
    auto writing = Writing::begin(session, *options);
    if (!writing) return writing.error();
    auto reading = open_place(session, options->township);
    if (!reading) return reading.error();
    return submit(session, *options, *period, *writing, *reading);
  };
}

}  // namespace taizhang::cmd
