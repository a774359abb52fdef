#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_log(Arguments& args) { return declare_entry(args, model::Action::progress); }

}  // namespace taizhang::cmd
