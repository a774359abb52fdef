#!/usr/bin/env python3
"""Random sequences of commands on a task agree with a small model of the task table, written from the
table alone: what is allowed, and what state it leads to. The same histories written by hand are accepted
by `check` exactly when they are legal, else it names the record. Nothing reaches 已销号 but through
申请销号, 初核 and 销号 by three persons, neither checking unit among those who did the work."""

import concurrent.futures
import datetime
import hashlib
import json
import os
import pathlib
import random
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import workspace  # noqa: E402

SEQUENCES, LENGTH, BY_HAND = 400, 18, 1000
EVIDENCE = "佐证/一.md"
UNITS = {"县委组织部": "县", "县委办": "县", "例镇党委": "镇", "甲村党支部": "村"}
ALIASES = {"组织部": "县委组织部"}
PEOPLE = ("甲村支书", "甲村文书", "镇党委副书记", "镇组织委员", "组织部干部", "县委办干部")
COMMANDS = {"进展": "log", "申请销号": "apply", "初核": "verify", "退回": "return", "销号": "close",
            "重开": "reopen", "延期": "extend", "转办": "reassign", "撤销": "cancel", "更正": "correct"}

# ---- the model: the task table ---------------------------------------------------------------------

OPEN = ("待整改", "整改中", "待初核", "待销号")
FROM = {"进展": OPEN[:2], "申请销号": OPEN[1:2], "初核": ("待初核", "待销号", "已销号"), "退回": OPEN[2:],
        "销号": OPEN[3:], "重开": ("已销号",), "延期": OPEN, "转办": OPEN, "撤销": OPEN[:2]}
TO = {"进展": "整改中", "申请销号": "待初核", "退回": "整改中", "销号": "已销号", "重开": "整改中", "撤销": "已撤销"}


class Model:
    def __init__(self, task):
        self.task, self.state, self.due, self.count = task, "待整改", task["due"], 0
        self.owner, self.unit, self.people, self.units = task["owner"], task["unit"], set(), set()
        self.verified, self.latest = None, None

    def allows(self, e):
        """Whether the table allows the entry now."""
        unit = ALIASES.get(e["unit"], e["unit"])
        action, county, above = e["action"], e["level"] == "县", e["level"] != "村"
        outsider = e["by"] not in self.people | {self.owner} and unit not in self.units | {self.unit}
        later = e.get("due", "") > e["date"]
        if e["date"] < self.task["opened"] or UNITS.get(unit, e["level"]) != e["level"]:
            return False
        if self.state not in FROM[action] or self.count + e.get("count", 0) < 0:
            return False
        return {
            "进展": lambda: e["text"] and e.get("milestone") in (None, *self.task["milestones"]),
            "申请销号": lambda: e.get("evidence") and self.count >= self.task.get("target", 0),
            "初核": lambda: above and outsider and not (
                self.state == "已销号" and e["by"] == self.closed["by"]),
            "退回": lambda: (county or above and self.state == "待初核") and outsider and e["reason"],
            "销号": lambda: county and outsider and e["by"] != self.verified["by"]
            and self.verified.get("definition"),
            "重开": lambda: above and e["reason"] and later and e.get("count", 0) <= 0,
            "延期": lambda: county and outsider and e["reason"] and later and e["due"] > self.due,
            "转办": lambda: above and e["reason"] and (e.get("new_owner") or e.get("new_unit")) and not (
                self.state == "待销号" and (  # who has verified becomes no doer
                    e.get("new_owner") == self.verified["by"] or e.get("new_unit") and
                    ALIASES.get(e["new_unit"], e["new_unit"])
                    == ALIASES.get(self.verified["unit"], self.verified["unit"]))),
            "撤销": lambda: county and outsider and e["reason"],
        }[action]()

    def take(self, e, voided=False):
        if e["action"] in ("进展", "申请销号"):
            self.people.add(e["by"])
            self.units.add(ALIASES.get(e["unit"], e["unit"]))
        if voided:
            return
        before, self.state = self.state, TO.get(e["action"], self.state)
        if e["action"] == "初核":
            self.state, self.verified = ("待销号" if before == "待初核" else before), e
        if self.state != before or e["action"] == "初核":
            self.latest = e
        self.count += e.get("count", 0)
        self.closed = e if e["action"] == "销号" else getattr(self, "closed", None)
        if e["action"] in ("重开", "延期"):
            self.due = e["due"]
        if e["action"] == "重开":
            self.people, self.units = set(), set()
        self.owner = e.get("new_owner") or self.owner
        self.unit = ALIASES.get(e.get("new_unit"), e.get("new_unit")) or self.unit


