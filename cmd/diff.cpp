#include <algorithm>
#include <memory>
#include <set>

#include "arguments.hpp"
#include "change_words.hpp"
#include "reading.hpp"
#include "store/folders.hpp"
#include "store/revision.hpp"

namespace taizhang::cmd {

namespace {

struct DiffOptions {
  std::string from;
  std::vector<std::string> words;  ///< a second revision or a place, or both
  Output format;
};

/// One of the two times.
struct Moment {
  std::shared_ptr<const store::Tree> tree;
  std::string name;  ///< empty: now
};

Moment moment_of(const store::Revision& revision) {
  return {revision.tree, revision.commit.short_id() + " " + format_date(revision.commit.day)};
}

/// Every ledger at most four folders deep.
void collect(const store::Tree& tree, const std::string& folder, int depth,
             std::set<std::string>& all) {
  const auto entries = tree.list(folder);
  if (!entries) return;
  for (const auto& entry : *entries) {
    if (entry.name.starts_with('.')) continue;
    const std::string path = store::join(folder, entry.name);
    if (entry.is_directory) {
      if (depth > 0) collect(tree, path, depth - 1, all);
    } else if (store::is_ledger_name(entry.name)) {
      all.insert(path);
    }
  }
}

std::optional<std::string> text_in(const store::Tree& tree, const std::string& path) {
  if (!tree.exists(path)) return std::nullopt;
  auto text = tree.read(path);
  return text ? std::optional{std::move(*text)} : std::nullopt;
}

/// The folder or file of the place, seen from the root.
tl::expected<std::string, Exit> path_of(Session& session, const ReadingOptions& wanted) {
  auto reading = open_reading(session, wanted, Complaints::kept);
  if (!reading) return tl::unexpected{reading.error()};
  if (!reading->village.empty()) {
    const auto one = open_village(session, *reading);
    if (!one) return tl::unexpected{one.error()};
    return (*one)->village->ledger->path;
  }
  if (reading->township.empty()) return reading->county;
  return store::join(reading->county, reading->township);
}

class Differ {
 public:
  Differ(Session& session, const DiffOptions& options) : session_(session), options_(options) {}

  Exit show() {
    const auto root = store::find_workspace(session_.start_folder());
    if (!root) return refuse(root.error());
    session_.set_workspace_language(
        store::read_workspace(*root, store::disk_tree(*root)).ledger.info.language);
    const auto first = store::open_revision(*root, options_.from);
    if (!first) return refuse(first.error());
    Moment later{store::disk_tree(*root), ""};
    ReadingOptions wanted;
    std::vector<std::string> words = options_.words;
    if (!words.empty()) {
      const auto second = store::open_revision(*root, words.front());
      if (second) {
        later = moment_of(*second);
        words.erase(words.begin());
      } else if (words.size() > 1) {
        return refuse(second.error());
      }
    }
    std::string place;
    if (!words.empty()) {
      wanted.place = words.front();
      const auto path = path_of(session_, wanted);
      if (!path) return path.error();
      place = *path;
    }
    return compare(moment_of(*first), later, place);
  }

 private:
  Exit refuse(const Diagnostic& reason) {
    session_.complain(reason);
    return Exit::usage;
  }

  Exit compare(const Moment& earlier, const Moment& later, const std::string& place) {
    const std::string_view id = later.name.empty() ? "difference.until-now" : "difference.title";
    auto made = report::ChangeReport::of_difference(
        {id, {{"from", earlier.name}, {"to", later.name}}}, key_words(session_, options_.format),
        kind_words(session_, options_.format), wants_parts(options_.format));
    std::set<std::string> paths;
    constexpr int deepest = 3;
    for (const Moment* moment : {&earlier, &later}) collect(*moment->tree, "", deepest, paths);
    for (const std::string& path : paths) {
      if (!place.empty() && path != place && !path.starts_with(place + '/')) continue;
      const auto before = text_in(*earlier.tree, path);
      const auto after = text_in(*later.tree, path);
      if (before == after) continue;
      const std::string ledger = path.substr(0, path.size() - 5);
      for (const auto& change : report::fact_changes(before, after)) made.add(ledger, change);
    }
    session_.emit(std::move(made).finish(), options_.format);
    return Exit::done;
  }

  Session& session_;
  const DiffOptions& options_;
};

}  // namespace

Runner declare_diff(Arguments& args) {
  auto options = std::make_shared<DiffOptions>();
  args.positional("REV1", options->from);
  args.rest("REV2", options->words);
  declare_output(args, options->format);
  return [options](Session& session) {
    if (options->words.size() > 2) {
      session.complain({Severity::error,
                        "extra-argument",
                        {},
                        {{"word", options->words[2]}, {"command", "diff"}}});
      return Exit::usage;
    }
    if (const auto refused = refuse_output(session, options->format)) return *refused;
    return Differ{session, *options}.show();
  };
}

}  // namespace taizhang::cmd
