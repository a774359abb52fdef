#include "base/library.hpp"

#include <dlfcn.h>

#include <utility>

#include "base/failure.hpp"

namespace taizhang {

Library::Library(std::string name)
    : name_(std::move(name)), handle_(::dlopen(name_.c_str(), RTLD_NOW | RTLD_LOCAL)) {
  if (!handle_) throw Failure("library-missing", {{"library", name_}});
}

void* Library::address(const char* name) const {
  void* const found = ::dlsym(handle_, name);
  if (!found) throw Failure("library-missing", {{"library", name_}});
  return found;
}

}  // namespace taizhang
