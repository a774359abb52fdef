#!/usr/bin/env python3
"""usage: man.py SOURCE VERSION OUT – writes a page in scdoc for every command and for the file format,
OUT/en/NAME.scd and OUT/zh_CN/NAME.scd, from the pages of the commands (cmd/*.md, cmd/topics/*.md) and
the tables of README.md. Nothing is told here that is not told there."""

import pathlib
import re
import sys
import unicodedata

NAMES = {"en": {"name": "NAME", "more": "SEE ALSO", "commands": "COMMANDS", "records": "RECORDS"},
         "zh_CN": {"name": "名称", "more": "参见", "commands": "命令", "records": "记录"}}


def escaped(text):
    """A text that scdoc takes as it is."""
    return re.sub(r"([\\_*|\[\]#~+`<>])", r"\\\1", text)


def inline(text):
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    parts = re.split(r"`([^`]*)`|\*\*([^*]+)\*\*", text)
    out = ""
    for i, part in enumerate(parts):
        if part:
            out += escaped(part) if i % 3 == 0 else f"*{escaped(part)}*"
    return out


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def folded(text):
    """man breaks lines at spaces only, so Chinese gets a line break where a clause ends."""
    lines, line = [], ""
    for clause in re.split(r"(?<=[，。；：、？！）])", text):
        if line and width(line + clause) > 66:
            lines.append(line)
            line = ""
        line += clause
    return [each.strip() for each in lines + [line] if each.strip()]


def paragraph(text, indent=""):
    lines = folded(inline(text))
    # What begins a list, a comment or a literal elsewhere is a text here.
    lines = [re.sub(r"^\.(\S+)", r"*.\1*", re.sub(r"^([-;'])", r"\\\1", line)) for line in lines]
    return "\n".join(indent + line for line in lines)


def body(lines):
    """Markdown after its first heading → scdoc."""
    out, text, table, item, literal = [], [], [], False, False

    def flush():
        nonlocal item
        # The first column says what the others tell of.
        for cells in table[1:]:
            told = "; ".join(filter(None, cells[1:]))
            term = inline(cells[0])
            out.append((term if "*" in term else f"*{term}*") + "\n" + paragraph(told, "\t"))
        table.clear()
        joined = ""
        for line in text:
            wide = joined and ord(joined[-1]) > 0x2E80 and ord(line[0]) > 0x2E80
            joined += ("" if wide or not joined else " ") + line
        if item and joined:
            term = re.match(r"((?:`[^`]+`(?:, |、)?)+)(?:: |：)(.*)", joined)
            if term:
                out.append(paragraph(term[1]) + "\n" + paragraph(term[2], "\t"))
            else:
                first, *rest = paragraph(joined).split("\n")
                out.append("\n".join(["- " + first] + ["  " + line for line in rest]))
        elif joined:
            out.append(paragraph(joined))
        text.clear()
        item = False

    for line in lines:
        if line.startswith("```"):
            flush()
            if not literal:
                out.append("```")
            else:
                out[-1] += "\n```"
            literal = not literal
        elif literal:
            out[-1] += "\n" + line
        elif line.startswith("#"):
            flush()
            out.append("# " + escaped(line.lstrip("#").strip()))
        elif line.startswith("|"):
            if not table:
                flush()
            if set(line) - set("|-: "):
                table.append([c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1]])
        elif line.startswith("- "):
            flush()
            item = True
            text.append(line[2:].strip())
        elif not line.strip() or line.startswith("<!--"):
            flush()
        else:
            if table or line.startswith("`taizhang "):
                flush()  # each usage has its own line
            text.append(line.strip())
    flush()
    return "\n\n".join(out)


def halves(path):
    zh, _, en = path.read_text("utf-8").partition("<!-- en -->\n")
    return {"zh_CN": zh.strip().splitlines(), "en": en.strip().splitlines()}


def summary(lines):
    return re.split(r"[:：]", lines[0], maxsplit=1)[1].strip()


def page(name, section, version, lang, line, rest):
    words = NAMES[lang]
    head = f'{name}({section}) "" "taizhang {version}"'
    return f"{head}\n\n# {words['name']}\n\n{name} - {inline(line)}\n\n{rest}\n"


def field_tables(readme):
    """The tables between the marks in README.md, row by row."""
    part = readme.split("<!-- fields: begin -->")[1].split("<!-- fields: end -->")[0]
    out = []
    for line in part.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if cells[0] == "key" or set(cells[0]) <= set("- :"):
                continue
            key, kind, need, values, meaning = [cell.replace("\\|", "|") for cell in cells]
            facts = ", ".join(filter(None, [kind, "required" if need else "", values]))
            out.append(f"{inline(key)} ({inline(facts)})\n" + paragraph(meaning or "-", "\t"))
        elif line.startswith("#"):
            out.append("## " + inline(line.lstrip("#").strip().replace("`", "")))
        elif line.strip():
            out.append(paragraph(line))
    return "\n\n".join(out)


def main(source, version, out):
    source, out = pathlib.Path(source), pathlib.Path(out)
    table = (source / "cmd/commands.cpp").read_text("utf-8")
    commands = re.findall(r'Command\{\s*"([^"]+)",\s*\{[^}]*\},\s*"[^"]', table)
    ledger = halves(source / "cmd/topics/ledger.md")
    rules = halves(source / "cmd/topics/rules.md")
    readme = (source / "README.md").read_text("utf-8")
    for lang, words in NAMES.items():
        folder = out / lang
        folder.mkdir(parents=True, exist_ok=True)
        listed = []
        for command in commands:
            lines = halves(source / f"cmd/{command}.md")[lang]
            more = f"# {words['more']}\n\n*taizhang*(1), *taizhang-format*(5)"
            text = page(f"taizhang-{command}", 1, version, lang, summary(lines),
                        body(lines[1:]) + "\n\n" + more)
            (folder / f"taizhang-{command}.1.scd").write_text(text, "utf-8")
            listed.append(f"*taizhang-{command}*(1)\n" + paragraph(summary(lines), "\t"))
        title = re.search(r"\[help\.title\]\nzh: taizhang：(.*)\nen: taizhang: (.*)",
                          (source / "data/messages/cmd.txt").read_text("utf-8"))
        help_lines = halves(source / "cmd/help.md")[lang]
        text = page("taizhang", 1, version, lang, title[1 if lang == "zh_CN" else 2],
                    f"# {words['commands']}\n\n" + "\n\n".join(listed) + "\n\n" +
                    body(help_lines[1:]) + f"\n\n# {words['more']}\n\n*taizhang-format*(5)")
        (folder / "taizhang.1.scd").write_text(text, "utf-8")
        parts = [body(ledger[lang][1:]), body(rules[lang][1:])]
        if lang == "en":
            parts.append(f"# {words['records']}\n\n" + field_tables(readme))
        text = page("taizhang-format", 5, version, lang, summary(ledger[lang]),
                    "\n\n".join(parts) + f"\n\n# {words['more']}\n\n*taizhang*(1)")
        (folder / "taizhang-format.5.scd").write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
