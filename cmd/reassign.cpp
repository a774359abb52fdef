#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_reassign(Arguments& args) { return declare_entry(args, model::Action::reassign); }

}  // namespace taizhang::cmd
