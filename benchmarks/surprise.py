"""Does what was given a chance of 1 % happen one time in a hundred? On a release in the store, by bins and by group.

python benchmarks/surprise.py [--release LABEL] [--json]

Every vote cast is given its chance without that vote, by coefficients fitted on other texts (``measures.surprise``).
Beside it, in the same run: the log loss of the chances, and of those the roll call's own division would give.
"""

from __future__ import annotations

import argparse
import json
import resource
import time

import numpy as np

from comity.measures.surprise import expect, reliability
from comity.study.expected import sessions_of, texts_of
from comity.study.release import ReleaseCorpus

EDGES = np.array([0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1])


def main() -> None:
    parser = argparse.ArgumentParser(description="Calibration of the chances given to votes.")
    parser.add_argument("--release", default=None)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    given = parser.parse_args()
    corpus = ReleaseCorpus.load(given.release)
    cells, when, family = corpus.matrix.cells, sessions_of(corpus), texts_of(corpus)
    start = time.perf_counter()
    found = expect(cells, when, family)
    seconds = time.perf_counter() - start
    rows = np.arange(len(cells))
    cast, chance = found.cast(cells, rows), found.chance(0.01, rows)
    told = {
        "release": corpus.origin.release,
        "votes": int((~np.isnan(cast)).sum()),
        "seconds": round(seconds, 2),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "log_loss": round(float(-np.nanmean(np.log(cast))), 4),
        "log_loss_of_division": round(division(cells), 4),
        "bins": [(round(a, 5), round(b, 5), n) for a, b, n in reliability(found.p, cells, EDGES)],
        "by_decade": by_decade(cast, chance, corpus.matrix.year),
        "ratio_by_state": by_state(cast, chance),
    }
    print(json.dumps(told) if given.json else "\n".join(f"{k}: {v}" for k, v in told.items()))


def division(cells: np.ndarray) -> float:
    """Log loss of each roll call's own shares, the vote itself left out."""
    n = np.stack([(cells == c).sum(axis=1) for c in range(3)], axis=1)
    rows, states = np.nonzero(cells < 3)
    chosen = cells[rows, states]
    k = n[rows, chosen] - 1
    return float(-np.mean(np.log((k + 0.5) / (n[rows].sum(axis=1) - 1 + 1.5))))


def by_decade(cast: np.ndarray, chance: np.ndarray, year: np.ndarray) -> dict[int, tuple[int, int]]:
    """Votes given 1 % or less, and the number to be expected."""
    return {
        d: (int((cast[at] <= 0.01).sum()), round(float(np.nansum(chance[at]))))
        for d in range(1946, 2026, 10)
        if (at := (year >= d) & (year < d + 10)).any()
    }


def by_state(cast: np.ndarray, chance: np.ndarray) -> dict[str, float]:
    """Quantiles over states of happened to expected, among those with at least five expected."""
    happened, expected = (cast <= 0.01).sum(axis=0), np.nansum(chance, axis=0)
    some = expected >= 5
    return {
        f"{q:g}": round(float(np.quantile(happened[some] / expected[some], q)), 2) for q in (0.1, 0.25, 0.5, 0.75, 0.9)
    }


if __name__ == "__main__":
    main()
