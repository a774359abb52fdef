#include "report/inspections.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "arguments.hpp"
#include "base/text.hpp"
#include "field_options.hpp"
#include "model/next_id.hpp"
#include "new_ledger.hpp"
#include "target.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

using model::FileKind;

namespace {

struct InspectOptions : WritingOptions {
  std::string what;  ///< finding, reply, else empty
  std::string id;    ///< of the inspection or finding it belongs to
  ReadingOptions reading;
  FieldOptions fields;
  std::vector<std::string> villages;  ///< as typed
  std::optional<Date> date;
  bool list = false;
};

const model::RecordKind& kind_named(std::string_view name) {
  return *model::find_kind(FileKind::inspections, name);
}

Diagnostic complaint(std::string_view code, Facts facts) {
  return {Severity::error, code, {}, std::move(facts)};
}

/// Writes an inspection, a finding or a reply to the county's inspections.toml.
class Inspector {
 public:
  Inspector(Session& session, const InspectOptions& options, Writing& writing, Reading& reading)
      : session_(session), options_(options), writing_(writing), reading_(reading) {}

  Exit write() {
    auto target = open_target(session_, reading_, FileKind::county);
    if (!target) return target.error();
    target_ = std::move(*target);
    if (options_.what == "finding") return add_finding();
    if (options_.what == "reply") return add_reply();
    return add_inspection();
  }

 private:
  const model::CountyLedger& county() const { return target_->loaded.ledger; }

  template <class Record>
  bool fill(std::string_view kind, Record& record) {
    const Diagnostics problems = options_.fields.fill(kind_named(kind), &record);
    session_.complain(problems);
    return problems.empty();
  }

  /// The codes of the villages that were typed; complains about those that are none.
  std::optional<std::vector<std::string>> codes() {
    std::vector<std::string> found;
    for (const std::string& typed : options_.villages) {
      ReadingOptions wanted;
      wanted.place = typed;
      const auto place = open_reading(session_, wanted, Complaints::kept);
      if (!place) return std::nullopt;
      if (place->village.empty() || place->county != reading_.county) {
        session_.complain(complaint("village-wanted", {{"place", typed}}));
        return std::nullopt;
      }
      found.push_back(place->village);
    }
    return found;
  }

  template <class Records>
  Exit unknown(std::string_view record, const Records& records) {
    std::vector<std::string_view> ids;
    for (const auto& each : records) ids.push_back(each.id);
    session_.complain(complaint(
        "inspect-id-unknown", {{"id", options_.id},
                               {"record", std::string{record}},
                               {"what", "thing." + std::string{record}},
                               {"nearest", std::string{nearest(options_.id, ids).value_or("")}}}));
    return Exit::usage;
  }

  template <class Record>
  Exit put(std::string_view kind, const Record& record, Facts facts) {
    std::string path = county().inspections_path;
    if (path.empty()) {
      path = store::join(reading_.counties.front().folder, "inspections.toml");
      const std::array records{render::new_record(FileKind::inspections, kind, record)};
      const auto created = writing_.changes().create(
          path, ledger_text(session_.catalogue(), FileKind::inspections, path, records));
      if (!created) {
        session_.complain(created.error());
        return Exit::findings;
      }
    } else if (const auto added =
                   writing_.changes().add_new(path, FileKind::inspections, kind, record);
               !added) {
      return writing_.refuse(added.error());
    }
    Place anchor = target_->anchor;
    if (path == county().inspections_path) anchor = {path, 1, 1, 1, ""};
    if (const auto refused = writing_.judge(anchor)) return *refused;
    facts.emplace_back("county", county().info.name);
    return writing_.save(kind == "inspection" ? "inspect.done"
                         : kind == "finding"  ? "inspect.found"
                                              : "inspect.replied",
                         facts);
  }

  Exit missing(std::string_view option) {
    session_.complain(
        complaint("missing-option", {{"option", std::string{option}}, {"command", "inspect"}}));
    return Exit::usage;
  }

  Exit add_inspection() {
    if (!options_.fields.has("kind")) return missing("--kind");
    model::Inspection inspection;
    if (!fill("inspection", inspection)) return Exit::usage;
    auto villages = codes();
    if (!villages) return Exit::usage;
    inspection.villages = std::move(*villages);
    inspection.round = options_.reading.round;
    inspection.date = options_.date.value_or(session_.today());
    if (const auto over = choose_round(session_, reading_, inspection.round, *inspection.date))
      return *over;
    if (inspection.id.empty()) inspection.id = next_id("X", county().inspections);
    return put("inspection", inspection,
               {{"id", inspection.id},
                {"kind", std::string{term(*inspection.kind)}},
                {"date", format_date(*inspection.date)},
                {"villages", std::to_string(inspection.villages.size())},
                {"standing", standing(inspection)}});
  }

