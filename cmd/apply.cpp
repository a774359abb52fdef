#include "entry.hpp"

namespace taizhang::cmd {

Runner declare_apply(Arguments& args) { return declare_entry(args, model::Action::apply); }

}  // namespace taizhang::cmd
