#include <array>
#include <map>

#include "workflow/random_journal.hpp"
#include "workflow/table_model.hpp"

namespace taizhang::workflow::tests {

namespace {

/// The journal, with a minus before what the text refuses.
std::string describe(const Journal& journal, const Model& model) {
  std::string text;
  for (std::size_t i = 0; i < journal.entries.size(); ++i) {
    const Entry& e = journal.entries[i];
    text += (model.counted[i] ? "+ " : "- ") + std::to_string(100 * (i + 1)) + ' ' +
            format_date(*e.date) + ' ' + std::string{model::term(*e.action)} + ' ' + e.by + ' ' +
            e.unit + ' ' + std::string{model::term(*e.level)} + " count " +
            std::to_string(e.count.value_or(0)) + " due " + (e.due ? format_date(*e.due) : "-") +
            " voids " + e.voids + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("Replay and the table as its text has it agree on every entry of random journals") {
  RandomJournals journals{2023};
  std::array<std::array<int, 2>, 10> seen{};  // by action: refused, counted
  for (int round = 0; round < 20000; ++round) {
    const Journal journal = journals.next();
    Model expected{journal};
    expected.run();
    Findings findings;
    const TaskLife life = journal.on("2030-01-01", &findings);
    REQUIRE(life.events.size() == journal.entries.size());
    bool same = life.state == expected.end.state && life.count == expected.end.count &&
                life.due == expected.end.due && life.owner == expected.end.owner;
    for (std::size_t i = 0; i < journal.entries.size(); ++i) {
      const auto event = std::ranges::find(life.events, &journal.entries[i], &Event::entry);
      same = same && event->counted == expected.counted[i];
      ++seen[static_cast<std::size_t>(*event->entry->action)][event->counted ? 1 : 0];
      const bool reported = std::ranges::any_of(findings, [&](const model::Finding& finding) {
        return finding.record == event->entry->at && finding.severity == Severity::error &&
               finding.code != "verification-suspect" && finding.code != "extension-backdated";
      });
      same = same && reported != event->counted;
    }
    INFO(describe(journal, expected));
    INFO(written(findings));
    REQUIRE(same);
  }
  for (std::size_t action = 0; action < seen.size(); ++action)
    for (const int times : seen[action]) {
      INFO(model::terms_of<Action>[action]);
      CHECK(times > 300);  // else the journals no longer reach it
    }
}

TEST_CASE("The state after each entry is the one that the text leads to") {
  RandomJournals journals{11};
  for (int round = 0; round < 3000; ++round) {
    const Journal journal = journals.next();
    const bool corrects = std::ranges::any_of(
        journal.entries, [](const Entry& each) { return each.action == Action::correct; });
    if (corrects) continue;  // a correction rewrites the states before it
    Model expected{journal};
    expected.run();
    const TaskLife life = journal.on("2030-01-01");
    for (const Event& event : life.events) {
      const auto i =
          std::ranges::find(journal.entries, event.entry->at, &Entry::at) - journal.entries.begin();
      REQUIRE(event.after == expected.after[static_cast<std::size_t>(i)]);
    }
  }
}

}  // namespace taizhang::workflow::tests
