"""All pairs' contingency tables, beside a DuckDB self-join and a pandas self-join of the same votes.

python benchmarks/contingency.py [--json] [--file votes_wide_1946_2024.csv] [--runs 9] [--joins 3]

The votes are the real wide matrix where it is at hand (COMITY_SHARED_DATA, or ../shared/data beside the checkout), else
a simulated matrix of its shape. Each figure is a median of wall times after loading. The three results are compared
cell by cell before any time is told. The slices (all pairs, every year, seven issue filters) run in a process of
their own, so that its peak memory is theirs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from comity.model.choice import Choice
from comity.model.tables import ISSUES
from comity.votes.contingency import tables
from suite.clock import apart, peak_mb, spread, spread_of
from suite.result import Result, Said, Setting, Spread, Target
from suite.script import script
from suite.shared import WIDE, add

SHAPE = (6551, 195)  # of the real matrix: the file's 194 columns, and China's seat before 1971 apart
BLOCK = 200  # roll calls a pandas join takes at once: the whole would need tens of gigabytes


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, default=WIDE, help="the release to count")
    parser.add_argument("--runs", type=int, default=9, help="runs of Comity's own")
    parser.add_argument("--joins", type=int, default=3, help="runs of each self-join")


def measure(given: argparse.Namespace) -> Iterator[Said]:
    with tempfile.TemporaryDirectory() as folder:
        cells, year, flags, votes = real(given.file) if given.file.is_file() else simulated()
        packed = Path(folder) / "votes.npz"
        np.savez(packed, cells=cells, year=year, flags=flags)
        sliced = apart("--point", f"slices={packed}@{max(3, given.runs // 3)}")
    yield Setting({"votes": votes, "roll calls": len(cells), "states": cells.shape[1]})
    ours = tables(cells).table(0)
    rows, states = np.nonzero(cells != Choice.NOT_MEMBER)
    choices = np.minimum(cells[rows, states], Choice.ABSENT)
    own = spread(lambda: tables(cells), given.runs)
    for name, join in (("DuckDB", duckdb_join), ("pandas", pandas_join)):
        times = []
        for _ in range(given.joins):
            seconds, found = join(rows, states, choices, cells.shape[1])
            assert (found == ours).all(), f"{name} counts otherwise"
            times.append(seconds)
        yield Result(
            f"tables, {name}",
            "4×4 tables of all pairs over all roll calls",
            own,
            spread_of(times),
            f"{name} self-join",
            (Target("seconds", most=0.03),),
        )
    yield Result(
        "slices",
        f"the tables of all pairs in {sliced['slices']} slices: every year, seven issue filters",
        Spread(**sliced["own"]),
        targets=(Target("seconds", most=0.5), Target("peak MB", most=1500)),
        figures={"peak MB": sliced["peak_mb"]},
    )


def real(file: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, str]:
    """Cells, years and issue masks of a release, added to the run's store."""
    from comity.study.release import ReleaseCorpus

    add([file])
    corpus = ReleaseCorpus.load()
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


def slices(asked: str) -> dict[str, Any]:
    """All pairs × years × seven issue filters, with the peak memory of this process."""
    packed, _, runs = asked.rpartition("@")
    held = np.load(packed)
    cells, year, flags = held["cells"], held["year"], held["flags"]
    parts = [np.flatnonzero(flag & (year == y)) for flag in flags for y in np.unique(year)]
    own = spread(lambda: tables(cells, parts), int(runs))
    return {"slices": len(parts), "own": asdict(own), "peak_mb": peak_mb()}


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
    script(__doc__, measure, options, {"slices": slices})
