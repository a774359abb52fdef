#!/usr/bin/env python3
"""The figures of all reports, counted once more without the program: this script reads the TOML with
Python's own parser, replays the entries by the task table of the README and compares with the JSON of
halfmonth, month, quarter, year, brief and ledger, on the example and on a generated city. All reports
must agree with it and so with each other. What `delta` tells between two days, applied to the count of
the first, must give that of the second."""

import calendar
import collections
import datetime
import functools
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib

PROGRAM = os.environ["TAIZHANG"]
EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "baoji"
TODAY = datetime.date(2024, 1, 1)
ROUND = 2023
STEP_OF = {"进展": "整改中", "申请销号": "待初核", "初核": "待销号", "退回": "整改中", "销号": "已销号",
           "重开": "整改中", "撤销": "已撤销"}
MOVES = {"申请销号": "applied", "销号": "closed", "退回": "returned", "重开": "reopened", "延期": "extended"}


# ---- the count


class Task:
    """A task on a day, by the journal as it is written; the journals here are legal."""

    def __init__(self, task, entries, day):
        self.kind, self.opened = task["kind"], task["opened"]
        self.state, self.due, self.applied = "待整改", task["due"], None
        self.moves = [("opened", task["opened"])]
        for entry in sorted((e for e in entries if e["date"] <= day), key=lambda e: e["date"]):
            action = entry["action"]
            if action == "初核" and self.state == "已销号":
                continue  # a renewal
            self.state = STEP_OF.get(action, self.state)
            self.due = entry.get("due", self.due)
            self.applied = entry["date"] if action == "申请销号" else self.applied
            if action in MOVES:
                self.moves.append((MOVES[action], entry["date"]))
        open_ = self.state in ("待整改", "整改中")
        waits = self.state in ("待初核", "待销号")
        self.overdue = open_ and self.due < day
        self.check_overdue = waits and self.due < day and self.applied <= self.due


@functools.cache
def villages(county):
    return [(file.parent.name, tomllib.loads(file.read_text("utf-8"))) for file in sorted(county.glob("*/*.toml"))
            if file.name != "township.toml"]


def made(step):
    """Its day; a step without one was always there."""
    return step.get("date", datetime.date.min)


def listed(village, day):
    steps = [s for s in village.get("step", []) if s["kind"] == "审定" and s["round"] == ROUND and made(s) <= day]
    return bool(steps) and max(steps, key=made)["result"] == "列入"


def tasks(village, day):
    for task in village.get("task", []):
        if task["round"] == ROUND and task["opened"] <= day:
            yield Task(task, [e for e in village.get("entry", []) if e["task"] == task["id"]], day)


def submitted(county, township, period, received):
    """按时 迟报 已报 未报, or nothing before the deadline, else the period's end, is over."""
    _, last = days_of(period)
    days = county.get("deadline_days")
    dates = [s["date"] for s in township.get("submission", []) if s["period"] == period and s["date"] <= received]
    deadline = last + datetime.timedelta(days) if days is not None else None
    if dates:
        return "已报" if deadline is None else "按时" if min(dates) <= deadline else "迟报"
    return None if received <= (deadline or last) else "未报"


class County:
    def __init__(self, folder, first, day, received):
        self.folder = folder
        self.info = tomllib.loads((folder / "county.toml").read_text("utf-8"))["county"]
        self.states, self.moves = collections.Counter(), collections.Counter()
        self.kinds, self.towns = collections.Counter(), collections.defaultdict(collections.Counter)
        self.handed, self.listed, self.overdue, self.check_overdue = {}, 0, 0, 0
        self.steps = self.tasks = False
        self.all = villages(folder)
        reporting = set()
        for town, village in self.all:
            self.steps |= any(s["round"] == ROUND and made(s) <= day for s in village.get("step", []))
            is_listed = listed(village, day)
            self.listed += is_listed
            if is_listed:
                reporting.add(town)
            for task in tasks(village, day):
                self.tasks = True
                self.states[task.state] += 1
                self.overdue += task.overdue
                self.check_overdue += task.check_overdue
                for move, date in task.moves:
                    self.moves[move] += first <= date <= day
                if task.state != "已撤销":
                    self.kinds[task.kind] += 1
                    self.towns[town]["tasks"] += 1
                    self.towns[town]["closed"] += task.state == "已销号"
                    self.towns[town]["overdue"] += task.overdue
        self.total = sum(self.states.values()) - self.states["已撤销"]
        for town in reporting:
            self.handed[town] = tomllib.loads((folder / town / "township.toml").read_text("utf-8"))
        self.received = received


