"""Measures of every pair in every year, beside a pandas implementation of the same numbers in the same run.

python benchmarks/atlas.py [--json] [--file votes_wide_1946_2024.csv] [--runs 3] [--joins 1] [--no-curve]

The votes are the real wide matrix where it is at hand (COMITY_SHARED_DATA, or ../shared/data beside the checkout), else
a simulated matrix of its shape. ``comity atlas`` runs as a user runs it, in a process of its own, from start to the
written file, so that its peak memory is its own; the pandas times leave out start, loading and writing. Both results
are compared value by value before any time is printed. The curve gives the seconds of all measures, in one process
without loading and writing, for parts of the record and for parts of the states.
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
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from comity.model.choice import Choice

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("COMITY_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
WIDE = SHARED / "unga" / "votes_wide_1946_2024.csv"
TARGETS = {"two_s": 5.0, "all_s": 12.0, "peak_gb": 2.0}
PARTS = (0.25, 0.5, 0.75, 1.0)
CLOSE = 1e-9  # two orders of summation in double precision


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures of all pairs and years.")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--file", type=Path, default=WIDE, help="the release to measure")
    parser.add_argument("--runs", type=int, default=3, help="runs of Comity's own")
    parser.add_argument("--joins", type=int, default=1, help="runs of pandas")
    parser.add_argument("--no-curve", action="store_true", help="leave the cost curve out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMITY_HOME"] = folder
        found = measure(given.file, Path(folder), given.runs, given.joins, not given.no_curve)
    if given.json:
        print(json.dumps(found))
        return
    for key, value in found.items():
        print(f"{key:>20}  {value}")


def measure(file: Path, folder: Path, runs: int, joins: int, curved: bool) -> dict[str, Any]:
    """Times, ratios and whether the targets are met."""
    from comity.study.release import ReleaseCorpus

    votes = file.name if file.is_file() else "simulated"
    fill(file)
    two, two_cpu = run("same_share,kappa_sq", folder / "two.parquet", runs)
    everything, all_cpu = run("all", folder / "all.parquet", runs)
    unit = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in, in bytes
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit  # of the greatest child
    corpus = ReleaseCorpus.load()
    cells, year = corpus.matrix.cells, corpus.matrix.year
    kept = np.flatnonzero(corpus.select(_reading()).chosen)
    panda = [pandas_atlas(cells[kept], year[kept], corpus.matrix.states) for _ in range(joins)]
    compare(pl.read_parquet(folder / "two.parquet"), panda[0][1])
    seconds = statistics.median(s for s, _ in panda)
    found: dict[str, Any] = {
        "votes": votes,
        "roll_calls": len(cells),
        "states": len(corpus.matrix.states),
        "rows": pl.scan_parquet(folder / "two.parquet").select(pl.len()).collect().item(),
        "cores": os.cpu_count(),
        "two_s": round(two, 2),
        "all_s": round(everything, 2),
        "two_cpu_s": round(two_cpu, 2),
        "all_cpu_s": round(all_cpu, 2),
        "peak_gb": round(peak / 1e9, 2),
        "pandas_two_s": round(seconds, 2),
        "pandas_ratio": round(seconds / two, 1),
    }
    found |= {f"{key}_met": found[key] <= target for key, target in TARGETS.items()}
    return found | (curves(corpus) if curved else {})


def _reading() -> Any:
    from comity.model.reading import Reading

    return Reading()


def fill(file: Path) -> None:
    """A store with the release, or with simulated votes of its shape."""
    from comity.ingest.add import add_files

    if file.is_file():
        add_files([file])
        return
    simulated = Path(os.environ["COMITY_HOME"]) / "simulated.csv"
    simulate().write_csv(simulated)
    add_files([simulated])


def simulate() -> pl.DataFrame:
    """Votes of about the real record's size: 83 roll calls a year, members of their day, yes mostly."""
    from comity.states.registry import registry

    rng, states = np.random.default_rng(1945), registry()
    rows = []
    for year in range(1946, 2025):
        day = date(year, 12, 1)
        members = sorted(states.members(day))
        for k in range(83):
            cast = rng.choice(("Y", "A", "N", "X"), size=len(members), p=(0.67, 0.12, 0.10, 0.11))
            symbol = f"A/RES/{year - 1945}/{k + 1}"
            rows += [(symbol, day, f"Text {k}", state, vote) for state, vote in zip(members, cast, strict=True)]
    return pl.DataFrame(rows, schema=["symbol", "date", "title", "iso3", "vote"], orient="row")


def run(measures: str, output: Path, runs: int) -> tuple[float, float]:
    """Median seconds of the command, from start to the written file: on the wall, and of the processor.

    Where other work shares the machine, the first says little and the second still does.
    """
    program = "from comity.cli.main import run; run()"
    command = [sys.executable, "-c", program, "atlas", "--measure", measures, "-o", str(output)]
    wall, cpu = [], []
    for _ in range(runs):
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(time.perf_counter() - start)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(wall), statistics.median(cpu)


