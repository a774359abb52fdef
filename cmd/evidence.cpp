#include "evidence.hpp"

#include "base/disk.hpp"
#include "session.hpp"
#include "store/evidence.hpp"

namespace taizhang::cmd {

namespace {

Diagnostic complaint(std::string_view code, const std::string& file, const std::string& folder) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.facts = {{"file", file}, {"folder", folder}};
  return diagnostic;
}

}  // namespace

tl::expected<std::vector<model::Evidence>, Exit> take_evidence(
    Session& session, const std::string& root, const std::string& ledger_path,
    const std::vector<std::string>& files) {
  const std::size_t slash = ledger_path.rfind('/');
  const std::string folder =
      slash == std::string::npos ? root : root + '/' + ledger_path.substr(0, slash);
  const auto tree = store::disk_tree(root);
  std::vector<model::Evidence> evidence;
  Diagnostics problems;
  for (const std::string& file : files) {
    std::string real =
        disk::real_path(file.starts_with('/') ? file : session.start_folder() + '/' + file);
    if (real.empty()) real = disk::real_path(folder + '/' + file);
    if (real.empty()) {
      problems.push_back(complaint("evidence-not-found", file, disk::path_from(root, folder)));
      continue;
    }
    model::Evidence one{disk::path_from(folder, real), "", {}};
    switch (store::hash_evidence(*tree, ledger_path, one)) {
      case store::EvidenceState::intact:
        evidence.push_back(std::move(one));
        break;
      case store::EvidenceState::outside:
        problems.push_back(complaint("evidence-elsewhere", file, ""));
        break;
      default:
        problems.push_back(complaint("evidence-unusable", file, ""));
    }
  }
  if (problems.empty()) return evidence;
  session.complain(problems);
  return tl::unexpected{Exit::findings};
}

}  // namespace taizhang::cmd
