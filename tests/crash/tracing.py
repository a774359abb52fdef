"""For the tests with strace: which calls a run makes once it is about to write, and how to let one of
them fail or kill the run. Counters of strace are per call, so a point is (call, ordinal)."""

import collections
import re

import workspace

# Calls that change what is on the disk (of openat those that create), and those that only look.
CHANGING = {"write", "pwrite64", "fsync", "fdatasync", "syncfs", "rename", "renameat", "renameat2",
            "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "fchmod", "fchmodat", "fchown", "ftruncate", "flock",
            "link", "linkat", "symlink", "symlinkat", "utimensat"}
LOOKING = {"openat", "openat2", "read", "pread64", "close", "newfstatat", "fstat", "statx", "lseek",
           "getdents64", "access", "faccessat", "faccessat2", "readlink", "readlinkat"}

Point = collections.namedtuple("Point", "call ordinal line changes")


def points_of(folder, words, log):
    """The calls on files of one undisturbed run from where it turns to its state folder, and how the
    run ended."""
    done = workspace.run(folder, *words, through=("strace", "-s", "64", "-o", log))
    calls = collections.Counter()
    points = []
    begun = False
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            found = re.match(r"([a-z_0-9]+)\(", line)
            if not found:
                continue
            call = found[1]
            calls[call] += 1
            begun = begun or "/.taizhang" in line
            if not begun or call not in CHANGING | LOOKING:
                continue
            changes = call in CHANGING or "O_CREAT" in line
            points.append(Point(call, calls[call], line.strip(), changes))
    return points, done


def injected(folder, words, call, what):
    """A run in which strace injects into that call; exit code 137 is a death by SIGKILL."""
    through = ("strace", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{what}")
    done = workspace.run(folder, *words, through=through)
    if done.code == -9:
        done.code = 137
    return done


def by_file(points):
    """The open files of a run: for each point the path that its descriptor stands for, else ""."""
    names, told = {}, []
    for point in points:
        line = point.line
        first = re.match(r"[a-z_0-9]+\((\d+)[,)]", line)
        told.append(names.get(first[1], "") if first else "")
        opened = re.match(r"openat2?\((\S+), \"(.*?)\".* = (\d+)", line)
        if opened:
            names[opened[3]] = opened[2]
    return told
