"""Ideal points: time, memory and growth of the fit, nearness to the published estimates.

python benchmarks/ideal.py [--json] [--large]

The votes are the R package's where they are at hand, with the published matches and estimates (COMITY_SHARED_DATA, or
../shared/data beside the checkout); without them the record, the issues and the published file are left out. Every
point is a process of its own. Times of a fit leave out compilation, which is given apart, loading and preparation; the
preparation starts from the matrix of votes and ends with what is fitted. Both paths run in one run, and their greatest
difference is printed. Growth: a quarter, half and all of the record's roll calls, and assemblies simulated by the
model; ``--large`` adds one of 1,000 members and 100,000 roll calls, which takes minutes and a good part of 24 GB.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from suite.clock import apart, peak_mb, spread_of
from suite.corpora import drawn, with_rows
from suite.result import Point, Result, Said, Setting, Skipped, Target
from suite.script import script
from suite.shared import ABSENT, SHARED, add, release

RECORD = release("unvotes-0.3.0")
MATCHES = SHARED / "ideal" / "Matches.csv"
PUBLISHED = SHARED / "ideal" / "IdealpointestimatesAll_Apr2020.csv"
RUNS, WALLS = 3, "seconds of each fit"
LAST = 74  # the last session of the published estimates
MUST = (
    Target("fit s", most=5.0),
    Target("prepare s", most=3.0),
    Target("pearson", least=0.992),
    Target("from 11", least=0.999),
    Target("width r", least=0.96),
    Target("width ratio", least=0.93, most=1.05),
)
STRETCH = (
    Target("fit s", most=2.0),
    Target("prepare s", most=1.5),
    Target("pearson", least=0.996),
    Target("from 11", least=0.9995),
    Target("width r", least=0.975),
    Target("width ratio", least=0.97, most=1.03),
)
SUBSETS = ("hr", "me", "nu", "di", "co", "ec", "important")
PARTS = ("0.25", "0.5", "1")
MADE, LARGE = ("200x5000", "400x20000"), "1000x100000"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--large", action="store_true", help="1,000 members and 100,000 roll calls too")


def measure(given: argparse.Namespace) -> Iterator[Said]:
    yield Setting({"fits of the record": RUNS})
    if all(file.is_file() for file in (*RECORD, MATCHES, PUBLISHED)):
        yield from of_record()
    else:
        yield Skipped("the record, the issues, the published estimates", ABSENT)
    sizes = (*MADE, *([LARGE] if given.large else []))
    yield grown("simulated", "members × roll calls, all of them voting", [f"made={size}" for size in sizes], "votes")


def of_record() -> Iterator[Said]:
    """Both paths, the published estimates, the sampler, the issues, and the growth with the roll calls."""
    add(RECORD)
    compiled, plain = (apart("--point", f"record={path}") for path in ("compiled", "plain"))
    yield Result(
        "fit", "sessions 1–74 of the record, compilation left out", spread_of(compiled.pop(WALLS)),
        spread_of(plain.pop(WALLS)), "plain numpy", figures=compiled,
    )  # fmt: skip
    yield Result("paths", "greatest difference of the two paths", figures=apart("--point", "paths=both"))
    near = apart("--point", "published=all")
    reached = {**near, **{name: compiled[name] for name in ("fit s", "prepare s")}}
    yield Result("must", "nearness to the published estimates, and the time of the fit", targets=MUST, figures=reached)
    yield Result("stretch", "the same against further goals", targets=STRETCH, figures=reached)
    fast, one, slow = (apart("--point", f"gibbs={path}") for path in ("compiled-2", "compiled-1", "plain-1"))
    sampled = {"threads": 2, "one thread, ms": one["ms a sweep"], "minutes for 24,000 sweeps": fast["minutes"]}
    yield Result(
        "sweep", "a sweep of the sampler on the record", spread_of([fast["ms a sweep"] / 1000]),
        spread_of([slow["ms a sweep"] / 1000]), "plain numpy", figures=sampled,
    )  # fmt: skip
    for name in SUBSETS:
        found = apart("--point", f"subset={name}")
        yield Result(f"issue {name}", "the same code on one issue, beside all votes", figures=found)
    yield grown("roll calls", "a share of the record's roll calls", [f"part={share}" for share in PARTS], "items")


def grown(name: str, what: str, asked: list[str], by: str) -> Result:
    """A growth curve of the fit: votes, or items."""
    made = {one.partition("=")[2]: apart("--point", one) for one in asked}
    points = tuple(Point(p[by], p["fit s"], p["peak MB"]) for p in made.values())
    kept = ("prepare s", "fit processor s", "sweeps", "converged", "r truth")
    figures = {f"{size}: {key}": p[key] for size, p in made.items() for key in kept if key in p}
    return Result(f"by {name}", f"the fit: {what}", figures=figures, growth=points, by=by)


def record(path: str) -> dict[str, Any]:
    """The record, fitted by one path."""
    from comity.study.release import ReleaseCorpus

    return timed(ReleaseCorpus.load(), path == "compiled", RUNS)


def part(share: str) -> dict[str, Any]:
    """The record with a share of its roll calls, drawn at random."""
    from comity.study.release import ReleaseCorpus

    corpus = ReleaseCorpus.load()
    return timed(with_rows(corpus, drawn(float(share), len(corpus.matrix.cells))), True)


def made(size: str) -> dict[str, Any]:
    """A simulated assembly, members × roll calls: a session has 250 of them, or 1,000 where there are 100,000."""
    from comity.measures.ideal.prepare import prepare
    from comity.simulate import bsv_assembly

    members, calls = map(int, size.split("x"))
    texts = 1000 if calls > 20_000 else 250
    assembly = bsv_assembly(members, calls // texts, texts, np.random.default_rng(1), linked=texts // 6)
    start = time.perf_counter()
    votes = prepare(assembly.cells, assembly.session, links=assembly.family)
    seconds = time.perf_counter() - start
    truth = assembly.ideal[votes.session, votes.state]
    del assembly
    found, told = fitted(votes, 0, 1, True)
    r = float(np.corrcoef(found.theta, truth)[0, 1])
    return sizes(votes) | {"prepare s": round(seconds, 3)} | told | {"r truth": round(r, 4), "peak MB": peak_mb()}


def timed(corpus: Any, compiled: bool, runs: int = 1) -> dict[str, Any]:
    """Preparation and fit of a corpus."""
    from comity.study.ideal.ballots import ballots

    start, before = time.perf_counter(), time.process_time()
    votes = ballots(corpus, chosen()).votes
    prepared = {
        "prepare s": round(time.perf_counter() - start, 3),
        "prepare processor s": round(time.process_time() - before, 2),
    }
    _, told = fitted(votes, *poles(corpus), compiled, runs)
    return sizes(votes) | prepared | told | {"peak MB": peak_mb()}


def fitted(votes: Any, high: int, low: int, compiled: bool, runs: int = 1) -> tuple[Any, dict[str, Any]]:
    """Some fits after a sweep that compiles: the last of them, and the median of their seconds."""
    from comity.measures.ideal.compiled import available
    from comity.measures.ideal.fit import fit

    compiled = compiled and available()
    told: dict[str, Any] = {}
    if compiled:
        start = time.perf_counter()
        warm()
        told["compile s"] = round(time.perf_counter() - start, 2)
    before, walls = time.process_time(), []
    for _ in range(runs):
        start = time.perf_counter()
        found = fit(votes, high=high, low=low, compiled=compiled)
        walls.append(time.perf_counter() - start)
    told["fit s"] = round(statistics.median(walls), 3)
    told["fit processor s"] = round((time.process_time() - before) / runs, 2)
    told |= {"sweeps": found.sweeps, "converged": found.converged}
    return found, told | ({WALLS: walls} if runs > 1 else {})


def warm() -> None:
    """Compile on a small assembly."""
    from comity.measures.ideal.fit import fit
    from comity.measures.ideal.prepare import prepare
    from comity.simulate import bsv_assembly

    small = bsv_assembly(12, 2, 12, np.random.default_rng(0))
    fit(prepare(small.cells, small.session, drop_thin=True), high=0, low=1, limit=1, compiled=True)


def paths(_: str) -> dict[str, Any]:
    """The greatest difference of the two paths in anything that is estimated."""
    from comity.measures.ideal.compiled import available
    from comity.measures.ideal.fit import fit

    votes, high, low = loaded()
    one, other = (fit(votes, high=high, low=low, compiled=c) for c in (available(), False))
    names = ("theta", "sd", "beta", "gamma1", "gamma2")
    return {name: float(np.abs(getattr(one, name) - getattr(other, name)).max()) for name in names}


def gibbs(asked: str) -> dict[str, Any]:
    """Milliseconds a sweep of the sampler on the record, and what 24,000 sweeps would take."""
    from comity.measures.ideal import chains, fast, gibbs, starts

    path, threads = asked.split("-")
    sweeps = 200 if path == "compiled" else 10
    votes, high, low = loaded()
    plan, face = gibbs.layout(votes), gibbs.facing(votes, high, low)
    items = fast.items_on(int(threads)) if path == "compiled" and fast.available() else gibbs.plain_items
    chain = chains.begin(starts.published(votes, plan, (high,), (low,), seed=1, chain=0), seed=1, chain=0)
    chain = chains.advance(plan, chain, 1, items, gibbs.filtered, face)  # compiles
    start = time.perf_counter()
    chains.advance(plan, chain, sweeps, items, gibbs.filtered, face)
    each = (time.perf_counter() - start) / sweeps
    return {"ms a sweep": round(1000 * each, 1), "minutes": round(each * 400, 1)}


def published(_: str) -> dict[str, Any]:
    """Nearness to the published estimates."""
    from comity.study.ideal.compare import ideal_compare

    found = ideal_compare(PUBLISHED, chosen())
    within = np.array(list(found.within.values()))
    told: dict[str, Any] = {"n": found.n, "only in the file": found.only_file, "votes equal": found.votes_equal}
    numbers = {
        "pearson": found.pearson,
        "spearman": found.spearman,
        "rmse": found.rmse,
        "from 11": found.late,
        "within, median": float(np.median(within)),
        "within, least": float(within.min()),
        "width r": found.width_r,
        "width ratio": found.width_ratio,
    }
    return told | {name: round(float(value or np.nan), 4) for name, value in numbers.items()}


def subset(name: str) -> dict[str, Any]:
    """The same code on one issue; how its points order states, beside those of all votes, within sessions."""
    from comity.measures.ideal.diagnose import fit_statistics
    from comity.study.ideal.ballots import ballots
    from comity.study.release import ReleaseCorpus

    corpus = ReleaseCorpus.load()
    whole = ballots(corpus, chosen()).votes
    every, _ = fitted(whole, *poles(corpus), True)
    # the settings have no word for important votes: they stand in for one issue here
    table = corpus.roll_calls
    flagged = corpus if name != "important" else replace(corpus, roll_calls=table.with_columns(me=table["important"]))
    votes = ballots(flagged, replace(chosen(), issue="me" if name == "important" else name)).votes
    found, told = fitted(votes, *poles(corpus), True)
    at = {(int(s), int(t)): x for s, t, x in zip(whole.state, whole.session, every.theta, strict=True)}
    other = np.array([at.get((int(s), int(t)), np.nan) for s, t in zip(votes.state, votes.session, strict=True)])
    within = [_r(found.theta[m], other[m]) for t in np.unique(votes.session) if (m := votes.session == t).sum() > 2]
    how = fit_statistics(votes, found)
    return (
        sizes(votes)
        | told
        | {"r with all votes": round(float(np.nanmedian(within)), 3)}
        | {"classified": round(how.classified, 3), "largest": round(float(np.abs(found.theta).max()), 2)}
    )


def loaded() -> tuple[Any, int, int]:
    """The record's votes as they are fitted, and the two states that fix the sign."""
    from comity.study.ideal.ballots import ballots
    from comity.study.release import ReleaseCorpus

    corpus = ReleaseCorpus.load()
    return ballots(corpus, chosen()).votes, *poles(corpus)


def chosen() -> Any:
    """Sessions 1–74 with the published matches."""
    from comity.study.ideal.settings import Settings

    return Settings(last=LAST, matches=str(MATCHES))


def poles(corpus: Any) -> tuple[int, int]:
    """Columns of the two states that fix the sign."""
    from comity.study.ideal.fitted import HIGH, LOW

    return corpus.matrix.column[HIGH], corpus.matrix.column[LOW]


def sizes(votes: Any) -> dict[str, int]:
    """Votes, items and country-sessions."""
    return dict(zip(("votes", "items", "units"), votes.size, strict=True))


def _r(a: Any, b: Any) -> float:
    return float(np.corrcoef(a, b)[0, 1])


POINTS = {work.__name__: work for work in (record, paths, published, gibbs, subset, part, made)}

if __name__ == "__main__":
    script(__doc__, measure, options, POINTS)
