"""Do the intervals hold what they promise? Coverage and false-alarm rates on simulated assemblies.

python benchmarks/interval_coverage.py [--json] [--assemblies 500] [--draws 1000] [--seed 1945] [--worlds moods]

Texts return in every simulated assembly; in the worlds "with moods" states also shift for single sessions, so that
votes cluster by session beside family. In every assembly one pair is followed over two periods of ten sessions.
Coverage: how often the interval of the share of votes cast alike, and of its change, holds what is expected over texts
of this kind, given the states' paths; and how often the interval of a rank holds the rank by expected shares. False
alarms: how often a test at 5 % finds a change between the periods although nothing changed (states stand still, texts
are drawn alike throughout), and a difference between two pairs that stand at the same places. Beside them the naive
binomial interval and test, which take votes as independent.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np

from comity.measures._families import Floats, crossed_tables, tables_by_family
from comity.measures.permute import exchange, reorder
from comity.measures.proportions import difference_p, wilson
from comity.measures.ranks import rank, rank_intervals
from comity.measures.resample import bootstrap, interval, replicates
from comity.simulate import Assembly, World, assembly, expected_same, ideal_points
from suite.clock import spread_of
from suite.result import Result, Said, Setting
from suite.script import script

LONG = "about twenty minutes"
Z = {0.90: 1.6448536269514722, 0.95: 1.959963984540054}
SIZES = {"few families": 3.0, "small issue": 8.0, "issue": 20.0, "all votes": 60.0}
MOODS = {"": 0.0, " with moods": 0.5}
WORLDS = {
    f"{name}{also}": World(states=12, families=size, mood=mood)
    for also, mood in MOODS.items()
    for name, size in SIZES.items()
}
CUT = 10  # the first session of the later period
ALARM = 0.05


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assemblies", type=int, default=500, help="simulated assemblies a world")
    parser.add_argument("--draws", type=int, default=1000, help="bootstrap draws and permutations")
    parser.add_argument("--seed", type=int, default=1945)
    parser.add_argument("--worlds", default="", help="only worlds with these words in their name: moods, all votes")


def measure(given: argparse.Namespace) -> Iterator[Said]:
    yield Setting({"assemblies": given.assemblies, "draws": given.draws, "seed": str(given.seed)})
    for name in (name for name in WORLDS if given.worlds in name):
        start = time.perf_counter()
        found = rates(name, given.assemblies, given.draws, given.seed)
        own = spread_of([time.perf_counter() - start])
        yield Result(name, "rates over the assemblies of this world", own, figures=found)


def rates(name: str, assemblies: int, draws: int, seed: int) -> dict[str, float]:
    """Rates over the assemblies of one world; NaN results (no vote cast by both) are left out."""
    seeds = np.random.SeedSequence([seed, list(WORLDS).index(name)]).spawn(assemblies)
    with ProcessPoolExecutor() as pool:
        rows = list(pool.map(one, [name] * assemblies, seeds, [draws] * assemblies, chunksize=10))
    return {key: round(float(np.nanmean([row[key] for row in rows])), 3) for key in rows[0]}


def one(name: str, seed: np.random.SeedSequence, draws: int) -> dict[str, float]:
    """One assembly of each kind: moving states for coverage, still ones for false alarms."""
    rng = np.random.default_rng(seed)
    return coverage(WORLDS[name], rng, draws) | false_alarms(replace(WORLDS[name], drift=0.0), rng, draws)


def coverage(world: World, rng: np.random.Generator, draws: int) -> dict[str, float]:
    """1 where an interval holds the truth, else 0."""
    path = ideal_points(world, rng)
    truth = expected_same(world, path, rng)
    before, after = truth[:CUT].mean(axis=0), truth[CUT:].mean(axis=0)
    later, change = after[0], after[0] - before[0]
    votes = voted(world, rng, path)
    everyone = by_family(votes, votes.session // CUT, 2)
    tables = everyone[:, :, 1]
    made = replicates(tables, shares_and_change, rng, draws=draws)
    estimate = shares_and_change(tables.sum(axis=0)[None].astype(float))[0]
    out = {"families": float(len(tables)), "votes": float(tables.sum())}
    for level, z in Z.items():
        label = f"{level:.0%}"
        for method in ("percentile", "basic"):
            low, high = interval(made, estimate, level=level, method=method)
            out[f"share {method} {label}"] = inside(later, low[1], high[1])
            out[f"change {method} {label}"] = inside(change, low[2], high[2])
        same, cast = alike(tables[:, 1].sum(axis=0))
        out[f"share naive {label}"] = inside(later, *(float(end) for end in wilson(same, cast, z)))
    by_both, crossing = crossed_tables(
        votes.cells[:, 0], votes.cells[:, 1], votes.family, votes.session, votes.session // CUT, 2
    )
    crossed = bootstrap(by_both, shares_and_change, rng, draws=draws, crossing=crossing)
    out["share crossed 95%"] = inside(later, crossed.low[1], crossed.high[1])
    out["change crossed 95%"] = inside(change, crossed.low[2], crossed.high[2])
    return out | ranks(everyone[:, 1:, 1:], after, rng, draws)


def ranks(tables: np.ndarray, truth: Floats, rng: np.random.Generator, draws: int) -> dict[str, float]:
    """Share of partners whose rank in the later period lies in its interval, and whether the median does."""
    values = share(tables.sum(axis=0)[0].astype(float))
    made = replicates(tables, lambda pooled: share(pooled[:, 0]), rng, draws=draws)
    found = rank_intervals(values, made, len(tables))
    true = rank(truth)
    low, _, high = found.median
    return {
        "ranks 95%": float(((found.low <= true) & (true <= found.high)).mean()),
        "median partner 95%": inside(float(np.median(truth)), low, high),
    }


def false_alarms(world: World, rng: np.random.Generator, draws: int) -> dict[str, float]:
    """1 where a test at 5 % finds what is not there."""
    path = ideal_points(world, rng)
    path[:, 2] = path[:, 1]  # two partners at one place
    votes = voted(world, rng, path)
    tables = by_family(votes, votes.session // CUT, 2)
    periods, pairs = tables[:, :, 1], tables.sum(axis=1)[:, 1:3]
    sessions = by_family(votes, votes.session, world.sessions)[:, :, 1].sum(axis=0)
    (k1, n1), (k2, n2) = (alike(periods[:, p].sum(axis=0)) for p in (0, 1))
    (j1, m1), (j2, m2) = (alike(pairs[:, p].sum(axis=0)) for p in (0, 1))
    return {
        "periods families": alarm(exchange(periods, share, rng, draws=draws).p),
        "periods sessions": alarm(reorder(sessions, CUT, share, rng, draws=draws).p),
        "periods blocks of 2": alarm(reorder(sessions, CUT, share, rng, block=2, draws=draws).p),
        "periods naive": alarm(difference_p(k1, n1, k2, n2)),
        "pairs families": alarm(exchange(pairs, share, rng, draws=draws).p),
        "pairs naive": alarm(difference_p(j1, m1, j2, m2)),
    }


def voted(world: World, rng: np.random.Generator, path: Floats) -> Assembly:
    """An assembly with at least one roll call in each period."""
    while True:
        votes = assembly(world, rng, path)
        if len(np.unique(votes.session // CUT)) == 2:
            return votes


def by_family(votes: Assembly, period: np.ndarray, periods: int) -> np.ndarray:
    """Tables of the first state with all, shape (F, periods, states, 4, 4)."""
    return tables_by_family(votes.cells[:, 0], votes.cells, votes.family, period, periods)


def share(tables: Floats) -> Floats:
    """Votes cast alike over votes cast by both, NaN where there is none."""
    cast = tables[..., :3, :3]
    total = cast.sum(axis=(-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.trace(cast, axis1=-2, axis2=-1) / total


def shares_and_change(tables: Floats) -> Floats:
    """Share of each of two periods, and later minus earlier, from (draws, 2, 4, 4)."""
    both = share(tables)
    return np.concatenate([both, both[:, 1:] - both[:, :1]], axis=1)


def alike(table: np.ndarray) -> tuple[int, int]:
    """Votes cast alike, and votes cast by both."""
    return int(np.trace(table[:3, :3])), int(table[:3, :3].sum())


def inside(truth: float, low: float, high: float) -> float:
    """1 or 0; NaN where the interval is undefined."""
    return float("nan") if np.isnan(low) else float(low <= truth <= high)


def alarm(p: float | Floats) -> float:
    """1 or 0; NaN where the test is undefined."""
    return float("nan") if np.isnan(p) else float(p <= ALARM)


if __name__ == "__main__":
    script(__doc__, measure, options)
