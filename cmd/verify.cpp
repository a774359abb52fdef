#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_verify(Arguments& args) { return declare_entry(args, model::Action::verify); }

}  // namespace taizhang::cmd
