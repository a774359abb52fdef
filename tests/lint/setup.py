#!/usr/bin/env python3
"""What tests/setup.sh takes for installed: only a package that is, whatever else dpkg has heard of it."""

import pathlib
import subprocess
import sys
import tempfile

SETUP = pathlib.Path(__file__).resolve().parents[1] / "setup.sh"
# What dpkg says of a package, and whether it is missing. A package of two architectures has two words.
SAID = {"here": ("installed ", False), "twice": ("not-installed installed ", False), "heard-of": ("not-installed ", True),
        "removed": ("config-files ", True), "unknown": ("", True)}
ASKED = 'case "${!#}" in ' + "".join(f"{name}) printf '{said}';; " for name, (said, _) in SAID.items()) + "esac\n"


def main():
    with tempfile.TemporaryDirectory(prefix="taizhang-setup.") as place:
        query = pathlib.Path(place) / "dpkg-query"
        query.write_text("#!/bin/bash\n" + ASKED)
        query.chmod(0o755)
        told = subprocess.run(["bash", "-c", f'. "{SETUP}"; PATH={place}:$PATH; missing_packages "$@"', "setup", *SAID],
                              capture_output=True, text=True, check=True).stdout.split()
    expected = [name for name, (_, missing) in SAID.items() if missing]
    if told == expected:
        return 0
    print(f"{SETUP.name}: missing are {expected}, but missing_packages says {told}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
