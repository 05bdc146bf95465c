"""All pairs' contingency tables, beside a DuckDB self-join and a pandas self-join of the same votes in the same run.

python benchmarks/contingency.py [--json] [--file votes_wide_1946_2024.csv] [--runs 9] [--joins 3]

The votes are the real wide matrix where it is at hand (COMITY_SHARED_DATA, or ../shared/data beside the checkout), else
a simulated matrix of its shape. Each figure is a median of wall times after loading. The three results are compared
cell by cell before any time is printed. The slices (all pairs, every year, seven issue filters) run in a process of
their own, so that its peak memory is theirs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from comity.model.choice import Choice
from comity.model.tables import ISSUES
from comity.votes.contingency import tables

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("COMITY_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
WIDE = SHARED / "unga" / "votes_wide_1946_2024.csv"
SHAPE = (6551, 195)  # of the real matrix: the file's 194 columns, and China's seat before 1971 apart
TARGETS = {"tables_ms": 30.0, "slices_s": 0.5, "slices_peak_gb": 1.5}
BLOCK = 200  # roll calls a pandas join takes at once: the whole would need tens of gigabytes


def main() -> None:
    parser = argparse.ArgumentParser(description="All pairs' contingency tables.")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--file", type=Path, default=WIDE, help="the release to count")
    parser.add_argument("--runs", type=int, default=9, help="runs of Comity's own")
    parser.add_argument("--joins", type=int, default=3, help="runs of each self-join")
    parser.add_argument("--slices-of", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.slices_of:
        print(json.dumps(slices(given.slices_of, given.runs)))
        return
    found = measure(given.file, given.runs, given.joins)
    if given.json:
        print(json.dumps(found))
        return
    for key, value in found.items():
        print(f"{key:>16}  {value}")


def measure(file: Path, runs: int, joins: int) -> dict[str, Any]:
    """Times, ratios and whether the targets are met."""
    with tempfile.TemporaryDirectory() as folder:
        cells, year, flags, votes = real(file, Path(folder)) if file.is_file() else simulated()
        packed = Path(folder) / "votes.npz"
        np.savez(packed, cells=cells, year=year, flags=flags)
        command = [sys.executable, __file__, "--slices-of", str(packed), "--runs", str(max(3, runs // 3))]
        sliced = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = tables(cells).table(0)
    rows, states = np.nonzero(cells != Choice.NOT_MEMBER)
    choices = np.minimum(cells[rows, states], Choice.ABSENT)
    for join in (duckdb_join, pandas_join):
        assert (join(rows, states, choices, cells.shape[1])[1] == ours).all(), f"{join.__name__} counts otherwise"
    own = median(lambda: tables(cells), runs)
    duck = statistics.median(duckdb_join(rows, states, choices, cells.shape[1])[0] for _ in range(joins))
    panda = statistics.median(pandas_join(rows, states, choices, cells.shape[1])[0] for _ in range(joins))
    found: dict[str, Any] = {
        "votes": votes,
        "roll_calls": cells.shape[0],
        "states": cells.shape[1],
        "cores": os.cpu_count(),
        "tables_ms": round(1000 * own, 1),
        "duckdb_ms": round(1000 * duck, 1),
        "pandas_ms": round(1000 * panda, 1),
        "duckdb_ratio": round(duck / own, 1),
        "pandas_ratio": round(panda / own, 1),
        **sliced,
    }
    return found | {f"{key}_met": found[key] <= target for key, target in TARGETS.items()}


def real(file: Path, home: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, str]:
    """Cells, years and issue masks of a release, added to a store of its own."""
    os.environ["COMITY_HOME"] = str(home)
    from comity.ingest.add import add_files
    from comity.study.release import ReleaseCorpus

    corpus = ReleaseCorpus.load(add_files([file]).manifest.release)
    marks = [corpus.roll_calls[flag].fill_null(False).to_numpy() for flag in ISSUES]
    everything = np.ones(len(corpus.matrix.year), bool)
    return corpus.matrix.cells, corpus.matrix.year, np.stack([everything, *marks]), file.name


def simulated() -> tuple[np.ndarray, np.ndarray, np.ndarray, str]:
    """A matrix of the real one's shape: states join over time, vote yes mostly, issues flag a fifth each."""
    rng = np.random.default_rng(1945)
    height, width = SHAPE
    year = np.sort(rng.integers(1946, 2025, height)).astype(np.int16)
    cells = rng.choice(5, size=SHAPE, p=(0.66, 0.12, 0.10, 0.11, 0.01)).astype(np.uint8)
    joined = np.where(np.arange(width) < 51, 1946, rng.integers(1946, 1994, width))
    cells[year[:, None] < joined] = Choice.NOT_MEMBER
    flags = rng.random((len(ISSUES) + 1, height)) < 0.2
    flags[0] = True
    return cells, year, flags, "simulated"


