#include "report/commit_history.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace taizhang::report {

namespace {

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The day at +08:00.
Date day_at(std::int64_t seconds) {
  constexpr std::int64_t china = 8 * 3600, day = 24 * 3600, last = 253'402'214'400;
  const std::int64_t days = (std::clamp<std::int64_t>(seconds, 0, last) + china) / day;
  return add_days(Date{std::chrono::year{1970} / 1 / 1}, static_cast<int>(days));
}

}  // namespace

std::unique_ptr<CommitHistory> CommitHistory::open(const std::string& root) {
  auto head = store::open_revision(root, "HEAD");
  if (!head) return nullptr;
  store::Workspace workspace = store::read_workspace(root, head->tree);
  return std::unique_ptr<CommitHistory>(new CommitHistory(std::move(*head), std::move(workspace)));
}

workflow::Committed CommitHistory::of(const model::CountyLedger& county) {
  const auto found =
      std::ranges::find_if(workspace_.counties, [&](const store::CountyFolder& folder) {
        return store::join(folder.folder, "county.toml") == county.path;
      });
  if (found == workspace_.counties.end()) return {};
  auto& loaded = counties_[county.path];
  if (!loaded)
    loaded = std::make_unique<store::LoadedCounty>(store::load_county(workspace_, *found));
  return {&loaded->ledger, [this, &before = *loaded](const auto& village, const auto& entry) {
            return day_of(before, village, entry);
          }};
}

/// As `git blame` sees them; line n is at n - 1.
const std::vector<CommitHistory::Line>& CommitHistory::lines(const std::string& path) {
  const auto [place, first] = lines_.try_emplace(path);
  if (!first) return place->second;
  const auto blame =
      head_.git->run({"blame", "--porcelain", "--root", "-w", "--no-textconv", head_.commit.id,
                      "--", store::join(head_.git->prefix(), path)});
  std::map<std::string, Line, std::less<>> commits;
  Line* commit = nullptr;
  std::string_view text = blame.output;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with('\t')) {
      if (commit) place->second.push_back(*commit);
      commit = nullptr;
    } else if (!commit) {
      const std::string id{line.substr(0, line.find(' '))};
      commit = &commits.try_emplace(id, Line{id, {}}).first->second;
    } else if (line.starts_with("committer-time ")) {
      commit->day = day_at(number_in(line.substr(15)));
    }
  }
  return place->second;
}

std::optional<Date> CommitHistory::day_of(const store::LoadedCounty& county,
                                          const model::VillageLedger& village,
                                          const model::Entry& entry) {
  const auto& all = lines(village.path);
  const auto at = [&](Span record, std::string_view key) -> const Line* {
    const Place place =
        store::locate(county, village.path, {Severity::note, "", record, key, {}}).place;
    return place.line > 0 && place.line <= all.size() ? &all[place.line - 1] : nullptr;
  };
  const Line* written = at(entry.at, "date");
  const Line* created = at(village.info.at, "code");
  if (!written || !created || written->commit == created->commit) return std::nullopt;
  return written->day;
}

}  // namespace taizhang::report
