#pragma once

#include <vector>

#include "rules/screen.hpp"

namespace taizhang::rules {

/// One village held against the rules: what a verdict rests on. Where it stands in rankings is taken
/// as given, since that depends on the other villages too.
struct Case {
  const Rules& rules;
  Values values;
  std::vector<Standing> standings = {};

  Verdict verdict() const { return screen(rules, values, standings).verdict; }
};

/// The answers that a firm verdict rests on: alone they give the same verdict, and without any one of
/// them they do not. Empty when the verdict is open, or when rankings alone give it.
std::vector<const model::Question*> grounds(const Case& village);

/// The same for what one criterion, score or ranking of the case says; for a ranking the answers to
/// its keys.
std::vector<const model::Question*> grounds(const Case& village, const Judgement& judgement);

struct Change {
  const model::Question* question = nullptr;
  model::AnswerValue value;
  /// Whether every value above or below it does as well.
  enum class Bound : std::uint8_t { exactly, at_least, at_most } bound = Bound::exactly;
};

/// A set of answers, changed or added, that turns the verdict; no part of it does.
struct Turn {
  Verdict to{};
  std::vector<Change> changes;  ///< empty when none was found
  bool smallest = true;         ///< no smaller set does; otherwise only no part of this one
};

/// How the verdict can turn: a firm one by the fewest answers that differ, an open one each way by the
/// fewest answers that are missing.
std::vector<Turn> turns(const Case& village);

}  // namespace taizhang::rules
