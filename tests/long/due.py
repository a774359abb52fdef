#!/usr/bin/env python3
"""`report --due` as cron runs it. Daily from 1 January to the next 1 January, in cron's environment: 24
half-months, 12 months, 4 quarters and the year, each with its sidecar, and then nothing. Killed at any
call that changes the disk it leaves whole periods only, and the next run gives the same tree; so do many
at once. A changed figure is named and never written over; a grown journal is quiet; a restatement
stands beside the old report with its slip. `reproduce` tells a changed figure, a changed comment and an
untouched tree apart in every format. The units for systemd are sound."""

import collections
import datetime
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "crash")]
import tracing  # noqa: E402
import workspace  # noqa: E402

REPO = pathlib.Path(__file__).resolve().parents[2]
CRON = {"PATH": "/usr/bin:/bin"}
REPORTS = "报告"


def due(folder, today, *more, **how):
    return workspace.run(folder, "report", "--due", "-o", REPORTS, *more, today=str(today), env=CRON, **how)


def tree(folder):
    """All files of the reports, hidden ones too."""
    root = pathlib.Path(folder, REPORTS)
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def proved(folder, names=None):
    """Whether sha256sum agrees with each sidecar, without a word."""
    for sidecar in sorted(pathlib.Path(folder, REPORTS).glob("*/*.sha256")):
        if names is None or sidecar.parent.name in names:
            done = subprocess.run(["sha256sum", "--check", "--strict", "--warn", "--quiet", sidecar.name],
                                  cwd=sidecar.parent, capture_output=True)
            assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), (sidecar, done)


def fresh(scratch, name):
    folder = scratch / name
    workspace.make(folder)
    county = folder / "例县/county.toml"
    county.write_text(county.read_text("utf-8").replace('roster = "部分"', 'roster = "部分"\nrhythm = "半月"'), "utf-8")
    return folder


def a_year(scratch):
    folder = fresh(scratch, "year")
    day, written = datetime.date(2023, 1, 1), []
    while day <= datetime.date(2024, 1, 1):
        before = set(tree(folder))
        done = due(folder, day)
        assert (done.code, done.out, done.err) == (0, "", ""), f"{day}: {done}"
        written += [(day, name) for name in set(tree(folder)) - before]
        day += datetime.timedelta(1)
    for day, name in written:
        assert day.day in (1, 16), f"{name} was written on {day}"
    kinds = collections.Counter(re.sub(r"\d", "9", name) for name in tree(folder) if name.endswith(".txt"))
    assert kinds == {"9999-99-H9/9999-99-H9.txt": 24, "9999-99/9999-99.txt": 12, "9999-Q9/9999-Q9.txt": 4,
                     "9999/9999.txt": 1}, kinds
    whole = tree(folder)
    assert len(whole) == 2 * 41, len(whole)
    proved(folder)
    for day in ("2024-01-02", "2024-01-16", "2024-07-01"):
        due(folder, day)
        assert tree(folder) == whole, f"written after the year, on {day}"


def whole_periods(folder):
    for path in pathlib.Path(folder, REPORTS).glob("[!.]*"):
        files = sorted(each.name for each in path.iterdir())
        assert files == [f"{path.name}.txt", f"{path.name}.txt.sha256"], f"part of a period: {files}"


