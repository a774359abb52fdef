#!/usr/bin/env python3
"""Sheets as offices have them, through the built program: one roster of 116 villages in every form gives
the same ledgers and a second time nothing; twenty planted faults are listed with row and column and keep
no good row out; export goes back in without a change; files made to harm end with a message; many
ledgers cost no more syncs than files and folders."""

import contextlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

PROGRAM = os.environ["TAIZHANG"]
EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "baoji"
TOWNSHIPS = {"首善街道": "610326001", "横渠镇": "610326101", "槐芽镇": "610326102", "汤峪镇": "610326103",
             "常兴镇": "610326104", "金渠镇": "610326105", "营头镇": "610326106", "齐镇": "610326107"}
HEADINGS = ["序号", "所属镇街", "村(社区)名称", "行政区划代码", "户数", "人口", "党员总数"]
faults = []


def expect(good, what):
    if not good:
        faults.append(what)
        print(f"FAILED: {what}", file=sys.stderr)


def run(folder, *words, stdin=None, limit=None):
    """(exit code, stdout, stderr)."""
    command = [PROGRAM, "-C", str(folder), "--today", "2023-06-30", *map(str, words)]
    if limit:
        command = ["prlimit", f"--as={limit}", *command]
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def workspace(place):
    run(place, "init", "workspace", "眉县")
    run(place / "眉县", "init", "county", "眉县", "--code", "610326", "--rules", "meixian-2023")
    return place / "眉县"


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.toml"))}


def roster(count=116):
    rows = []
    for number in range(count):
        township = list(TOWNSHIPS)[number % len(TOWNSHIPS)]
        code = f"{TOWNSHIPS[township]}{901 + number // len(TOWNSHIPS)}"
        rows.append([str(number + 1), township, f"示例{number + 1}村", code, str(200 + number),
                     str(700 + 3 * number), str(20 + number % 40)])
    return rows


def csv_text(rows):
    return "".join(",".join(row) + "\r\n" for row in [HEADINGS, *rows])


def column(number):
    return chr(ord("A") + number)


def xlsx(rows, shared=True, merged=(), extra=()):
    """A workbook as Excel writes it; numbers where a text has only digits and is short."""
    texts, lines = {}, []
    for r, row in enumerate(rows, 1):
        cells = []
        for c, text in enumerate(row):
            at = f"{column(c)}{r}"
            if text == "":
                continue
            if text.isdigit() and len(text) < 10:
                cells.append(f'<c r="{at}"><v>{text}</v></c>')
            elif shared:
                cells.append(f'<c r="{at}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>')
            else:
                cells.append(f'<c r="{at}" t="inlineStr"><is><t>{escape(text)}</t></is></c>')
        lines.append(f'<row r="{r}">{"".join(cells)}</row>')
    merges = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="rId1" Type="{kind}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>'
                           '<sheet name="说明" sheetId="1" r:id="rId1"/>'
                           '<sheet name="名册" sheetId="2" r:id="rId2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{rels}">'
            f'<Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{kind}/worksheet" Target="worksheets/sheet2.xml"/>'
            f'<Relationship Id="rId3" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">' +
                                "".join(f"<si><t>{escape(text)}</t></si>" for text in texts) + "</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData/></worksheet>',
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData>'
                                    f"<mergeCells>{merges}</mergeCells></worksheet>",
    }
    parts.update(extra)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def office_sheet(rows):
    """Title, a line for the date, a header over two rows with merged cells, a sum and a remark."""
    top = [["眉县村(社区)基本情况统计表"], ["填报单位：县委组织部", "", "", "", "", "2023年5月"],
           ["序号", "所属镇街", "村(社区)名称", "行政区划代码", "基本情况", "", "党员"],
           ["", "", "", "", "户数", "人口", "总数"]]
    bottom = [["合计", "", "", "", "28000", "81000", "4300"], ["注：数据截至2023年4月底。"]]
    return top + rows + bottom


def forms(folder):
    rows = roster()
    text = csv_text(rows)
    made = {"utf8.csv": text.encode(), "bom.csv": b"\xef\xbb\xbf" + text.encode(),
            "gb18030.csv": text.encode("gb18030"), "unicode.txt": text.replace(",", "\t").encode("utf-16"),
            "plain.xlsx": xlsx([HEADINGS, *rows]), "inline.xlsx": xlsx([HEADINGS, *rows], shared=False),
            "office.xlsx": xlsx(office_sheet(rows), merged=["A1:G1", "E3:F3", "A3:A4", "B3:B4", "A122:G122"])}
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return list(made)


