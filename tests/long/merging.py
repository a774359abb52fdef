#!/usr/bin/env python3
"""Ten thousand random pairs of edits of one ledger through the merge driver: no record and no comment is
lost, clean merges say the same whichever side is ours and pass `check`, and two different facts about one
thing always conflict. Before that a fixed list of named cases, each with what must come out."""

import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

REPO = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["TAIZHANG"]
PAIRS = int(os.environ.get("TAIZHANG_MERGE_PAIRS", "10000"))
WORKERS = os.cpu_count() or 2
LEDGER = "眉县/汤峪镇/示例甲村.toml"
ENV = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
UNIT = 'unit = "示例甲村党支部"\nlevel = "村"\n'


def run(folder, *words):
    done = subprocess.run([PROGRAM, "--today", "2023-06-15", "-C", folder, *words], env=ENV,
                          capture_output=True, check=False)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def copy_workspace(folder):
    """Only the one village, so that `check` is quick."""
    source = REPO / "examples" / "baoji"
    (folder / "眉县").mkdir(parents=True)
    shutil.copy(source / "taizhang.toml", folder)
    shutil.copy(source / "眉县" / "county.toml", folder / "眉县")
    shutil.copytree(source / "眉县" / "汤峪镇", folder / "眉县" / "汤峪镇")


def merge(folder, base, ours, theirs):
    files = []
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        files.append(folder / name)
        files[-1].write_text(text, "utf-8")
    status, told = run(folder, "merge", *files, LEDGER)
    return status, files[1].read_text("utf-8"), told


def passes_check(folder, text):
    (folder / LEDGER).write_text(text, "utf-8")
    return run(folder, "check", "眉县")[0] == 0


# ---- edits: each gives the new text and the facts it states, {what: value}

def set_key(record, key, value):
    """A new value for a key of the one record that has this line."""
    def edit(text):
        at = text.index(record)
        pattern = re.compile(rf"^({key} *= *)[^#\n]*?( *#[^\n]*)?$", re.M)
        found = pattern.search(text, at)
        return text[: found.start()] + found[1] + value + (found[2] or "") + text[found.end():]
    return edit, {(record, key): value}


def add_comment(rng, number):
    def edit(text):
        lines = text.split("\n")
        spots = [i for i, line in enumerate(lines) if line.startswith(("[", "id", "owner", "date", "code"))]
        lines.insert(rng.choice(spots), f"# 说明{number}")
        return "\n".join(lines)
    return edit, {}


def add_entry(task, day, action, number, more=""):
    record = (f'\n[[entry]]\ntask = "{task}"\ndate = {day}\naction = "{action}"\n'
              f'by = "示例甲村党支部副书记"\n{UNIT}text = "第{number}次"\n{more}')

    def edit(text):
        last = max((m.end() for m in re.finditer(rf'^task *= "{task}"\n(?:[^\n\[]+\n)*', text, re.M)),
                   default=len(text))
        return text[:last] + record + text[last:]
    return edit, {}


def append(record, facts=None):
    def edit(text):
        return text + record
    return edit, facts or {}


def new_problem(number, name):
    return append(f'\n[[problem]]\nid = "{name}"\nround = 2023\ntype = "组织制度形同虚设"\n'
                  f'found = 2023-06-01\ntext = "问题{number}"\n', {("problem", name): number})


def random_edits(rng, seed, open_task):
    edits = []
    for number in range(rng.randrange(1, 5)):
        mark = f"{seed}-{number}"
        kind = rng.randrange(8)
        if kind == 0:
            edits.append(set_key("[village]", rng.choice(["households", "population", "members"]),
                                 str(rng.randrange(20, 60))))
        elif kind == 1:
            edits.append(set_key(f'"{rng.choice(["P1", "P2", "P3"])}"', rng.choice(["text", "cause", "goal"]),
                                 f'"改{rng.randrange(4)}"'))
        elif kind in (2, 3):
            edits.append(add_comment(rng, mark))
        elif kind in (4, 5):
            edits.append(add_entry(rng.choice(open_task), f"2023-06-{rng.randrange(8, 16):02}", "进展", mark))
        elif kind == 6:
            edits.append(new_problem(mark, f"P{rng.randrange(20, 29)}"))
        else:
            edits.append(append(f'\n[[note]]\naudit = "{rng.randrange(16**8):08x}"\ndate = 2023-06-10\n'
                                f'by = "县委组织部科长"\ntext = "说明{mark}"\n'))
    return edits


def apply(base, edits):
    text, facts = base, {}
    for edit, stated in edits:
        key = next(iter(stated), None)
        if key and key[0] == "problem" and key in facts:
            continue  # one side gives an id once
        text = edit(text)
        facts |= stated
    return text, facts


def records(text):
    """Every record of a text as one comparable thing, and the comments."""
    found = []
    for kind, value in tomllib.loads(text).items():
        each_of = value if isinstance(value, list) else [value]
        found += [(kind, repr(sorted(each.items(), key=str) if isinstance(each, dict) else each))
                  for each in each_of]
    return sorted(found)


def comments(text):
    return {line.strip() for line in text.split("\n") if line.strip().startswith("#")}


