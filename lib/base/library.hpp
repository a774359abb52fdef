#pragma once

#include <string>

namespace taizhang {

/// A shared library that is loaded only when it is needed, so that it costs other runs nothing. It
/// stays loaded until the program ends.
class Library {
 public:
  /// Failure: library-missing.
  explicit Library(std::string name);

  /// Sets `function` to the one of that name. Failure: library-missing.
  template <class Function>
  void find(const char* name, Function*& function) const {
    function = reinterpret_cast<Function*>(address(name));
  }

 private:
  void* address(const char* name) const;

  std::string name_;
  void* handle_ = nullptr;
};

}  // namespace taizhang
