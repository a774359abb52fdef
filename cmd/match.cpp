#include "report/matches.hpp"

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <utility>

#include "arguments.hpp"
#include "confirm.hpp"
#include "reading.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

using model::SupportRole;

struct MatchOptions : WritingOptions, ReadingOptions {
  std::string role{model::term(SupportRole::partner_unit)};
  bool apply = false;
  std::optional<Date> from;
  Confirmation confirmation;
};

/// What looking and writing need and do not take; nothing when all is well.
std::optional<Diagnostic> misuse(const MatchOptions& options) {
  const Output& output = options.format;
  const bool looks = options.as_of || options.round || !output.format.empty() ||
                     !output.file.empty() || !output.csv_for.empty();
  const bool writes = options.dry_run || options.wait || options.from || options.confirmation.yes ||
                      options.confirmation.expect;
  if (options.apply && looks) return Diagnostic{Severity::error, "match-looks-only", {}, {}};
  if (!options.apply && writes) return Diagnostic{Severity::error, "match-apply-only", {}, {}};
  return std::nullopt;
}

/// Matches every county of the place, and hands each proposal on with its county.
void match_all(
    Session& session, Reading& reading, report::Matches& matches,
    const std::function<void(const report::CountyState&, const report::Matches::Pair&)>& use) {
  const std::string township = std::exchange(reading.township, {});
  const std::string village = std::exchange(reading.village, {});  // a match is the whole county’s
  for_each_county(session, reading, [&](const report::CountyState& county) {
    const auto rules = county_rules(session, reading, *county.county);
    if (!rules) return;
    for (const auto& pair : matches.add(county, *rules, township, village)) use(county, pair);
  });
}

Exit look(Session& session, const MatchOptions& options, SupportRole role) {
  auto reading = open_reading(session, options);
  if (!reading) return reading.error();
  report::Matches matches{reading->occasion, reading->place_name(), role};
  match_all(session, *reading, matches, [](const auto&, const auto&) {});
  session.emit(std::move(matches).finish(), options.format);
  return reading->exit;
}

Exit apply(Session& session, const MatchOptions& options, SupportRole role) {
  if (const auto refused = refuse_revision(session, options)) return *refused;
  auto writing = Writing::begin(session, options);
  if (!writing) return writing.error();
  auto reading = open_place(session, options.place);
  if (!reading) return reading.error();
  const std::string place = reading->place_name();
  report::Matches matches{reading->occasion, place, role};
  std::size_t count = 0;
  Place anchor;
  std::optional<Exit> failed;
  match_all(session, *reading, matches, [&](const auto& county, const auto& pair) {
    model::Support support;
    support.role = role;
    support.unit = pair.unit->name;
    support.from = options.from.value_or(session.today());
    const auto added =
        writing->changes().add(pair.village->path, model::FileKind::village, "support", support);
    if (!added) {
      session.complain(added.error());
      failed = Exit::unreadable;
    } else if (count++ == 0) {
      anchor = county.loaded->sources.at(pair.village->path).place(pair.village->info.at);
    }
  });
  if (failed) return *failed;
  if (reading->exit != Exit::done) {  // a village that cannot be read may have taken the room
    session.tell("write.refused");
    return reading->exit;
  }
  if (count == 0) {
    session.complain(
        Diagnostic{Severity::error, "match-none", {}, {{"place", place}, {"role", options.role}}});
    return Exit::findings;
  }
  if (const auto refused = writing->judge(anchor)) return *refused;
  if (!writing->dry_run()) {
    session.write_error(writing->difference());
    if (const auto refused = confirm(session, options.confirmation, count)) return *refused;
  }
  return writing->save("match.done", {{"count", fmt::format("{}", count)}, {"role", options.role}});
}

}  // namespace

Runner declare_match(Arguments& args) {
  auto options = std::make_shared<MatchOptions>();
  args.positional("PLACE", options->place, Need::optional);
  args.choice("--role", options->role,
              {model::term(SupportRole::partner_unit), model::term(SupportRole::helping_department),
               model::term(SupportRole::first_secretary)});
  args.flag("--apply", options->apply);
  args.option("--from", options->from);
  declare_confirmation(args, options->confirmation);
  declare_writing(args, *options);
  declare_reading(args, *options);
  return [options](Session& session) {
    if (const auto wrong = misuse(*options)) {
      session.complain(*wrong);
      return Exit::usage;
    }
    const SupportRole role = *model::from_term<SupportRole>(options->role);
    return options->apply ? apply(session, *options, role) : look(session, *options, role);
  };
}

}  // namespace taizhang::cmd