def faults_of(folder, base, before, seed, open_task):
    rng = random.Random(seed)
    ours, our_facts = apply(base, random_edits(rng, f"{seed}a", open_task))
    theirs, their_facts = apply(base, random_edits(rng, f"{seed}b", open_task))
    clash = any(their_facts[key] != value and before.get(key) not in (value, their_facts[key])
                for key, value in our_facts.items() if key in their_facts)
    status, text, told = merge(folder, base, ours, theirs)
    turned, other, _ = merge(folder, base, theirs, ours)
    faults = []
    if (status == 1) != clash:
        faults.append(f"exit {status}, two facts about one thing: {clash}\n{told}")
    if status != turned:
        faults.append(f"exit {status} and, sides changed, {turned}")
    lost = (comments(ours) | comments(theirs)) - comments(text)
    if lost:
        faults.append(f"comments lost: {lost}")
    for line in set(re.findall(r'"第[^"]*次"|"说明[^"]*"|"问题[^"]*"', ours + theirs)):
        if text.count(line) != 1:
            faults.append(f"{line} stands {text.count(line)} times")
    if status == 0:
        if text != other and records(text) != records(other):
            faults.append("not the same with the sides changed")
        if not passes_check(folder, text):
            faults.append("does not pass check")
    return faults


# ---- named cases: (name, ours, theirs, exit, what the conflict must name)

def apply_for(task):
    return add_entry(task, "2023-06-12", "申请销号", "申请",
                     'evidence = [{ file = "佐证/示例甲村-主题党日记录.md", sha256 = "SHA" }]\n')


def county(task, action, day, more):
    record = (f'\n[[entry]]\ntask = "{task}"\ndate = {day}\naction = "{action}"\nby = "县委组织部副部长"\n'
              f'unit = "县委组织部"\nlevel = "县"\n{more}')
    return append(record)


def named_cases(base, waiting, open_task):
    one, two = open_task[:2]
    return [
        ("neighbouring keys", [set_key("[village]", "households", "1")],
         [set_key("[village]", "population", "2")], 0, ""),
        ("one key", [set_key("[village]", "households", "1")],
         [set_key("[village]", "households", "2")], 1, "households"),
        ("the same change twice", [set_key("[village]", "households", "1")],
         [set_key("[village]", "households", "1")], 0, ""),
        ("entries to two tasks", [add_entry(one, "2023-06-10", "进展", 1)],
         [add_entry(two, "2023-06-10", "进展", 2)], 0, ""),
        ("entries to one task", [add_entry(one, "2023-06-10", "进展", 1)],
         [add_entry(one, "2023-06-11", "进展", 2)], 0, ""),
        ("one new id", [new_problem(1, "P30")], [new_problem(2, "P30")], 1, "P30"),
        ("two new ids", [new_problem(1, "P30")], [new_problem(2, "P31")], 0, ""),
        ("close against extend",
         [county(waiting, "销号", "2023-06-14", 'text = "同意"\n')],
         [county(waiting, "延期", "2023-06-14", 'due = 2023-07-31\nreason = "农忙"\n')], 1, waiting),
    ]


def work(part):
    folder, base, before, seeds, open_task = part
    return [(seed, fault) for seed in seeds
            for fault in faults_of(folder, base, before, seed, open_task)]


def main():
    bad = 0
    with tempfile.TemporaryDirectory(prefix="taizhang-merge.") as place:
        folders = [pathlib.Path(place) / str(i) for i in range(WORKERS)]
        for folder in folders:
            copy_workspace(folder)
        base = (folders[0] / LEDGER).read_text("utf-8")
        states = {t["id"]: run(folders[0], "show", "汤峪镇/示例甲村", t["id"])[1]
                  for t in tomllib.loads(base)["task"]}
        open_task = [t for t, shown in states.items() if "整改中" in shown.split("短码")[0]]
        waiting = next(t for t, shown in states.items() if "待销号" in shown.split("短码")[0])
        for name, ours, theirs, expected, named in named_cases(base, waiting, open_task):
            our_text, their_text = apply(base, ours)[0], apply(base, theirs)[0]
            for side in (our_text, their_text):
                if not passes_check(folders[0], side):
                    bad += 1
                    print(f"{name}: one side does not pass check by itself")
            status, text, told = merge(folders[0], base, our_text, their_text)
            if status != expected or named not in told or ("<<<<<<< " in text) != bool(expected):
                bad += 1
                print(f"{name}: exit {status}, not {expected}\n{told}")
            if not expected and not passes_check(folders[0], text):
                bad += 1
                print(f"{name}: the result does not pass check")

        before = {("[village]", key): str(value) for key, value in tomllib.loads(base)["village"].items()}
        parts = [(folder, base, before, range(i, PAIRS, WORKERS), open_task)
                 for i, folder in enumerate(folders)]
        with concurrent.futures.ProcessPoolExecutor(WORKERS) as pool:
            for found in pool.map(work, parts):
                for seed, fault in found:
                    bad += 1
                    if bad < 20:
                        print(f"pair {seed}: {fault}")
    print(f"{PAIRS} pairs, {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
