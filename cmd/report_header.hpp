#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "report_kinds.hpp"
#include "store/sidecar.hpp"

namespace taizhang::cmd {

/// How a report was made, so that it can be made again.
struct ReportHeader {
  Output output;
  model::Language language{};
  ReportWanted wanted;
  std::string place;  ///< empty, or the workspace's name: everything
  std::int64_t round = 0;
  Date as_of{};
  std::optional<Date> received;
};

/// Of a report that is being made.
ReportHeader header_of(Session& session, const Reading& reading, const ReportWanted& wanted,
                       const Output& output);

/// As the head of the report itself says; nothing when it has none (csv, xlsx).
std::optional<ReportHeader> header_in(std::string_view report);

/// As its sidecar says.
std::optional<ReportHeader> header_in(const store::Sidecar& sidecar);

/// Notes it in the sidecar.
void note_header(const ReportHeader& header, store::Sidecar& sidecar);

}  // namespace taizhang::cmd
