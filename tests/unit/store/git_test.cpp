#include "store/git.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "base/failure.hpp"
#include "base/hash.hpp"
#include "base/scratch.hpp"
#include "store/evidence.hpp"
#include "store/git_tree.hpp"

using namespace taizhang;
using namespace taizhang::store;

namespace {

/// A repository of a test's own, filled by plain git.
class Repository {
 public:
  Repository() { git({"init", "-q", "-b", "main"}); }

  const Scratch& files() const { return scratch_; }
  const std::string& path() const { return scratch_.path(); }

  std::string git(std::vector<std::string> words, const std::string& moment = "") const {
    words.insert(words.begin(),
                 {"-C", path(), "-c", "user.name=示例", "-c", "user.email=example@example.invalid",
                  "-c", "protocol.file.allow=always"});
    std::vector<std::string> environment{"PATH=/usr/bin:/bin", "HOME=/dev/null",
                                         "GIT_CONFIG_NOSYSTEM=1"};
    if (!moment.empty())
      for (const char* whose : {"GIT_AUTHOR_DATE=", "GIT_COMMITTER_DATE="})
        environment.push_back(whose + moment);
    const auto outcome = process::run({"git", std::move(words), environment});
    REQUIRE_MESSAGE(outcome.status == 0, outcome.errors);
    return outcome.output.substr(0, outcome.output.find_last_not_of('\n') + 1);
  }

  /// Commits everything; gives the id.
  std::string commit(const std::string& subject, const std::string& moment) const {
    git({"add", "-A"});
    git({"commit", "-q", "--allow-empty", "-m", subject}, moment);
    return git({"rev-parse", "HEAD"});
  }

  std::shared_ptr<Git> open(const std::string& folder = "") const {
    return Git::find(folder.empty() ? path() : path() + '/' + folder);
  }

  std::shared_ptr<const Tree> at(const std::string& rev, const std::string& folder = "") const {
    auto opened = open(folder);
    const auto commit = opened->commit(rev);
    REQUIRE(commit);
    return git_tree(opened, commit->tree);
  }

 private:
  Scratch scratch_;
};

std::string names(const Tree& tree, const std::string& folder) {
  const auto entries = tree.list(folder);
  if (!entries) return std::string{entries.error().code};
  std::string all;
  for (const auto& entry : *entries) all += entry.name + (entry.is_directory ? "/ " : " ");
  return all;
}

/// Sets a variable of our own environment for a while.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

}  // namespace

TEST_CASE("a commit's tree has the files as they were committed, whatever lies on the disk now") {
  const Repository repository;
  repository.files().put("taizhang.toml", "1");
  repository.files().put("县/镇/甲村.toml", "旧");
  repository.files().put("县.toml", "x");
  const std::string first = repository.commit("一", "2023-06-01T10:00:00+0800");
  repository.files().put("县/镇/甲村.toml", "新");
  repository.files().put("县/镇/乙村.toml", "二");
  repository.commit("二", "2023-06-02T10:00:00+0800");
  repository.files().put("县/镇/甲村.toml", "没提交");

  const auto then = repository.at(first);
  CHECK(then->read("县/镇/甲村.toml").value() == "旧");
  CHECK(then->read("县/镇/乙村.toml").error().code == "file-missing");
  CHECK(then->read("县/镇").error().code == "file-not-regular");
  CHECK(names(*then, "") == "taizhang.toml 县/ 县.toml ");
  CHECK(names(*then, "县/镇") == "甲村.toml ");
  CHECK(names(*then, "没有") == "folder-missing");
  CHECK(then->is_folder("县"));
  CHECK(then->is_folder(""));
  CHECK(!then->is_folder("县.toml"));
  CHECK(!then->exists("县/镇/乙村.toml"));
  CHECK(repository.at("HEAD")->read("县/镇/甲村.toml").value() == "新");
  CHECK(repository.at("main")->exists("县/镇/乙村.toml"));
}

TEST_CASE("paths are seen from the workspace, which may lie below the repository's top") {
  const Repository repository;
  repository.files().put("办公/宝鸡/taizhang.toml", "1");
  repository.files().put("别处.toml", "2");
  repository.commit("一", "2023-06-01T10:00:00+0800");
  CHECK(repository.open("办公/宝鸡")->prefix() == "办公/宝鸡");
  const auto tree = repository.at("HEAD", "办公/宝鸡");
  CHECK(names(*tree, "") == "taizhang.toml ");
  CHECK(!tree->exists("别处.toml"));
}