@functools.cache
def county_on(folder, first, day):
    return County(folder, first, day, TODAY)


def days_of(period):
    if len(period) == 4:
        return datetime.date(int(period), 1, 1), datetime.date(int(period), 12, 31)
    year, rest = int(period[:4]), period[5:]
    if rest[0] == "Q":
        first = 3 * int(rest[1]) - 2
        return datetime.date(year, first, 1), datetime.date(year, first + 2, calendar.monthrange(year, first + 2)[1])
    month = int(rest[:2])
    end = calendar.monthrange(year, month)[1]
    begin, last = {"": (1, end), "-H1": (1, 15), "-H2": (16, end)}[rest[2:]]
    return datetime.date(year, month, begin), datetime.date(year, month, last)


# ---- the comparison

wrong = []


def expect(what, told, counted):
    if told != counted:
        wrong.append(f"{what}: the report says {told}, the count is {counted}")


def ask(folder, *words):
    done = subprocess.run([PROGRAM, "--today", str(TODAY), *words, "--format", "json"], cwd=folder,
                          capture_output=True)
    assert done.returncode == 0, (words, done.stderr.decode())
    return {table["id"]: table["rows"] for table in json.loads(done.stdout)["tables"]}


def report(folder, *words):
    return ask(folder, "report", *words)


def figures(rows):
    return {row["item"].removeprefix("figure."): row["value"] for row in rows if isinstance(row["item"], str)}


def compare_period(folder, kind, period):
    first, last = days_of(period)
    told = report(folder, kind, "--period", period)
    counties = [county_on(path.parent, first, last) for path in sorted(folder.glob("*/county.toml"))]
    name = f"{folder.name} {kind} {period}"
    total = sum(c.total for c in counties)
    closed = sum(c.states["已销号"] for c in counties)
    main = figures(told["figures"])
    kept = any(c.tasks for c in counties)
    expect(f"{name} listed", main["listed"], sum(c.listed for c in counties) if any(c.steps for c in counties) else None)
    expect(f"{name} tasks", main["tasks"], total if kept else None)
    expect(f"{name} closed", main["closed"], closed if kept else None)
    expect(f"{name} completion", main["completion"], {"part": closed, "whole": total} if total else None)
    expect(f"{name} overdue", main["overdue"], sum(c.overdue for c in counties) if kept else None)
    expect(f"{name} checks overdue", main["check_overdue"], sum(c.check_overdue for c in counties) if kept else None)
    expect(f"{name} elapsed", main["elapsed"], {"part": (last - datetime.date(ROUND, 1, 1)).days + 1, "whole": 365})
    kinds = collections.Counter()
    for county in counties:
        kinds += county.kinds
    expect(f"{name} kinds", {r["kind"]: r["tasks"] for r in told.get("kinds", []) if not r.get("total") and r["tasks"]},
           dict(kinds))
    for row in told.get("burn_down", []):
        end = days_of(row["half_month"])[1]
        on_day = [county_on(c.folder, end, end) for c in counties]
        expect(f"{name} burn-down {end}", [row["tasks"], row["closed"], row["open"]],
               [sum(c.total for c in on_day), sum(c.states["已销号"] for c in on_day),
                sum(c.total - c.states["已销号"] for c in on_day)])
    sums = {row["county"]: row for row in told.get("state", []) if row.get("total")}
    moves = {row["county"]: row for row in told.get("moves", []) if row.get("total")}
    for county in counties:
        if not county.tasks:
            continue
        row, moved = sums[county.info["name"]], moves[county.info["name"]]
        expect(f"{name} {county.info['name']}", [row[k] for k in ("listed", "tasks", "closed", "applied", "verified", "overdue")],
               [county.listed, county.total, county.states["已销号"], county.states["待初核"], county.states["待销号"],
                county.overdue])
        for move in ("opened", *MOVES.values()):
            expect(f"{name} {county.info['name']} {move}", moved[move], county.moves[move])
        towns = {r["township"]: r for r in told["state"] if r["county"] == county.info["name"] and not r.get("total")}
        for town, counted in county.towns.items():
            expect(f"{name} {town}", [towns[town][k] for k in ("tasks", "closed", "overdue")],
                   [counted[k] for k in ("tasks", "closed", "overdue")])
        compare_submissions(name, kind, period, county, told)
    return {key: main[key] for key in ("listed", "tasks", "closed", "overdue", "check_overdue")}


