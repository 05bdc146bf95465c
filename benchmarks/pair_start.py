"""From process start to the printed pair table, with a warm file cache; and ``comity --help``.

python benchmarks/pair_start.py [--json] [--file votes_wide_1946_2024.csv] [--runs 7]

Each figure is the median over several processes of the wall time from start to exit, output into a pipe. A run before
them warms the file cache and compiles the modules, into a folder of its own, whatever PYTHONDONTWRITEBYTECODE says: so
an installed program runs from its second start on. The release is
the real wide matrix where it is at hand (COMITY_SHARED_DATA, or ../shared/data beside the checkout), added to a store
of its own; the starter data in the package need none. ``imports`` says what loading costs, by ``-X importtime``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("COMITY_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
WIDE = SHARED / "unga" / "votes_wide_1946_2024.csv"
PROGRAM = Path(sys.executable).with_name("comity")  # as installed beside this Python
QUESTION = ["pair", "VNM", "RUS", "--issue", "hr", "--periods", "1992-1999,2000-2020", "--vs", "USA,CHN"]
TARGETS = {"pair_s": 1.2, "help_s": 0.3}  # seconds
LIBRARIES = ("altair", "duckdb", "numpy", "pandas", "polars", "pydantic", "rich", "typer")


def main() -> None:
    parser = argparse.ArgumentParser(description="Process start to printed answer.")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--file", type=Path, default=WIDE, help="the release to add")
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        found = measure(Path(home), given.file, given.runs)
    if given.json:
        print(json.dumps(found))
        return
    print(f"median of {given.runs} processes, warm; pair {' '.join(QUESTION[1:])}")
    for key, value in found.items():
        print(f"{key:>16}  {value}")


def measure(home: Path, file: Path, runs: int) -> dict[str, object]:
    """Seconds by what was run; ``pair_s`` is of the release where one is at hand, else of the starter."""
    found: dict[str, object] = {"cores": os.cpu_count(), "runs": runs, "release": "starter"}
    found["pair_starter_s"] = seconds(QUESTION, home, runs)
    found["pair_s"] = found["pair_starter_s"]
    if file.is_file():
        timed([sys.executable, str(PROGRAM), "data", "add", str(file)], home)
        found["release"] = file.name
        found["pair_s"] = seconds(QUESTION, home, runs)
    found["help_s"] = seconds(["--help"], home, runs)
    found["python_s"] = round(statistics.median(timed([sys.executable, "-c", "pass"], home) for _ in range(runs)), 3)
    found["imports_ms"] = imports(home)
    found |= {f"{key}_met": bool(found[key] <= target) for key, target in TARGETS.items()}  # type: ignore[operator]
    return found


def seconds(command: list[str], home: Path, runs: int) -> float:
    """Median wall time; one unmeasured run warms the caches."""
    full = [sys.executable, str(PROGRAM), *command]
    timed(full, home)
    return round(statistics.median(timed(full, home) for _ in range(runs)), 3)


def timed(command: list[str], home: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environment(home), stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - start


def environment(home: Path) -> dict[str, str]:
    """This one's, with a store and compiled modules below ``home``."""
    own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return own | {"COMITY_HOME": str(home / "store"), "PYTHONPYCACHEPREFIX": str(home / "compiled")}


def imports(home: Path) -> dict[str, int]:
    """Milliseconds spent in each library's own modules (self times, so they add up), and in comity's."""
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
    main()