TEST_CASE("links are followed inside the repository and nowhere else") {
  const Repository repository;
  repository.files().put("区/a.toml", "甲");
  repository.files().put("区/夹/b.md", "乙");
  repository.files().put("外.md", "丙");
  const auto link = [&](const char* target, const std::string& name) {
    std::filesystem::create_symlink(target, repository.files() / name);
  };
  link("a.toml", "区/同.toml");
  link("夹", "区/链");
  link("../外.md", "区/出.md");
  link("/etc/passwd", "区/绝.md");
  link("环.md", "区/环.md");
  repository.commit("一", "2023-06-01T10:00:00+0800");
  const auto tree = repository.at("HEAD", "区");
  CHECK(tree->read("同.toml").value() == "甲");
  CHECK(tree->read("链/b.md").value() == "乙");
  CHECK(tree->is_folder("链"));
  CHECK(names(*tree, "").find("链 ") != std::string::npos);
  CHECK(!tree->exists("绝.md"));
  CHECK(!tree->exists("环.md"));

  const auto state = [&](const std::string& file, std::string_view bytes) {
    return evidence_state(*tree, "夹/甲村.toml", {file, sha256(bytes), {}});
  };
  CHECK(state("b.md", "乙") == EvidenceState::intact);
  CHECK(state("b.md", "丁") == EvidenceState::changed);
  CHECK(state("../a.toml", "甲") == EvidenceState::intact);
  CHECK(state("../链/b.md", "乙") == EvidenceState::intact);
  CHECK(state("没有.md", "") == EvidenceState::missing);
  CHECK(state("../出.md", "丙") == EvidenceState::outside);
  CHECK(state("../../外.md", "丙") == EvidenceState::outside);
  CHECK(state("../绝.md", "") == EvidenceState::outside);
  CHECK(state("/etc/passwd", "") == EvidenceState::outside);
  CHECK(state("../夹", "") == EvidenceState::unreadable);
}

TEST_CASE("a day means the last commit of the branch by the end of that day in China") {
  const Repository repository;
  repository.commit("一", "2023-06-01T23:59:59+0800");
  repository.commit("二", "2023-06-01T16:00:00+0000");  // the second, at midnight in China
  repository.git({"checkout", "-q", "-b", "旁支"});
  repository.commit("旁", "2023-06-04T10:00:00+0800");
  repository.git({"checkout", "-q", "main"});
  repository.commit("三", "2023-06-05T10:00:00+0800");
  repository.git({"merge", "-q", "--no-ff", "-m", "合", "旁支"}, "2023-06-06T10:00:00+0800");
  const auto git = repository.open();
  const auto subject = [&](const char* day) {
    const auto commit = git->commit_on(*parse_date(day));
    return commit ? commit->subject : std::string{commit.error().code};
  };
  CHECK(subject("2023-05-31") == "rev-before-history");
  CHECK(subject("2023-06-01") == "一");
  CHECK(subject("2023-06-02") == "二");
  CHECK(subject("2023-06-04") == "二");
  CHECK(subject("2023-06-05") == "三");
  CHECK(subject("2023-06-30") == "合");
  CHECK(format_date(git->commit_on(*parse_date("2023-06-02"))->day) == "2023-06-02");
  CHECK(git->commit("HEAD")->author == "示例");
  CHECK(git->commit("HEAD")->parents.size() == 2);
}

TEST_CASE("what names no commit is said, and is never an option or a second line") {
  const Repository repository;
  CHECK(repository.open()->commit("HEAD").error().code == "rev-unknown");
  CHECK(repository.open()->commit_on(*parse_date("2023-06-01")).error().code == "rev-unknown");
  repository.commit("一", "2023-06-01T10:00:00+0800");
  for (const char* word :
       {"", "没有", "--all", "HEAD\nHEAD", "HEAD:x", "a commit 5", "HEAD missing"})
    CHECK_MESSAGE(repository.open()->commit(word).error().code == "rev-unknown", word);
  CHECK(repository.open()->commit("HEAD~0"));
}

TEST_CASE("a folder outside of any repository has none") {
  const Scratch scratch;
  CHECK(Git::find(scratch.path()) == nullptr);
}

TEST_CASE("the staged bytes are a tree too") {
  const Repository repository;
  repository.files().put("县/镇/甲村.toml", "提交");
  repository.commit("一", "2023-06-01T10:00:00+0800");
  repository.files().put("县/镇/甲村.toml", "暂存");
  repository.files().put("县/镇/乙村.toml", "暂存");
  repository.git({"add", "-A"});
  repository.files().put("县/镇/甲村.toml", "还没有");
  repository.files().put("县/丙.toml", "还没有");
  const auto git = repository.open();
  const auto tree = git_tree(git, git->staged());
  CHECK(tree->read("县/镇/甲村.toml").value() == "暂存");
  CHECK(names(*tree, "县/镇") == "乙村.toml 甲村.toml ");
  CHECK(names(*tree, "县") == "镇/ ");
}

