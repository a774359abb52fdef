#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_reopen(Arguments& args) { return declare_entry(args, model::Action::reopen); }

}  // namespace taizhang::cmd
