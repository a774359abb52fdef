#!/usr/bin/env python3
"""Three hundred commits: for every one, `report month --rev` gives the bytes of a checkout and a plain
run; so do other commands for some of them. And a hostile repository changes nothing and runs nothing."""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

REPO = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["TAIZHANG"]
COMMITS = 300
OTHERS = [["status"], ["check"], ["show", "汤峪镇/示例甲村"], ["screen", "扶风县"], ["audit"],
          ["rank", "--period", "2023-05"], ["report", "brief"], ["delta", "2023-05-01", "2023-06-10"]]


def environment(day=None):
    env = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
           "GIT_AUTHOR_NAME": "示例", "GIT_AUTHOR_EMAIL": "e@example.invalid",
           "GIT_COMMITTER_NAME": "示例", "GIT_COMMITTER_EMAIL": "e@example.invalid"}
    if day:
        env["GIT_AUTHOR_DATE"] = env["GIT_COMMITTER_DATE"] = day
    return env


def git(folder, *words, day=None):
    done = subprocess.run(["git", "-C", folder, *words], env=environment(day), capture_output=True,
                          check=True)
    return done.stdout.decode().strip()


def taizhang(folder, *words, env=None):
    done = subprocess.run([PROGRAM, "-C", folder, "--today", "2023-06-15", *words],
                          env=env or environment(), capture_output=True, check=False)
    return done.returncode, done.stdout


def change(folder, rng, number):
    """One small change of a ledger, as a hand or an accident would make it."""
    ledgers = sorted(p for p in folder.rglob("*.toml") if p.name not in ("taizhang.toml", "county.toml"))
    ledger = rng.choice(ledgers)
    text = ledger.read_text("utf-8")
    kind = rng.randrange(6)
    if kind == 0:
        ledger.write_text(text + f"\n# 第 {number} 次\n", "utf-8")
    elif kind == 1 and "households" in text:
        lines = [f"households = {rng.randrange(100, 999)}" if line.startswith("households") else line
                 for line in text.split("\n")]
        ledger.write_text("\n".join(lines), "utf-8")
    elif kind == 2 and "[[entry]]" in text:
        head, _, tail = text.rpartition("\n[[entry]]")
        ledger.write_text(head + "\n", "utf-8") if rng.random() < 0.3 else ledger.write_text(
            text + "\n[[entry]]" + tail, "utf-8")
    elif kind == 3 and ledger.name != "township.toml":
        ledger.rename(ledger.with_name(f"示例{number}村.toml"))
    elif kind == 4 and rng.random() < 0.3:
        ledger.write_text(text.replace("=", "＝", 1), "utf-8")
    else:
        evidence = ledger.parent / "佐证"
        evidence.mkdir(exist_ok=True)
        (evidence / "会议记录.md").write_text(f"第 {number} 次\n", "utf-8")


def differences(folder, work):
    bad = 0
    commits = git(folder, "rev-list", "--reverse", "HEAD").split()
    for number, commit in enumerate(commits):
        git(work, "checkout", "-q", "--detach", commit)
        commands = [["report", "month", "--period", "2023-05", "--format", "json"]]
        if number % 15 == 0:
            commands += OTHERS
        for words in commands:
            past = taizhang(folder, *words, "--rev", commit)
            plain = taizhang(work, *words)
            if past != plain:
                bad += 1
                print(f"{words} at commit {number} differs: exit {past[0]} and {plain[0]}")
    return bad


def hostile(folder, mark):
    """Everything a repository and an environment could try."""
    head = git(folder, "rev-parse", "HEAD")
    first = git(folder, "rev-list", "--max-parents=0", "HEAD")
    expected = taizhang(folder, "status", "--rev", "HEAD")
    git(folder, "replace", head, first)
    run = f"touch '{mark}'; false"
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "gpg.program",
                "core.editor", "remote.origin.uploadpack"):
        git(folder, "config", key, run)
    git(folder, "config", "log.showSignature", "true")
    if os.geteuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, 65534, 65534, follow_symlinks=False)
    env = environment() | {"GIT_DIR": "/nonexistent", "GIT_WORK_TREE": "/", "GIT_PAGER": run,
                           "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor",
                           "GIT_CONFIG_VALUE_0": run, "GIT_INDEX_FILE": "/nonexistent"}
    bad = 0
    for env_now in (environment(), env):
        if taizhang(folder, "status", "--rev", "HEAD", env=env_now) != expected:
            bad += 1
            print("a hostile repository changed an answer")
    if pathlib.Path(mark).exists():
        bad += 1
        print("a hostile repository ran a program")
    return bad


def main():
    rng = random.Random(20230615)
    with tempfile.TemporaryDirectory(prefix="taizhang-rev.") as place:
        folder, work = pathlib.Path(place) / "库", pathlib.Path(place) / "检出"
        shutil.copytree(REPO / "examples" / "baoji", folder)
        git(folder, "init", "-q", "-b", "main")
        for number in range(COMMITS):
            if number:
                change(folder, rng, number)
            git(folder, "add", "-A")
            day = f"2023-{1 + number // 60:02}-{1 + number % 28:02}T10:00:00+0800"
            git(folder, "commit", "-q", "--allow-empty", "-m", f"第 {number} 次", day=day)
        git(folder, "worktree", "add", "-q", "--detach", work, "HEAD")
        bad = differences(folder, work)
        git(folder, "worktree", "remove", "--force", work)
        bad += hostile(folder, str(pathlib.Path(place) / "PWNED"))
    print(f"{COMMITS} commits, {bad} differences")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