def replay(task, entries):
    """The task after all that is legal, the entries that are not, and those in force."""
    model, wrong, taken, voided = Model(task), [], [], []
    for e in sorted(entries, key=lambda entry: entry["date"]):  # stable: else as in the file
        if e["action"] == "更正":
            again = corrected(task, e, model, taken, voided)
            if again:
                model, voided = again, voided + [e["target"]]
            else:
                wrong.append(e)
        elif model.allows(e):
            model.take(e)
            taken.append(e)
            earlier = entries[:next(i for i, other in enumerate(entries) if other is e)]
            if e["action"] == "延期" and any(other["date"] > e["date"] for other in earlier):
                wrong.append(e)  # backdated: an error, but its due is no secret to what follows
        else:
            wrong.append(e)
    if model.state in ("待销号", "已销号") and not model.verified.get("definition"):
        wrong.append(model.verified)  # suspect, and to be renewed
    return model, wrong, [e for e in taken if not any(e is gone for gone in voided)]


def corrected(task, e, model, taken, voided):
    """The task without what a 更正 takes back, when it may: by whoever wrote it, or the county and no
    doer; nothing that follows may rest on it, but what a 退回 or 重开 has made past."""
    target, unit = e["target"], ALIASES.get(e["unit"], e["unit"])
    county = (e["level"] == "县" and e["by"] not in model.people | {model.owner}
              and unit not in model.units | {model.unit})
    if not any(target is each for each in taken) or any(target is gone for gone in voided):
        return None
    if target["action"] not in ("进展", "延期", "转办") and target is not model.latest:
        return None
    if not (county or unit == ALIASES.get(target["unit"], target["unit"])) or not e["reason"]:
        return None
    if UNITS.get(unit, e["level"]) != e["level"]:
        return None
    again, gone = Model(task), voided + [target]
    past = max((i for i, each in enumerate(taken) if each["action"] in ("退回", "重开")
                and not any(each is other for other in gone)), default=-1)
    for i, each in enumerate(taken):
        lost = any(each is other for other in gone)
        if not lost and i > past and not again.allows(each):
            return None
        again.take(each, lost)
        if again.count < 0:
            return None
    return again


# ---- chance ----------------------------------------------------------------------------------------

TASKS = {
    "T1": {"due": "2023-07-31", "opened": "2023-04-12", "owner": "甲村支书", "unit": "甲村党支部",
           "milestones": ()},
    "T2": {"due": "2023-07-31", "opened": "2023-04-12", "owner": "甲村支书", "unit": "甲村党支部",
           "milestones": ("M1",), "target": 3},
}
FIRST, LAST = datetime.date(2023, 4, 10), datetime.date(2023, 6, 30)


def likely(chance, model, name):
    """Somebody who might well do that."""
    place = {"进展": 0, "申请销号": 0, "初核": 1, "更正": 0}.get(name, 2)
    if chance.random() < 0.25:
        place = chance.randrange(3)
    by = PEOPLE[2 * place + chance.randrange(2)]
    unit = ("甲村党支部", "例镇党委", chance.choice(("县委组织部", "县委办", "组织部")))[place]
    if chance.random() < 0.1:
        by, unit = chance.choice(PEOPLE), chance.choice((*UNITS, *ALIASES, "外来公司"))
    level = UNITS.get(ALIASES.get(unit, unit), chance.choice("村镇县"))
    return by, unit, level if chance.random() < 0.95 else chance.choice("村镇县")


def entry(chance, task, entries, day, number):
    """A record that may or may not be legal, and the day it goes on from."""
    model, _, in_force = replay(task, entries)
    names = list(COMMANDS)
    if chance.random() < 0.8:
        names = [name for name in FROM if model.state in FROM[name]] + ["更正"] * (number % 3 == 0)
        if "重开" not in names:
            names = [name for name in names if name != "撤销" or chance.random() < 0.3] or ["更正"]
    name = chance.choice(names)
    by, unit, level = likely(chance, model, name)
    if chance.random() < 0.35:  # straight on
        forward = {"待整改": 0, "整改中": 0 if model.count < task.get("target", 0) else 1, "待初核": 2, "待销号": 3}
        at = forward.get(model.state, chance.randrange(4))
        name = ("进展", "申请销号", "初核", "销号")[at]
        by, unit, level = (("甲村支书", "甲村党支部", "村"), ("甲村文书", "甲村党支部", "村"),
                           ("镇党委副书记", "例镇党委", "镇"), ("组织部干部", "组织部", "县"))[at]
    date = day
    if chance.random() < 0.15:
        date = FIRST + datetime.timedelta(chance.randrange(80))
    made = {"action": name, "date": str(min(date, LAST)), "by": by, "unit": unit, "level": level,
            "text": f"第{number}条"}
    if name == "申请销号" and chance.random() < 0.95:
        made["evidence"] = EVIDENCE
    if name in ("退回", "重开", "延期", "转办", "撤销", "更正"):
        made["reason"] = f"理由{number}"
    if name in ("重开", "延期"):
        made["due"] = str(datetime.date(2023, 5, 1) + datetime.timedelta(chance.randrange(240)))
    if name == "进展" and chance.random() < (0.7 if "target" in task else 0.2):
        made["count"] = chance.choice((1, 1, 2, 3, -1))
    if name == "重开" and chance.random() < 0.2:
        made["count"] = chance.choice((0, -1, -2, 1))
    if name == "进展" and chance.random() < 0.2:
        made["milestone"] = chance.choice(("M1", "M1", "M9"))
    if name == "转办":
        made["new_owner"] = chance.choice((*PEOPLE, ""))
        made["new_unit"] = chance.choice((*UNITS, "组织部", "", ""))
        made = {key: value for key, value in made.items() if value}
    if name == "更正":
        if not entries:
            return entry(chance, task, entries, day, number)
        made["target"] = chance.choice((in_force or entries) if chance.random() < 0.9 else entries)
        if chance.random() < 0.7:
            made["unit"], made["level"] = made["target"]["unit"], made["target"]["level"]
    return made