def same_tree(place):
    trees = {}
    for name in forms(place):
        (place / "w").mkdir()
        work = workspace(place / "w")
        code, out, err = run(work, "import", "villages", place / name, "-n")
        expect(code == 0 and "新建 124 份文件：" in out, f"{name}: the dry run names the new files ({code} {err})")
        expect(len(tree(work)) == 2, f"{name}: the dry run writes nothing")
        code, out, err = run(work, "import", "villages", place / name)
        expect(code == 0, f"{name}: import ends with {code}: {err}")
        expect("新 116，改 0，同 0，拒 0" in out, f"{name}: 116 new ones: {out[-300:]}")
        trees[name] = tree(work)
        code, out, err = run(work, "import", "villages", place / name)
        expect(code == 0 and "新 0，改 0，同 116，拒 0" in out and out.endswith("无变化\n"),
               f"{name}: the second time changes nothing: {out[-200:]}")
        expect(tree(work) == trees[name], f"{name}: the second time leaves every byte")
        code, out, err = run(work, "check")
        expect(code == 0, f"{name}: check: {out}{err}")
        shutil.rmtree(place / "w")
    for name, made in trees.items():
        expect(made == trees["utf8.csv"], f"{name}: the same tree as utf8.csv")
    expect(len(trees["utf8.csv"]) == 2 + 8 + 116, "a ledger for each village and township")


# (row of the roster, column, what is written there)
PLANTED = [
    (0, 3, "6.10326E+11"), (1, 3, "610326000000"), (2, 3, "10326102901"), (3, 3, "六一〇三二六"),
    (4, 3, "610326104901000000"), (5, 3, "610324100901"), (6, 3, ""), (7, 3, "610326103000"), (8, 1, "横渠镇"),
    (9, 1, "汤峪镇"), (10, 2, ""), (11, 2, "甲/乙"), (12, 4, "约412户"), (13, 4, "1,234"), (14, 5, "-5"),
    (15, 5, "3.5"), (16, 6, "二十"), (17, 2, "电话13912345678"), (18, 2, "甲\u200b村"), (19, 3, None),
]


def planted(place):
    rows = roster()
    for row, cell, content in PLANTED:
        rows[row][cell] = rows[43][3] if content is None else content
    # A code of the roster is given twice: the later row is at fault.
    where = {(row + 2 if content is not None else 45, column(cell)) for row, cell, content in PLANTED}
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in rows]
    (place / "faults.csv").write_bytes(csv_text(quoted).encode())
    (place / "faults.xlsx").write_bytes(xlsx([HEADINGS, *rows]))
    for name in ("faults.csv", "faults.xlsx"):
        (place / "w").mkdir()
        work = workspace(place / "w")
        code, out, err = run(work, "import", "villages", place / name)
        listed = {(int(row), cell) for row, cell in re.findall(r"^ *(\d+)  ([A-Z]) +拒", out, re.M)}
        found = {(int(row), column(int(cell) - 1)) for row, cell in
                 re.findall(rf"{re.escape(name)}:(\d+):(\d+): 错误", err)}
        expect(code == 3, f"{name}: ends with {code}")
        expect("新 96，改 0，同 0，拒 20" in out, f"{name}: {out[-200:]}")
        expect(listed == where, f"{name}: listed {sorted(listed ^ where)} differ")
        expect(found == where, f"{name}: told {sorted(found ^ where)} differ")
        expect(len(tree(work)) == 2 + 8 + 96, f"{name}: the good rows are in")
        shutil.rmtree(place / "w")


def late_rows(place):
    rows = roster()
    (place / "w").mkdir()
    work = workspace(place / "w")
    (place / "a.csv").write_bytes(csv_text(rows[:100]).encode())
    run(work, "import", "villages", place / "a.csv")
    before = tree(work)
    rows[3][4] = "999"
    (place / "a.csv").write_bytes(csv_text(rows).encode())
    code, out, _ = run(work, "import", "villages", place / "a.csv")
    expect(code == 0 and "新 16，改 1，同 99，拒 0" in out, f"late rows are found: {out[-200:]}")
    after = tree(work)
    changed = [path for path in before if before[path] != after[path]]
    expect(len(changed) == 1, f"one ledger changed: {changed}")
    lines = list(zip(before[changed[0]].split(b"\n"), after[changed[0]].split(b"\n")))
    expect(sum(a != b for a, b in lines) == 1, "one fact is one line")
    code, _, _ = run(work, "undo")
    expect(code == 0 and tree(work) == before, "undo takes the whole import back")
    shutil.rmtree(place / "w")