def killed(scratch):
    day = "2023-02-01"
    folder = fresh(scratch, "undisturbed")
    log = scratch / "log"
    done = due(folder, day, through=("strace", "-f", "-o", str(log)))
    assert done.code == 0, done
    wanted = tree(folder)
    assert len(wanted) == 6
    calls, points, begun = collections.Counter(), [], False
    for line in log.read_text("utf-8", "replace").splitlines():
        found = re.match(r"\d+ +([a-z_0-9]+)\(", line)
        if not found:
            continue
        calls[found[1]] += 1
        begun = begun or found[1] in ("mkdir", "mkdirat")
        if begun and (found[1] in tracing.CHANGING or "O_CREAT" in line):
            points.append((found[1], calls[found[1]]))
    assert len(points) > 20, points
    for call, ordinal in points:
        folder = fresh(scratch, "killed")
        through = ("strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                   f"inject={call}:signal=KILL:when={ordinal}")
        died = due(folder, day, through=through)
        assert died.code in (-9, 137), f"{call} {ordinal}: {died}"
        whole_periods(folder)
        again = due(folder, day)
        assert (again.code, again.out, again.err) == (0, "", ""), f"after {call} {ordinal}: {again}"
        assert tree(folder) == wanted, f"another tree after {call} {ordinal}"
        left = [path.name for path in pathlib.Path(folder, REPORTS).iterdir() if path.name.startswith(".")]
        assert not left, f"left after {call} {ordinal}: {left}"
        shutil.rmtree(folder)
    print(f"killed at {len(points)} calls")


def at_once(scratch):
    wanted = None
    for turn in range(6):
        folder = fresh(scratch, f"at-once-{turn}")
        command = [workspace.PROGRAM, "--today", "2023-07-01", "report", "--due", "-o", REPORTS]
        runs = [subprocess.Popen(command, cwd=folder, env=CRON, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                for _ in range(1 if turn == 0 else 4)]
        for each in runs:
            out, _ = each.communicate(timeout=120)
            assert (each.returncode, out) == (0, b""), out.decode()
        wanted = wanted or tree(folder)
        assert tree(folder) == wanted, "runs at the same time wrote something else"


EXTEND = workspace.county("extend", "甲村", "T1", "--reason", "汛期", "--due", "2023-09-30", "--date", "2023-06-10")


def restated(scratch):
    folder = fresh(scratch, "restated")
    assert due(folder, "2023-07-01").code == 0
    first = tree(folder)
    workspace.must(folder, *workspace.doer("log", "乙村", "T1", "--text", "补记"), "--date", "2023-06-20", today="2023-07-02")
    workspace.must(folder, "submit", "例镇", "2023-06-H1", "--by", "镇党委副书记", today="2023-07-02")
    village = folder / workspace.VILLAGE
    village.write_text("# 又一句\n" + village.read_text("utf-8"), "utf-8")
    done = due(folder, "2023-07-02")
    assert (done.code, done.err) == (0, "") and tree(folder) == first, f"a grown journal is not quiet: {done}"
    workspace.must(folder, *EXTEND, today="2023-07-03")
    done = due(folder, "2023-07-03")
    named = set(re.findall(r"^报告/([^/]*)/", done.err, re.M))
    assert done.code == 1 and named == {"2023-06-H1", "2023-06-H2", "2023-06", "2023-Q2"}, done
    assert tree(folder) == first
    done = due(folder, "2023-07-03", "--restate")
    second = tree(folder)
    assert done.code == 0 and all(second[name] == first[name] for name in first), done
    assert set(second) - set(first) == {f"{name}-r2/{file}" for name in named for file in (
        f"{name}-r2.txt", f"{name}-r2.txt.sha256", f"更正单-{name}-r2.txt")}, set(second) - set(first)
    slip = second["2023-06-H1-r2/更正单-2023-06-H1-r2.txt"].decode()
    assert re.search(r"例县/例镇 +延期 +0 +1", slip), slip
    proved(folder, {f"{name}-r2" for name in named})
    done = due(folder, "2023-07-04")
    assert (done.code, done.err) == (0, "") and tree(folder) == second, done


def reproduced(scratch):
    for ending in ("txt", "csv", "json", "md", "html", "xlsx"):
        folder = fresh(scratch, f"reproduced-{ending}")
        name = f"半月报.{ending}"
        workspace.must(folder, "report", "halfmonth", "--period", "2023-06-H1", "--sidecar", "-o", name)

        def outcome():
            done = workspace.run(folder, "reproduce", name, today="2023-09-01")
            return done.code, done.out.split("\n")[0].split("：")[-1]
        assert outcome() == (0, "一致"), (ending, outcome())
        village = folder / workspace.VILLAGE
        village.write_text("# 一句注\n" + village.read_text("utf-8"), "utf-8")
        assert outcome() == (0, "数字一致，字节有变"), (ending, outcome())
        workspace.must(folder, *EXTEND)
        assert outcome() == (1, "不一致"), (ending, outcome())
        with open(folder / name, "ab") as file:
            file.write(b" ")
        assert outcome()[0] == 1 and "reproduce-altered" in workspace.run(folder, "reproduce", name).err


def units(scratch):
    if not shutil.which("systemd-analyze"):
        print("there is no systemd-analyze; the units were not verified")
        return
    source = REPO / "examples/systemd"
    timer = (source / "taizhang-report.timer").read_text("utf-8")
    when = re.search(r"OnCalendar=(.*)", timer)[1]
    assert when == "*-*-01,16 06:30 Asia/Shanghai" and "Persistent=true" in timer
    done = subprocess.run(["systemd-analyze", "calendar", "--iterations=3", "--base-time=2023-06-20", when],
                          capture_output=True, text=True, env=os.environ | {"TZ": "UTC"})
    days = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", done.stdout)
    assert [day[5:16] for day in days] == ["06-30 22:30", "07-15 22:30", "07-31 22:30"], done.stdout
    for name in ("service", "timer"):
        text = (source / f"taizhang-report.{name}").read_text("utf-8")
        (scratch / f"taizhang-report.{name}").write_text(text.replace("/usr/bin/taizhang", workspace.PROGRAM), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--user", *map(str, scratch.glob("taizhang-report.*"))],
                          capture_output=True, text=True, env=os.environ | {"XDG_RUNTIME_DIR": str(scratch)})
    said = [line for line in (done.stdout + done.stderr).splitlines() if "taizhang" in line]
    assert done.returncode == 0 and not said, said


def main():
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for part in (a_year, killed, at_once, restated, reproduced, units):
            part(scratch)
            print(f"{part.__name__}: as it should be")


if __name__ == "__main__":
    sys.exit(main())
