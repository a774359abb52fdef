#!/usr/bin/env python3
"""Runs the transcripts: what a user types and sees, kept as Markdown.

    ```console
    $ taizhang -C baoji list 眉县
    …what it prints…
    ! what it prints to stderr
    [exit 1]
    ```

Everything outside a ```console fence is prose. A command goes on in lines that begin with "> ".
Expected is stdout, then stderr with "! " before each line, then the exit code unless it is 0.
The files tests/cli/*.md, cmd/*.md, README.md and examples/README.zh.md are run, each in a folder of
its own with a copy of the examples (examples/, and baoji/ once more) and an empty environment; files
and the current folder live on from one command to the next. No printed line may be wider than 80
columns, unless the command says "# wide".

usage: run.py [--program PATH] [--accept] [FILE…]
--accept writes what was printed into the files; read the difference before you commit it.
"""

import argparse
import concurrent.futures
import difflib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIDEST = 80
SECONDS = 120


@dataclass
class Step:
    """One command of a transcript and the lines of the file that hold what it should print."""

    command: str
    begin: int  # index of the first expected line
    end: int  # one past the last
    line: int  # of the command, from 1


def parse(lines):
    """The steps of a transcript. A fence that never ends or text before the first command is a fault."""
    steps, fence = [], None
    for number, text in enumerate(lines):
        opening = re.fullmatch(r"(`{3,})console\s*", text)
        if fence is None:
            if opening:
                fence, open_step, in_command = opening[1], None, False
            continue
        if text.rstrip() == fence:
            fence = None
        elif text.startswith("$ "):
            open_step = Step(text[2:], number + 1, number + 1, number + 1)
            steps.append(open_step)
            in_command = True
        elif open_step is None:
            raise ValueError(f"{number + 1}: a console block begins with a command (\"$ …\")")
        elif in_command and (text.startswith("> ") or text == ">"):
            open_step.command += "\n" + text[2:]
            open_step.begin = open_step.end = number + 1
        else:
            in_command = False
            open_step.end = number + 1
    if fence is not None:
        raise ValueError(f"{len(lines)}: the last console block has no end")
    return steps


def width(text):
    """Columns on a terminal."""
    columns = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
            continue
        columns += 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
    return columns


def shown(raw, prefix=""):
    """Bytes as the lines of a transcript."""
    text = raw.decode("utf-8", errors="backslashreplace")
    if not text:
        return []
    whole = text.endswith("\n")
    lines = [prefix + line for line in text[: -1 if whole else None].split("\n")]
    return lines if whole else lines + [prefix + "[no newline at the end]"]


class Shell:
    """A folder of its own with the examples, and nothing of this machine's environment."""

    def __init__(self, program, place):
        self.work, self.home = place / "desk", place / "home"
        self.work.mkdir()
        self.home.mkdir()
        (place / "bin").mkdir()
        (place / "bin" / "taizhang").symlink_to(program)
        examples = ROOT / "examples"
        if examples.is_dir():
            shutil.copytree(examples, self.work / "examples", symlinks=True)
        if (examples / "baoji").is_dir():
            shutil.copytree(examples / "baoji", self.work / "baoji", symlinks=True)
        (self.home / ".gitconfig").write_text(
            "[user]\n\tname = 示例\n\temail = example@example.invalid\n[init]\n\tdefaultBranch = main\n"
        )
        self.environment = {"PATH": f"{place / 'bin'}:/usr/bin:/bin", "HOME": str(self.home)}
        self.folder = self.work

    def run(self, command):
        """The lines a transcript shows for this command."""
        last = self.home / ".folder"
        try:
            done = subprocess.run(
                ["/bin/bash", "-c", f"trap 'pwd > \"$HOME/.folder\"' EXIT\n{command}"],
                cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return [f"[still running after {SECONDS} seconds]"]
        if last.exists():
            self.folder = pathlib.Path(last.read_text().rstrip("\n"))
        lines = shown(done.stdout) + shown(done.stderr, "! ")
        lines = [line.replace(str(self.work), "WORK") for line in lines]
        return lines + ([f"[exit {done.returncode}]"] if done.returncode else [])


def run_file(path, program, accept):
    """(number of commands, report) of one transcript; an empty report means that all is well."""
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    text = path.read_bytes().decode("utf-8")
    lines = text.split("\n")
    try:
        steps = parse(lines)
    except ValueError as fault:
        return 0, f"{name}:{fault}\n"
    report, made, copied = [], [], 0
    with tempfile.TemporaryDirectory(prefix="taizhang-cli.") as place:
        shell = Shell(program, pathlib.Path(place).resolve())
        for step in steps:
            expected, actual = lines[step.begin : step.end], shell.run(step.command)
            made += lines[copied : step.begin] + actual
            copied = step.end
            title = f"{name}:{step.line}: $ {step.command.splitlines()[0]}\n"
            if expected != actual and not accept:
                diff = difflib.unified_diff(expected, actual, "expected", "printed", lineterm="", n=2)
                report.append(title + "".join(f"    {line}\n" for line in diff))
            if "# wide" not in step.command:
                report += [f"{title}    {width(line)} columns: {line}\n" for line in actual
                           if width(line.removeprefix("! ")) > WIDEST]
    made += lines[copied:]
    if accept and made != lines:
        path.write_bytes("\n".join(made).encode("utf-8"))
    return len(steps), "".join(report)


def default_files():
    """Every file that may hold transcripts; those under tests/cli must."""
    files = sorted((ROOT / "tests" / "cli").glob("*.md")) + sorted((ROOT / "cmd").rglob("*.md"))
    files += [ROOT / "README.md", ROOT / "examples" / "README.zh.md"]
    return [file for file in files if file.is_file()]


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", type=pathlib.Path)
    options.add_argument("--accept", action="store_true")
    options.add_argument("files", nargs="*", type=pathlib.Path)
    given = options.parse_args()

    builds = [given.program] if given.program else [ROOT / b / "taizhang" for b in ("build-test", "build")]
    program = next((b.resolve() for b in builds if b.is_file()), None)
    if program is None:
        print("run.py: build the program first (tests/run does), or name it with --program",
              file=sys.stderr)
        return 2

    files = [file.resolve() for file in given.files] or default_files()
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for file, (steps, report) in zip(
                files, pool.map(lambda f: run_file(f, program, given.accept), files)):
            if not steps and not report:
                if file.parent != ROOT / "tests" / "cli" and not given.files:
                    continue
                report = f"{file.name}: there is no console block in it\n"
            passed, failed = (passed, failed + 1) if report else (passed + 1, failed)
            if report:
                print(report, end="", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
