#include <memory>
#include <vector>

#include "arguments.hpp"
#include "report/gaps.hpp"
#include "target.hpp"
#include "workflow/responsibility.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

struct AssignOptions : WritingOptions, ReadingOptions {
  bool gaps = false;
  std::string role;
  model::Support support;
  std::optional<Date> end;  ///< the role ends, nobody follows
  bool replace = false;     ///< whoever has the role now hands it over
  bool also = false;        ///< beside whoever has it now
};

Diagnostic complaint(std::string_view code, Facts facts) {
  return {Severity::error, code, {}, std::move(facts)};
}

/// Whoever has the role now, with the places of their records.
std::vector<const model::Support*> holders(const model::VillageLedger& village,
                                           model::SupportRole role) {
  std::vector<const model::Support*> found;
  for (const model::Support& each : village.supports)
    if (each.role == role && !each.to) found.push_back(&each);
  return found;
}

using workflow::who;

std::string names_of(const std::vector<const model::Support*>& supports) {
  std::string names;
  for (const model::Support* each : supports) names += (names.empty() ? "" : " ") + who(*each);
  return names;
}

class Assigner {
 public:
  Assigner(Session& session, const AssignOptions& options, Writing& writing, Reading& reading)
      : session_(session), options_(options), writing_(writing), reading_(reading) {}

  Exit assign() {
    model::Support support = options_.support;
    support.role = model::from_term<model::SupportRole>(options_.role);
    if (!support.role) return unknown_role();
    const auto opened = open_target(session_, reading_, model::FileKind::village);
    if (!opened) return opened.error();
    const Target& target = **opened;
    const auto before = holders(*target.village, *support.role);
    if (options_.end) return end(target, before);
    if (support.name.empty() && support.post.empty() && support.unit.empty()) {
      session_.complain(complaint("assign-nobody", {{"role", options_.role}}));
      return Exit::usage;
    }
    if (!before.empty() && !options_.replace && !options_.also) {
      Diagnostic held =
          complaint("role-held",
                    {{"village", target.name}, {"role", options_.role}, {"who", names_of(before)}});
      held.place = target.loaded.sources.at(target.path).place(before.front()->at);
      return writing_.refuse({held});
    }
    if (!support.from) support.from = session_.today();
    if (options_.replace && !finish(target, before, *support.from)) return Exit::unreadable;
    const auto added = writing_.changes().add(target.path, target.file, "support", support);
    if (!added) {
      session_.complain(added.error());
      return Exit::unreadable;
    }
    if (const auto refused = writing_.judge(target.anchor)) return *refused;
    return writing_.save("assign.done", {{"village", target.name},
                                         {"role", options_.role},
                                         {"who", who(support)},
                                         {"from", format_date(*support.from)},
                                         {"before", options_.replace ? names_of(before) : ""}});
  }

 private:
  Exit unknown_role() {
    std::string choices;
    for (const std::string_view role : model::terms_of<model::SupportRole>)
      choices += (choices.empty() ? "" : ", ") + std::string{role};
    session_.complain(complaint("bad-choice-option", {{"option", "ROLE"},
                                                      {"value", options_.role},
                                                      {"choices", choices},
                                                      {"command", "assign"}}));
    return Exit::usage;
  }

  /// Writes the day on which they hand over.
  bool finish(const Target& target, const std::vector<const model::Support*>& before, Date to) {
    const auto file = writing_.changes().open(target.path);
    if (!file) {
      session_.complain(file.error());
      return false;
    }
    for (const model::Support* each : before) (*file)->edit.insert_key(each->at, {"to"}, {to, {}});
    return true;
  }

  Exit end(const Target& target, const std::vector<const model::Support*>& before) {
    if (before.empty()) {
      session_.complain(
          complaint("role-not-held", {{"village", target.name}, {"role", options_.role}}));
      return Exit::findings;
    }
    if (!finish(target, before, *options_.end)) return Exit::unreadable;
    if (const auto refused = writing_.judge(target.anchor)) return *refused;
    return writing_.save("assign.ended", {{"village", target.name},
                                          {"role", options_.role},
                                          {"who", names_of(before)},
                                          {"to", format_date(*options_.end)}});
  }

  Session& session_;
  const AssignOptions& options_;
  Writing& writing_;
  Reading& reading_;
};

Exit show_gaps(Session& session, const AssignOptions& options) {
  auto reading = open_reading(session, options);
  if (!reading) return reading.error();
  report::Gaps gaps{reading->occasion, reading->place_name()};
  for_each_county(session, *reading, [&](const auto& state) { gaps.add(state); });
  session.emit(std::move(gaps).finish(), options.format);
  return reading->exit;
}

/// What the two ways of this command need and do not take; nothing when all is well.
std::optional<Diagnostic> misuse(const AssignOptions& options) {
  const auto missing = [](std::string_view word) {
    return complaint("missing-argument", {{"word", std::string{word}}, {"command", "assign"}});
  };
  if (options.gaps && !options.role.empty())
    return complaint("gaps-with-role", {{"role", options.role}});
  const Output& output = options.format;
  const bool formed = !output.format.empty() || !output.file.empty() || !output.csv_for.empty();
  if (!options.gaps && (options.as_of || options.round || formed || !options.rev.empty()))
    return complaint("gaps-only", {});
  if (!options.gaps && options.place.empty()) return missing("VILLAGE");
  if (!options.gaps && options.role.empty()) return missing("ROLE");
  return std::nullopt;
}

}  // namespace

Runner declare_assign(Arguments& args) {
  auto options = std::make_shared<AssignOptions>();
  args.positional("VILLAGE", options->place, Need::optional);
  args.positional("ROLE", options->role, Need::optional);
  for (const std::string_view role : model::terms_of<model::SupportRole>) args.offer(role);
  args.option("--name", options->support.name);
  args.option("--post", options->support.post);
  args.option("--unit", options->support.unit);
  args.option("--from", options->support.from);
  args.option("--end", options->end);
  args.flag("--replace", options->replace);
  args.flag("--also", options->also);
  declare_writing(args, *options);
  args.flag("--gaps", options->gaps);
  declare_reading(args, *options);
  return [options](Session& session) {
    if (const auto wrong = misuse(*options)) {
      session.complain(*wrong);
      return Exit::usage;
    }
    if (options->gaps) return show_gaps(session, *options);
    auto writing = Writing::begin(session, *options);
    if (!writing) return writing.error();
    auto reading = open_place(session, options->place);
    if (!reading) return reading.error();
    return Assigner{session, *options, *writing, *reading}.assign();
  };
}

}  // namespace taizhang::cmd