WORDS = {"submission.made": "已报", "submission.on_time": "按时", "submission.late": "迟报",
         "submission.missing": "未报", "submission.not_due": None}


def compare_submissions(name, kind, period, county, told):
    rhythm = {"半月": "halfmonth", "月": "month"}.get(county.info.get("rhythm"))
    if rhythm == kind:
        rows = {r["township"]: r for r in told.get("submissions", []) if r["county"] == county.info["name"]}
        for town, township in county.handed.items():
            expect(f"{name} {town} handed in", WORDS[rows[town]["state"]],
                   submitted(county.info, township, period, county.received))
    elif rhythm and kind != "halfmonth":
        first, last = days_of(period)
        parts = [f"{y.year}-{y.month:02}{half}" for y in months(first, last)
                 for half in (("-H1", "-H2") if rhythm == "halfmonth" else ("",))]
        rows = {r["township"]: r for r in told.get("submission_counts", []) if r["county"] == county.info["name"]}
        for town, township in county.handed.items():
            if town not in rows:
                continue
            seen = collections.Counter()
            for part in parts:
                if any(listed(v, days_of(part)[1]) for t, v in county.all if t == town):
                    seen[submitted(county.info, township, part, county.received)] += 1
            expect(f"{name} {town} counts", [rows[town][k] or 0 for k in ("in", "on_time", "late")],
                   [seen["已报"] + seen["按时"] + seen["迟报"], seen["按时"], seen["迟报"]])


def months(first, last):
    for month in range(first.month, last.month + 1):
        yield datetime.date(first.year, month, 1)


def compare_day(folder, day, main):
    """brief and ledger on the last day of a period against that period's report."""
    brief = {row["item"] if isinstance(row["item"], str) else row["item"]["id"]: row
             for row in report(folder, "brief", "--as-of", str(day))["brief"]}
    counties = [county_on(path.parent, day, day) for path in sorted(folder.glob("*/county.toml"))]
    for county in counties:
        code, name = county.info["code"], f"{folder.name} brief {day} {county.info['name']}"
        if county.tasks:
            expect(f"{name} tasks", brief["brief.tasks"][code], county.kinds["任务"])
            expect(f"{name} services", brief["brief.services"][code] or 0, county.kinds["实事"])
        if county.steps:
            expect(f"{name} listed", brief["brief.listed"][code], county.listed)
    rows = report(folder, "ledger", "--as-of", str(day), "--level", "县")["ledger"]
    sums = [sum(row[k] or 0 for row in rows if not row.get("total")) for k in ("tasks", "closed", "overdue")]
    expect(f"{folder.name} ledger {day} villages", len(rows), main["listed"] or 0)
    expect(f"{folder.name} ledger {day}", sums, [main[k] or 0 for k in ("tasks", "closed", "overdue")])
    rows = report(folder, "ledger", "--as-of", str(day), "--level", "镇")["ledger"]
    states = collections.Counter(row["state"] for row in rows)
    counted = sum((county.states for county in counties), collections.Counter())
    expect(f"{folder.name} ledger of tasks {day}", dict(states), dict(counted))


def states_on(folder, day):
    """State and deadline of each task, by ledger and id."""
    return {(f"{county.parent.name}/{town}/{village['village']['name']}", task["id"]): (made.state, made.due)
            for county in folder.glob("*/county.toml") for town, village in villages(county.parent)
            for task, made in zip([t for t in village.get("task", []) if t["round"] == ROUND and t["opened"] <= day],
                                  tasks(village, day))}


