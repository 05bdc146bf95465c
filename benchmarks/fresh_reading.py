"""A reading that nobody asked before, answered by a warm process; the same ranks counted the plain way beside it.

python benchmarks/fresh_reading.py [--json] [--runs 60] [--store FOLDER]

Every question has an issue and periods of its own, so nothing of its answer is at hand: only what does not depend on a
reading is. The store is made of the four releases in the shared data (COMITY_SHARED_DATA, or ../shared/data beside the
checkout), or is one that is there already; the starter data need none, and are all that is asked without either.

The plain way finds duplicates and tallies for each question, counts one state against all by ``against_all`` over the
cells of each period, and makes the counts of every partner before it sorts them. Both sides' ranks are compared before
any time is told, and both are timed by the thread's processor: that is what a question costs where the machine is busy
with others. "a second" is of pairs asked by eight threads of one process. Questions differ among themselves, so the
ends that eight in ten lie between are told, instead of the least and the most.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any

import numpy as np

from comity.errors import NoAnswer
from comity.measures.chance import kappa_sq
from comity.model.counts import Counts
from comity.model.period import Period
from comity.model.reading import Reading
from comity.study.corpus import STARTER, Corpus
from comity.study.opening import open_corpus
from comity.study.pair import pair
from comity.study.rank import rank
from comity.study.release import ReleaseCorpus
from comity.study.splits import splits
from comity.study.trend import trend
from comity.votes.contingency import against_all
from comity.votes.marks import Marks
from comity.votes.selection import select
from suite.clock import resident_mb
from suite.result import Result, Said, Setting, Skip, Skipped, Spread, Target
from suite.script import script
from suite.shared import open_store, store_option

TARGETS = {"pair": 7.0, "pair and contrasts": 12.0, "trend": 20.0, "rank": 8.0, "splits": 8.0}  # milliseconds
STARTERS = ("pair", "trend")  # these have a target on the starter data too
ISSUES = ("hr", "me", "nu", "di", "co", "ec", "all")
PARTNERS = ("RUS", "CHN", "USA", "FRA", "GBR")
THREADS = 8

Asked = tuple[Reading, str, int, int]  # a reading, a partner of Viet Nam's, where the first and the second period end


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=60, help="questions of each kind")
    store_option(parser)


def measure(given: argparse.Namespace) -> Iterator[Said]:
    yield Setting({"questions of a kind": given.runs})
    yield from questions(open_corpus(STARTER), given.runs, ", starter")
    try:
        open_store(given)
    except Skip as why:
        yield Skipped("a full release", str(why))
        return
    before = resident_mb()
    corpus = open_corpus()
    assert isinstance(corpus, ReleaseCorpus)
    yield Setting({"release": corpus.origin.release})
    yield Result("opening", "opening the release", figures={"MB": round(resident_mb() - before)})
    yield from questions(corpus, given.runs)
    yield beside(corpus, given.runs)


def questions(corpus: Corpus, runs: int, where: str = "") -> Iterator[Said]:
    """Times by kind of question."""
    kinds: dict[str, Callable[[Asked], object]] = {
        "pair": lambda q: asked_pair(corpus, q),
        "pair and contrasts": lambda q: asked_pair(corpus, q, "IND,BRA"),
        "trend": lambda q: trend("VNM", q[1], period=f"{q[2] - 10}-{q[3]}", reading=q[0], corpus=corpus),
        "rank": lambda q: rank("VNM", period=f"{q[2] - 10}-{q[3]}", reading=q[0], corpus=corpus),
    }
    if isinstance(corpus, ReleaseCorpus):
        kinds["splits"] = lambda q: splits("VNM", q[1], period=f"{q[2] - 10}-{q[3]}", reading=q[0], corpus=corpus)
    for kind, ask in kinds.items():
        wall, cpu = timed(ask, runs)
        figures = {"processor ms": round(1000 * cpu.median, 2)}
        if kind == "pair":
            figures["a second, eight threads"] = at_once(ask, runs)
        goal = () if where and kind not in STARTERS else (Target("seconds", most=TARGETS[kind] / 1000),)
        what = "a fresh reading in a warm process; eight in ten questions lie between"
        yield Result(kind + where, what, wall, targets=goal, figures=figures)


def at_once(ask: Callable[[Asked], object], runs: int) -> float:
    """Questions a second of some threads."""
    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(ask, fresh(runs)))
    return round(runs / (time.perf_counter() - start), 1)


def beside(corpus: ReleaseCorpus, runs: int) -> Result:
    """The ranks of both sides counted the plain way, beside the whole answer of a pair; processor time."""
    for asked in fresh(7):
        answer = asked_pair(corpus, asked)
        assert [(s.rank, s.corrected_rank) for s in answer.standings] == plainly(corpus, asked), asked
    _, plain = timed(lambda q: plainly(corpus, q), runs)
    _, ours = timed(lambda q: asked_pair(corpus, q), runs)
    return Result("pair, beside", "the same in processor time", ours, plain, "ranks counted the plain way")


def asked_pair(corpus: Corpus, asked: Asked, vs: str | None = None) -> Any:
    """A pair over two periods, as the library answers it."""
    reading, partner, middle, last = asked
    periods = f"{middle - 10}-{middle},{middle + 1}-{last}"
    return pair("VNM", partner, periods=periods, vs=vs, reading=reading, corpus=corpus)


def plainly(corpus: ReleaseCorpus, asked: Asked) -> list[tuple[int, int | None]]:
    """Both states' ranks in both periods, by share and chance-corrected, with nothing kept and everything counted."""
    reading, partner, middle, last = asked
    chosen = select(Marks(corpus.roll_calls, corpus.matrix), reading)
    column, found = corpus.matrix.column, []
    for period in (Period(middle - 10, middle), Period(middle + 1, last)):
        cells = corpus.matrix.cells[chosen.rows(period)]
        for state, other in (("VNM", partner), (partner, "VNM")):
            tables, coded = against_all(cells, column[state])
            counts = {s: Counts.of(tables[i].tolist(), int(coded[i])) for s, i in column.items()}
            seated = counts.pop(state).roll_calls
            kept = {s: c for s, c in counts.items() if c.cast and c.cast >= 0.5 * seated}
            shares = {s: c.same / c.cast for s, c in kept.items()}
            kappas = {s: round(float(k), 12) for s, k in zip(kept, corrected(kept.values()), strict=True)}
            ranks = (1 + sum(v > values[other] for v in values.values()) for values in (shares, kappas))
            found.append((next(ranks), None if np.isnan(kappas[other]) else next(ranks)))
    return found