def slices(packed: Path, runs: int) -> dict[str, Any]:
    """All pairs × years × seven issue filters, with the peak memory of this process."""
    held = np.load(packed)
    cells, year, flags = held["cells"], held["year"], held["flags"]
    parts = [np.flatnonzero(flag & (year == y)) for flag in flags for y in np.unique(year)]
    seconds = median(lambda: tables(cells, parts), runs)
    unit = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in, in bytes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return {"slices": len(parts), "slices_s": round(seconds, 3), "slices_peak_gb": round(peak / 1e9, 2)}


def median(work: Callable[[], object], runs: int) -> float:
    """Median wall time in seconds, after one run that is not measured."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def duckdb_join(rows: np.ndarray, states: np.ndarray, choices: np.ndarray, size: int) -> tuple[float, np.ndarray]:
    """Seconds of the join and count alone (the votes are a DuckDB table already), and its tables."""
    import duckdb
    import pandas as pd

    frame = pd.DataFrame({"r": rows.astype(np.int32), "s": states.astype(np.int16), "c": choices})
    with duckdb.connect() as con:
        con.execute("CREATE TABLE votes AS SELECT * FROM frame")
        start = time.perf_counter()
        got = con.execute(
            "SELECT a.s AS i, b.s AS j, a.c AS c, b.c AS d, count(*) AS n "
            "FROM votes a JOIN votes b ON a.r = b.r AND a.s <= b.s GROUP BY ALL"
        ).fetchnumpy()
        seconds = time.perf_counter() - start
    del frame
    return seconds, dense(got["i"], got["j"], got["c"], got["d"], got["n"], size)


def pandas_join(rows: np.ndarray, states: np.ndarray, choices: np.ndarray, size: int) -> tuple[float, np.ndarray]:
    """Seconds of the join and count in blocks of roll calls, and its tables."""
    import pandas as pd

    frame = pd.DataFrame({"r": rows.astype(np.int32), "s": states.astype(np.int16), "c": choices})
    start = time.perf_counter()
    counted = []
    for _, block in frame.groupby(frame["r"] // BLOCK):
        pairs = block.merge(block, on="r", suffixes=("_i", "_j"))
        pairs = pairs[pairs["s_i"] <= pairs["s_j"]]
        counted.append(pairs.groupby(["s_i", "s_j", "c_i", "c_j"]).size())
    total = pd.concat(counted).groupby(level=[0, 1, 2, 3]).sum().rename("n").reset_index()
    seconds = time.perf_counter() - start
    return seconds, dense(*(total[name].to_numpy() for name in ("s_i", "s_j", "c_i", "c_j", "n")), size)


def dense(i: np.ndarray, j: np.ndarray, c: np.ndarray, d: np.ndarray, n: np.ndarray, size: int) -> np.ndarray:
    """Counts of pairs i ≤ j as tables of all pairs, shape (S, S, 4, 4)."""
    full = np.zeros((size, size, 4, 4), np.int64)
    full[i, j, c, d] = n
    full[j, i, d, c] = n
    return full


if __name__ == "__main__":
    main()
