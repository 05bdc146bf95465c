"""Measures of every pair in every year, beside a pandas implementation of the same numbers in the same run.

python benchmarks/atlas.py [--json] [--file votes_wide_1946_2024.csv] [--runs 3] [--joins 1] [--no-curve]

The votes are the real wide matrix where it is at hand (COMITY_SHARED_DATA, or ../shared/data beside the checkout), else
a simulated matrix of its shape. ``comity atlas`` runs as a user runs it, in a process of its own, from start to the
written file, so that its peak memory is its own; the pandas times leave out start, loading and writing. Both results
are compared value by value before any time is printed. The curve gives the seconds of all measures, without loading
and writing, and the peak memory of the process, loading included: for a quarter, half, all and four times the roll
calls of every year, and for 50, 100, all and 400 states. What the record does not hold is made of copies of it; each
point is a process of its own.
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
TIMES = (0.25, 0.5, 1.0, 4.0)  # the roll calls of the record
STATES = (50, 100, None, 400)  # None: as many as it has
CLOSE = 1e-9  # two orders of summation in double precision


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures of all pairs and years.")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--file", type=Path, default=WIDE, help="the release to measure")
    parser.add_argument("--runs", type=int, default=3, help="runs of Comity's own")
    parser.add_argument("--joins", type=int, default=1, help="runs of pandas")
    parser.add_argument("--no-curve", action="store_true", help="leave the cost curve out")
    parser.add_argument("--point", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.point:
        print(json.dumps(point(*given.point.split("="))))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMITY_HOME"] = folder
        found = measure(given.file, Path(folder), given.runs, given.joins, not given.no_curve)
    if given.json:
        print(json.dumps(found))
        return
    for key, value in found.items():
        if not isinstance(value, list):
            print(f"{key:>20}  {value}")
            continue
        for row in value:
            print(f"{key:>20}  " + "  ".join(f"{name} {number:,}" for name, number in row.items()))


def measure(file: Path, folder: Path, runs: int, joins: int, curved: bool) -> dict[str, Any]:
    """Times, ratios and whether the targets are met."""
    from comity.study.release import ReleaseCorpus

    votes = file.name if file.is_file() else "simulated"
    fill(file)
    two, two_cpu = run("same_share,kappa_sq", folder / "two.parquet", runs)
    everything, all_cpu = run("all", folder / "all.parquet", runs)
    peak = peak_gb(resource.RUSAGE_CHILDREN)  # of the greatest child
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
        "peak_gb": peak,
        "pandas_two_s": round(seconds, 2),
        "pandas_ratio": round(seconds / two, 1),
    }
    found |= {f"{key}_met": found[key] <= target for key, target in TARGETS.items()}
    return found | (curves() if curved else {})


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


def peak_gb(whose: int) -> float:
    """Of the greatest child, or of this process; on Linux ru_maxrss of the latter counts its parent's at the start."""
    unit = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in, in bytes
    peak = resource.getrusage(whose).ru_maxrss * unit
    status = Path("/proc/self/status")
    if whose == resource.RUSAGE_SELF and status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        peak = int(line.split()[1]) * 1024
    return round(peak / 1e9, 2)


def curves() -> dict[str, list[dict[str, float]]]:
    """All measures against the number of roll calls, and of states."""
    asked = {"by_roll_calls": [f"roll_calls={t}" for t in TIMES], "by_states": [f"states={n or 0}" for n in STATES]}
    return {name: [apart(one) for one in points] for name, points in asked.items()}


def apart(asked: str) -> dict[str, float]:
    """One point in a process of its own."""
    command = [sys.executable, __file__, "--point", asked]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return dict(json.loads(done.stdout))


def point(what: str, size: str) -> dict[str, float]:
    """Seconds of all measures of all pairs and years, after loading, and the most memory the process took."""
    from comity.model.reading import Reading
    from comity.study.atlas import atlas
    from comity.study.release import ReleaseCorpus

    corpus = (of_roll_calls if what == "roll_calls" else of_states)(ReleaseCorpus.load(), float(size))
    start, before = time.perf_counter(), time.process_time()
    # A part of the states no longer adds up to the published tallies, and copies of roll calls are duplicates.
    made = atlas("all", reading=Reading(tally_mismatch="keep", duplicates="keep"), corpus=corpus)
    return {
        "roll_calls": len(corpus.matrix.cells),
        "states": len(corpus.matrix.states),
        "rows": made.frame.height,
        "all_s": round(time.perf_counter() - start, 2),
        "all_cpu_s": round(time.process_time() - before, 2),
        "peak_gb": peak_gb(resource.RUSAGE_SELF),
    }


def of_roll_calls(corpus: Any, times: float) -> Any:
    """The corpus with a part of the roll calls, drawn at random, or with each of them several times."""
    matrix, n = corpus.matrix, len(corpus.matrix.cells)
    rows = np.tile(np.arange(n), max(1, int(times)))
    if times < 1:
        rows = np.sort(np.random.default_rng(7).permutation(n)[: int(times * n)])
    dated = {name: getattr(matrix, name)[rows] for name in ("cells", "day", "year", "session")}
    return replace(corpus, matrix=replace(matrix, **dated), roll_calls=corpus.roll_calls[rows])


def of_states(corpus: Any, count: float) -> Any:
    """The corpus with a number of states, drawn at random; more than it has are copies under names of their own."""
    matrix, n = corpus.matrix, len(corpus.matrix.states)
    count = int(count) or n
    columns = np.random.default_rng(7).permutation(n)[:count]
    columns = np.concatenate([columns, np.arange(max(0, count - n)) % n])
    names = tuple(matrix.states[c] if k < n else f"@{k}" for k, c in enumerate(columns))
    cells = np.ascontiguousarray(matrix.cells[:, columns])
    return replace(corpus, matrix=replace(matrix, states=names, cells=cells))


if __name__ == "__main__":
    main()
