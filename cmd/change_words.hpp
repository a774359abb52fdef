#pragma once

#include "report/change_report.hpp"
#include "session.hpp"

namespace taizhang::cmd {

/// What a key is called in a few words; in JSON, which knows no language, the key itself.
report::ChangeReport::KeyWords key_words(Session& session, const Output& output);

/// What a kind of records is called; in JSON its header.
report::ChangeReport::KindWords kind_words(Session& session, const Output& output);

/// Whether such a document goes to programs, which want a change in its parts.
bool wants_parts(const Output& output);

}  // namespace taizhang::cmd
