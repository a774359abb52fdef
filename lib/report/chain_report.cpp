#include "report/chain_report.hpp"

#include <algorithm>

#include "report/figures.hpp"

namespace taizhang::report {

using model::Step;
using model::StepResult;
using workflow::ChainLink;
using workflow::ChainState;
using workflow::Review;

namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string all;
  for (const std::string& part : parts) {
    if (!all.empty()) all += between;
    all += part;
  }
  return all;
}

Content result_of(const Step* step) {
  return step && step->result ? Content{Term{model::term(*step->result)}} : Content{};
}

/// Departments of one village by what they said.
struct Words {
  std::vector<std::string> agreed, objected, silent;

  explicit Words(const ChainLink& link) {
    for (const Review& review : link.reviews) {
      if (!review.step || !review.step->result) silent.push_back(review.department);
      else if (review.step->result == StepResult::objected)
        objected.push_back(review.step->reason.empty()
                               ? review.department
                               : review.department + ": " + review.step->reason);
      else agreed.push_back(review.department);
    }
  }
};

class CountyChain {
 public:
  CountyChain(const Occasion& occasion, const CountyState& state, const model::RuleSet& rules)
      : occasion_(occasion),
        state_(state),
        screening_(rules, *state.county, occasion.round, occasion.as_of) {
    stands_.id = "candidates";
    stands_.title = {"chain.candidates"};
    stands_.columns = {{"township", "column.township"}, {"village", "column.village"},
                       {"verdict", "column.verdict"},   {"reached", "column.reached"},
                       {"next", "column.next_step"},    {"decision", "column.decision"},
                       {"date", "column.decided_on"}};
    reviews_.id = "reviews";
    reviews_.title = {"chain.reviews"};
    reviews_.columns = {{"township", "column.township"},
                        {"village", "column.village"},
                        {"agreed", "column.agreed"},
                        {"objected", "column.objected"},
                        {"silent", "column.silent"}};
    for (const VillageState& village : state.villages) take(village);
  }

  void tables(std::vector<Table>& all) && {
    Figures figures{"figures", {"chain.of", {{"county", state_.county->info.name}}}, Align::left};
    const ChainState chain =
        workflow::chain_of(*state_.county, {}, occasion_.round, occasion_.as_of);
    std::vector<std::string> steps;
    for (const ChainLink& link : chain.links) {
      std::string step{model::term(link.kind)};
      if (link.how && !link.how->by.empty()) step += "(" + link.how->by + ")";
      steps.push_back(std::move(step));
    }
    figures.add("chain.steps", joined(steps, " → "));
    figures.add("chain.departments", text_or_missing(joined(state_.county->info.departments, " ")));
    figures.add("chain.candidate_count", static_cast<std::int64_t>(stands_.rows.size()));
    figures.add("figure.listed", count_or_missing(decided_ > 0, listed_));
    figures.add("chain.not_listed", count_or_missing(decided_ > 0, decided_ - listed_));
    all.push_back(std::move(figures).take());
    if (!stands_.rows.empty()) all.push_back(std::move(stands_));
    if (!reviews_.rows.empty()) all.push_back(std::move(reviews_));
  }

 private:
  void take(const VillageState& village) {
    const auto& ledger = *village.ledger;
    const bool judged = screening_.judges(ledger);
    const auto verdict = judged ? screening_.screen(ledger).verdict : rules::Verdict::undecided;
    const bool stepped = std::ranges::any_of(ledger.steps, [&](const Step& step) {
      return step.round == occasion_.round && workflow::exists_on(step, occasion_.as_of);
    });
    if (!stepped && !(judged && verdict == rules::Verdict::listed)) return;
    const ChainState chain =
        workflow::chain_of(*state_.county, ledger, occasion_.round, occasion_.as_of);
    const Step* decision = village.life.decision;
    decided_ += decision != nullptr;
    listed_ += village.life.listed();

    Row row = row_of(village);
    row.cells.emplace_back();
    if (judged) row.cells.back().content = Term{rules::term(verdict)};
    Cell reached;
    for (const ChainLink& link : chain.links)
      if (link.done()) reached.content = Term{model::term(link.kind)};
    row.cells.push_back(std::move(reached));
    const ChainLink* next = chain.next();
    Cell coming;
    if (next && !decision) coming.content = Term{model::term(next->kind)};
    row.cells.push_back(std::move(coming));
    row.cells.emplace_back();
    row.cells.back().content = result_of(decision);
    row.cells.emplace_back();
    if (decision) row.cells.back().content = date_or_missing(decision->date);
    stands_.rows.push_back(row);

    for (const ChainLink& link : chain.links) {
      if (link.reviews.empty() || (!link.step && next != &link)) continue;
      const Words words{link};
      Row words_row = row_of(village);
      for (const auto* list : {&words.agreed, &words.objected, &words.silent})
        words_row.cells.emplace_back(Names{*list});
      if (words.agreed.size() == link.reviews.size())
        words_row.cells[2].content =
            Label{"chain.all_agreed", {{"count", std::to_string(words.agreed.size())}}};
      reviews_.rows.push_back(words_row);
    }
  }

  Row row_of(const VillageState& village) const {
    Row row;
    row.cells = {village.township->folder, village.ledger->info.name};
    return row;
  }

  const Occasion& occasion_;
  const CountyState& state_;
  rules::CountyScreening screening_;
  Table stands_, reviews_;
  std::int64_t decided_ = 0;
  std::int64_t listed_ = 0;
};

}  // namespace

Table chain_table(const CountyState& state, const VillageState& village, const ChainState& chain) {
  Table table;
  table.id = "chain";
  table.title = {"explain.chain"};
  table.columns = {{"step", "column.step"},     {"department", "column.department"},
                   {"result", "column.result"}, {"by", "column.by"},
                   {"date", "column.date"},     {"reason", "column.reason"}};
  const auto add = [&](const ChainLink& link, const std::string& department, const Step* step) {
    Row row;
    row.cells = {Term{model::term(link.kind)}, department, Cell{}, Cell{}, Cell{}, Cell{}};
    if (!step) {
      row.cells[2].content = Label{"chain.not_yet"};
    } else {
      row.cells[2].content = result_of(step);
      row.cells[3].content = text_or_missing(step->by);
      row.cells[4].content = date_or_missing(step->date);
      row.cells[5].content = step->reason.empty() ? step->opinion : step->reason;
      row.path = village.ledger->path;
      row.line = line_of(state, row.path, step->at);
    }
    table.rows.push_back(row);
  };
  for (const ChainLink& link : chain.links) {
    if (link.reviews.empty()) add(link, "", link.step);
    for (const Review& review : link.reviews) add(link, review.department, review.step);
  }
  return table;
}

ChainReport::ChainReport(const Occasion& occasion, std::string_view place) : occasion_(occasion) {
  report_.schema = "taizhang.chain/1";
  report_.title = {"chain.title"};
  report_.subtitle = subtitle(occasion, place);
}

void ChainReport::add(const CountyState& state, const model::RuleSet& rules) {
  coverage_.add(state);
  CountyChain{occasion_, state, rules}.tables(report_.tables);
}

Report ChainReport::finish() && {
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
