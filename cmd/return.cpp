#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_return(Arguments& args) { return declare_entry(args, model::Action::send_back); }

}  // namespace taizhang::cmd
