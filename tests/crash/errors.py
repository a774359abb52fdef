#!/usr/bin/env python3
"""A writing command whose calls of the system fail leaves the old bytes and exit 4; new bytes only where
nothing but the sync of a folder failed, and then [written-not-durable] says so. It never claims success
with old bytes. What protects a file, and what is no plain file, is refused.

These codes must be seen on the way: [full-disk] [write-failed] [written-not-durable] [written-partly]
[lock-failed] [folder-unreadable] [file-unreadable] [file-read-only] [file-hard-linked]
[file-not-regular]."""

import collections
import concurrent.futures
import functools
import os
import pathlib
import re
import resource
import shutil
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import kill  # noqa: E402
import tracing  # noqa: E402
import workspace  # noqa: E402

# The others go the way of `log`.
NAMES = ("init workspace", "log", "apply", "correct", "set", "add village", "add unit", "assign", "survey",
         "step", "submit", "init county", "undo", "undo of many", "redo of many")
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EROFS")
INTERRUPTIBLE = {"openat", "openat2", "write", "read", "fsync", "syncfs", "flock", "renameat", "renameat2",
                 "unlinkat", "fchmod", "ftruncate", "close"}
# Calls whose failure harms nothing: the text in the lock file is for the message to others, the old
# owner of a file can be kept by root only, of old patches one more stays, and a change that stays
# pending is made a done one by the next command.
HARMLESS = {"fchown", "ftruncate", "close", "unlink", "unlinkat", "lseek"}

seen = collections.Counter()  # of codes


def errors_for(point):
    if point.changes:
        yield from ERRORS
    else:
        yield "EIO"
    if point.call in INTERRUPTIBLE:
        yield "EINTR"
    if point.call == "syncfs":  # then each file is synced
        yield "ENOSYS"


def codes_of(done):
    codes = set(re.findall(r"\[([a-z-]+)\]", done.err))
    seen.update(codes)
    return codes


class Case(kill.Case):
    def fail(self, task):
        point, name, error = task
        folder = self.fresh(f"{point.call}-{point.ordinal}-{error}")
        done = tracing.injected(folder, self.words, point.call, f"error={error}:when={point.ordinal}")
        found = self.judge(folder, done, point, name, error)
        where = f"{self.name}: {error} at {point.call} {point.ordinal} ({point.line})"
        return [f"{where}: {each}; {done}" for each in found]

    def judge(self, folder, done, point, name, error):
        now, codes = workspace.files_of(workspace.state(folder)), codes_of(done)
        said = re.match(r"write\([12],", point.line)
        if now not in (workspace.files_of(self.old), workspace.files_of(self.new)):
            return ["TORN"]
        is_new = now == workspace.files_of(self.new)
        if done.code == 0:
            if not is_new:
                return ["success with old bytes"]
            if point.changes and error not in ("EINTR", "ENOSYS") and not self.harmless(point, name):
                return ["success all the same"]
        elif done.code == 4:
            told = "written-not-durable" in codes and point.call in ("fsync", "syncfs")
            if is_new and not told and not said:
                return ["exit 4 with new bytes"]
            if not is_new and told:
                return ["says that it is written, with old bytes"]
        elif point.changes or is_new or done.code not in (1, 2, 3):
            return ["wrong exit"]
        if done.code and not done.err and not said:
            return ["no word about it"]
        return self.then(folder, is_new) if self.is_new_kind(folder) else []

    def harmless(self, point, name):
        return point.call in HARMLESS or name.endswith("/lock") or self.points.index(point) >= self.through

    @functools.cached_property
    def through(self):
        """The point from which on all files are written: folders are tidied, the change is made a done
        one."""
        return next(index for index, point in enumerate(self.points) if point.call in ("rename", "rmdir"))

    def then(self, folder, is_new):
        self.next(folder)
        wrong = [f"{each} is left" for each in workspace.leftovers(folder)]
        now = workspace.files_of(workspace.state(folder))
        if now != workspace.files_of(self.new_next if is_new else self.old_next):
            wrong.append("the next command changes its outcome")
        return wrong

    def fail_from(self, task):
        """The disk dies: from that point on no call that changes something succeeds."""
        index, error = task
        point = self.points[index]
        folder = self.fresh(f"from-{point.call}-{point.ordinal}-{error}")
        first = {}
        for each in self.points[index:]:
            if each.changes:
                first.setdefault(each.call, each.ordinal)
        calls = ("renameat", "unlinkat", "unlink", "fsync", "syncfs", "rmdir", "write")  # of putting back
        before = collections.Counter(each.call for each in self.points[:index])
        through = ["strace", "-o", "/dev/null", "-e", "trace=" + ",".join({*first, *calls})]
        for call in {*first, *calls} - {"flock"}:
            when = first.get(call, before[call] + 1)
            through += ["-e", f"inject={call}:error={error}:when={when}+"]
        done = workspace.run(folder, *self.words, through=through)
        where = f"{self.name}: {error} from {point.call} {point.ordinal} on ({point.line})"
        now = workspace.state(folder)
        for path in self.files:
            if now.get(path) not in (self.old.get(path), self.new.get(path)):
                return [f"{where}: {path} is TORN"]
        if done.code not in (0, 4) or done.code == 0 and any(
                now.get(path) != self.new.get(path) for path in self.files):
            return [f"{where}: {done}"]
        if not self.is_new_kind(folder):
            return []
        self.next(folder)
        wrong = [f"{where}: {each} is left" for each in workspace.leftovers(folder)]
        now = workspace.files_of(workspace.state(folder))
        if now not in (workspace.files_of(self.old_next), workspace.files_of(self.new_next)):
            wrong.append(f"{where}: two generations after the next command; {done}")
        return wrong


