"""Ideal points: is the truth of simulated assemblies found, and do the intervals hold it?

python benchmarks/ideal_recovery.py [--json] [--assemblies 30]

Assemblies vote by the model itself. Needs no data.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np

from suite.result import Result, Said, Setting
from suite.script import script

SHAPES = ("30x8x30", "60x10x60")  # states, sessions, roll calls a session
LEVELS = {"0.50": 0.674489750196, "0.90": 1.644853626951, "0.95": 1.959963984540}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assemblies", type=int, default=30, help="simulated, of each shape")


def measure(given: argparse.Namespace) -> Iterator[Said]:
    yield Setting({"assemblies": given.assemblies})
    for shape in SHAPES:
        found = recovered(shape, given.assemblies)
        yield Result(shape, "states × sessions × roll calls a session", figures=found)


def recovered(shape: str, assemblies: int) -> dict[str, float]:
    """Simulated assemblies: correlation, slope and coverage of the truth."""
    from comity.measures.ideal.fit import fit
    from comity.measures.ideal.prepare import prepare
    from comity.simulate import bsv_assembly

    states, sessions, texts = map(int, shape.split("x"))
    gaps, correlations, slopes = [], [], []
    for seed in range(assemblies):
        made = bsv_assembly(states, sessions, texts, np.random.default_rng(seed))
        votes = prepare(made.cells, made.session, links=made.family, drop_thin=True)
        found = fit(votes, high=0, low=1)
        truth = made.ideal[votes.session, votes.state]
        gaps.append((found.theta - truth) / found.sd)
        correlations.append(float(np.corrcoef(found.theta, truth)[0, 1]))
        slopes.append(float(np.polyfit(truth, found.theta, 1)[0]))
    z = np.concatenate(gaps)
    return {
        "r, mean": round(float(np.mean(correlations)), 4),
        "r, least": round(min(correlations), 4),
        "slope": round(float(np.mean(slopes)), 3),
        "bias in sd": round(float(z.mean()), 3),
        **{f"covered {level}": round(float((np.abs(z) < end).mean()), 3) for level, end in LEVELS.items()},
    }


if __name__ == "__main__":
    script(__doc__, measure, options)