def round_trip(place):
    for kind in ("villages", "answers", "problems", "tasks", "submissions"):
        for county, form in [("扶风县", "csv"), ("眉县", "csv"), ("陇县", "csv"), ("金台区", "csv"),
                             ("眉县", "xlsx")]:
            shutil.copytree(EXAMPLE, place / "w")
            before = tree(place / "w")
            sheet = place / f"{kind}.{form}"
            code, _, err = run(place / "w", "export", kind, county, "-o", sheet)
            expect(code == 0, f"export {kind} {county}: {err}")
            lines = sheet.read_bytes().count(b"\n") if form == "csv" else 2
            code, out, err = run(place / "w", "import", kind, sheet, county)
            if lines > 1:
                expect(code == 0 and out.endswith("无变化\n"),
                       f"{kind} of {county} as {form} go back unchanged: {code} {out[-400:]} {err[:400]}")
            expect(tree(place / "w") == before, f"{kind} of {county}: every byte as it was")
            shutil.rmtree(place / "w")


def hostile(place):
    work = workspace(place)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    bomb = f'<worksheet xmlns="{main}"><sheetData>' + " " * (300 << 20)
    laughs = ('<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
              f'<worksheet xmlns="{main}"><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>')
    deep = f'<worksheet xmlns="{main}">' + "<a>" * 200_000
    good = xlsx([HEADINGS, *roster()])
    cases = {
        "bomb": (xlsx([HEADINGS], extra={"xl/worksheets/sheet2.xml": bomb}), "sheet-too-large"),
        "laughs": (xlsx([HEADINGS], extra={"xl/worksheets/sheet2.xml": laughs}), "xlsx-doctype"),
        "deep": (xlsx([HEADINGS], extra={"xl/worksheets/sheet2.xml": deep}), "xlsx-broken"),
        "rows": (xlsx([HEADINGS], extra={
            "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{main}"><sheetData><row r="99999999999">'
                                        '<c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'}),
                 "xlsx-broken"),
        "cut": (good[: len(good) // 2], "xlsx-broken"),
        "head": (good[:10], "xlsx-broken"),
        "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "sheet-old-format"),
        "bytes": ("村名,编码\n".encode() + b"\xff\xff\n", "sheet-not-text"),
        "quotes": ('村名,编码\n"甲村,610326103901\n'.encode(), "csv-quotes"),
        "empty": (b"", "import-no-header"),
        "html": (b"<html><table><tr><td>1</td></tr></table></html>", "import-no-header"),
    }
    for name, (content, wanted) in cases.items():
        (place / name).write_bytes(content)
        code, out, err = run(work, "import", "villages", place / name, limit=512 << 20)
        expect(code == 3 and f"[{wanted}]" in err, f"{name}: ends with {code}: {err[:300]}")
    for cut in range(0, len(good), 701):
        broken = bytearray(good)
        broken[cut] ^= 0x55
        (place / "bent").write_bytes(broken)
        code, _, err = run(work, "import", "villages", place / "bent", "-n", limit=512 << 20)
        expect(code in (0, 1, 3), f"byte {cut} bent: ends with {code}: {err[:300]}")


def syncs(place):
    """So many files are synced all at once, and a handful for the folders and the undo patch."""
    if not shutil.which("strace"):
        return
    work = workspace(place)
    rows = roster(320)
    (place / "big.csv").write_bytes(csv_text(rows).encode())
    log = place / "trace"
    subprocess.run(["strace", "-f", "-o", log, "-e", "trace=fsync,fdatasync,syncfs", PROGRAM, "-C", work,
                    "--today", "2023-06-30", "import", "villages", place / "big.csv"], check=True, capture_output=True)
    calls = log.read_text()
    made = calls.count("fsync(") + calls.count("syncfs(")
    least, most = (1, 20) if "syncfs(" in calls else (320 + 8 + 8, 320 + 3 * 8 + 20)
    expect(least <= made <= most, f"{made} syncs for 320 ledgers in 8 townships")
    print(f"{made} syncs for 320 ledgers in 8 folders")


for part in (same_tree, planted, late_rows, round_trip, hostile, syncs):
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.chdir(folder) if hasattr(contextlib, "chdir") else contextlib.nullcontext():
            part(pathlib.Path(folder))
print(f"{len(faults)} failed")
sys.exit(1 if faults else 0)
