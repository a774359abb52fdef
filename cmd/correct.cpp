#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_correct(Arguments& args) { return declare_entry(args, model::Action::correct); }

}  // namespace taizhang::cmd
