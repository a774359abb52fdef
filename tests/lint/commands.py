#!/usr/bin/env python3
"""Every command of the table has its .cpp, its page and its transcript, and its page tells of exactly
the options that it takes. An option is told of in a list item that begins with it: - `-n, --dry-run`.
No example is wider than 80 columns. Options are asked from the built program (`taizhang __options COMMAND`)."""

import re
import subprocess
import unicodedata

import common


def program_of(root):
    return next((p for p in (root / "build-test/taizhang", root / "build/taizhang") if p.is_file()), None)


def options_of(program, command):
    done = subprocess.run([program, "__options", command], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def told_options(half):
    """{option: line} of the list items of one half of a page."""
    told = {}
    for number, line in half:
        if item := re.match(r"\s*[-*] ((`[^`]+`(, |、|,|/| )?)+)", line):
            for option in re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", item[1]):
                told.setdefault(option, number)
    return told


def width(text):
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def example_findings(name, page):
    """Help prints examples as they are, and a terminal has 80 columns."""
    fenced = False
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        if line.startswith("```"):
            fenced = not fenced
        elif fenced and width(line) > 80:
            yield name, number, f"this example takes {width(line)} columns, and there are 80"


def page_findings(name, page, command, options, everywhere):
    lines = list(enumerate(page.read_text("utf-8").splitlines(), 1))
    border = next((i for i, (_, text) in enumerate(lines) if text.strip() == "<!-- en -->"), None)
    if border is None:
        yield name, 1, "the English half is missing (after a line `<!-- en -->`)"
        border = len(lines)
    for title, half in (("Chinese", lines[:border]), ("English", lines[border + 1 :])):
        text = [line for line in half if line[1].strip()]
        if not text:
            continue
        if not re.match(rf"# taizhang {re.escape(command)}[:：] ?\S", text[0][1]):
            yield name, text[0][0], f"the {title} half begins with `# taizhang {command}: …`"
        told = told_options(half)
        for option in sorted(options - set(told)):
            yield name, text[0][0], f"the {title} half does not tell of {option}"
        for option in sorted(set(told) - options - everywhere):
            yield name, told[option], f"{command} has no option {option}"


def findings(root):
    table = root / "cmd" / "commands.cpp"
    text = table.read_text("utf-8")
    rows = re.findall(r'Command\{\s*"([^"]+)",\s*\{[^}]*\},\s*"([^"]*)"', text)
    names = [name for name, group in rows if group]
    program = program_of(root)
    if not program:
        yield "build-test/taizhang", 1, "build the program first, so that its options can be compared"
    everywhere = options_of(program, "") if program else set()
    for command in names:
        line = common.line_of(text, text.index(f'"{command}"'))
        for path in (f"cmd/{command}.cpp", f"cmd/{command}.md", f"tests/cli/{command}.md"):
            if not (root / path).is_file():
                yield "cmd/commands.cpp", line, f"{command} has no {path}"
        page = root / "cmd" / f"{command}.md"
        if program and page.is_file():
            options = options_of(program, command)
            yield from page_findings(f"cmd/{command}.md", page, command, options, everywhere)
    for page in sorted((root / "cmd").rglob("*.md")):
        yield from example_findings(page.relative_to(root).as_posix(), page)
    for page in sorted((root / "cmd").glob("*.md")):
        if page.stem not in names:
            yield page.relative_to(root).as_posix(), 1, "the page of no command in cmd/commands.cpp"


if __name__ == "__main__":
    common.main(findings)