def next_day(chance, day):
    return min(day + datetime.timedelta(chance.choice((0, 1, 2, 5))), LAST)


# ---- by command ------------------------------------------------------------------------------------

def words_of(made, task, hashes):
    words = [COMMANDS[made["action"]], "甲村", task]
    if made["action"] == "更正":
        words.append(hashes[id(made["target"])])
    for key in ("by", "unit", "level", "date", "text", "evidence", "reason", "due", "milestone", "new_owner",
                "new_unit"):
        if key in made:
            words += ["--" + key.replace("_", "-"), made[key]]
    if "count" in made:
        words.append(f"--count={made['count']}")
    return words


def by_command(number, folder):
    """One sequence; gives what is wrong, and how many were allowed and closed."""
    chance = random.Random(number)
    workspace.make(folder)
    name = chance.choice(list(TASKS))
    task, entries, hashes, wrong = TASKS[name], [], {}, []
    counts = {"allowed": 0, "refused": 0, "closed": 0}
    day = datetime.date(2023, 4, 12)
    for turn in range(LENGTH):
        day = next_day(chance, day)
        made = entry(chance, task, entries, day, turn)
        before = (folder / workspace.VILLAGE).read_bytes()
        words = words_of(made, name, hashes)
        if made["action"] == "初核":
            made["definition"] = "是"
        model, bad, _ = replay(task, entries + [made])
        legal = not bad
        done = workspace.run(folder, *words)
        where = f"sequence {number}, turn {turn}: {' '.join(words)}"
        missing = made["action"] == "申请销号" and "evidence" not in made
        if done.code not in (0, 2 if missing else 1) or (done.code == 0) != legal:
            wrong.append(f"{where}: the model says {'yes' if legal else 'no'}, the program {done}")
            break
        if not legal:
            counts["refused"] += 1
            if (folder / workspace.VILLAGE).read_bytes() != before:
                wrong.append(f"{where}: refused, and changed all the same")
            continue
        counts["allowed"] += 1
        entries.append(made)
        shown = workspace.task(folder, "甲村", name)
        for row in shown["entries"]:
            for each in entries:
                if re.match(each["text"] + r"\b", row["text"]):
                    hashes.setdefault(id(each), row["hash"])
        if shown["state"] != model.state or len(shown["entries"]) != len(entries):
            wrong.append(f"{where}: {shown['state']}, not {model.state}")
            break
        if model.state == "已销号":
            counts["closed"] += 1
            wrong += [f"{where}: {each}" for each in shortcut(task, entries)]
    checked = workspace.run(folder, "check", "--format", "json")
    errors = [each for each in json.loads(checked.out) if each["severity"] == "error"]
    if errors:
        wrong.append(f"sequence {number}: check afterwards: {errors}")
    return wrong, counts