def pandas_atlas(cells: np.ndarray, year: np.ndarray, states: tuple[str, ...]) -> tuple[float, pl.DataFrame]:
    """same_share and kappa_sq of every pair and year by self-join and group, and the seconds it took."""
    import pandas as pd

    rows, columns = np.nonzero(cells <= Choice.NO)
    frame = pd.DataFrame({"r": rows.astype(np.int32), "s": columns.astype(np.int16), "c": cells[rows, columns]})
    rank = np.argsort(np.argsort(np.array(states))).astype(np.int16)
    frame["s"] = rank[frame["s"]]
    frame["period"] = year[rows]
    start = time.perf_counter()
    made = []
    for period, block in frame.groupby("period"):
        pairs = block.merge(block, on="r", suffixes=("_a", "_b"))
        pairs = pairs[pairs["s_a"] < pairs["s_b"]]
        pairs = pairs.assign(cell=pairs["c_a"] * 3 + pairs["c_b"])
        counts = (
            pairs.groupby(["s_a", "s_b", "cell"]).size().unstack(fill_value=0).reindex(columns=range(9), fill_value=0)
        )
        n = counts.sum(axis=1)
        first = [counts[[3 * c, 3 * c + 1, 3 * c + 2]].sum(axis=1) / n for c in range(3)]
        second = [counts[[c, c + 3, c + 6]].sum(axis=1) / n for c in range(3)]
        distance = {3 * i + j: (i - j) ** 2 / 4 for i in range(3) for j in range(3)}
        observed = sum(counts[cell] * d for cell, d in distance.items()) / n
        expected = sum(first[cell // 3] * second[cell % 3] * d for cell, d in distance.items())
        table = pd.DataFrame({"n": n, "same_share": (counts[0] + counts[4] + counts[8]) / n})
        table["kappa_sq"] = (1 - observed / expected).where(expected > 1e-12)
        made.append(table.reset_index().assign(period=period))
    whole = pd.concat(made, ignore_index=True)
    seconds = time.perf_counter() - start
    names = np.sort(np.array(states))
    return seconds, pl.DataFrame(
        {
            "a": names[whole["s_a"].to_numpy()],
            "b": names[whole["s_b"].to_numpy()],
            "period": whole["period"].to_numpy().astype(np.int16),
            **{name: pl.Series(whole[name].to_numpy(), nan_to_null=True) for name in ("n", "same_share", "kappa_sq")},
        }
    )


def compare(ours: pl.DataFrame, theirs: pl.DataFrame) -> None:
    """Stop where a row or a value differs; pairs that never both cast a vote have no row in theirs."""
    key = ["a", "b", "period"]
    ours = ours.filter(pl.col("n") > 0).sort(key)
    theirs = theirs.sort(key)
    assert ours.select(key).equals(theirs.select(key)), "other pairs and years"
    for name in ("n", "same_share", "kappa_sq"):
        mine, other = (f[name].cast(pl.Float64).to_numpy() for f in (ours, theirs))
        assert np.allclose(mine, other, rtol=0, atol=CLOSE, equal_nan=True), f"{name} differs"


def curves(corpus: Any) -> dict[str, Any]:
    """Seconds of all measures against the number of roll calls, and of states."""
    matrix, rng = corpus.matrix, np.random.default_rng(7)
    by_calls, by_states = {}, {}
    for part in PARTS:
        rows = np.sort(rng.permutation(len(matrix.cells))[: int(part * len(matrix.cells))])
        fewer = replace(
            matrix, cells=matrix.cells[rows], day=matrix.day[rows], year=matrix.year[rows], session=matrix.session[rows]
        )
        by_calls[len(rows)] = timed(replace(corpus, matrix=fewer, roll_calls=corpus.roll_calls[rows]))
        columns = np.sort(rng.permutation(len(matrix.states))[: int(part * len(matrix.states))])
        states = tuple(matrix.states[i] for i in columns)
        smaller = replace(matrix, states=states, cells=np.ascontiguousarray(matrix.cells[:, columns]))
        by_states[len(states)] = timed(replace(corpus, matrix=smaller))
    return {"all_s_by_roll_calls": by_calls, "all_s_by_states": by_states}


def timed(corpus: Any) -> float:
    """Seconds of all measures of all pairs and years, after loading."""
    from comity.model.reading import Reading
    from comity.study.atlas import atlas

    start = time.perf_counter()
    # A part of the states no longer adds up to the published tallies, where the release has any.
    atlas("all", reading=Reading(tally_mismatch="keep", duplicates="keep"), corpus=corpus)
    return round(time.perf_counter() - start, 2)


if __name__ == "__main__":
    main()
