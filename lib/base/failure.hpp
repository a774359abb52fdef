#pragma once

#include <exception>
#include <string_view>
#include <utility>

#include "base/diagnostic.hpp"

namespace taizhang {

/// The machine says no (disk full, cannot write, git missing): the one exception of this program,
/// caught once in `main`, exit 4. Wrong content and refused actions are never thrown.
class Failure : public std::exception {
 public:
  explicit Failure(Diagnostic diagnostic) : diagnostic_(std::move(diagnostic)) {}
  explicit Failure(std::string_view code, Facts facts = {}, std::string path = {}) {
    diagnostic_.code = code;
    diagnostic_.facts = std::move(facts);
    diagnostic_.place.path = std::move(path);
  }

  const char* what() const noexcept override { return "machine failure"; }
  const Diagnostic& diagnostic() const { return diagnostic_; }

 private:
  Diagnostic diagnostic_;
};

}  // namespace taizhang