def shortcut(task, entries):
    """What is wrong with the way to 已销号: judged without the model's states. What was done after the
    latest 重开 in force counts, and of voided work the doers."""
    gone = [e["target"] for e in entries if e["action"] == "更正"]
    in_order = sorted(entries, key=lambda e: e["date"])
    left = [e for e in in_order if not any(e is each for each in gone)]
    last = max((i for i, e in enumerate(left) if e["action"] == "重开"), default=-1)
    begin = in_order.index(left[last]) if last >= 0 else -1
    steps = [e for e in left[last + 1:] if e["action"] in ("申请销号", "退回", "初核", "销号")]
    names = [e["action"] for e in steps]
    if not re.search(r"申请销号(初核)+销号(初核)*$", "".join(names)):
        return [f"closed by {names}"]
    closing = max(i for i, e in enumerate(steps) if e["action"] == "销号")
    applied = max(i for i, e in enumerate(steps[:closing]) if e["action"] == "申请销号")
    close, verify = steps[closing], [e for e in steps[applied:closing] if e["action"] == "初核"][-1]
    work = [e for e in in_order[begin + 1:] if e["action"] in ("进展", "申请销号")]
    people, units = {e["by"] for e in work}, {ALIASES.get(e["unit"], e["unit"]) for e in work}
    wrong = []
    if verify["by"] == close["by"] or people & {verify["by"], close["by"]}:
        wrong.append("fewer than three persons")
    if units & {ALIASES.get(e["unit"], e["unit"]) for e in (verify, close)}:
        wrong.append("a unit checked its own work")
    return wrong


# ---- by hand ---------------------------------------------------------------------------------------

def record(made, task, definition):
    lines = ["", "[[entry]]", f'task   = "{task}"', f'date   = {made["date"]}', f'action = "{made["action"]}"']
    for key in ("by", "unit", "level", "text", "reason", "milestone", "new_owner", "new_unit"):
        if key in made:
            lines.append(f'{key} = "{made[key]}"')
    if "due" in made:
        lines.append(f"due = {made['due']}")
    if "count" in made:
        lines.append(f"count = {made['count']}")
    if "evidence" in made:
        data = workspace.FILES[f"{workspace.TOWN}/{EVIDENCE}"].encode()
        lines.append(f'evidence = [{{ file = "{EVIDENCE}", sha256 = "{hashlib.sha256(data).hexdigest()}" }}]')
    if made.get("definition"):
        lines.append(f'definition = "{definition}"')
    return "\n".join(lines) + "\n"


def by_hand(number, folder):
    """A history that nobody kept from being written; gives what is wrong, and how many were illegal."""
    chance = random.Random(-number)
    workspace.make(folder)
    name = chance.choice(list(TASKS))
    definition = workspace.task(folder, "甲村", name)["definition"]
    task, entries = TASKS[name], []
    day = datetime.date(2023, 4, 12)
    legal_only = number % 2 == 0
    for turn in range(LENGTH):
        day = next_day(chance, day)
        made = entry(chance, task, entries, day, turn)
        if made["action"] == "更正":
            continue  # its hash is not for a hand to find
        if made["action"] == "初核" and (legal_only or chance.random() < 0.9):
            made["definition"] = "是"
        if legal_only and replay(task, entries + [made])[1]:
            continue
        entries.append(made)
    _, bad, _ = replay(task, entries)
    ledger = folder / workspace.VILLAGE
    text = ledger.read_text("utf-8")
    spans = []
    for each in entries:
        first = text.count("\n") + 2
        text += record(each, name, definition)
        spans.append((first, text.count("\n"), each))
    ledger.write_text(text, "utf-8")
    done = workspace.run(folder, "check", "--format", "json")
    lines = [each["line"] for each in json.loads(done.out) if each["severity"] == "error"]
    hit = [each for first, last, each in spans if any(first <= line <= last for line in lines)]
    wrong = []
    if any(not any(first <= line <= last for first, last, _ in spans) for line in lines):
        wrong.append(f"history {number}: an error elsewhere: {done}")
    if [id(each) for each in hit] != [id(each) for each in entries if any(each is one for one in bad)]:
        both = [(each["text"], any(each is one for one in bad), any(each is one for one in hit), each)
                for each in entries]
        wrong.append(f"history {number} on {name}: refused by (model, check): "
                     + "; ".join(str(each) for each in both if each[1] != each[2]))
    if (done.code == 0) == bool(bad):
        wrong.append(f"history {number}: exit {done.code} with {len(bad)} illegal entries")
    return wrong, len(bad)


def main():
    wrong, totals, illegal, legal_histories = [], {}, 0, 0
    numbers = [int(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as scratch, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        def start(part, number):
            folder = pathlib.Path(scratch) / f"{part.__name__}-{number}"
            folder.mkdir()
            return part(number, folder)
        for found, counts in pool.map(lambda n: start(by_command, n), numbers or range(SEQUENCES)):
            wrong += found
            totals = {key: totals.get(key, 0) + value for key, value in counts.items()}
        for found, count in pool.map(lambda n: start(by_hand, n), numbers or range(1, BY_HAND + 1)):
            wrong += found
            illegal += count
            legal_histories += count == 0
    for line in wrong:
        print(line)
    print(f"{SEQUENCES} sequences: {totals}; {BY_HAND} histories by hand, {legal_histories} of them legal, "
          f"{illegal} illegal entries; {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
