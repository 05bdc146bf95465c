"""Measures of every pair in every year, beside a pandas implementation of the same numbers.

python benchmarks/atlas.py [--json] [--file votes_wide_1946_2024.csv] [--runs 3] [--joins 3] [--no-curve]

The votes are the real wide matrix where it is at hand (COMITY_SHARED_DATA, or ../shared/data beside the checkout), else
a simulated record of its size. ``comity atlas`` runs as a user runs it, in a process of its own, from start to the
written file, so that its peak memory is its own; the pandas times leave out start, loading and writing. Both results
are compared value by value before any time is told. The curves give the seconds of all measures, without loading
and writing, and the peak memory of the process, loading included: for a quarter, half, all and four times the roll
calls of every year, and for 50, 100, all and 400 states. What the record does not hold is made of copies of it; each
point is a process of its own.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from comity.model.choice import Choice
from suite import synthetic
from suite.clock import apart, children_cpu, peak_mb, seconds, spread_of
from suite.corpora import drawn, with_rows
from suite.result import Point, Result, Said, Setting, Target
from suite.script import script
from suite.shared import COMITY, WIDE, add

TIMES = (0.25, 0.5, 1.0, 4.0)  # the roll calls of the record
STATES = (50, 100, None, 400)  # None: as many as it has
CLOSE = 1e-9  # two orders of summation in double precision


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, default=WIDE, help="the release to measure")
    parser.add_argument("--runs", type=int, default=3, help="runs of Comity's own")
    parser.add_argument("--joins", type=int, default=3, help="runs of pandas")
    parser.add_argument("--no-curve", action="store_true", help="leave the growth curves out")


def measure(given: argparse.Namespace) -> Iterator[Said]:
    from comity.model.reading import Reading
    from comity.study.release import ReleaseCorpus

    folder = Path(os.environ["COMITY_HOME"])
    real = given.file.is_file()
    add([given.file if real else synthetic.write(folder, (1.0,))[1.0]])
    two = run("same_share,kappa_sq", folder / "two.parquet", given.runs)
    every = run("all", folder / "all.parquet", given.runs)
    peak = peak_mb(resource.RUSAGE_CHILDREN)  # of the greatest child
    corpus = ReleaseCorpus.load()
    cells, year, states = corpus.matrix.cells, corpus.matrix.year, corpus.matrix.states
    votes = given.file.name if real else "simulated"
    yield Setting({"votes": votes, "roll calls": len(cells), "states": len(states)})
    kept = np.flatnonzero(corpus.select(Reading()).chosen)
    panda = [pandas_atlas(cells[kept], year[kept], states) for _ in range(given.joins)]
    ours = pl.read_parquet(folder / "two.parquet")
    compare(ours, panda[0][1])
    yield Result(
        "two measures", "comity atlas, same_share and kappa_sq, from start to file", spread_of([s for s, _ in two]),
        spread_of([s for s, _ in panda]), "pandas self-join", (Target("seconds", most=5.0),),
        {"processor s": min(cpu for _, cpu in two), "pairs and years": ours.height},
    )  # fmt: skip
    yield Result(
        "all measures", "comity atlas, all measures, from start to file", spread_of([s for s, _ in every]),
        targets=(Target("seconds", most=12.0), Target("peak MB", most=2000)),
        figures={"processor s": min(cpu for _, cpu in every), "peak MB": peak},
    )  # fmt: skip
    if not given.no_curve:
        yield curve("roll calls", "roll_calls", [f"{times}" for times in TIMES])
        yield curve("states", "states", [f"{n or 0}" for n in STATES])


def run(measures: str, output: Path, runs: int) -> list[tuple[float, float]]:
    """Seconds of the command, from start to the written file: on the wall, and of the processor.

    Where other work shares the machine, the first says little and the second still does.
    """
    command = [*COMITY, "atlas", "--measure", measures, "-o", str(output)]
    found = []
    for _ in range(runs):
        before = children_cpu()
        wall = seconds(lambda: subprocess.run(command, capture_output=True, check=True))
        found.append((wall, round(children_cpu() - before, 2)))
    return found


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


def curve(axis: str, what: str, sizes: list[str]) -> Result:
    """All measures against the number of roll calls, or of states; every point a process of its own."""
    made = [apart("--point", f"{what}={size}") for size in sizes]
    points = tuple(Point(p["size"], p["seconds"], p["peak_mb"]) for p in made)
    figures = {f"{p['size']:,} {axis}, processor s": p["cpu"] for p in made}
    return Result(f"by {axis}", "all measures of all pairs and years", figures=figures, growth=points, by=axis)


def by_roll_calls(times: str) -> dict[str, float]:
    return point("cells", of_roll_calls, float(times))


def by_states(count: str) -> dict[str, float]:
    return point("states", of_states, float(count))


def point(what: str, cut: Any, size: float) -> dict[str, float]:
    """Seconds of all measures of all pairs and years, after loading, and the most memory the process took."""
    from comity.model.reading import Reading
    from comity.study.atlas import atlas
    from comity.study.release import ReleaseCorpus

    corpus = cut(ReleaseCorpus.load(), size)
    start, before = time.perf_counter(), time.process_time()
    # A part of the states no longer adds up to the published tallies, and copies of roll calls are duplicates.
    atlas("all", reading=Reading(tally_mismatch="keep", duplicates="keep"), corpus=corpus)
    wall, cpu = time.perf_counter() - start, time.process_time() - before
    size = len(getattr(corpus.matrix, what))
    return {"size": size, "seconds": wall, "cpu": round(cpu, 2), "peak_mb": peak_mb()}


def of_roll_calls(corpus: Any, times: float) -> Any:
    """The corpus with a part of the roll calls, drawn at random, or with each of them several times."""
    n = len(corpus.matrix.cells)
    return with_rows(corpus, drawn(times, n) if times < 1 else np.tile(np.arange(n), int(times)))


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
    script(__doc__, measure, options, {"roll_calls": by_roll_calls, "states": by_states})
