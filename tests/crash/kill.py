#!/usr/bin/env python3
"""A writing command that dies at any of its calls of the system leaves every ledger wholly old or wholly
new. After the next command the files are of one generation, what the dead run left is gone, and the
change, if it came about, can be undone."""

import concurrent.futures
import os
import pathlib
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import tracing  # noqa: E402
import workspace  # noqa: E402

NEXT = workspace.doer("log", "乙村", "T1", "--text", "下一个命令")


def disk(folder):
    """Everything in the folder but what differs from run to run: process ids, random names, times."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.name.startswith(".taizhang."):
            found.append((os.path.dirname(name), ".taizhang.", path.stat().st_size))
        elif ".taizhang/" not in name:
            found.append((name, path.read_bytes() if path.is_file() else None))
        elif path.name != "lock":
            found.append((name, path.stat().st_size if path.is_file() else None))
    return tuple(found)


class Case:
    """One command and the states it may leave."""

    def __init__(self, scratch, name):
        self.name = name
        self.scratch = scratch / name.replace(" ", "-")
        self.scratch.mkdir()
        self.start = self.scratch / "start"
        self.start.mkdir()
        self.words = self.prepare()
        self.old = workspace.state(self.start)
        done = self.fresh("done")
        self.points, ended = tracing.points_of(done, self.words, str(self.scratch / "log"))
        assert ended.code == 0, f"{name}: {ended}"
        self.new = workspace.state(done)
        assert self.new != self.old, f"{name} changes nothing"
        self.files = [path for path in self.new.keys() | self.old.keys()
                      if self.old.get(path) != self.new.get(path) and not self.is_folder(path)]
        self.tried, self.trying = set(), threading.Lock()
        self.old_next = self.after_next(self.start, "old-next")
        self.new_next = self.after_next(done, "new-next")

    def prepare(self):
        return workspace.prepare(self.start, self.name)

    def is_folder(self, path):
        return path in self.old and self.old[path] is None or path in self.new and self.new[path] is None

    def fresh(self, name):
        folder = self.scratch / name
        workspace.copy(self.start, folder)
        return folder

    def next(self, folder):
        return workspace.must(folder, *NEXT)

    def after_next(self, source, name):
        folder = self.scratch / name
        workspace.copy(source, folder)
        self.next(folder)
        return workspace.state(folder)

    def kill(self, point):
        """What is wrong with a death at that point, and whether the change came about; that is found out
        by the next command, once for each different thing that a death leaves."""
        folder = self.fresh(f"{point.call}-{point.ordinal}")
        where = f"{self.name}: death at {point.call} {point.ordinal} ({point.line})"
        died = tracing.injected(folder, self.words, point.call, f"signal=KILL:when={point.ordinal}")
        if died.code != 137:
            return [f"{where}: no death, {died}"], None
        now = workspace.state(folder)
        for path in self.files:
            if now.get(path) not in (self.old.get(path), self.new.get(path)):
                return [f"{where}: {path} is TORN"], None
        for path in self.old.keys() - set(self.files):
            if path not in now and not self.is_folder(path):
                return [f"{where}: {path} is gone"], None
        return self.repaired(folder, where) if self.is_new_kind(folder) else ([], None)

    def is_new_kind(self, folder):
        left = disk(folder)
        with self.trying:
            if left in self.tried:
                return False
            self.tried.add(left)
            return True

    def repaired(self, folder, where):
        self.next(folder)
        now = workspace.state(folder)
        wrong = [f"{where}: {each} is left after the next command" for each in workspace.leftovers(folder)]
        if now not in (self.old_next, self.new_next):
            return wrong + [f"{where}: the files are of two generations after the next command"], None
        if now == self.new_next:  # both changes are taken back
            workspace.must(folder, "undo")
            undone = workspace.run(folder, "undo", str(self.number(folder)))
            if undone.code != 0 or workspace.state(folder) != self.old:
                wrong.append(f"{where}: the change cannot be undone: {undone}")
        return wrong, now == self.new_next

    def number(self, folder):
        """The change of the dead run: the one before the next command and its undoing."""
        return max(int(file.stem) for file in (folder / ".taizhang/undo").glob("*.patch")) - 2


class NewWorkspace(Case):
    """`init workspace` starts from nothing, and what comes next is the same command again."""

    def prepare(self):
        return ("init", "workspace", "新市")

    def next(self, folder):
        done = workspace.run(folder, *self.words)
        assert done.code in (0, 1), str(done)

    def number(self, folder):
        return 1

    def repaired(self, folder, where):
        came_about = workspace.state(folder) == self.new
        self.next(folder)
        wrong = [f"{where}: {each} is left after the next command" for each in workspace.leftovers(folder)]
        if workspace.state(folder) != self.new:
            wrong.append(f"{where}: the workspace is not whole after the next command")
        undone = workspace.run(folder / "新市", "undo")
        if undone.code != 0 or [path for path in workspace.state(folder) if path != "新市"]:
            wrong.append(f"{where}: the change cannot be undone: {undone}")
        return wrong, came_about


class ManyFiles(Case):
    """So many files that they are synced all at once."""

    def prepare(self):
        workspace.make(self.start)
        towns = ["例镇,610326103"] * 7 + ["新镇,610326104"] * 2
        rows = [f"{town}91{number},丙{number}村" for number, town in enumerate(towns)]
        (self.start / "村名册.csv").write_text("\n".join(("镇街,编码,村名", *rows)), "utf-8")
        workspace.must(self.start, "import", "villages", "村名册.csv")
        workspace.must(self.start, "undo")
        return ("undo",)


def order_of(case):
    """Power loss is no death of a process: there the order of calls is what keeps the bytes. A file is
    synced before it is renamed, the folder of the change before a ledger is, and every folder in which
    something was renamed before it is done. All that is tried here lies in one file system, so syncfs
    syncs it all."""
    wrong, files, folders = [], set(), {}
    for point, name in zip(case.points, tracing.by_file(case.points)):
        if point.call == "write" and ".taizhang." in name:
            files.add(name)
        elif point.call in ("fsync", "fdatasync"):
            files.discard(name)
            folders.pop(name, None)
        elif point.call == "syncfs":
            files.clear()
            folders.clear()
        elif point.call in ("renameat", "renameat2"):
            before = files | {folder for folder in folders if folder.endswith("/undo")}
            wrong += [f"{case.name}: {each} is not synced before {point.line}" for each in before]
            folders[name] = point.line
        elif point.call == "write" and point.line.startswith("write(1,"):
            break
    # A change that is done is renamed last; the next run does that too.
    return wrong + [f"{case.name}: {folder} is not synced after {line}" for folder, line in folders.items()]


def main():
    wrong, points, different = [], 0, 0
    with tempfile.TemporaryDirectory() as scratch, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        only = sys.argv[1:]
        all_names = ("init workspace", "redo of many", *workspace.COMMANDS)
        names = [name for name in all_names if not only or name in only]
        make = {"init workspace": NewWorkspace, "redo of many": ManyFiles}
        cases = list(pool.map(lambda name: make.get(name, Case)(pathlib.Path(scratch), name), names))
        for case in cases:
            wrong += order_of(case)
            outcomes = set()
            for complaints, came_about in pool.map(case.kill, case.points):
                wrong += complaints
                outcomes.add(came_about)
            if not {False, True} <= outcomes:
                wrong.append(f"{case.name}: not both outcomes were seen: {outcomes}")
            different += len(case.tried)
            points += len(case.points)
            print(f"{case.name}: {len(case.points)} points, {len(case.files)} files", flush=True)
    for line in wrong:
        print(line)
    torn = sum("TORN" in line for line in wrong)
    print(f"{len(names)} commands, {points} points, {torn} torn, {len(wrong)} wrong; "
          f"{different} different states repaired")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
