#include "store/write_record.hpp"

#include <doctest/doctest.h>

#include <random>

#include "document/edit.hpp"
#include "model/ledger.hpp"
#include "store/read_record.hpp"
#include "store/read_value.hpp"

using namespace taizhang;
using namespace taizhang::store;
using model::Datum;
using model::Field;
using model::RecordKind;
using model::Shape;

namespace {

using Random = std::mt19937;

std::int64_t number(Random& random, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>{0, most}(random);
}

std::string text(Random& random) {
  const std::string_view parts[] = {"村", "\"", "\n", "]]", "a", "#", "\\", "'", " = ", "[[task]]"};
  std::string made = "始";
  for (std::int64_t i = number(random, 6); i > 0; --i)
    made += parts[static_cast<std::size_t>(number(random, 9))];
  return made;
}

/// A value that the field may have.
Datum value_of(const Field& field, Random& random) {
  const auto choice = [&] {
    const auto last = static_cast<std::int64_t>(field.choices.size()) - 1;
    return std::string{field.choices[static_cast<std::size_t>(number(random, last))]};
  };
  switch (field.shape) {
    case Shape::choice:
      return choice();
    case Shape::whole:
      return number(random, 99);
    case Shape::number:
      return static_cast<double>(number(random, 99)) / 4;
    case Shape::flag:
      return true;
    case Shape::date:
      return Date{std::chrono::year{2023}, std::chrono::month{6},
                  std::chrono::day{1 + static_cast<unsigned>(number(random, 28))}};
    case Shape::counts:
      return model::Counts{
          {field.choices.empty() ? "key" : std::string{field.choices.front()}, number(random, 9)}};
    case Shape::answers:
      return model::Answers{{"q1", true, {}, {}}, {"q2", number(random, 9), {}, {}}};
    case Shape::evidence:
      return std::vector<model::Evidence>{{"佐证/甲.md", std::string(64, 'a'), {}}};
    case Shape::condition:
      return {};
    case Shape::texts:
    case Shape::text:
      break;
  }
  std::string one;
  switch (field.format) {
    case model::Format::any:
    case model::Format::signed_whole:
      one = field.choices.empty() ? text(random) : choice();
      break;
    case model::Format::county_code:
      one = "610326";
      break;
    case model::Format::township_code:
      one = "610326103";
      break;
    case model::Format::village_code:
      one = "610326103901";
      break;
    case model::Format::id:
      one = "T1";
      break;
    case model::Format::period:
      one = "2023-06-H1";
      break;
    case model::Format::sha256:
      one = std::string(64, 'b');
      break;
    case model::Format::short_hash:
      one = "0123abcd";
      break;
    case model::Format::path:
      one = "佐证/甲.md";
      break;
  }
  if (field.shape == Shape::texts) return std::vector<std::string>{one};
  return one;
}

/// Fields of the record as they would be written, to compare records by.
std::string written(const RecordKind& kind, const void* record) {
  std::string all;
  for (const document::NewMember& member : write_record(kind, record).members)
    all += document::write_key(member.key) + '=' + document::write_on_one_line(member.value) + '\n';
  return all;
}

template <class Record>
void round_trip(const RecordKind& kind, Random& random) {
  Record record;
  for (const Field& field : kind.fields)
    if (field.need == model::Need::required || number(random, 1) == 1)
      field.set(&record, value_of(field, random));
  const auto empty = document::parse("v", "schema = 1\n");
  REQUIRE(empty);
  document::Edit edit{*empty};
  edit.insert_record(place_for(*empty, kind), write_record(kind, &record));
  const auto bytes = edit.apply();
  REQUIRE(bytes);
  auto again = document::parse("v", *bytes);
  REQUIRE(again);
  document::Value& found = again->root.members.back().value;  // behind `schema`
  document::Value& held = kind.repeated ? (*found.array()).items.front() : found;
  Record read;
  Diagnostics diagnostics;
  CHECK_MESSAGE(read_record(again->source, held, kind, &read, diagnostics), *bytes);
  CHECK(written(kind, &read) == written(kind, &record));
}

template <class Record>
void round_trips(model::FileKind file, std::string_view name) {
  const RecordKind& kind = *model::find_kind(file, name);
  Random random{7};
  for (int i = 0; i < 50; ++i) round_trip<Record>(kind, random);
}

}  // namespace

TEST_CASE("what is written of a record reads back as the same record") {
  using model::FileKind;
  round_trips<model::WorkspaceInfo>(FileKind::workspace, "workspace");
  round_trips<model::Round>(FileKind::workspace, "round");
  round_trips<model::Unit>(FileKind::county, "unit");
  round_trips<model::Contact>(FileKind::county, "contact");
  round_trips<model::Grid>(FileKind::county, "grid");
  round_trips<model::Leader>(FileKind::township, "leader");
  round_trips<model::Submission>(FileKind::township, "submission");
  round_trips<model::Inspection>(FileKind::inspections, "inspection");
  round_trips<model::VillageInfo>(FileKind::village, "village");
  round_trips<model::Survey>(FileKind::village, "survey");
  round_trips<model::Step>(FileKind::village, "step");
  round_trips<model::Support>(FileKind::village, "support");
  round_trips<model::Problem>(FileKind::village, "problem");
  round_trips<model::Task>(FileKind::village, "task");
  round_trips<model::Milestone>(FileKind::village, "milestone");
  round_trips<model::Entry>(FileKind::village, "entry");
  round_trips<model::Acceptance>(FileKind::village, "acceptance");
  round_trips<model::Follow>(FileKind::village, "follow");
}

TEST_CASE("answers stand on a line each, so that one changed answer changes one line") {
  model::Survey survey;
  survey.answers = {{"team_weak", true, {}, {}},
                    {"satisfaction", model::Counts{{"valid", 58}, {"satisfied", 34}}, {}, {}}};
  const auto record = write_record(model::FileKind::village, "survey", survey);
  REQUIRE(record.members.size() == 2);
  CHECK(document::write_key(record.members[0].key) == "answers.team_weak");
  CHECK(document::write_on_one_line(record.members[1].value) == "{ valid = 58, satisfied = 34 }");
}

TEST_CASE("a record is known again whatever its id and the order of its keys") {
  model::Problem problem;
  problem.id = "P3";
  problem.round = 2023;
  problem.type = "无人";
  const auto found = [&](std::string_view text) {
    const auto ledger = document::parse("v", std::string{text});
    REQUIRE(ledger);
    const auto made = write_record(model::FileKind::village, "problem", problem);
    const auto there = equal_record(*ledger, made);
    return there ? ledger->source.line_number(there->begin) : 0U;
  };
  const std::string one = "[[problem]]\ntype = '无人'\nid = \"P1\"\nround = 2023\n";
  CHECK(found(one) == 1);
  CHECK(found("[[problem]]\nid = \"P3\"\n" + one) == 3);
  CHECK(found(one + "text = \"两年\"\n") == 0);
  CHECK(found("[[task]]\ntype = \"无人\"\nround = 2023\n") == 0);
  CHECK(found("problem = 1\n") == 0);
}
