#!/usr/bin/env python3
"""The number of workers changes nothing: every reading command prints the same bytes, says the same and ends
the same with --jobs 1, 2 and 8, also when some ledgers cannot be read.

The program under test is $TAIZHANG; made with ThreadSanitizer it also shows that no two workers touch the
same thing."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TAIZHANG", str(ROOT / "build/taizhang"))
COMMANDS = ["check", "check --strict --format json", "list", "list --grid", "list --history", "status",
            "screen", "screen --coverage", "screen --chain", "rank", "audit",
            "delta 2023-05-31 2023-06-15", "report halfmonth", "report month", "report brief",
            "report ledger --level 村", "export tasks", "report halfmonth --format json", "show 600002101901",
            "report halfmonth 示例0001县"]


def run(tree, jobs, command):
    done = subprocess.run([PROGRAM, "--today", "2023-06-15", "-C", tree, "--jobs", str(jobs),
                           *command.split()], capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def spoil(tree):
    """Some of what can be wrong with ledgers, in two counties."""
    ledgers = sorted(tree.glob("示例000[24]县/*/示例*村.toml"))
    for number, ledger in enumerate(ledgers[::7]):
        text = ledger.read_bytes()
        ledger.write_bytes([text + "村 = 1\n".encode(), text.replace(b"2023-03-14", b"2023-3-14"),
                            b"\xff" + text, text.replace(b"schema", b"shema"),
                            text.replace(b"code ", b"kode ")][number % 5])


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder) / "tree"
        subprocess.run([sys.executable, ROOT / "tests/bench/generate.py", "700", tree], check=True)
        for state in ("sound", "spoilt"):
            for command in COMMANDS:
                alone = run(tree, 1, command)
                for jobs in (2, 8):
                    if run(tree, jobs, command) != alone:
                        print(f"{state}: {command} differs with --jobs {jobs}")
                        failed += 1
                # 1 is for findings, 3 for ledgers that cannot be read.
                if alone[0] not in (0, 1, 3) or b"ThreadSanitizer" in alone[2]:
                    print(f"{state}: {command} ends with {alone[0]}: {alone[2].decode()[-500:]}")
                    failed += 1
            spoil(tree)
        shutil.rmtree(tree)
    print(f"{failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
