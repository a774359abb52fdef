#include <algorithm>

#include "arguments.hpp"
#include "base/text.hpp"
#include "base/typed.hpp"
#include "reading.hpp"
#include "store/git_tree.hpp"
#include "store/load_part.hpp"
#include "store/revision.hpp"

namespace taizhang::cmd {

namespace {

struct Candidate {
  std::string county, township, village;  ///< folders and a code, like Reading
  std::string name;                       ///< as one could type it
  std::string path;                       ///< of a village's ledger, without .toml
};

bool is_code(std::string_view word, std::size_t digits) {
  return word.size() == digits &&
         std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// Finds a place by the names and codes of the ledgers.
class PlaceFinder {
 public:
  PlaceFinder(const store::Workspace& workspace, std::string word)
      : workspace_(workspace), word_(std::move(word)) {
    const std::string half = half_width(word_);
    if (is_code(half, 6) || is_code(half, 9) || is_code(half, 12)) word_ = half;
    if (word_.ends_with(".toml")) word_.resize(word_.size() - 5);
    while (word_.size() > 1 && word_.back() == '/') word_.pop_back();
    if (word_.starts_with("./")) word_.erase(0, 2);
  }

  std::vector<Candidate> find() {
    for (const auto& county : workspace_.counties)
      if (word_ == county.folder || word_ == county.name || word_ == county.code)
        found_.push_back({county.folder, "", "", county.name, ""});
    if (!found_.empty()) return found_;
    for (const auto& county : workspace_.counties)
      if (may_hold(county)) find_ledger(county);
    if (found_.size() == 1) return found_;
    found_.clear();
    if (is_code(word_, 12)) find_former();
    if (!found_.empty()) return found_;
    for (const auto& county : workspace_.counties)
      if (may_hold(county)) search(county, store::load_county(workspace_, county));
    return found_;
  }

  const std::vector<std::string>& names() const { return names_; }

  /// What is wrong with the ledger that the word names, when it is one that cannot be read.
  const Diagnostics& unreadable() const { return unreadable_; }

 private:
  /// Spares reading the counties that a code or path cannot mean.
  bool may_hold(const store::CountyFolder& county) const {
    if (is_code(word_, 12) || is_code(word_, 9))
      return county.code.empty() || word_.starts_with(county.code);
    const std::size_t slashes = static_cast<std::size_t>(std::ranges::count(word_, '/'));
    if (slashes >= 2 || (slashes == 1 && county_named_first()))
      return word_.starts_with(county.folder + "/") || word_.starts_with(county.name + "/");
    return true;
  }

  bool county_named_first() const {
    return std::ranges::any_of(workspace_.counties, [&](const auto& county) {
      return !county.folder.empty() &&
             (word_.starts_with(county.folder + "/") || word_.starts_with(county.name + "/"));
    });
  }

  void offer(const store::CountyFolder& county, const std::string& township,
             const std::string& village, const std::vector<std::string>& spellings) {
    for (const std::string& spelling : spellings) names_.push_back(spelling);
    if (std::ranges::find(spellings, word_) != spellings.end())
      found_.push_back({county.folder, township, village, spellings.front(),
                        village.empty() ? "" : spellings[1]});
  }

  /// Whether the word is the path of that ledger, or ends it: 镇/村 or 村.
  bool names(std::string_view path) const {
    if (!path.ends_with(".toml")) return false;
    path.remove_suffix(5);
    return path == word_ || path.ends_with("/" + word_);
  }

  /// Spares reading the whole county when the word is the path of a ledger or its present code.
  void find_ledger(const store::CountyFolder& county) {
    store::Part part;
    if (is_code(word_, 12)) {
      part.code = part.says = word_;
    } else {
      const bool whole = !county.folder.empty() && word_.starts_with(county.folder + "/");
      const std::string below = whole ? word_.substr(county.folder.size() + 1) : word_;
      const std::size_t slash = below.find('/');
      if (slash == std::string::npos || below.find('/', slash + 1) != std::string::npos) return;
      part.township = below.substr(0, slash);
      part.village = below.substr(slash + 1);
      if (!workspace_.tree->exists(store::join(county.folder, below) + ".toml")) return;
    }
    search(county, store::load_part(workspace_, county, part));
    if (part.village.empty()) {
      std::erase_if(found_, [&](const Candidate& each) { return each.village != word_; });
    }
    names_.clear();
    unreadable_.clear();
  }

  /// A code from before a merger or renaming may begin with that of another county.
  void find_former() {
    for (const auto& county : workspace_.counties) {
      store::Part part;
      part.says = word_;
      search(county, store::load_part(workspace_, county, part));
    }
    names_.clear();
    unreadable_.clear();
  }

  void search(const store::CountyFolder& county, const store::LoadedCounty& loaded) {
    for (const Diagnostic& each : loaded.diagnostics)
      if (each.severity == Severity::error && names(each.place.path)) unreadable_.push_back(each);
    for (const auto& township : loaded.ledger.townships) {
      const std::string& folder = township.folder;
      offer(county, folder, "",
            {store::join(county.name, folder), store::join(county.folder, folder), folder,
             township.info.code});
      for (const auto& village : township.villages) {
        std::string path = village.path;
        path.resize(path.size() - 5);
        std::vector<std::string> spellings{
            store::join(folder, village.info.name), path, village.info.name, village.info.code,
            store::join(county.name, store::join(folder, village.info.name))};
        spellings.insert(spellings.end(), village.info.former.begin(), village.info.former.end());
        offer(county, folder, village.info.code, spellings);
      }
    }
  }

  const store::Workspace& workspace_;
  std::string word_;
  std::vector<Candidate> found_;
  std::vector<std::string> names_;
  Diagnostics unreadable_;
};

Exit unknown_place(Session& session, const std::string& word,
                   const std::vector<std::string>& names) {
  const std::vector<std::string_view> views{names.begin(), names.end()};
  Diagnostic diagnostic;
  diagnostic.code = "place-unknown";
  diagnostic.facts = {{"place", word}, {"nearest", std::string{nearest(word, views).value_or("")}}};
  session.complain(diagnostic);
  return Exit::usage;
}

Exit ambiguous_place(Session& session, const std::string& word,
                     const std::vector<Candidate>& found) {
  constexpr std::size_t shown = 5;
  std::string names;
  for (std::size_t i = 0; i < found.size() && i < shown; ++i)
    names +=
        (i ? " " : "") + (found[i].village.empty() ? store::join(found[i].county, found[i].name)
                                                   : found[i].path + "(" + found[i].village + ")");
  const bool one_code = std::ranges::all_of(found, [&](const Candidate& each) {
    return !each.village.empty() && each.village == found.front().village;
  });
  Diagnostic diagnostic;
  diagnostic.code = one_code ? "place-twice" : "place-ambiguous";
  diagnostic.facts = {{"place", word},
                      {"count", std::to_string(found.size())},
                      {"candidates", names + (found.size() > shown ? " …" : "")}};
  session.complain(diagnostic);
  return Exit::usage;
}

tl::expected<store::Workspace, Exit> staged_tree(Session& session, const std::string& root) {
  const auto git = store::repository_of(root);
  if (!git) {
    session.complain(git.error());
    return tl::unexpected{Exit::usage};
  }
  return store::read_workspace(root, store::git_tree(*git, (*git)->staged()));
}

/// The workspace as it is on the disk, or as it was committed; then `commit` becomes the id.
tl::expected<store::Workspace, Exit> open_tree(Session& session, const ReadingOptions& options,
                                               std::string& commit) {
  auto root = store::find_workspace(session.start_folder());
  if (!root) {
    session.complain(root.error());
    return tl::unexpected{Exit::usage};
  }
  if (options.rev.empty() && !options.staged)
    return store::read_workspace(*root, store::disk_tree(*root));
  if (options.staged) return staged_tree(session, *root);
  const auto revision = store::open_revision(*root, options.rev);
  if (!revision) {
    session.complain(revision.error());
    return tl::unexpected{Exit::usage};
  }
  auto workspace = store::read_workspace(*root, revision->tree);
  session.set_workspace_language(workspace.ledger.info.language);
  commit = revision->commit.id;
  session.tell("rev.read", {{"commit", revision->commit.short_id()},
                            {"date", format_date(revision->commit.day)},
                            {"author", visible(revision->commit.author)},
                            {"subject", visible(revision->commit.subject)}});
  return workspace;
}

/// A workspace without rounds has those of its records.
std::optional<Exit> refuse_unknown_round(Session& session, const model::WorkspaceLedger& workspace,
                                         std::optional<std::int64_t> wanted) {
  const auto& rounds = workspace.rounds;
  if (!wanted || rounds.empty() ||
      std::ranges::find(rounds, wanted, &model::Round::year) != rounds.end())
    return std::nullopt;
  session.complain(Diagnostic{
      Severity::error,
      "round-unknown",
      {},
      {{"round", std::to_string(*wanted)}, {"rounds", round_names(session, workspace)}}});
  return Exit::usage;
}

}  // namespace

std::string Reading::place_name() const {
  std::string name;
  for (const auto& each : counties)
    if (!county.empty() && each.folder == county) name = each.name;
  if (!township.empty()) name = store::join(name, township);
  if (!village_name.empty()) name = store::join(name, village_name);
  return name;
}

tl::expected<Reading, Exit> open_reading(Session& session, const ReadingOptions& options,
                                         Complaints complaints) {
  if (const auto refused = refuse_output(session, options.format)) return tl::unexpected{*refused};
  Reading reading;
  auto workspace = open_tree(session, options, reading.commit);
  if (!workspace) return tl::unexpected{workspace.error()};
  session.set_workspace_language(workspace->ledger.info.language);
  reading.workspace = std::move(*workspace);
  const Date as_of = options.as_of.value_or(session.today());
  if (as_of > session.today()) {
    Diagnostic diagnostic;
    diagnostic.code = "as-of-in-future";
    diagnostic.facts = {{"date", format_date(as_of)}, {"today", format_date(session.today())}};
    session.complain(diagnostic);
    return tl::unexpected{Exit::usage};
  }
  if (const auto refused = refuse_unknown_round(session, reading.workspace.ledger, options.round))
    return tl::unexpected{*refused};
  reading.occasion = report::occasion(reading.workspace.ledger, as_of, options.round);
  reading.occasion.evidence = reading.workspace.tree;
  reading.counties = reading.workspace.counties;
  if (complaints == Complaints::told) session.complain(reading.workspace.diagnostics);
  if (reading.workspace.unreadable > 0) reading.exit = Exit::unreadable;
  if (options.place.empty()) return reading;

  PlaceFinder finder{reading.workspace, options.place};
  const std::vector<Candidate> found = finder.find();
  if (found.empty() && !finder.unreadable().empty()) {
    session.complain(finder.unreadable());
    return tl::unexpected{Exit::unreadable};
  }
  if (found.empty()) {
    std::vector<std::string> names = finder.names();
    for (const auto& county : reading.counties) names.push_back(county.name);
    return tl::unexpected{unknown_place(session, options.place, names)};
  }
  if (found.size() > 1) return tl::unexpected{ambiguous_place(session, options.place, found)};
  reading.county = found.front().county;
  reading.township = found.front().township;
  reading.village = found.front().village;
  reading.village_path = found.front().path;
  if (!reading.village.empty())
    reading.village_name = found.front().name.substr(reading.township.size() + 1);
  std::erase_if(reading.counties,
                [&](const store::CountyFolder& county) { return county.folder != reading.county; });
  return reading;
}

tl::expected<Reading, Exit> open_place(Session& session, const std::string& place) {
  ReadingOptions wanted;
  wanted.place = place;
  return open_reading(session, wanted);
}

}  // namespace taizhang::cmd