class NewWorkspace(Case, kill.NewWorkspace):
    def then(self, folder, is_new):
        del is_new
        self.next(folder)
        wrong = [f"{each} is left" for each in workspace.leftovers(folder)]
        return wrong + ([] if workspace.state(folder) == self.new else ["not whole after the next command"])

    def judge(self, folder, done, point, name, error):
        # What is left of nothing may be the state folder.
        if done.code and not any((folder / "新市").rglob("*.toml")):
            shutil.rmtree(folder / "新市", ignore_errors=True)
        return super().judge(folder, done, point, name, error)


class ManyFiles(Case, kill.ManyFiles):
    pass


def injected(scratch, pool, names):
    """Each error at each call of each command."""
    wrong, tried, died = [], 0, 0
    make = {"init workspace": NewWorkspace, "redo of many": ManyFiles}
    for name in names:
        case = make.get(name, Case)(scratch, name)
        tasks = [(point, file, error) for point, file in zip(case.points, tracing.by_file(case.points))
                 for error in errors_for(point)]
        deaths = [(index, error) for index, point in enumerate(case.points) if point.changes
                  for error in ("EROFS", "ENOSPC")]
        for found in pool.map(case.fail, tasks):
            wrong += found
        for found in pool.map(case.fail_from, deaths):
            wrong += found
        tried, died = tried + len(tasks), died + len(deaths)
        print(f"{name}: {len(tasks)} single errors, {len(deaths)} dying disks", flush=True)
    return wrong, tried, died


def partly(scratch):
    """A file that cannot take its place, and those before it that cannot be put back: it says which, and
    the next command puts them back."""
    case = Case(scratch, "init county")
    renames = [point for point in case.points if point.call == "renameat2" and ".pending" not in point.line]
    folder = case.fresh("partly")
    through = ("strace", "-o", "/dev/null", "-e", "trace=renameat2,unlinkat", "-e",
               f"inject=renameat2:error=EIO:when={renames[-1].ordinal}", "-e", "inject=unlinkat:error=EIO")
    done = workspace.run(folder, *case.words, through=through)
    wrong = []
    if done.code != 4 or "written-partly" not in codes_of(done) or workspace.state(folder) == case.old:
        wrong.append(f"written-partly: {done}")
    return wrong + [f"written-partly: {each}" for each in case.then(folder, False)]


