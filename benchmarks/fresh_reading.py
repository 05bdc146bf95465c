"""A reading that nobody asked before, answered by a warm process; the same ranks counted the plain way beside it.

python benchmarks/fresh_reading.py [--json] [--runs 60] [--store FOLDER]

Every question has an issue and periods of its own, so nothing of its answer is at hand: only what does not depend on a
reading is. The store is made of the four releases in the shared data (COMITY_SHARED_DATA, or ../shared/data beside the
checkout), or is one that is there already; the starter data need none, and are all that is asked without either.

The plain way finds duplicates and tallies for each question, counts one state against all by ``against_all`` over the
cells of each period, and makes the counts of every partner before it sorts them. Both sides' ranks are compared before
any time is printed. ``cpu_ms`` is what a question costs where the machine is busy with others, and the ratio is of
it. ``threads_per_s`` is of pairs asked by eight threads of one process.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
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

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("COMITY_SHARED_DATA", CHECKOUT.parent / "shared" / "data")) / "unga"
FILES = (
    ["votes_wide_1946_2024.csv"],
    ["UNVotesPublished.RData"],
    ["un_votes.rda", "un_roll_calls.rda", "un_roll_call_issues.rda"],
    ["undl_layout_1992_2022.csv.gz"],
)
TARGETS = {"pair_ms": 7.0, "pair_vs_ms": 12.0, "trend_ms": 20.0, "rank_ms": 8.0, "splits_ms": 8.0}
TARGETS |= {"starter_pair_ms": 7.0, "starter_trend_ms": 20.0}
ISSUES = ("hr", "me", "nu", "di", "co", "ec", "all")
PARTNERS = ("RUS", "CHN", "USA", "FRA", "GBR")
THREADS = 8

Asked = tuple[Reading, str, int, int]  # a reading, a partner of Viet Nam's, where the first and the second period end


def main() -> None:
    parser = argparse.ArgumentParser(description="Fresh readings in a warm process.")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--runs", type=int, default=60, help="questions of each kind")
    parser.add_argument("--store", type=Path, help="a store that is there, instead of one made for the run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMITY_HOME"] = str(given.store or folder)
        if given.store is None and SHARED.is_dir():
            fill()
        found = measure(given.runs)
    found |= {f"{key}_met": found[key] <= target for key, target in TARGETS.items() if key in found}
    if given.json:
        print(json.dumps({"benchmark": "fresh_reading", "targets": TARGETS, **found}))
        return
    for key, value in found.items():
        print(f"{key:>22}  {value}")


def fill() -> None:
    """The releases at hand, into the store."""
    from comity.ingest.add import add_files

    for names in FILES:
        add_files([SHARED / name for name in names])


def measure(runs: int) -> dict[str, Any]:
    """Medians of times by question, the plain way's, and their ratio."""
    found: dict[str, Any] = {"cores": os.cpu_count(), "runs": runs}
    before = resident()
    corpus = open_corpus()
    found |= {"release": corpus.origin.release, "opening_mb": round(resident() - before)}
    if isinstance(corpus, ReleaseCorpus):
        found |= questions(corpus, runs) | beside(corpus, runs)
    return found | {f"starter_{key}": ms for key, ms in questions(open_corpus(STARTER), runs).items()}


def questions(corpus: Corpus, runs: int) -> dict[str, float]:
    """Milliseconds by kind of question."""
    kinds: dict[str, Callable[[Asked], object]] = {
        "pair": lambda q: asked_pair(corpus, q),
        "pair_vs": lambda q: asked_pair(corpus, q, "IND,BRA"),
        "trend": lambda q: trend("VNM", q[1], period=f"{q[2] - 10}-{q[3]}", reading=q[0], corpus=corpus),
        "rank": lambda q: rank("VNM", period=f"{q[2] - 10}-{q[3]}", reading=q[0], corpus=corpus),
    }
    if isinstance(corpus, ReleaseCorpus):
        kinds["splits"] = lambda q: splits("VNM", q[1], period=f"{q[2] - 10}-{q[3]}", reading=q[0], corpus=corpus)
    found = {f"{kind}_{unit}": ms for kind, ask in kinds.items() for unit, ms in medians(ask, runs).items()}
    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(kinds["pair"], fresh(runs)))
    return found | {"threads_per_s": round(runs / (time.perf_counter() - start), 1)}


def beside(corpus: ReleaseCorpus, runs: int) -> dict[str, float]:
    """The ranks of both sides counted the plain way, beside the whole answer of a pair."""
    for asked in fresh(7):
        answer = asked_pair(corpus, asked)
        assert [(s.rank, s.corrected_rank) for s in answer.standings] == plainly(corpus, asked), asked
    plain = medians(lambda q: plainly(corpus, q), runs)["cpu_ms"]
    ours = medians(lambda q: asked_pair(corpus, q), runs)["cpu_ms"]
    return {"plain_ranks_cpu_ms": plain, "plain_ratio": round(plain / ours, 1)}


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


def medians(ask: Callable[[Asked], object], runs: int) -> dict[str, float]:
    """Milliseconds of the median question, by the wall and of this thread's processor, after one not measured."""
    times = []
    for asked in fresh(runs + 1):
        wall, own = time.perf_counter(), time.thread_time()
        try:
            ask(asked)
        except NoAnswer as error:
            sys.exit(f"{asked}: {error}")
        times.append((time.perf_counter() - wall, time.thread_time() - own))
    walls, owns = zip(*times[1:], strict=True)
    return {"ms": round(1000 * statistics.median(walls), 2), "cpu_ms": round(1000 * statistics.median(owns), 2)}


def resident() -> float:
    """Megabytes of memory this process holds; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS")), 0.0)


if __name__ == "__main__":
    main()