def compare_delta(folder, first, second):
    states = states_on(folder, first)
    for rows in ask(folder, "delta", str(first), str(second)).values():
        for row in rows:
            if not row.get("task"):
                continue  # sums, and what is about a village
            place, what = (row["path"].removesuffix(".toml"), row["task"]), row["what"]
            state, due = states.get(place, (None, None))
            if what == "column.state":
                expect(f"{place} before {second}", row["before"], state)
                states[place] = (row["after"], due)
            elif what == "column.due":
                expect(f"{place} due before {second}", row["before"], str(due))
                states[place] = (state, datetime.date.fromisoformat(row["after"]))
    after = states_on(folder, second)
    for place, (state, due) in after.items():
        told = states.get(place, (None, None))
        expect(f"{place} on {second} by delta", (told[0], told[1] or due), (state, due))  # a new task tells its state
    expect(f"{folder.name} tasks on {second} by delta", set(states), set(after))


def compare(folder):
    for month in range(1, 13):
        ends = {}
        names = [("halfmonth", f"{ROUND}-{month:02}-H1"), ("halfmonth", f"{ROUND}-{month:02}-H2"),
                 ("month", f"{ROUND}-{month:02}")]
        if month % 3 == 0:
            names.append(("quarter", f"{ROUND}-Q{month // 3}"))
        if month == 12:
            names.append(("year", str(ROUND)))
        for kind, period in names:
            main = compare_period(folder, kind, period)
            last = days_of(period)[1]
            expect(f"{folder.name} {period} and others that end then", main, ends.setdefault(last, main))
        for last, main in ends.items():
            compare_day(folder, last, main)
        compare_delta(folder, datetime.date(ROUND, month, 10), datetime.date(ROUND, month, 27))


# ---- a city that never was