def limited(scratch):
    """No file may grow beyond a limit."""
    case = Case(scratch, "log")
    size = max(len(each) for each in case.new.values() if each is not None)
    wrong = []
    for limit in (0, 1, 100, size // 2, size - 1, size):
        folder = case.fresh(f"limit-{limit}")
        done = workspace.run(folder, *case.words,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        expected = (0, case.new) if limit == size else (4, case.old)
        if (done.code, workspace.state(folder)) != expected:
            wrong.append(f"no file beyond {limit} bytes: {done}")
        wrong += [f"no file beyond {limit} bytes: {each}" for each in case.then(folder, limit == size)]
    return wrong


def protected(scratch):
    """What stands in the ledger's place."""
    wrong = []

    def attempt(name, change, code, said="", expect=None):
        folder = scratch / name
        folder.mkdir()
        workspace.make(folder)
        ledger = folder / workspace.VILLAGE
        change(ledger)
        before = workspace.state(folder)
        done = workspace.run(folder, *workspace.LOG)
        codes = codes_of(done)
        if done.code != code or said and said not in codes:
            wrong.append(f"{name}: {done}")
        if code and workspace.state(folder) != before:
            wrong.append(f"{name}: changed all the same")
        if expect and not expect(ledger):
            wrong.append(f"{name}: not as it should be afterwards")
        wrong.extend(f"{name}: {each} is left" for each in workspace.leftovers(folder))

    def instead(make):
        def change(ledger):
            ledger.unlink()
            make(ledger)
        return change

    def linked(ledger):
        target = ledger.parent.parent / "别处的甲村.md"
        ledger.rename(target)
        ledger.symlink_to("../别处的甲村.md")

    def logged(file):
        return "开了第一次会".encode() in file.read_bytes()

    attempt("read-only", lambda file: file.chmod(0o444), 4, "file-read-only",
            lambda file: stat.S_IMODE(file.stat().st_mode) == 0o444)
    attempt("hard-linked", lambda file: os.link(file, file.parent / "又一个名字"), 4, "file-hard-linked")
    attempt("fifo", instead(os.mkfifo), 3, "file-not-regular", lambda file: file.is_fifo())
    attempt("folder", instead(os.mkdir), 3, "file-not-regular", lambda file: file.is_dir())
    attempt("broken-link", instead(lambda file: file.symlink_to("没有")), 3)
    attempt("symlink", linked, 0, "", lambda file: file.is_symlink() and logged(file)
            and not (file.parent.parent / "别处的甲村.md").is_symlink())
    for mode in (0o600, 0o640, 0o664, 0o755):
        attempt(f"mode-{mode:o}", lambda file, mode=mode: file.chmod(mode), 0, "",
                lambda file, mode=mode: stat.S_IMODE(file.stat().st_mode) == mode and logged(file))
    return wrong


def on_full_disk(folder):
    """Runs in a file system of its own."""
    workspace.make(folder)
    workspace.must(folder, *workspace.LOG)
    before = workspace.state(folder)
    with open(folder / "满", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 1024)
        except OSError:
            pass
    done = workspace.run(folder, *workspace.APPLY)
    now = workspace.state(folder)
    now.pop("满")
    wrong = now != before or done.code != 4 or "full-disk" not in codes_of(done) or workspace.leftovers(folder)
    (folder / "满").unlink()
    wrong = wrong or workspace.run(folder, *workspace.APPLY).code != 0
    print(done)
    return 1 if wrong else 0


def full_disk(scratch):
    """Where a small file system can be mounted."""
    folder = scratch / "full"
    folder.mkdir()
    script = 'mount -t tmpfs -o size=600k tmpfs "$1" || exit 99; exec python3 "$2" --on-full-disk "$1"'
    for through in ((), ("unshare", "--user", "--map-root-user"), ("unshare",)):
        if not through and os.geteuid() != 0 or through and not shutil.which("unshare"):
            continue
        through = (*through, "--mount") if through else ("unshare", "--mount")
        done = subprocess.run([*through, "sh", "-c", script, "sh", str(folder), __file__],
                              capture_output=True, text=True, check=False)
        if "mount" not in done.stderr and "unshare" not in done.stderr:
            return [f"full disk: {done.stdout}{done.stderr}"] if done.returncode else []
    print("full disk: not tried, nothing can be mounted here")
    return []


def main():
    if sys.argv[1:2] == ["--on-full-disk"]:
        return on_full_disk(pathlib.Path(sys.argv[2]))
    only = sys.argv[1:]
    names = only or NAMES
    with tempfile.TemporaryDirectory() as scratch, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        scratch = pathlib.Path(scratch)
        wrong, tried, died = injected(scratch, pool, names)
        for number, part in enumerate((partly, limited, protected, full_disk)):
            place = scratch / str(number)
            place.mkdir()
            wrong += part(place)
    promised = set(re.findall(r"\[([a-z-]+)\]", __doc__))
    wrong += [f"never seen: [{code}]" for code in promised - seen.keys() if not only]
    for line in wrong:
        print(line)
    print("codes:", ", ".join(f"{code} {count}" for code, count in sorted(seen.items())))
    torn = sum("TORN" in line for line in wrong)
    print(f"{len(names)} commands, {tried} single errors, {died} dying disks, {torn} torn, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
