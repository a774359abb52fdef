#include "workflow/chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "workflow/village_life.hpp"

namespace taizhang::workflow {

using model::CountyLedger;
using model::Findings;
using model::Step;
using model::StepKind;
using model::StepResult;
using model::VillageLedger;

namespace {

constexpr Date last_day{std::chrono::year{9999}, std::chrono::month{12}, std::chrono::day{31}};

/// The steps the county demands, in order; terms that are none were reported when they were read.
std::vector<StepKind> chain_kinds(const CountyLedger& county) {
  std::vector<StepKind> kinds;
  for (const std::string& name : county.info.chain)
    if (const auto kind = model::from_term<StepKind>(name)) kinds.push_back(*kind);
  if (kinds.empty()) kinds.push_back(StepKind::approval);
  return kinds;
}

bool same_name(const std::string& a, const std::string& b) {
  return canonical_name(a) == canonical_name(b);
}

/// Later steps beat earlier ones; of one day, and of undated ones, the one written later.
bool replaces(const Step& fresh, const Step* held) {
  if (!held || !held->date) return true;
  return fresh.date && *fresh.date >= *held->date;
}

}  // namespace

bool ChainLink::done() const {
  if (reviews.empty()) return step != nullptr;
  return std::ranges::all_of(reviews, [](const Review& review) {
    return review.step && review.step->result &&
           (*review.step->result == StepResult::agreed ||
            *review.step->result == StepResult::objected);
  });
}

const ChainLink* ChainState::next() const {
  const auto open = std::ranges::find_if(links, [](const ChainLink& link) { return !link.done(); });
  return open == links.end() ? nullptr : &*open;
}

ChainState chain_of(const CountyLedger& county, const VillageLedger& village, std::int64_t round,
                    Date as_of) {
  ChainState state;
  for (const StepKind kind : chain_kinds(county)) {
    ChainLink link;
    link.kind = kind;
    for (const auto& how : county.chain_steps)
      if (how.kind == kind) link.how = &how;
    if (kind == StepKind::joint_review)
      for (const std::string& department : county.info.departments)
        link.reviews.push_back({department, nullptr});
    for (const Step& step : village.steps) {
      if (step.kind != kind || step.round != round || !exists_on(step, as_of)) continue;
      if (replaces(step, link.step)) link.step = &step;
      for (Review& review : link.reviews)
        if (same_name(review.department, step.department) && replaces(step, review.step))
          review.step = &step;
    }
    state.links.push_back(std::move(link));
  }
  return state;
}

namespace {

class ChainChecker {
 public:
  ChainChecker(const CountyLedger& county, const VillageLedger& village, std::int64_t round)
      : county_(county), village_(village), round_(round), kinds_(chain_kinds(county)) {}

  Findings check() {
    for (const Step& step : village_.steps) {
      if (!step.kind || step.round != round_) continue;
      body(step);
      department(step);
      order(step);
      if (step.kind == StepKind::approval) decision(step);
    }
    return std::move(findings_);
  }

 private:
  void refuse(const Step& step, std::string_view code, std::string_view key, Facts facts) {
    facts.emplace_back("step", std::string{model::term(*step.kind)});
    findings_.push_back({Severity::error, code, step.at, key, std::move(facts)});
  }

  void body(const Step& step) {
    for (const auto& how : county_.chain_steps)
      if (how.kind == step.kind && !how.by.empty() && !step.by.empty() &&
          !same_name(how.by, step.by))
        refuse(step, "chain-body-differs", "by", {{"who", step.by}, {"wanted", how.by}});
  }

  void department(const Step& step) {
    const auto& known = county_.info.departments;
    if (step.kind != StepKind::joint_review || known.empty() || step.department.empty()) return;
    if (std::ranges::any_of(known,
                            [&](const auto& each) { return same_name(each, step.department); }))
      return;
    const std::vector<std::string_view> names{known.begin(), known.end()};
    refuse(step, "chain-department-unknown", "department",
           {{"department", step.department},
            {"nearest", std::string{nearest(step.department, names).value_or("")}},
            {"departments", fmt::format("{}", fmt::join(known, " "))}});
  }

  /// Every step before this one in the chain is there, and none of them only came later.
  void order(const Step& step) {
    const auto at = std::ranges::find(kinds_, *step.kind);
    if (at == kinds_.end()) return;
    for (auto before = kinds_.begin(); before != at; ++before) {
      const Step* earliest = nullptr;
      for (const Step& other : village_.steps) {
        if (other.kind != *before || other.round != round_) continue;
        if (!earliest || !other.date || (earliest->date && *other.date < *earliest->date))
          earliest = &other;
      }
      if (!earliest) {
        if (!missing_.insert(*before).second) return;  // said of an earlier step
        refuse(step, "chain-step-missing", "kind",
               {{"missing", std::string{model::term(*before)}},
                {"chain", fmt::format("{}", fmt::join(terms(), " → "))}});
        return;  // the first one missing says it all
      }
      if (earliest->date && step.date && *earliest->date > *step.date) {
        refuse(step, "chain-order", "date",
               {{"date", format_date(*step.date)},
                {"before", std::string{model::term(*before)}},
                {"other_date", format_date(*earliest->date)}});
        findings_.back().other = earliest->at;
        return;
      }
    }
  }

  /// A decision comes when every department has answered, and says why when it overrules one.
  void decision(const Step& step) {
    const ChainState state = chain_of(county_, village_, round_, step.date.value_or(last_day));
    std::string silent, objecting;
    const auto add = [](std::string& list, const std::string& name) {
      list += (list.empty() ? "" : " ") + name;
    };
    for (const ChainLink& link : state.links) {
      for (const Review& review : link.reviews) {
        if (!review.step || !review.step->result) add(silent, review.department);
        else if (review.step->result == StepResult::objected) add(objecting, review.department);
      }
      if (link.kind == StepKind::joint_review && link.reviews.empty() && link.step &&
          link.step->result == StepResult::objected)
        add(objecting, std::string{model::term(link.kind)});
    }
    const bool reviewed = std::ranges::any_of(state.links, [](const ChainLink& link) {
      return link.kind == StepKind::joint_review && link.step;
    });
    if (!silent.empty() && reviewed)  // without any review chain-step-missing has said so
      refuse(step, "chain-review-incomplete", "kind", {{"departments", silent}});
    if (!objecting.empty() && step.result == StepResult::listed && step.reason.empty())
      refuse(step, "objection-overruled", "result", {{"departments", objecting}});
  }

  std::vector<std::string_view> terms() const {
    std::vector<std::string_view> names;
    for (const StepKind kind : kinds_) names.push_back(model::term(kind));
    return names;
  }

  const CountyLedger& county_;
  const VillageLedger& village_;
  std::int64_t round_;
  std::vector<StepKind> kinds_;
  std::set<StepKind> missing_;
  Findings findings_;
};

}  // namespace

Findings check_chain(const CountyLedger& county, const VillageLedger& village, std::int64_t round) {
  return ChainChecker{county, village, round}.check();
}

}  // namespace taizhang::workflow
