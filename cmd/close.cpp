#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_close(Arguments& args) { return declare_entry(args, model::Action::close); }

}  // namespace taizhang::cmd