  /// "4/4" where the county plans its inspections.
  std::string standing(const model::Inspection& added) const {
    if (!county().info.planned_inspections || added.kind != model::InspectionKind::inspection)
      return {};
    const auto count = std::ranges::count_if(county().inspections, [&](const auto& each) {
      return each.round == added.round && each.kind == added.kind;
    });
    return std::to_string(count + 1) + "/" + std::to_string(*county().info.planned_inspections);
  }

  Exit add_finding() {
    model::InspectionFinding finding;
    if (!fill("finding", finding)) return Exit::usage;
    const auto& inspections = county().inspections;
    const auto inspection = std::ranges::find(inspections, options_.id, &model::Inspection::id);
    if (inspection == inspections.end()) return unknown("inspection", inspections);
    if (!finding.due) return missing("--due");
    const auto villages = codes();
    if (!villages) return Exit::usage;
    if (villages->size() > 1) {
      session_.complain(
          complaint("option-twice", {{"option", "--village"}, {"command", "inspect"}}));
      return Exit::usage;
    }
    if (!villages->empty()) finding.village = villages->front();
    else if (inspection->villages.size() == 1) finding.village = inspection->villages.front();
    finding.inspection = options_.id;
    if (finding.id.empty()) finding.id = next_id("F", county().findings);
    return put("finding", finding,
               {{"id", finding.id},
                {"inspection", finding.inspection},
                {"kind", std::string{term(*finding.kind)}},
                {"due", format_date(*finding.due)}});
  }

  Exit add_reply() {
    model::Reply reply;
    if (!fill("reply", reply)) return Exit::usage;
    const auto& findings = county().findings;
    if (std::ranges::find(findings, options_.id, &model::InspectionFinding::id) == findings.end())
      return unknown("finding", findings);
    const Date date = options_.date.value_or(session_.today());
    if (const auto* before = report::reply_to(county(), options_.id, session_.today())) {
      Diagnostic diagnostic = complaint(
          "inspect-answered", {{"id", options_.id}, {"date", format_date(*before->date)}});
      diagnostic.place = target_->loaded.sources.at(county().inspections_path).place(before->at);
      session_.complain(diagnostic);
      return Exit::findings;
    }
    reply.finding = options_.id;
    reply.date = date;
    return put("reply", reply, {{"id", reply.finding}, {"date", format_date(date)}});
  }

  Session& session_;
  const InspectOptions& options_;
  Writing& writing_;
  Reading& reading_;
  std::unique_ptr<Target> target_;
};

Exit list(Session& session, const InspectOptions& options) {
  auto reading = open_reading(session, options.reading);
  if (!reading) return reading.error();
  report::InspectionReport report{reading->occasion, reading->place_name()};
  for_each_county(session, *reading, [&](const auto& state) { report.add(state); });
  session.emit(std::move(report).finish(), options.reading.format, Places::shown);
  return reading->exit;
}

void declare_fields(Arguments& args, InspectOptions& options, std::string_view word) {
  const auto declare = [&](std::string_view kind, bool insist) {
    options.fields.declare(args, kind_named(kind),
                           {"round", "date", "villages", "village", "inspection", "finding"},
                           {"id", "due"}, insist);
  };
  const bool finding = word == "finding";
  const bool reply = word == "reply";
  if (finding || reply) declare(word, true);
  else if (!word.empty()) declare("inspection", false);
  else
    for (const char* kind : {"inspection", "finding", "reply"}) declare(kind, false);
  if (!reply) args.option("--village", options.villages);
  if (!finding) args.option("--date", options.date);
}

}  // namespace

Runner declare_inspect(Arguments& args) {
  auto options = std::make_shared<InspectOptions>();
  const std::string_view word = args.first_word();
  const bool part = word == "finding" || word == "reply";
  if (part) args.positional("WHAT", options->what);
  args.positional(part ? "COUNTY" : "PLACE", options->reading.place,
                  part ? Need::required : Need::optional);
  if (part) args.positional(word == "finding" ? "INSPECTION" : "FINDING", options->id);
  declare_fields(args, *options, word);
  if (!part) {
    args.flag("--list", options->list);
    declare_reading(args, options->reading);
  }
  declare_writing(args, *options);
  return [options](Session& session) {
    if (options->list) return list(session, *options);
    if (const auto refused = refuse_revision(session, options->reading)) return *refused;
    auto writing = Writing::begin(session, *options);
    if (!writing) return writing.error();
    ReadingOptions wanted;
    wanted.place = options->reading.place;
    wanted.round = options->reading.round;
    wanted.as_of = options->date;
    auto reading = open_reading(session, wanted);
    if (!reading) return reading.error();
    return Inspector{session, *options, *writing, *reading}.write();
  };
}

}  // namespace taizhang::cmd
