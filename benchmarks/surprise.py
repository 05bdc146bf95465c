"""Does what was given a chance of 1 % happen one time in a hundred? On a release, by bins, by decade and by state.

python benchmarks/surprise.py [--json] [--release LABEL] [--store FOLDER]

Every vote cast is given its chance without that vote, by coefficients fitted on other texts (``measures.surprise``).
Beside it, in the same run: the log loss of the chances, and of those the roll call's own division would give. Needs the
shared data, or a store with releases.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import numpy as np

from suite.clock import peak_mb, spread_of
from suite.result import Result, Said, Setting
from suite.script import script
from suite.shared import open_store, store_option

EDGES = np.array([0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1])


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--release", default="voeten-2024-wide")
    store_option(parser)


def measure(given: argparse.Namespace) -> Iterator[Said]:
    from comity.measures.surprise import expect, reliability
    from comity.study.expected import sessions_of, texts_of
    from comity.study.release import ReleaseCorpus

    open_store(given)
    corpus = ReleaseCorpus.load(given.release)
    cells, when, family = corpus.matrix.cells, sessions_of(corpus), texts_of(corpus)
    start = time.perf_counter()
    found = expect(cells, when, family)
    own = spread_of([time.perf_counter() - start])
    rows = np.arange(len(cells))
    cast, chance = found.cast(cells, rows), found.chance(0.01, rows)
    yield Setting({"release": corpus.origin.release, "votes": int((~np.isnan(cast)).sum())})
    losses = {
        "log loss": round(float(-np.nanmean(np.log(cast))), 4),
        "log loss of the division": round(division(cells), 4),
    }
    yield Result("chances", "a chance for every vote cast", own, figures={"peak MB": peak_mb(), **losses})
    bins = {binned(a): f"{a:.2%} given, {b:.2%} happened, {n:,}" for a, b, n in reliability(found.p, cells, EDGES)}
    yield Result("bins", "choices by the chance they were given", figures=bins)
    decades = by_decade(cast, chance, corpus.matrix.year)
    yield Result("decades", "votes given a chance of 1 % or less", figures=decades)
    yield Result("states", "the same, happened to expected, quantiles over states", figures=by_state(cast, chance))


def binned(mean: float) -> str:
    """The edges that a mean chance lies between."""
    k = int(np.searchsorted(EDGES, mean, side="right"))
    return f"{EDGES[k - 1]:g} to {EDGES[min(k, len(EDGES) - 1)]:g}"


def division(cells: np.ndarray) -> float:
    """Log loss of each roll call's own shares, the vote itself left out."""
    n = np.stack([(cells == c).sum(axis=1) for c in range(3)], axis=1)
    rows, states = np.nonzero(cells < 3)
    chosen = cells[rows, states]
    k = n[rows, chosen] - 1
    return float(-np.mean(np.log((k + 0.5) / (n[rows].sum(axis=1) - 1 + 1.5))))


def by_decade(cast: np.ndarray, chance: np.ndarray, year: np.ndarray) -> dict[str, str]:
    """Votes given 1 % or less, and the number to be expected."""
    return {
        f"{d}–{d + 9}": f"{int((cast[at] <= 0.01).sum()):,} happened, {float(np.nansum(chance[at])):,.0f} expected"
        for d in range(1946, 2026, 10)
        if (at := (year >= d) & (year < d + 10)).any()
    }


def by_state(cast: np.ndarray, chance: np.ndarray) -> dict[str, float]:
    """Quantiles over states of happened to expected, among those with at least five expected."""
    happened, expected = (cast <= 0.01).sum(axis=0), np.nansum(chance, axis=0)
    some = expected >= 5
    return {
        f"quantile {q:g}": round(float(np.quantile(happened[some] / expected[some], q)), 2)
        for q in (0.1, 0.25, 0.5, 0.75, 0.9)
    }


if __name__ == "__main__":
    script(__doc__, measure, options)