def record(kind_, **keys):
    lines = [f"\n[[{kind_}]]"]
    for key, value in keys.items():
        lines.append(f"{key} = {value if isinstance(value, (int, datetime.date)) else json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def definition(task):
    keys = ("id", "round", "problem", "kind", "title", "measure", "standard")
    return hashlib.sha256("".join(f"{key}={task[key]}\n" for key in keys if key in task).encode()).hexdigest()


class Journal:
    """Random entries of one task, each as the task table allows."""

    def __init__(self, rng, task, town, branch):
        self.rng, self.task, self.town, self.branch = rng, task, town, branch
        self.day, self.state, self.due, self.text = task["opened"], "待整改", task["due"], ""

    def write(self, action, by, unit, level, **more):
        self.text += record("entry", task=self.task["id"], date=self.day, action=action, by=by, unit=unit,
                            level=level, text="记事", **more)

    def doer(self, action):
        self.write(action, f"{self.branch}书记", self.branch, "村")

    def check(self, action, **more):
        self.write(action, f"{self.town}副书记", f"{self.town}党委", "镇", **more)

    def county(self, action, **more):
        self.write(action, "组室干部", "县委组织部", "县", **more)

    def step(self):
        self.day += datetime.timedelta(self.rng.randrange(1, 30))
        if self.day >= TODAY:
            return False
        later = max(self.day, self.due) + datetime.timedelta(self.rng.randrange(5, 60))
        turn = self.rng.random()
        if self.state in ("待整改", "整改中"):
            if turn < 0.08:
                self.county("延期", reason="汛期", due=later)
                self.due = later
            elif turn < 0.12:
                self.county("撤销", reason="并入别的任务")
                return False
            elif self.state == "整改中" and turn < 0.6:
                self.text += record("entry", task=self.task["id"], date=self.day, action="申请销号",
                                    by=f"{self.branch}书记", unit=self.branch, level="村", text="做完了"
                                    ).rstrip("\n") + f'\nevidence = [{{ file = "一.md", sha256 = "{"0" * 64}" }}]\n'
                self.state = "待初核"
            else:
                self.doer("进展")
                self.state = "整改中"
        elif self.state == "待初核":
            if turn < 0.3:
                self.check("退回", reason="缺记录")
                self.state = "整改中"
            else:
                self.check("初核", definition=definition(self.task))
                self.state = "待销号"
        elif self.state == "待销号":
            if turn < 0.2:
                self.county("退回", reason="不实")
                self.state = "整改中"
            else:
                self.county("销号")
                self.state = "已销号"
        elif turn < 0.2:
            self.county("重开", reason="反弹", due=later)
            self.state, self.due = "整改中", later
        else:
            return False
        return True


def make_city(folder):
    rng = random.Random(6)
    folder.mkdir()
    (folder / "taizhang.toml").write_text(
        f'schema = 1\n[workspace]\nname = "例市"\n[[round]]\nyear = {ROUND}\nfrom = {ROUND}-01-01\nto = {ROUND}-12-31\n')
    for number, (rhythm, deadline) in enumerate((('"半月"', 5), ('"月"', 3), ('"半月"', None)), 1):
        county = folder / f"例{number}县"
        county.mkdir()
        units = record("unit", name="县委组织部", level="县")
        for place in range(1, 4):
            town = f"例{number}{place}镇"
            units += record("unit", name=f"{town}党委", level="镇")
            (county / town).mkdir()
            text = f'schema = 1\n[township]\ncode = "61032{number}10{place}"\nname = "{town}"\n'
            for month in range(1, 13):
                for half in (("-H1", "-H2") if rhythm == '"半月"' else ("",)):
                    period = f"{ROUND}-{month:02}{half}"
                    date = days_of(period)[1] + datetime.timedelta(rng.randrange(0, 9))
                    if rng.random() < 0.8 and date < TODAY:
                        text += record("submission", period=period, date=date, by=f"{town}党委办公室")
            (county / town / "township.toml").write_text(text)
            for village in range(1, 5):
                name = f"例{number}{place}{village}村"
                units += record("unit", name=f"{name}党支部", level="村")
                (county / town / f"{name}.toml").write_text(make_village(
                    rng, f"61032{number}10{place}90{village}", name, town))
        days = f"deadline_days = {deadline}\n" if deadline else ""
        (county / "county.toml").write_text(f'schema = 1\n[county]\ncode = "61032{number}"\nname = "例{number}县"\n'
                                            f"rhythm = {rhythm}\n{days}{units}")


def make_village(rng, code, name, town):
    text = f'schema = 1\n[village]\ncode = "{code}"\nname = "{name}"\ntownship = "{town}"\n'
    if rng.random() < 0.25:
        return text
    decided = datetime.date(ROUND, rng.randrange(2, 5), rng.randrange(1, 28))
    text += record("step", round=ROUND, date=decided, kind="审定", by="县委常委会", result="列入", criteria=[])
    if rng.random() < 0.1:
        text += record("step", round=ROUND, date=decided + datetime.timedelta(60), kind="审定", by="县委常委会",
                       result="不列入", reason="复核")
        return text
    text += record("problem", id="P1", round=ROUND, type="班子不团结内耗", found=decided, text="问题")
    for number in range(1, rng.randrange(3, 9)):
        kind = rng.choice(("任务", "任务", "实事", "规划"))
        opened = decided + datetime.timedelta(rng.randrange(1, 40))
        task = {"id": f"T{number}", "round": ROUND, "kind": kind, "title": f"第{number}项", "measure": "措施",
                "owner": f"{name}党支部书记", "unit": f"{name}党支部", "opened": opened,
                "due": opened + datetime.timedelta(rng.randrange(20, 150)), "standard": "做到"}
        if kind == "任务":
            task["problem"] = "P1"
        text += record("task", **task)
        journal = Journal(rng, task, town, f"{name}党支部")
        while journal.step():
            pass
        text += journal.text
    return text


def main():
    with tempfile.TemporaryDirectory() as scratch:
        example, city = pathlib.Path(scratch, "baoji"), pathlib.Path(scratch, "city")
        shutil.copytree(EXAMPLE, example)
        make_city(city)
        checked = subprocess.run([PROGRAM, "--today", str(TODAY), "check", "--format", "json"], cwd=city,
                                 capture_output=True)
        errors = [f for f in json.loads(checked.stdout) if f["severity"] == "error"
                  and not f["code"].startswith("evidence")]
        assert not errors, f"the city is not legal: {errors[:3]}"
        for folder in (example, city):
            compare(folder)
    for each in wrong[:40]:
        print(each)
    print(f"{len(wrong)} differences")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
