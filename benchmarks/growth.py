"""How cost grows with the number of roll calls: 1, 5, 25 and 100 % of a simulated record of the real one's size.

python benchmarks/growth.py [--json] [--runs 5]

Needs no data: votes are cast in space by states on texts that return (``comity.simulate``), 6,551 roll calls of 79
years and the members of each day. Every point is a process of its own, so its peak memory, loading included, is its
own; the seconds are of the work alone. Shares are drawn at random from all roll calls. For ideal points they are the
first sessions instead, as many as make the share: a hundredth of every session would place nobody.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from comity.model.reading import Reading
from suite import synthetic
from suite.clock import apart, peak_mb, seconds, spread
from suite.result import Point, Result, Said, Setting
from suite.script import script

OPEN = Reading(duplicates="keep")  # texts of one name on one day are all meant


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=5, help="runs a point, of which the median is told")


def measure(given: argparse.Namespace) -> Iterator[Said]:
    yield Setting({"votes": "simulated", "roll calls": synthetic.ROLL_CALLS, "runs a point": given.runs})
    home = Path(os.environ["COMITY_HOME"])
    files = synthetic.write(home)
    for name, (what, _) in WORK.items():
        points = []
        for share, file in files.items():
            os.environ["COMITY_HOME"] = str(home / f"store-{share:g}")  # filled by the loading, which comes first
            made = apart("--point", f"{name}={file}@{given.runs if name in SEVERAL else 1}")
            points.append(Point(made["size"], made["seconds"], made["peak_mb"]))
        yield Result(name, what, growth=tuple(points), by="roll calls")


def loading(file: Path, _: int) -> tuple[int, float]:
    from comity.ingest.add import add_files

    taken = seconds(lambda: add_files([file]))
    return len(corpus().matrix.cells), taken


def counting(_: Path, runs: int) -> tuple[int, float]:
    from comity.votes.contingency import tables

    cells = corpus().matrix.cells
    return len(cells), spread(lambda: tables(cells), runs).median


def atlas(_: Path, runs: int) -> tuple[int, float]:
    from comity.study.atlas import atlas

    held = corpus()
    return len(held.matrix.cells), spread(lambda: atlas("all", reading=OPEN, corpus=held), runs, warm=False).median


def reading(_: Path, runs: int) -> tuple[int, float]:
    """A pair over two periods, no two alike, so that nothing of the answer is at hand."""
    from comity.study.pair import pair

    held = corpus()
    cuts = count(1970)

    def ask() -> None:
        cut = next(cuts)
        pair("FRA", "GBR", periods=f"1947-{cut},{cut + 1}-2023", reading=OPEN, corpus=held)

    return len(held.matrix.cells), spread(ask, runs).median


def ideal(file: Path, runs: int) -> tuple[int, float]:
    from comity.measures.ideal.fit import fit
    from comity.measures.ideal.prepare import prepare
    from comity.simulate import bsv_assembly

    each = round(synthetic.ROLL_CALLS / synthetic.YEARS)
    sessions = max(1, round(float(file.stem.partition("-")[2]) * synthetic.YEARS))
    drawn = bsv_assembly(198, sessions, each, np.random.default_rng(1))

    def work() -> None:
        fit(prepare(drawn.cells, drawn.session, links=drawn.family), high=0, low=1)

    return len(drawn.cells), spread(work, runs).median  # the first run compiles


def corpus() -> Any:
    from comity.study.release import ReleaseCorpus

    return ReleaseCorpus.load()


def point(work: Callable[[Path, int], tuple[int, float]]) -> Callable[[str], dict[str, Any]]:
    """Number of roll calls, seconds, and the most memory of this process."""

    def measured(asked: str) -> dict[str, Any]:
        file, _, runs = asked.rpartition("@")
        size, taken = work(Path(file), int(runs))
        return {"size": size, "seconds": taken, "peak_mb": peak_mb()}

    return measured


# What is timed, and by what; where it is cheap or compiles first, the median of several runs.
WORK = {
    "loading": ("a table of one's own from the file to the store, one run", loading),
    "counting": ("4×4 tables of all pairs", counting),
    "reading": ("a pair over two periods, in a warm process", reading),
    "atlas": ("all measures of all pairs and years, one run", atlas),
    "ideal": ("preparation and fit of ideal points", ideal),
}
SEVERAL = ("counting", "reading", "ideal")

if __name__ == "__main__":
    script(__doc__, measure, options, {name: point(work) for name, (_, work) in WORK.items()})
