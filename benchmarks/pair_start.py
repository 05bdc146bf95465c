"""From process start to the printed pair table, with a warm file cache; and ``comity --help``; a bare Python beside.

python benchmarks/pair_start.py [--json] [--file votes_wide_1946_2024.csv] [--runs 7]

Each figure is the median over several processes of the wall time from start to exit, output into a pipe. A run before
them warms the file cache and compiles the modules, into a folder of its own, whatever PYTHONDONTWRITEBYTECODE says: so
an installed program runs from its second start on. The release is
the real wide matrix where it is at hand (COMITY_SHARED_DATA, or ../shared/data beside the checkout), added to a store
of its own; the starter data in the package need none. "imports" says what loading costs, by ``-X importtime``: the
self times of each library's own modules, so they add up.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from suite.clock import spread
from suite.result import Result, Said, Setting, Skipped, Spread, Target
from suite.script import script
from suite.shared import ABSENT, WIDE

PROGRAM = Path(sys.executable).with_name("comity")  # as installed beside this Python
QUESTION = ["pair", "VNM", "RUS", "--issue", "hr", "--periods", "1992-1999,2000-2020", "--vs", "USA,CHN"]
LIBRARIES = ("altair", "duckdb", "numpy", "pandas", "polars", "pydantic", "rich", "typer")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, default=WIDE, help="the release to add")
    parser.add_argument("--runs", type=int, default=7)


def measure(given: argparse.Namespace) -> Iterator[Said]:
    floor = "start of a bare Python"
    goal, short = (Target("seconds", most=1.2),), (Target("seconds", most=0.3),)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        bare = started(["-c", "pass"], home, given.runs)
        starter = started([str(PROGRAM), *QUESTION], home, given.runs)
        yield Result("pair, starter", "comity pair on the starter data", starter, bare, floor, goal)
        if given.file.is_file():
            call([str(PROGRAM), "data", "add", str(given.file)], home)
            yield Setting({"release": given.file.name})
            full = started([str(PROGRAM), *QUESTION], home, given.runs)
            yield Result("pair", "comity pair on a full release", full, bare, floor, goal)
        else:
            yield Skipped("pair", ABSENT)
        helped = started([str(PROGRAM), "--help"], home, given.runs)
        yield Result("help", "comity --help", helped, bare, floor, short)
        yield Result("imports", "milliseconds in each library's modules", figures=imports(home))


def started(arguments: list[str], home: Path, runs: int) -> Spread:
    """Wall time of a process; one unmeasured run warms the caches."""
    return spread(lambda: call(arguments, home), runs)


def call(arguments: list[str], home: Path) -> None:
    subprocess.run([sys.executable, *arguments], env=environment(home), stdout=subprocess.PIPE, check=True)


def environment(home: Path) -> dict[str, str]:
    """This one's, with a store and compiled modules below ``home``."""
    own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return own | {"COMITY_HOME": str(home / "store"), "PYTHONPYCACHEPREFIX": str(home / "compiled")}


def imports(home: Path) -> dict[str, int]:
    """Milliseconds spent in each library's own modules, and in comity's."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(PROGRAM), *QUESTION],
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    sums: dict[str, float] = {}
    for line in done.stderr.splitlines():
        own, _, name = line.removeprefix("import time:").split("|") if line.count("|") == 2 else ("", "", "")
        if own.strip().isdigit():
            top = name.strip().partition(".")[0].lstrip("_")
            known = top if top in (*LIBRARIES, "comity") else "other"
            sums[known] = sums.get(known, 0) + int(own) / 1000
    return {name: round(ms) for name, ms in sorted(sums.items(), key=lambda x: -x[1])}


if __name__ == "__main__":
    script(__doc__, measure, options)