def corrected(counts: Any) -> np.ndarray:
    """Chance-corrected agreement of some tables."""
    return kappa_sq(np.array([c.table for c in counts]))


def fresh(n: int) -> Iterator[Asked]:
    """Questions of which no two have the same issue and periods."""
    years = ((middle, last) for last in range(2023, 2003, -1) for middle in range(1992, 2003))
    for issue, partner, (middle, last), _ in zip(cycle(ISSUES), cycle(PARTNERS), years, range(n), strict=False):
        yield Reading(issue=issue), partner, middle, last


def timed(ask: Callable[[Asked], object], runs: int) -> tuple[Spread, Spread]:
    """Seconds of a question, by the wall and of this thread's processor, after one not measured."""
    times = []
    for asked in fresh(runs + 1):
        wall, own = time.perf_counter(), time.thread_time()
        try:
            ask(asked)
        except NoAnswer as error:
            sys.exit(f"{asked}: {error}")
        times.append((time.perf_counter() - wall, time.thread_time() - own))
    walls, owns = zip(*times[1:], strict=True)
    return middle(walls), middle(owns)


def middle(times: tuple[float, ...]) -> Spread:
    """Median, and the ends that eight in ten lie between: questions differ among themselves."""
    low, median, high = np.quantile(times, (0.1, 0.5, 0.9))
    return Spread(float(median), float(low), float(high), len(times))


if __name__ == "__main__":
    script(__doc__, measure, options)
