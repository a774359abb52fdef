#!/usr/bin/env python3
"""A long run tells on a terminal how far it has come: from the second on, on one line that goes again
before anything else is said. Into a file or a pipe it tells nothing, and a short run never does."""

import os
import pathlib
import pty
import shutil
import subprocess
import sys
import tempfile
import time

REPO = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["TAIZHANG"]
ENV = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
GONE = b"\r\x1b[K"
SHEET = "code,township,name,households\n" + "".join(
    f"610326103{number:03},汤峪镇,进度{number}村,{number}\n" for number in range(100, 300))
CLOSE = ("close", "眉县", "--all", "--by", "县委组织部部长", "--unit", "县委组织部")
IMPORT = ("import", "villages", "-", "眉县")


def run(folder, words, text, terminal):
    """What it writes to standard error; its input comes only after more than a second. On a terminal a
    short input is typed."""
    reading, writing = pty.openpty() if terminal else os.pipe()
    keys, keyboard = pty.openpty()
    typed = terminal and len(text) < 100
    with subprocess.Popen([PROGRAM, "--today", "2023-06-15", "-C", folder, *words], env=ENV, stderr=writing,
                          stdin=keyboard if typed else subprocess.PIPE, stdout=subprocess.PIPE) as running:
        os.close(writing)
        os.close(keyboard)
        time.sleep(1.3)
        if typed:
            os.write(keys, text.encode())
        output, _ = running.communicate(None if typed else text.encode())
    os.close(keys)
    told = b""
    while True:
        try:
            part = os.read(reading, 65536)
        except OSError:  # the other end of a terminal is closed
            break
        if not part:
            break
        told += part
    os.close(reading)
    return running.returncode, output, told


def main():
    faults = []
    with tempfile.TemporaryDirectory(prefix="taizhang-progress.") as place:
        for name, words, text, terminal, line in (
                ("import on a terminal", IMPORT, SHEET, True, "正在核对 200 行"),
                ("import into a pipe", IMPORT, SHEET, False, None),
                ("a dry run on a terminal", (*IMPORT, "-n"), SHEET, True, "正在核对 200 行"),
                ("English on a terminal", ("--lang", "en", *IMPORT), SHEET, True, "checking 200 rows"),
                ("one entry for many tasks", CLOSE, "是\n", True, "正在写入 "),
                ("the same into a pipe", (*CLOSE, "--yes"), "", False, None)):
            folder = pathlib.Path(place) / name
            shutil.copytree(REPO / "examples" / "baoji", folder)
            status, output, told = run(folder, words, text, terminal)
            if status != 0 or not output:
                faults.append(f"{name}: exit {status}\n{output.decode()}{told.decode()}")
            if line and line.encode() not in told:
                faults.append(f"{name}: no progress in {told!r}")
            if line and (told.count(GONE) < 1 or not told.endswith(GONE)):
                faults.append(f"{name}: the line stays: {told!r}")
            if not line and (GONE in told or "正在".encode() in told):
                faults.append(f"{name}: progress in {told!r}")
    for fault in faults:
        print(fault)
    print(f"6 runs, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
