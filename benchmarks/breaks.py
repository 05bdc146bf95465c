"""Are planted breaks found, and how often is one found that is not there? Simulated yearly records of a pair.

python benchmarks/breaks.py [--json] [--series 300] [--draws 300] [--seed 1945]

Three worlds of 40 years with 6 to 30 votes a year: independent votes; texts that return (each stays a year longer with
chance 0.9 and has a chance of its own, mostly near 0 or 1, of being voted alike); drifting years (the log odds follow a
first-order autoregression of 0.6). In each, series without a change, with a step in a random year, and with a climb
over the whole span. Rules: the model preferred; as_large < 5 % against simulated series, with the autocorrelation
around the two levels or around one; and, beside them, the plain binomial likelihood ratio of the best date against
chi-squared, which takes votes as independent and the date as given.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from comity.measures.breaks import SET, autocorrelation, false_breaks, find_breaks, shares
from suite.clock import spread_of
from suite.result import Result, Said, Setting
from suite.script import script

YEARS = np.arange(1980, 2020)
EDGE = 6  # no step is planted nearer to an end
STEPS = {"10 points": 0.42, "20 points": 0.87, "40 points": 2.2}  # in log odds, around a share of one half
Floats = NDArray[np.float64]


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--series", type=int, default=300, help="simulated series a case")
    parser.add_argument("--draws", type=int, default=300, help="series without a change behind each of them")
    parser.add_argument("--seed", type=int, default=1945)


def measure(given: argparse.Namespace) -> Iterator[Said]:
    yield Setting({"series": given.series, "draws": given.draws, "seed": str(given.seed)})
    for name in WORLDS:
        start = time.perf_counter()
        cases = world(name, given.series, given.draws, given.seed)
        own = spread_of([time.perf_counter() - start])
        yield Result(name, "all cases of this world", own)
        yield from (Result(f"{name}, {case}", "rates over the series", figures=rates) for case, rates in cases.items())


def world(name: str, series: int, draws: int, seed: int) -> dict[str, dict[str, float]]:
    climb = STEPS["40 points"] * np.linspace(-0.5, 0.5, len(YEARS))
    cases: dict[str, Callable[[int], Floats]] = {"no change": lambda _: np.zeros(len(YEARS))}
    cases |= {f"step {step}": partial(_step, size) for step, size in STEPS.items()}
    cases["climb 40 points"] = lambda _: climb
    return {
        case: rates(name, path, series, draws, np.random.default_rng([seed, list(WORLDS).index(name), i]))
        for i, (case, path) in enumerate(cases.items())
    }


def rates(
    name: str, path: Callable[[int], Floats], series: int, draws: int, rng: np.random.Generator
) -> dict[str, float]:
    """Over the series of one case; what concerns the planted date is left out where none is planted."""
    rows = []
    for _ in range(series):
        at = int(rng.integers(YEARS[EDGE], YEARS[-EDGE]))
        n = rng.integers(6, 31, len(YEARS))
        record = shares(YEARS, WORLDS[name](path(at), n, rng), n)
        if np.ptp(record.value) == 0:
            continue
        found = find_breaks(record)
        memory = (autocorrelation(record, found.at), autocorrelation(record))
        large = [false_breaks(record, found, rho, draws=draws, rng=rng).as_large for rho in memory]
        rows.append(
            {
                "dispersion": found.dispersion,
                "step preferred": found.preferred == "step",
                "beyond chance, two levels": large[0] < 0.05,
                "beyond chance, one level": large[1] < 0.05,
                "plain binomial": found.deviance["none"] - found.deviance["step"] > SET,
                "right year": found.at == at,
                "within a year": abs(found.at - at) <= 1,
                "year in the set": bool(found.inside[found.dates == at].any()),
                "years in the set": int(found.inside.sum()),
            }
        )
    means = {key: round(float(np.mean([row[key] for row in rows])), 3) for key in rows[0]}
    planted = (path(int(YEARS[10])) != path(int(YEARS[20]))).any()
    return means if planted else {k: v for k, v in means.items() if "year" not in k}


def independent(path: Floats, n: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    return rng.binomial(n, _share(path))


def drifting(path: Floats, n: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    drift = rng.standard_normal(len(path))
    for t in range(1, len(path)):
        drift[t] = 0.6 * drift[t - 1] + 0.8 * drift[t]
    return rng.binomial(n, _share(path + 0.5 * drift))


def returning(path: Floats, n: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    texts = np.zeros(0)
    k = np.zeros(len(path), np.int64)
    for t, size in enumerate(n):
        texts = texts[rng.random(len(texts)) < 0.9]
        texts = np.concatenate([texts, rng.normal(0, 3, max(0, size - len(texts)))])[:size]
        # Log odds of single texts spread widely, so that a common shift moves their mean share less: stretched.
        k[t] = (rng.random(size) < _share(texts + 2 * path[t])).sum()
    return k


def _step(size: float, at: int) -> Floats:
    return np.where(at <= YEARS, size / 2, -size / 2)


def _share(odds: Floats) -> Floats:
    return 1 / (1 + np.exp(-odds))


WORLDS = {"independent votes": independent, "texts that return": returning, "drifting years": drifting}

if __name__ == "__main__":
    script(__doc__, measure, options)
