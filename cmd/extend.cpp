#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_extend(Arguments& args) { return declare_entry(args, model::Action::extend); }

}  // namespace taizhang::cmd
