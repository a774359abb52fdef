#include "workflow/task_rules.hpp"

#include "model/field.hpp"
#include "workflow/journal.hpp"

namespace taizhang::workflow::tests {

namespace {

/// An entry that has that key only.
Entry entry_with(const model::Field& field) {
  Entry entry;
  model::Datum value = std::string{"x"};
  if (field.shape == model::Shape::choice) value = std::string{field.choices.front()};
  if (field.shape == model::Shape::whole) value = std::int64_t{0};
  if (field.shape == model::Shape::date) value = day("2023-05-01");
  if (field.shape == model::Shape::counts) value = model::Counts{{"致富能手", 1}};
  if (field.shape == model::Shape::evidence)
    value = std::vector<model::Evidence>{{"佐证/一.md", "", {}}};
  REQUIRE_MESSAGE(field.set(&entry, std::move(value)), field.key);
  return entry;
}

}  // namespace

TEST_CASE("A rule knows of every key of an entry whether it is needed, useful or in vain") {
  for (const model::Field& field : model::find_kind(model::FileKind::village, "entry")->fields) {
    const Entry entry = entry_with(field);
    const bool common =
        std::ranges::find(common_entry_keys(), field.key) != common_entry_keys().end();
    for (const TaskRule& rule : task_rules()) {
      std::vector<std::string_view> missing(rule.needs.begin(), rule.needs.end());
      std::erase(missing, field.key);
      CHECK(rule.missing_keys(entry) == missing);
      const bool useful = common || rule.uses(field.key);
      CHECK(rule.unused_keys(entry) ==
            (useful ? std::vector<std::string_view>{} : std::vector{field.key}));
    }
  }
}

}  // namespace taizhang::workflow::tests
