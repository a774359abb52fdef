#!/usr/bin/env python3
"""The Debian package, made from the build that $TAIZHANG lies in: twice the same bytes, nothing for
lintian to say, a page for man for every command, hardened, complete; it goes into an empty system and
out of it again without a trace, and works from any folder. What a machine has no tools for is left out
and said."""

import filecmp
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ["TAIZHANG"]).resolve()
BUILD = PROGRAM.parent
failed = []


def run(*words, **more):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, **more)


def expect(what, good, told=""):
    if not good:
        failed.append(what)
    print(f"{'ok ' if good else 'NOT'} {what}")
    if not good and told:
        print(told.strip()[:4000])


def make(folder):
    folder.mkdir()
    done = run("cpack", "--config", BUILD / "CPackConfig.cmake", "-G", "DEB", "-B", folder, cwd=folder,
               env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
    found = list(folder.glob("*.deb"))
    expect(f"cpack makes one package ({folder.name})", len(found) == 1, done.stdout + done.stderr)
    if not found:
        sys.exit(1)
    return found[0]


def commands():
    done = run(PROGRAM, "--lang", "en", "__complete", "--", "")
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


def contents(folder):
    usr = folder / "usr"
    share = usr / "share"
    for path in ("bin/taizhang", "share/bash-completion/completions/taizhang",
                 "share/zsh/vendor-completions/_taizhang", "share/fish/vendor_completions.d/taizhang.fish",
                 "share/taizhang/schema/village.json", "lib/systemd/user/taizhang-report.timer",
                 "lib/systemd/user/taizhang-report.service", "share/doc/taizhang/copyright",
                 "share/doc/taizhang/changelog.gz", "share/doc/taizhang/README.md"):
        expect(f"/usr/{path} is there", (usr / path).is_file())
    if shutil.which("scdoc"):
        names = commands()
        expect("the program has commands", len(names) > 30)
        for where in (share / "man", share / "man/zh_CN"):
            missing = [n for n in names if not (where / f"man1/taizhang-{n}.1.gz").is_file()]
            expect(f"{where.name}: every command has its page", not missing, " ".join(missing))
            expect(f"{where.name}: taizhang(1) and taizhang-format(5)",
                   (where / "man1/taizhang.1.gz").is_file() and
                   (where / "man5/taizhang-format.5.gz").is_file())
    else:
        print("    without scdoc: no pages for man")


def works(program, example):
    """From any folder, with nothing but itself."""
    environment = {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": "/nonexistent"}
    done = run(program, "--version", env=environment)
    expect(f"{program} runs", done.returncode == 0 and done.stdout.startswith("taizhang "), done.stderr)
    done = run(program, "-C", example, "--today", "2023-06-30", "check", env=environment)
    expect("it checks its example", done.returncode in (0, 1) and not re.search(r"\[rules-unknown\]", done.stderr),
           done.stderr)
    out = pathlib.Path(tempfile.gettempdir()) / f"package-{os.getpid()}.xlsx"
    done = run(program, "-C", example, "--today", "2023-06-30", "list", "-o", out, env=environment)
    expect("it loads what makes workbooks", done.returncode == 0 and out.is_file(), done.stderr)
    out.unlink(missing_ok=True)


def completes(script, example, home):
    ask = ('source "$1"; COMP_WORDS=(taizhang show 汤); COMP_CWORD=2; _taizhang; '
           'printf "%s\\n" "${COMPREPLY[@]}"')
    done = run("bash", "-c", ask, "bash", script, cwd=example,
               env={"PATH": f"{script.parents[3] / 'bin'}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    expect("bash completes a village", done.stdout == "汤峪镇/示例甲村\n", done.stdout + done.stderr)
    share = script.parents[2]
    environment = {"PATH": f"{script.parents[3] / 'bin'}:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                   "HOME": str(home)}
    if shutil.which("fish"):
        done = run("fish", "--no-config", "-c",
                   f"source {share}/fish/vendor_completions.d/taizhang.fish; complete -C 'taizhang show 汤'",
                   cwd=example, env=environment)
        expect("fish completes a village", done.stdout == "汤峪镇/示例甲村\n", done.stdout + done.stderr)
    if shutil.which("zsh"):
        done = run("zsh", "-f", "-n", share / "zsh/vendor-completions/_taizhang", env=environment)
        expect("zsh understands its script", done.returncode == 0, done.stderr)


def hardened(program):
    told = run("readelf", "-hldW", "--dyn-syms", program).stdout
    for what, sign in (("position independent", r"Type:\s+DYN"), ("relocations read-only", r"GNU_RELRO"),
                       ("bound at the start", r"BIND_NOW|FLAGS_1.*NOW"),
                       ("stack not executable", r"GNU_STACK\s+(\S+\s+){5}RW "),
                       ("stack protected", r"__stack_chk_fail")):
        expect(f"hardened: {what}", re.search(sign, told))
    if "CMAKE_BUILD_TYPE:STRING=Debug" not in (BUILD / "CMakeCache.txt").read_text():
        expect("hardened: fortified functions", re.search(r"__\w+_chk@", told))


def comes_and_goes(package, folder):
    """Into an empty system and out again. What it depends on is not there, so that is not asked."""
    state = folder / "var/lib/dpkg"
    for each in ("info", "updates", "triggers"):
        (state / each).mkdir(parents=True)
    for each in ("status", "available"):
        (state / each).write_text("")
    before = set(folder.rglob("*"))
    dpkg = ("dpkg", f"--root={folder}", "--force-depends", f"--log={folder}/var/lib/dpkg/log")
    done = run(*dpkg, "-i", package)
    expect("dpkg installs it", done.returncode == 0, done.stderr)
    works(folder / "usr/bin/taizhang", folder / "usr/share/doc/taizhang/examples/baoji")
    completes(folder / "usr/share/bash-completion/completions/taizhang",
              folder / "usr/share/doc/taizhang/examples/baoji", folder.parent)
    done = run(*dpkg, "--verify", "taizhang")
    expect("dpkg finds every file unchanged", done.returncode == 0 and not done.stdout, done.stdout)
    done = run(*dpkg, "--purge", "taizhang")
    left = [p for p in folder.rglob("*") if p not in before and state not in p.parents]
    expect("dpkg leaves nothing behind", done.returncode == 0 and not left, f"{done.stderr}\n{left}")


def main():
    missing = [tool for tool in ("cpack", "dpkg-deb", "readelf") if not shutil.which(tool)]
    if missing or not (BUILD / "CPackConfig.cmake").is_file():
        print(f"left out: no {' '.join(missing) or 'CPackConfig.cmake beside the program'}")
        return
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name)
        first, second = make(place / "one"), make(place / "two")
        expect("made twice it has the same bytes", filecmp.cmp(first, second, shallow=False))
        if shutil.which("lintian") and shutil.which("scdoc"):
            done = run("lintian", "--allow-root", "--fail-on", "error,warning", first)
            expect("lintian has nothing to say", done.returncode == 0 and not done.stdout.strip(),
                   done.stdout + done.stderr)
        else:
            print("    left out: lintian, which wants scdoc too")
        out = place / "out"
        run("dpkg-deb", "-x", first, out)
        contents(out)
        hardened(out / "usr/bin/taizhang")
        depends = run("dpkg-deb", "-f", first, "Depends").stdout
        for each in ("libxlsxwriter", "libzip", "libexpat"):
            expect(f"it depends on {each}", each in depends, depends)
        works(out / "usr/bin/taizhang", ROOT / "examples/baoji")
        done = run("cmake", "--install", BUILD, "--prefix", place / "elsewhere/deep")
        expect("cmake --install takes any prefix", done.returncode == 0, done.stderr)
        works(place / "elsewhere/deep/bin/taizhang", ROOT / "examples/baoji")
        if os.geteuid() == 0 and shutil.which("dpkg"):
            comes_and_goes(first, place / "system")
        else:
            print("    left out: installing, which takes root")
    if failed:
        sys.exit(f"{len(failed)} failed")


main()
