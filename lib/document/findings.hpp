#pragma once

#include <string_view>
#include <utility>

#include "base/diagnostic.hpp"
#include "document/document.hpp"

namespace taizhang::document {

/// Collects the errors of one file up to a bound: who broke a file thoroughly needs no list of a
/// thousand lines.
class Findings {
 public:
  static constexpr std::size_t most = 20;

  explicit Findings(const Source& source) : source_(source) {}

  void add(std::string_view code, Span span, Facts facts = {}) {
    add({Severity::error, code, source_.place(span), std::move(facts)});
  }
  void add(Diagnostic finding) {
    if (!full()) all_.push_back(std::move(finding));
  }

  bool full() const { return all_.size() >= most; }
  bool empty() const { return all_.empty(); }

  /// All of them in the order of their places.
  Diagnostics take() {
    sort_by_place(all_);
    return std::move(all_);
  }

 private:
  const Source& source_;
  Diagnostics all_;
};

}  // namespace taizhang::document