TEST_CASE(
    "neither configuration nor environment nor replacements change an answer or run anything") {
  const Repository repository;
  repository.files().put("a.toml", "真");
  const std::string real = repository.commit("一", "2023-06-01T10:00:00+0800");
  repository.files().put("a.toml", "假");
  const std::string fake = repository.commit("二", "2023-06-02T10:00:00+0800");
  repository.git({"reset", "-q", "--hard", real});
  const std::string mark = repository.files() / "PWNED";
  const std::string run = "touch '" + mark + "'; false";
  for (const char* key : {"core.fsmonitor", "core.pager", "core.editor", "core.sshCommand",
                          "core.gitProxy", "diff.external", "gpg.program", "core.askPass",
                          "credential.helper", "uploadpack.packObjectsHook", "filter.x.smudge",
                          "filter.x.clean", "diff.x.textconv", "remote.origin.uploadpack"})
    repository.git({"config", key, run});
  repository.git({"config", "alias.cat-file", "!" + run});
  repository.git({"config", "log.showSignature", "true"});
  repository.git({"config", "core.hooksPath", repository.path()});
  repository.git({"config", "protocol.allow", "always"});
  repository.git({"config", "protocol.file.allow", "always"});
  repository.git({"config", "remote.origin.url", "/etc"});
  repository.git({"config", "remote.origin.promisor", "true"});
  repository.git({"config", "extensions.partialClone", "origin"});
  repository.files().put(".git/info/attributes", "* filter=x diff=x\n");
  for (const char* hook : {"post-index-change", "reference-transaction"}) {
    repository.files().put(hook, "#!/bin/sh\n" + run + "\n");
    std::filesystem::permissions(repository.files() / hook, std::filesystem::perms::all);
  }
  repository.files().put(".git/refs/replace/" + real, fake + "\n");
  repository.files().put(".git/info/grafts", real + " " + fake + "\n");

  const auto prove = [&] {
    const auto git = repository.open();
    const auto commit = git->commit("HEAD");
    REQUIRE(commit);
    CHECK(commit->id == real);
    CHECK(commit->subject == "一");
    CHECK(commit->parents.empty());
    CHECK(git_tree(git, commit->tree)->read("a.toml").value() == "真");
    CHECK(git_tree(git, git->staged())->read("a.toml").value() == "真");
    // Not there: with a promisor git would fetch it, and run the remote's program.
    CHECK(!git->content(std::string(40, '1'), 100).found);
    CHECK(!std::filesystem::exists(mark));
  };
  prove();
  const Scratch elsewhere;
  elsewhere.put("config", "[core]\n\tfsmonitor = \"" + run + "\"\n");
  const std::string config = elsewhere / "config";
  const Variable directory{"GIT_DIR", "/nonexistent"};
  const Variable tree{"GIT_WORK_TREE", "/nonexistent"};
  const Variable objects{"GIT_OBJECT_DIRECTORY", "/nonexistent"};
  const Variable global{"GIT_CONFIG_GLOBAL", config.c_str()};
  const Variable count{"GIT_CONFIG_COUNT", "1"};
  const Variable key{"GIT_CONFIG_KEY_0", "core.fsmonitor"};
  const Variable value{"GIT_CONFIG_VALUE_0", run.c_str()};
  const Variable trace{"GIT_TRACE", mark.c_str()};
  const Variable exec{"GIT_EXEC_PATH", repository.path().c_str()};
  prove();
}

TEST_CASE("a repository that belongs to somebody else is read like any other") {
  const Repository repository;
  repository.files().put("a.toml", "真");
  repository.commit("一", "2023-06-01T10:00:00+0800");
  // git's own way to see every repository as foreign
  const auto outcome =
      repository.open()->run({"rev-parse", "HEAD"}, {}, {"GIT_TEST_ASSUME_DIFFERENT_OWNER=1"});
  CHECK(outcome.status == 0);
  if (::geteuid() != 0) return;
  std::filesystem::path all = repository.path();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(all))
    REQUIRE(::lchown(entry.path().c_str(), 65534, 65534) == 0);
  REQUIRE(::lchown(all.c_str(), 65534, 65534) == 0);
  CHECK(repository.at("HEAD")->read("a.toml").value() == "真");
}

TEST_CASE("a repository that is no good is a failure that says so") {
  const Scratch scratch;
  scratch.put(".git", "gitdir: nowhere\n");
  try {
    Git::find(scratch.path())->commit("HEAD");
    FAIL("answered");
  } catch (const Failure& failure) {
    CHECK(failure.diagnostic().code == "git-failed");
    CHECK(!failure.diagnostic().facts.at(1).second.empty());
  }
}

TEST_CASE("a machine without git is a failure that says so") {
  const Repository repository;
  const std::string path = std::getenv("PATH");
  const auto git = repository.open();
  ::setenv("PATH", repository.path().c_str(), 1);
  std::string code = "none";
  try {
    git->commit("HEAD");
  } catch (const Failure& failure) {
    code = failure.diagnostic().code;
  }
  ::setenv("PATH", path.c_str(), 1);
  CHECK(code == "git-missing");
}
