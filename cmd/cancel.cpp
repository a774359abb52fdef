#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_cancel(Arguments& args) { return declare_entry(args, model::Action::cancel); }

}  // namespace taizhang::cmd
