#!/usr/bin/env python3
"""Many at once: no entry of a command that said it was done is lost, none of one that said otherwise is
there, readers see whole files only, and what a hand saves while a command writes is never overwritten.

These codes are seen on the way: [locked] [file-changed-meanwhile]."""

import collections
import json
import pathlib
import re
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import tracing  # noqa: E402
import workspace  # noqa: E402

CLERKS, TIMES = 4, 50


def entries(folder):
    return re.findall(r'^text   = "(第.*)"$', (folder / workspace.VILLAGE).read_text("utf-8"), re.M)


def clerk(folder, number, more, outcomes):
    for turn in range(TIMES):
        text = f"第{number}人第{turn}次"
        done = workspace.run(folder, *workspace.doer("log", "甲村", "T1", "--text", text), *more)
        outcomes[text] = done


def reader(folder, words, stop, wrong, counts):
    while not stop.is_set():
        done = workspace.run(folder, *words)
        counts[words[0]] += 1
        if done.code != 0:
            wrong.append(f"a reader while others write: {words}: {done}")
            return


def all_at_once(folder, more):
    """What became of each text, and what is wrong with what readers saw."""
    workspace.make(folder)
    wrong, outcomes, stop, counts = [], {}, threading.Event(), collections.Counter()
    clerks = [threading.Thread(target=clerk, args=(folder, number, more, outcomes))
              for number in range(CLERKS)]
    readers = [threading.Thread(target=reader, args=(folder, words, stop, wrong, counts))
               for words in (("list",), ("check",))]
    for each in clerks + readers:
        each.start()
    for each in clerks:
        each.join()
    stop.set()
    for each in readers:
        each.join()
    checked = workspace.run(folder, "check", "--format", "json")
    if checked.code or any(each["severity"] == "error" for each in json.loads(checked.out)):
        wrong.append(f"afterwards: {checked}")
    wrong += [f"afterwards {each} is left" for each in workspace.leftovers(folder)]
    if any(counts[words] == 0 for words in ("list", "check")):
        wrong.append("no reader ran")
    return outcomes, counts, wrong


def waiting(folder):
    outcomes, counts, wrong = all_at_once(folder, ("--wait", "60"))
    wrong += [f"{text}: {done}" for text, done in outcomes.items() if done.code]
    found = entries(folder)
    if len(found) != CLERKS * TIMES or set(found) != set(outcomes):
        wrong.append(f"{len(found)} entries, not {CLERKS * TIMES}")
    # Each clerk's own are in the order in which they were typed.
    for number in range(CLERKS):
        own = [each for each in found if each.startswith(f"第{number}人")]
        if own != sorted(own, key=lambda text: int(re.search(r"第(\d+)次", text)[1])):
            wrong.append(f"the entries of clerk {number} are in disorder")
    print(f"waiting: {len(found)} entries beside {counts['list']} list, {counts['check']} check")
    return wrong


def not_waiting(folder):
    outcomes, counts, wrong = all_at_once(folder, ())
    found = entries(folder)
    done = [text for text, each in outcomes.items() if each.code == 0]
    locked = [each for each in outcomes.values() if each.code == 75]
    if sorted(found) != sorted(done):
        wrong.append(f"{len(found)} entries, {len(done)} commands succeeded")
    if len(done) + len(locked) != len(outcomes):
        wrong += [f"{each}" for each in outcomes.values() if each.code not in (0, 75)]
    wrong += [f"{each}" for each in locked if "[locked]" not in each.err]
    if not done or not locked:
        wrong.append(f"{len(done)} done, {len(locked)} locked: nothing was tried")
    print(f"not waiting: {len(done)} done, {len(locked)} locked beside {counts['list']} list, "
          f"{counts['check']} check")
    return wrong


def in_place(file):
    """Not a byte longer, so that only a comparison finds it."""
    at = file.read_bytes().index("制度不落实".encode())
    with open(file, "r+b") as ledger:
        ledger.seek(at)
        ledger.write("制度手工改".encode())


def as_editors_do(file):
    beside = file.with_name("新.bak")
    beside.write_bytes(file.read_bytes() + "# 手工加的一行\n".encode())
    beside.rename(file)


def by_hand(scratch):
    """The command is held up at each of its calls, from where it has read the ledger up to its last look
    before the rename; meanwhile a hand saves the ledger. (Between that look and the rename is but a
    moment, and nothing that a test could promise.)"""
    start = scratch / "start"
    start.mkdir()
    workspace.make(start)
    trial = scratch / "trial"
    workspace.copy(start, trial)
    points, done = tracing.points_of(trial, workspace.LOG, str(scratch / "log"))
    assert done.code == 0, str(done)
    # The first temporary is that of the change, the first plain rename puts the ledger in its place.
    read = next(index for index, point in enumerate(points)
                if point.call == "openat" and "O_CREAT" in point.line and '".taizhang.' in point.line)
    last = next(index for index, point in enumerate(points) if point.call == "renameat")
    wrong, tried = [], 0
    for save in (in_place, as_editors_do):
        for index in range(read + 1, last):
            point = points[index]
            folder = scratch / f"{save.__name__}-{index}"
            workspace.copy(start, folder)
            ledger = folder / workspace.VILLAGE
            outcome = []
            delay = f"delay_enter=250000:when={point.ordinal}"
            held = threading.Thread(target=lambda: outcome.append(
                tracing.injected(folder, workspace.LOG, point.call, delay)))
            held.start()
            wait_until_read(folder)
            time.sleep(0.1)
            save(ledger)
            held.join()
            tried += 1
            text = ledger.read_text("utf-8")
            where = f"{save.__name__} while held at {point.line}"
            if "手工" not in text:
                wrong.append(f"{where}: what the hand saved is LOST; {outcome[0]}")
            elif outcome[0].code == 0 and "第一次会" not in text:
                wrong.append(f"{where}: the command lied; {outcome[0]}")
            elif outcome[0].code not in (0, 75) or outcome[0].code == 75 and \
                    "[file-changed-meanwhile]" not in outcome[0].err:
                wrong.append(f"{where}: {outcome[0]}")
            wrong += [f"{where}: {each} is left" for each in workspace.leftovers(folder)]
    print(f"by hand: {tried} times")
    return wrong


def wait_until_read(folder):
    """By the time a run writes down its change it has read the ledgers."""
    undo = folder / ".taizhang/undo"
    for _ in range(5000):
        if undo.exists() and any(undo.iterdir()):
            return
        time.sleep(0.001)


def main():
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        for part in (waiting, not_waiting, by_hand):
            folder = pathlib.Path(scratch) / part.__name__
            folder.mkdir()
            wrong += part(folder)
    for line in wrong:
        print(line)
    print(f"{len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
