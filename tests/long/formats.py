#!/usr/bin/env python3
"""Workbooks and pages as an office gets them. Texts that look like formulas, markup or commands stay
texts: no cell holds a formula, no tag comes from a ledger. The same bytes come twice. Where LibreOffice
is at hand, it shows every code whole and no ### on paper, and a page is landscape A4."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

PROGRAM = os.environ["TAIZHANG"]
REPO = pathlib.Path(__file__).resolve().parents[2]
HOSTILE = ["=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "{=1}", "<script>alert(1)</script>",
           "&amp;<b>", "\\u001b[31m", "\\u202e", "]]>", "_x0041_", "a\\tb\\nc", "“”''\\\"", "村" * 300]
REPORTS = [("halfmonth", "--period", "2023-06-H1"), ("year", "--period", "2023"), ("brief",), ("ledger",),
           ("ledger", "--level", "镇"), ("ledger", "--level", "村")]


def run(folder, *words):
    done = subprocess.run([PROGRAM, "--today", "2023-06-30", *words], cwd=folder, capture_output=True)
    assert done.returncode == 0, (words, done.stderr.decode())


def make_hostile(folder):
    """Every text a report can show, in one village, is one of the hostile ones."""
    file = folder / "眉县/汤峪镇/示例甲村.toml"
    texts = iter(HOSTILE * 40)
    text = re.sub(r'^(title|measure|text|owner|standard|post|cause|goal|reason|target_unit)( *= )".*?"( *#.*)?$',
                  lambda found: f'{found[1]}{found[2]}"{next(texts)}"', file.read_text("utf-8"), flags=re.M)
    file.write_text(text, "utf-8")


def check_workbook(file):
    with zipfile.ZipFile(file) as book:
        assert all(info.date_time == book.infolist()[0].date_time for info in book.infolist())
        for name in book.namelist():
            assert "vba" not in name.lower() and "externalLink" not in name, name
            if name.startswith("xl/worksheets/sheet"):
                cells = xml.fromstring(book.read(name))
                assert not list(cells.iter("{*}f")), f"{name} holds a formula"
                assert not list(cells.iter("{*}hyperlink")), f"{name} holds a link"


def check_page(file):
    text = file.read_text("utf-8")
    assert "default-src 'none'" in text and "<script" not in text.lower() and "<b>" not in text, file
    assert not re.search(r"(src|href|style)=|url\(|@import|javascript:", text), file
    tags = set(re.findall(r"<([a-z]+)", text))
    known = set("html head meta title style body header h p main div table thead tr th tbody td svg rect text circle "
                "line polygon polyline span br footer ul li".split()) | {"h"}
    assert tags <= known, tags - known


def check_print(folder, book):
    home = folder / "home"
    subprocess.run(["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "pdf", "--outdir",
                    str(folder), str(book)], check=True, capture_output=True, timeout=300)
    pdf = book.with_suffix(".pdf")
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    width, height = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+)", info).groups())
    assert abs(width - 842) < 2 and abs(height - 595) < 2, info
    with zipfile.ZipFile(book) as opened:
        sheets = [opened.read(name) for name in opened.namelist() if name.startswith("xl/worksheets/sheet")]
    if len(sheets) > 1:
        assert any(b"<autoFilter" not in sheet for sheet in sheets), f"{book}: no tables share a sheet"
        assert int(re.search(r"Pages: +(\d+)", info).group(1)) == len(sheets), f"{book}: {len(sheets)} sheets do not each fit a page\n{info}"
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "###" not in text, book


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        work = folder / "baoji"
        shutil.copytree(REPO / "examples/baoji", work)
        plain = []
        for hostile in (False, True):
            if hostile:
                make_hostile(work)
            for number, words in enumerate(REPORTS):
                for ending in ("xlsx", "html"):
                    made = [folder / f"{turn}-{hostile:d}-{number}.{ending}" for turn in "ab"]
                    for file in made:
                        run(work, "report", *words, "-o", str(file))
                    assert made[0].read_bytes() == made[1].read_bytes(), f"{words} as {ending} is not the same twice"
                    (check_workbook if ending == "xlsx" else check_page)(made[0])
                    plain += [made[0]] if ending == "xlsx" and not hostile else []
        codes = folder / "codes.xlsx"
        run(work, "list", "-o", str(codes))
        with zipfile.ZipFile(codes) as book:
            assert "<v>6103" not in book.read("xl/worksheets/sheet1.xml").decode(), "a code is a number"
        if shutil.which("soffice") and shutil.which("pdftotext"):
            for book in plain:
                check_print(folder, book)
        else:
            print("there is no LibreOffice; nothing was printed")
    print("workbooks and pages are as they should be")


if __name__ == "__main__":
    sys.exit(main())
